"""The measures of sanctions in words: `other` by its own words, where these can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from answerable.domain.language.saying import (
    in_letters,
    punctuation,
    say,
    say_as,
    spoken,
    term_words,
)
from answerable.domain.reader import Reader
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.facts.amounts import AmountTotal
from answerable.projections.facts.disclosed import Text, chain
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.vocabulary import OTHER, measure, words

LONGEST = 80
"""The number of characters shown in a line. `answerable show` has all of them."""

SUMMED = 2
"""The fewest measures that are worth a sum."""

Measured = Callable[[Sanction], str]
"""The way to word the measure of a sanction."""


def worded(sanction: Sanction, text: Text | None = None) -> str:
    """Say a measure: "fine, 50 EUR"; “to return the watch”; "another measure (erased)".

    Args:
        sanction: what was imposed.
        text: the words for it, if these were looked up.
    """
    fields = {name: value for name, value in sanction._asdict().items() if value is not None}
    if sanction.measure != OTHER or text is None or text.state == "not told":
        return measure(fields)
    if text.state != "told":
        return say("{what} ({marks})", what=measure(fields), marks=term_words(text.state))
    words = " ".join(str(text.value).split())
    if len(words) > LONGEST:
        words = f"{words[: LONGEST - 1]}…"
    return measure(fields, say("“{words}”", words=words))


def measured(reader: Reader, sanctions: Iterable[Sanction]) -> Measured:
    """Return what to call the measures of some sanctions; their words are read in one go.

    Args:
        reader: the record.
        sanctions: those asked about. The words are as these were corrected.
    """
    others = [each for each in sanctions if each.measure == OTHER]
    if not others:
        return worded
    versions = {
        each.event_id: (each.position, *_positions(reader, each.corrected_by)) for each in others
    }
    varying = {each.varied_by for each in others if each.varied_by is not None}
    versions |= {event_id: tuple(_positions(reader, (event_id,))) for event_id in varying}
    opened = reader.opened(position for own in versions.values() for position in own)
    texts = {event_id: chain(*own, opened=opened) for event_id, own in versions.items()}

    def text_of(event_id: str, field: str) -> Text:
        return texts[event_id].text(field) if event_id in texts else Text(None, "not told")

    return lambda sanction: worded(sanction, own_words(sanction, text_of))


def own_words(sanction: Sanction, text_of: Callable[[str, str], Text]) -> Text:
    """Return the words for a measure: those of the decision that varied it, if it has any.

    Args:
        sanction: as it stands.
        text_of: reads a sealed field of an event, by the event's id.
    """
    if sanction.varied == "yes" and sanction.varied_by is not None:
        text = text_of(sanction.varied_by, "becomes_text")
        if text.state != "not told":
            return text
    return text_of(sanction.event_id, "measure_text")


def total_words(total: AmountTotal) -> str:
    """Say a sum of amounts: "69,000,000 USD in two clawbacks".

    Where some may not be in force, or are only alleged: "500 to 700 USD in one to two fines".
    """
    number = number_of(total.most_number, total.measure)
    most = amount_words(f"{total.most} {total.currency}")
    if total.least_number == total.most_number:
        return say("{amount} in {measures}", amount=most, measures=number)
    if total.least_number == 0:
        return say("at most {amount} in at most {measures}", amount=most, measures=number)
    return say(
        "{least} to {most} in {number} to {measures}",
        least=amount_words(f"{total.least} {total.currency}").partition(" ")[0]
        if spoken() is None
        else amount_words(f"{total.least} {total.currency}"),
        most=most,
        number=in_letters(total.least_number),
        measures=number,
    )


def number_of(number: int, measure: str) -> str:
    """Say how many measures there are: "two clawbacks", "one fine"."""
    named = one_of(measure) if number == 1 else several(measure)
    return say_as("measures", "{letters} {measures}", letters=in_letters(number), measures=named)


def totals_words(totals: Iterable[AmountTotal]) -> str | None:
    """Say what some sanctions sum up to; None where none of the sums is of more than one."""
    every = tuple(totals)
    if all(each.most_number < SUMMED for each in every):
        return None
    return punctuation("; ").join(map(total_words, every))


def one_of(measure: str) -> str:
    """Say a measure of the vocabulary where there is one, after a number: "other measure"."""
    return say("other measure") if measure == OTHER else words(measure)


def several(measure: str) -> str:
    """Say a measure of the vocabulary where there are several: "fines", "losses of seniority"."""
    if measure == OTHER:
        return say("other measures")
    if spoken() is not None:  # which has a plural of its own, if any, in `number_of`
        return words(measure)
    what, of, more = words(measure).partition(" of ")
    return f"{what}{'es' if what.endswith('s') else 's'}{of}{more}"


def _positions(reader: Reader, event_ids: Iterable[str]) -> list[int]:
    found = (reader.event(event_id) for event_id in event_ids)
    return [event.position for event in found if event is not None]
