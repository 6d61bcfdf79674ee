"""One event whole: in words, then its fields, then the entry that was hashed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from json import dumps
from typing import NamedTuple

from markupsafe import Markup

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.facts.names import Name
from answerable.projections.output.register import Party
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import links, said, woven
from answerable.projections.pages.browsing.framing.times import PRESENT, Times, TimesForm
from answerable.projections.pages.browsing.tables import case_link, party_link, visible
from answerable.projections.pages.sections import Shown
from answerable.projections.show.fields import fields
from answerable.projections.show.show import ShownEvent
from answerable.projections.wording.dates import date
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import label, words

FIELD = Markup("<div>{}<dd>{}</dd></div>")
NAME = Markup("<dt>{}</dt>")


class EventShown(NamedTuple):
    """Hold an event, and what lies beside it.

    Attributes:
        shown: the event.
        title: what its case is called; None where that is not told.
        size: the number of entries of the log.
        leaf: the hash of its entry.
        altered: whether the entry is another than the tree was made of.
        before: the event of the case that was recorded before it; None: there is none.
        after: the one that was recorded after it.
        times: those that are asked about.
    """

    shown: ShownEvent
    title: str | None
    size: int
    leaf: bytes
    altered: bool
    before: int | None
    after: int | None
    times: Times = PRESENT


def event_page(event: EventShown, named: Callable[[str], Name], frame: Frame) -> str:
    """Write the page of an event.

    Args:
        event: which.
        named: tells who a party is.
        frame: what all pages share.
    """
    fact = event.shown.fact
    told = visible(sentence_in(event.shown.view, fact))
    when = date(fact.fields.get("occurred"), fact.zone)
    heading = Markup("<s>{}</s>").format(told) if not fact.stands else Markup.escape(told)
    page = Page(
        at=addresses.CASES,
        kind=punctuation(", ").join((f"#{fact.event.position}", words(fact.kind), when)),
        title=heading,
        title_text=f"#{fact.event.position} {told}",
        lead=_lead(event),
        sections=[*_sections(event, named)],
        beside=[*_beside(event)],
        times=TimesForm(event.times, addresses.event(fact.event.position)),
    )
    return framed(page, frame)


def _lead(event: EventShown) -> Markup:
    case = case_link(event.shown.fact.event.case_id, event.title)
    told = Markup("<p>{}</p>").format(woven(IN_CASE, case=case))
    if not event.shown.fact.stands:
        told += said(say("It was retracted."))
    if event.times.as_of is not None:
        told += said(say(HAPPENED[event.shown.happened]))
    return told


HAPPENED: Mapping[When, str] = {
    "yes": to_say("It had happened by then."),
    "unknown": to_say("Indeterminate whether it had happened by then."),
    "no": to_say("It had not happened by then."),
}
"""Say whether an event had happened by the moment asked about."""


def _beside(event: EventShown) -> Iterator[tuple[str, str, bool]]:
    if event.before is not None:
        yield (
            event.times.at(addresses.event(event.before)),
            say("The event of the case before it"),
            False,
        )
    if event.after is not None:
        yield event.times.at(addresses.event(event.after)), say("The one after it"), False


def _sections(event: EventShown, named: Callable[[str], Name]) -> Iterator[Shown]:
    links_ = links(event.size)
    rows = [
        FIELD.format(NAME.format(label(each.name)) if each.name else "", links_.line(each.value))
        for each in fields(event.shown, named)
    ]
    fields_ = Markup('<article class="event"><dl>{}</dl></article>').format(Markup("").join(rows))
    yield Shown("fields", say("What it says"), fields_)
    if parties := event.shown.parties:
        made = Markup("").join(
            Markup("<li>{}</li>").format(party_link(Party(each, named(each).shown)))
            for each in dict.fromkeys(parties)
        )
        yield Shown("parties", say("Whom it names"), Markup("<ul>{}</ul>").format(made))
    yield Shown("entry", say("The entry as it was hashed"), _entry(event))


def _entry(event: EventShown) -> Markup:
    told = dumps(event.shown.fact.event.fields, ensure_ascii=False, indent=2)
    told_of = say(ALTERED) if event.altered else say(WHOLE)
    look = "answer bad" if event.altered else "answer"
    answer = Markup('<p class="{}">{}</p>').format(look, told_of)
    leaf = woven(LEAF, leaf=Markup("<code>{}</code>").format(event.leaf.hex()))
    text = "\n".join(map(visible_line, told.split("\n")))
    return (
        answer
        + Markup("<p>{}</p>").format(leaf)
        + Markup('<pre tabindex="0">{}</pre>').format(text)
    )


def visible_line(text: str) -> str:
    """Spell out what cannot be seen in a line, whose indent stays."""
    indent = len(text) - len(text.lstrip(" "))
    return f"{' ' * indent}{visible(text)}"


IN_CASE = to_say("In {case}.")
LEAF = to_say("Its hash in the tree is {leaf}.")
WHOLE = to_say(
    "It is what the tree was made of. Texts are not in it, but commitments to them (_sd)."
)
ALTERED = to_say("It is not what the tree was made of: it was altered. See the verification.")
