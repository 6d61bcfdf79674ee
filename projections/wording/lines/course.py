"""Say events of incidents: the case, contacts, objections, what was said, terminations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.bar import lasting
from answerable.projections.wording.lines.phrases import (
    Line,
    announced,
    aside,
    joined,
    parties,
    party,
    plain,
    value,
)
from answerable.projections.wording.vocabulary import Fields, words


def _case_opened(fields: Fields, name_of: NameOf) -> str:
    return joined(
        "Case opened",
        aside(
            party("organisation:", fields.get("organisation"), name_of),
            value("jurisdiction:", fields.get("jurisdiction")),
            party("owner:", fields.get("owner"), name_of),
        ),
    )


def _contact(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Contact with {name_of(fields['counterparty'])}",
        parties("sought by", fields.get("initiators", ()), name_of),
        aside(value("stage:", fields.get("stage")), value("via", fields.get("channel"))),
    )


def _backlash(fields: Fields, _: NameOf) -> str:
    size = fields.get("size")
    return joined(
        "Backlash",
        value("via", fields.get("channel")),
        None if size is None else aside(joined(f"{size:,}", fields.get("size_unit"))),
    )


def _spoken(what: str) -> Callable[[Fields, NameOf], str]:
    def line(fields: Fields, name_of: NameOf) -> str:
        acts = ", ".join(fields.get("acts", ()))
        return joined(
            what,
            party("by", fields.get("speaker"), name_of),
            party("on behalf of", fields.get("on_behalf_of"), name_of),
            aside(
                acts,
                value("via", fields.get("channel")),
                value("what it says:", fields.get("content_standing")),
            ),
        )

    return line


def _terminated(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Engagement with {name_of(fields['counterparty'])} terminated",
        party("by", fields.get("terminated_by"), name_of),
        aside(value("it had reached:", fields.get("stage_reached")), announced(fields, name_of)),
    )


def _barred(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"{name_of(fields['counterparty'])} barred",
        party("by", fields.get("imposed_by"), name_of),
        lasting(fields.get("from"), fields.get("until"), fields.get("term")),
    )


LINES: Mapping[str, Line] = {
    "case-opened": _case_opened,
    "case-closed": lambda fields, name_of: joined(
        f"Case closed: {words(fields['disposition'])}",
        aside(value("to be kept until", fields.get("retain_until"))),
    ),
    "case-reopened": plain("Case reopened"),
    "contact-made": _contact,
    "backlash-observed": _backlash,
    "apology-issued": _spoken("Apology"),
    "statement-published": _spoken("Statement"),
    "engagement-terminated": _terminated,
    "counterparty-barred": _barred,
    "bar-lifted": plain("Bar lifted"),
}
