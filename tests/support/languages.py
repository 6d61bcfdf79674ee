"""Extract what answers say, and bring the catalogues up to it: `make languages`.

`make languages LANGUAGE=de` begins a new one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Literal, get_args, get_origin

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from answerable.domain.kinds import model
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.language.saying import LETTERS, label_in_english
from answerable.domain.policy.shipped import profiles
from answerable.domain.terms.usual import USUAL
from answerable.projections import registers
from answerable.projections.accountability.appeals import AppealState
from answerable.projections.accountability.outside.agreements import AgreementState
from answerable.projections.accountability.outside.commitments import CommitmentState
from answerable.projections.accountability.outside.proceedings import ProceedingState
from answerable.projections.accountability.sanctions import SanctionState
from answerable.projections.facts.disclosed import State
from answerable.projections.facts.lifecycle import CaseStatus
from answerable.projections.facts.names import NameState
from answerable.projections.figures.catalogue import DEFINITIONS
from answerable.projections.output.readable import readable_columns
from answerable.projections.output.register import TRUTHS, Register
from answerable.projections.pages import browsing
from answerable.projections.replay.subsequent import Happening
from answerable.projections.report.tables import OF_REPORT
from answerable.projections.show.show import Bearing

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "domain" / "language" / "catalogues"

PLACES = (
    *("cli", "domain", "ledger/bundle/in_page", "ledger/store/postgresql", "ledger/verify"),
    "projections",
)
"""The folders whose words are in the language of the answer."""

METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract"), ("**.js", "javascript")]

KEYWORDS: dict[str, Any] = {
    "_": None,
    "say": None,
    "say_line": None,
    "to_say": None,
    "say_count": (1, 2),
    "to_say_count": (1, 2),
    "sayCount": (1, 2),
    "say_as": ((1, "c"), 2),
    "to_say_as": ((1, "c"), 2),
}
"""The functions that say a sentence, or mark one, and which of their arguments it is."""

IN_SCRIPTS: dict[str, Any] = {**KEYWORDS, "wrong": (1,), "report": (3,)}
"""The same in the scripts of a page, where these say what is wrong."""

STATES = (
    *(SanctionState, AppealState, CaseStatus, AgreementState, ProceedingState, CommitmentState),
    *(State, NameState),
)
"""The words of ours for how something stands, that are no terms of a field."""


MARKS = (
    *("corrected", "retracted", "overturned", "under appeal", "withdrawn"),
    *(f"appeal {state}" for state in get_args(AppealState) if state not in ("none", "pending")),
)
"""List the marks of events that do not simply stand (`projections/replay/material.py`)."""

SHOWN = ("happened", "recorded at", "recorded by", "event")
"""The names of what is told of an event beside its fields (`projections/show/fields.py`)."""


@cache
def extracted() -> Catalog:
    """Return every message that an answer may say, in the order of the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for place in PLACES:
        keywords = IN_SCRIPTS if place.startswith("ledger") else KEYWORDS
        found = extract_from_dir(ROOT / place, METHODS, keywords=keywords)
        for file, _, message, _, context in sorted(found, key=lambda each: (each[0], each[1])):
            catalogue.add(message, locations=[(f"{place}/{file}", 0)], context=context)
    for number in LETTERS:
        catalogue.add(number, locations=[("domain/language/saying.py", 0)], context="number")
    for word, place in sorted(dict(terms()).items()):
        catalogue.add(word.replace("-", " "), locations=[(place, 0)], context="term")
    for title in titles():
        catalogue.add(title, locations=[("domain/policy/profiles", 0)], context="rule")
    for source in sorted(set(sources())):
        catalogue.add(source, locations=[("domain/policy/profiles", 0)], context="source")
    for deed in sorted(set(deeds())):
        catalogue.add(deed, locations=[("domain/kinds/catalogue", 0)], context="deed")
    for title in sorted(set(register_titles())):
        catalogue.add(title, locations=[("projections/registers", 0)])
    for label in sorted(set(labels())):
        catalogue.add(label_in_english(label), locations=[("domain/kinds", 0)], context="field")
    return catalogue


def terms() -> Iterator[tuple[str, str]]:
    """Yield every term of our vocabularies, with where it is from."""
    for row in ROWS:
        yield row.name, "domain/kinds/catalogue"
        words = (row.begins, *row.becomes.values())
        yield from ((word, "domain/kinds/catalogue") for word in words if word)
        for field in model(row.name).model_fields.values():
            yield from ((word, "domain/kinds") for word in literals(field.annotation))
    yield from ((word, "projections/replay") for word in (*get_args(Happening), *MARKS))
    yield from ((word, "domain/terms/usual.py") for word in USUAL)
    for document in profiles():
        asked = steps_asked_for(document.policy.model_dump(mode="json", by_alias=True))
        yield from ((step, "domain/policy/profiles") for step in asked)
    for states in STATES:
        yield from ((word, "projections/wording/vocabulary.py") for word in get_args(states))


def steps_asked_for(value: Any, *, tested: bool = False) -> Iterator[str]:
    """Yield the steps that profiles ask for by words of their own, which are no citations."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from steps_asked_for(each, tested=tested or name == "where")
    elif isinstance(value, list | tuple):
        for each in value:
            yield from steps_asked_for(each, tested=tested)
    elif tested and isinstance(value, str) and " " in value and value.replace(" ", "").isalpha():
        yield value


def titles() -> Iterator[str]:
    """Yield the titles of the policies that come with this program, and of every rule of them."""
    for document in profiles():
        yield document.policy.title
        for rule in document.policy.rule:
            yield rule.text.rstrip(".")


def sources() -> Iterator[str]:
    """Yield what the rules that come with this program cite, and the definitions of figures."""
    for document in profiles():
        yield from (rule.source for rule in document.policy.rule)
    yield from (each.source for each in DEFINITIONS)


def deeds() -> Iterator[str]:
    """Yield what those did who did something, in words."""
    for row in ROWS:
        yield from (*row.deeds.values(), *row.announcing.values())


def register_titles() -> Iterator[str]:
    """Yield the titles of the registers that answers show as tables, and of their columns."""
    for register in every_register():
        yield register.title
        yield from (each.title for each in readable_columns(register))
    yield from TRUTHS.values()


def every_register() -> Iterator[Register]:
    """Yield every register that an answer may have."""
    yield from OF_REPORT
    for place in (registers, browsing):
        for found in walk_packages(place.__path__, f"{place.__name__}."):
            for each in vars(import_module(found.name)).values():
                # A register is a tuple, too.
                several = isinstance(each, tuple) and not isinstance(each, Register)
                for one in each if several else (each,):
                    if isinstance(one, Register):
                        yield one


def labels() -> Iterator[str]:
    """Yield the name of every field, and of what is told of an event beside its fields."""
    yield from (*SHOWN, *get_args(Bearing))
    for row in ROWS:
        for name, field in model(row.name).model_fields.items():
            yield field.alias or name


def literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (each for each in get_args(annotation) if isinstance(each, str))
        return
    for each in get_args(annotation):
        yield from literals(each)


def catalogue(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def brought_up(of: Catalog) -> bytes:
    """Return a catalogue as it is once it has every message, and no other."""
    marked = {(each.context, each.id) for each in of if each.fuzzy}
    of.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    of.obsolete.clear()
    for each in of:
        # Babel takes a new message for fuzzy that has not as many forms as the language.
        if each.id and (each.context, each.id) not in marked:
            each.flags.discard("fuzzy")
            if isinstance(each.id, tuple):
                forms = each.string if isinstance(each.string, tuple) else ()
                each.string = (*forms, *("",) * of.num_plurals)[: of.num_plurals]
    written = BytesIO()
    write_po(written, of, width=100, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return written.getvalue()


def main() -> None:
    """Bring every catalogue up to date; with the tag of a language, begin one for that."""
    for name in sys.argv[1:]:
        locale = name.replace("-", "_")
        new = FOLDER / f"{locale}.po"
        if not new.exists():
            new.write_bytes(brought_up(Catalog(locale=locale, fuzzy=False)))
    for path in sorted(FOLDER.glob("*.po")):
        path.write_bytes(brought_up(catalogue(path)))


if __name__ == "__main__":
    main()
