"""Write the reference of kinds, `docs/kinds.md`, from the models and the catalogue: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from answerable.domain import fields
from answerable.domain.event import Event, Source
from answerable.domain.fields import PolicyVersion, Refers, markers
from answerable.domain.kinds import FAMILIES, model
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.domain.kinds.catalogue.kind import Kind
from answerable.domain.kinds.investigation import MediaType
from answerable.domain.kinds.record import FieldName
from answerable.domain.terms.provision import EXAMPLE

PAGE = Path(__file__).parents[2] / "docs" / "kinds.md"

HEAD = """\
# Kinds of events

<!-- Written by `make docs` from the models and the catalogue. Do not edit: see CONTRIBUTING.md. -->

Every kind that can be recorded, and every field. `answerable append KIND --help` tells the same,
with each field as an option (`made_by` is `--made-by`); in JSON lines and from Python, fields have
the names given here.

A **sealed** field is not in the log: its entry holds a commitment to it, and the text can be
destroyed. All others are public, and tell no name. A date is written in EDTF, as precisely as it is
known ([times](times.md)). A field that is not marked *required* is left out where the source does
not tell.
"""

NAMES: tuple[tuple[Any, str, str], ...] = (
    (
        fields.EventId,
        "event",
        "the id of an event, of these kinds where some are named: a UUID v7 or v8",
    ),
    (fields.CaseId, "case", "a slug: lower-case letters, digits, `.`, `_`, `-`; 64 characters"),
    (fields.PartyId, "party", "a pseudonym, written as a slug, that tells nothing of the name"),
    (fields.Edtf, "date", "EDTF (ISO 8601-2): `2026-01-05`, `2026-01`, `../2026-01-05`"),
    (fields.Term, "term", "up to five words in lower case: `social media`"),
    (fields.Clause, "citation", "a provision as it is cited: `code-of-conduct 4.2`"),
    (fields.Clauses, "citations", f"one citation, or a list of several; each may be `{EXAMPLE}`"),
    (fields.Jurisdictions, "jurisdictions", "a code of ISO 3166, as `us-ca`, or a list of several"),
    (fields.Amount, "amount", "a decimal number and a code of ISO 4217: `12000.00 CNY`"),
    (fields.Digest, "digest", "`sha256:` and 64 hexadecimal digits"),
    (fields.VerifierKey, "key", "a public key as C2SP signed-note has it: `<name>+<id>+<base64>`"),
    (fields.Text, "short text", "at most 1,000 characters"),
    (fields.Narrative, "text", "at most 1,000,000 characters"),
    (FieldName, "field", "the name of a field that is sealed"),
    (MediaType, "media type", "RFC 6838: `application/pdf`"),
    (PolicyVersion, "version", "up to 32 letters, digits, `.`, `+` and `-`"),
)
"""What a value of each type is called, and what it can be."""

TYPES: dict[Any, str] = {int: "number", dict: "fields and values", Source: "title, url, digest"}


def page() -> str:
    """Return the page."""
    families = (f"## {family}\n\n{_family(kinds)}" for family, kinds in FAMILIES.items())
    return "\n".join((HEAD, _contents(), _common(), *families)).rstrip() + "\n"


def _contents() -> str:
    lines = (
        f"- **{family}:** {', '.join(f'[{kind}](#{kind})' for kind in kinds)}"
        for family, kinds in FAMILIES.items()
    )
    return "\n".join(lines) + "\n"


def _common() -> str:
    types = "\n".join(f"- {name}: {meaning}" for _, name, meaning in NAMES)
    amending = ", ".join(f"[{row.name}](#{row.name})" for row in ROWS if _upon_any(row))
    return (
        f"## Every kind\n\n{_table(Event, Event.model_fields)}\n"
        f"Any event can be acted upon by {amending}.\n\n"
        f"What a field holds:\n\n{types}\n"
    )


def _family(kinds: tuple[str, ...]) -> str:
    return "\n".join(f"### {kind}\n\n{_kind(CATALOGUE[kind])}" for kind in kinds)


def _kind(row: Kind) -> str:
    made = model(row.name)
    own = [name for name in made.model_fields if name not in Event.model_fields]
    said = "\n".join(f"- {line}" for line in _says(row))
    parts = (cleandoc(made.__doc__ or ""), said, _table(made, own) if own else "")
    return "\n\n".join(part.rstrip() for part in parts if part) + "\n"


def _says(row: Kind) -> Iterator[str]:
    """Say upon what a kind acts, and what ends it."""
    if row.acts_upon:
        yield f"Acts upon {_kinds(_targets(row)) or 'an event of any kind'} (`{row.acts_upon}`)."
    if row.not_after:
        yield f"Not after {_kinds(row.not_after)} upon the same event."
    acting = [other.name for other in ROWS if row.name in _targets(other)]
    if acting:
        yield f"Acted upon by {_kinds(acting)}."
    for duty in row.leaves_open:
        yield f"Leaves open: {duty.what}, until {_kinds(duty.ended_by)}."
    if row.begins or row.becomes:
        becomes = " or ".join(dict.fromkeys(row.becomes.values()))
        yield f"Stands: {', then '.join(filter(None, (row.begins, becomes)))}."


def _targets(row: Kind) -> tuple[str, ...]:
    return model(row.name).references[row.acts_upon].kinds if row.acts_upon else ()


def _upon_any(row: Kind) -> bool:
    return bool(row.acts_upon) and not _targets(row)


def _kinds(kinds: Any) -> str:
    return " or ".join(f"[{kind}](#{kind})" for kind in kinds)


def _table(made: type[Event], attributes: Any) -> str:
    hints = get_type_hints(made, include_extras=True)
    lines = ["| field | holds | | meaning |", "|---|---|---|---|"]
    for attribute in attributes:
        if attribute in ("kind", "sealed_fields"):
            continue
        info = made.model_fields[attribute]
        name = info.alias or attribute
        marks = ("required" if info.is_required() else "", "sealed" if name in made.sealed else "")
        cells = (
            f"`{name}`",
            _holds(hints[attribute]),
            ", ".join(filter(None, marks)),
            (info.description or "").replace("|", "\\|"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _holds(hint: Any) -> str:
    """Say what a field holds: "date", "one or more of direct, none", "event: finding-made"."""
    while get_origin(hint) is Annotated or _optional(hint):
        refers = next((mark for mark in markers(hint) if isinstance(mark, Refers)), None)
        if refers is not None and not _many(hint):
            return f"event: {_kinds(refers.kinds)}" if refers.kinds else "event"
        named = [name for alias, name, _ in NAMES if alias == hint]
        if named:
            return named[0]
        hint = get_args(hint)[0]
    if _many(hint):
        return f"any number: {_holds(get_args(hint)[0])}"
    if get_origin(hint) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(hint))
    return TYPES.get(get_origin(hint) or hint, "text")


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def _many(hint: Any) -> bool:
    return get_origin(get_args(hint)[0] if get_origin(hint) is Annotated else hint) is tuple


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
