"""Say the words of ours that stand in cells: codes to programs, and words to who reads a table."""

from __future__ import annotations

from answerable.domain.language.saying import say, say_as, spoken, to_say_as

CELLS = (
    to_say_as("cell", "open"),
    to_say_as("cell", "unexplained"),
    to_say_as("cell", "check"),
    to_say_as("cell", "inconsistent"),
    to_say_as("cell", "undated"),
    to_say_as("cell", "usual"),
    to_say_as("cell", "missing"),
    to_say_as("cell", "wrong"),
    to_say_as("cell", "renamed"),
    to_say_as("cell", "decision"),
    to_say_as("cell", "finding"),
    to_say_as("cell", "deciders"),
    to_say_as("cell", "authority"),
    to_say_as("cell", "coverage"),
    to_say_as("cell", "holder"),
    to_say_as("cell", "in force"),
    to_say_as("cell", "evidence"),
    to_say_as("cell", "clause"),
    to_say_as("cell", "hearing"),
    to_say_as("cell", "difference"),
    to_say_as("cell", "collector"),
    to_say_as("cell", "collected"),
    to_say_as("cell", "basis"),
    to_say_as("cell", "error"),
    to_say_as("cell", "warning"),
    to_say_as("cell", "declare"),
    to_say_as("cell", "chain"),
    to_say_as("cell", "separation"),
    to_say_as("cell", "guideline"),
    to_say_as("cell", "comparators"),
    to_say_as("cell", "complete"),
    to_say_as("cell", "in-force"),
    to_say_as("cell", "not-during"),
    to_say_as("cell", "custody"),
    to_say_as("cell", "record"),
    to_say_as("cell", "nothing"),
    to_say_as("cell", "only the latest"),
    to_say_as("cell", "only the earliest"),
    to_say_as("cell", "rests on"),
    to_say_as("cell", "rested on"),
    to_say_as("cell", "recorded"),
    to_say_as("cell", "promised it"),
    to_say_as("cell", "owns it"),
    to_say_as("cell", "leads the investigation"),
    to_say_as("cell", "owns the case"),
    to_say_as("cell", "milder"),
    to_say_as("cell", "graver"),
    to_say_as("cell", "leaves"),
    to_say_as("cell", "comes within"),
    to_say_as("cell", "named as its ground"),
    to_say_as("cell", "behind that"),
    to_say_as("cell", "on record, not named"),
    to_say_as("cell", "recorded below it, in one go"),
    to_say_as("cell", "hindsight: recorded only later"),
    to_say_as("cell", "recorded later, may have happened before"),
    to_say_as("cell", "receipt"),
    to_say_as("cell", "closure"),
    to_say_as("cell", "first signal"),
    to_say_as("cell", "imposition"),
    to_say_as("cell", "its own date"),
    to_say_as("cell", "above"),
    to_say_as("cell", "below"),
    to_say_as("cell", "within"),
    to_say_as("cell", "cannot be told"),
    to_say_as("cell", "nothing to compare"),
    to_say_as("cell", "people"),
    to_say_as("cell", "organisations"),
    to_say_as("cell", "bodies"),
    to_say_as("cell", "groups"),
    to_say_as("cell", "assets"),
    to_say_as("cell", "type not told"),
    to_say_as("cell", "number"),
    to_say_as("cell", "days"),
    to_say_as("cell", "not opened"),
    to_say_as("cell", "indeterminate"),
    to_say_as("cell", "untold"),
    to_say_as("cell", "pending"),
    to_say_as("cell", "not executed"),
)
"""The codes that are no terms of a vocabulary, and stand alone in a cell."""

CONTEXTS = ("cell", "rule", "field", "gravity", "left out", "source")
"""In what a word may be translated that is no term: as a code, the title of a rule and so on."""


def cell_words(value: str) -> str:
    """Say a word of ours as a program gets it; in another language, as one says it there.

    What is not ours, as the rule of a policy that the house wrote, is said as it stands.
    """
    language = spoken()
    if language is None:
        return value
    if (term := language.term(value)) is not None:
        return term
    bare = value.rstrip(".")
    for context in CONTEXTS:
        said = language.sentence(bare, context)
        if said != bare:
            return said if bare == value else say("{sentence}.", sentence=said)
    return say(value)


def term_or_verdict(value: str) -> str:
    """Say a term of the vocabulary, or a verdict, by its code: `not-applicable`."""
    language, said = spoken(), value.replace("-", " ")
    if language is None:
        return said
    verdict = language.sentence(said, "verdict")
    return cell_words(value) if verdict == said else verdict


def several_words(value: str) -> str:
    """Say codes that stand in a cell behind numbers of events: "#19 untold"."""
    numbers = [each for each in value.split(" ") if each.startswith("#")]
    code = value.removeprefix(" ".join(numbers)).strip()
    return " ".join((*numbers, *([say_as("cell", code)] if code else [])))
