"""Say events of incidents: the case, contacts, objections, what was said, terminations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from answerable.domain.language.saying import figures, punctuation, say, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.bar import lasting
from answerable.projections.wording.dates import as_recorded
from answerable.projections.wording.lines.phrases import (
    BY,
    Line,
    announced,
    aside,
    day,
    joined,
    parties,
    party,
    plain,
    term_of,
    value,
)
from answerable.projections.wording.vocabulary import Fields, as_term, words


def _case_opened(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Case opened"),
        aside(
            party(to_say("organisation: {party}"), fields.get("organisation"), name_of),
            value(to_say("jurisdiction: {value}"), fields.get("jurisdiction")),
            party(to_say("owner: {party}"), fields.get("owner"), name_of),
        ),
    )


def _contact(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Contact with {party}", party=name_of(fields["counterparty"])),
        parties(to_say("sought by {party}"), fields.get("initiators", ()), name_of),
        aside(
            value(to_say("stage: {value}"), fields.get("stage")),
            value(to_say("via {value}"), fields.get("channel")),
        ),
    )


def _backlash(fields: Fields, _: NameOf) -> str:
    size = fields.get("size")
    return joined(
        say("Backlash"),
        value(to_say("via {value}"), fields.get("channel")),
        None if size is None else aside(joined(figures(size), term_of(fields.get("size_unit")))),
    )


def _vouched_for(fields: Fields) -> str | None:
    """Return how far what was said is vouched for; None where it is merely said."""
    told = fields.get("content_standing")
    return None if told == "asserted" else told


def _spoken(what: str) -> Callable[[Fields, NameOf], str]:
    def line(fields: Fields, name_of: NameOf) -> str:
        acts = punctuation(", ").join(map(as_term, fields.get("acts", ())))
        return joined(
            say(what),
            party(BY, fields.get("speaker"), name_of),
            party(to_say("on behalf of {party}"), fields.get("on_behalf_of"), name_of),
            aside(
                acts,
                value(to_say("via {value}"), fields.get("channel")),
                value(to_say("what it says: {value}"), _vouched_for(fields)),
            ),
        )

    return line


def _terminated(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Engagement with {party} terminated", party=name_of(fields["counterparty"])),
        party(BY, fields.get("terminated_by"), name_of),
        aside(
            value(to_say("it had reached: {value}"), fields.get("stage_reached")),
            announced(fields, name_of),
        ),
    )


def _barred(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("{party} barred", party=name_of(fields["counterparty"])),
        party(BY, fields.get("imposed_by"), name_of),
        lasting(as_recorded(fields.get("from")), fields.get("until"), fields.get("term")),
    )


LINES: Mapping[str, Line] = {
    "case-opened": _case_opened,
    "case-closed": lambda fields, name_of: joined(
        say("Case closed: {disposition}", disposition=words(fields["disposition"])),
        aside(day(to_say("to be kept until {date}"), fields.get("retain_until"))),
    ),
    "case-reopened": plain(to_say("Case reopened")),
    "contact-made": _contact,
    "backlash-observed": _backlash,
    "apology-issued": _spoken(to_say("Apology")),
    "statement-published": _spoken(to_say("Statement")),
    "engagement-terminated": _terminated,
    "counterparty-barred": _barred,
    "bar-lifted": plain(to_say("Bar lifted")),
}
