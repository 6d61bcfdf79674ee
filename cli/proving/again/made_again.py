"""Compare what a page says with what answerable makes again of the record that it carries.

What no maker of the page could have written ends the comparison: it differs. What an honest one
could have, and what is carried does not tell, is not compared, and said to be so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.proving.again.claims import (
    IN_PART,
    Claims,
    ImpossibleClaimError,
    claims_of,
    head_claimed,
    told_in,
    version_of,
)
from answerable.cli.proving.again.frame import (
    altered_markup,
    frame,
    hides,
    is_odd,
    same_runs,
    twice,
)
from answerable.cli.proving.again.quoted import TARGET, Rows, misquoted
from answerable.cli.proving.again.remade import remade
from answerable.cli.proving.again.words import (
    FOLLOWING,
    MARKUP,
    REPLAY,
    Otherwise,
    Words,
    cut,
    left_over,
    of_page,
    otherwise,
    replayed,
)
from answerable.domain.errors import AnswerableError
from answerable.domain.language.saying import say
from answerable.projections.report.audience.audiences import AUDIENCES
from answerable.projections.report.sections.bars import NONE

if TYPE_CHECKING:
    from answerable.ledger.bundle.verify import BundleReport

RESTING_ON_MORE = ("in-short", "verdicts", "replay")
"""The parts that tell verdicts, which rest on registers and other cases, too."""

ON_BARS = ("in-short", "bars")
"""The parts that tell which contacts lie within a bar, in whatever case they were made."""

STRANGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""End the making of a page, where it or its log tells what none does."""

FEW = 5
"""The most lines of a part that are quoted; of any more it is said how many there are."""

HEADING = re.compile(r'<h2 id="([^"]*)-title"[^>]*>([^<]*)</h2>')


class Compared(NamedTuple):
    """Hold what the comparison of a page with what its record comes to found.

    Attributes:
        file: the page, as problems name it.
        called: the same in a sentence.
        differs: where the page reads otherwise than any maker would have written it.
        not_compared: what could not be worked out again, in words.
        whole: whether it was made again; None where there is no page, or no record that holds.
        beyond: how many of its lines do not follow from what it carries, though they may be true.
        lines: how many lines were looked for; 0 where none was.
    """

    file: str
    called: str
    differs: tuple[Otherwise, ...] = ()
    not_compared: tuple[str, ...] = ()
    whole: bool | None = True
    beyond: int = 0
    lines: int = 0

    def as_dict(self) -> dict[str, Any] | None:
        """Return it as JSON has it; None where there is no page to compare."""
        if self.whole is None:
            return None
        differs = [each._asdict() for each in self.differs]
        return {
            "compared": self.whole,
            "differs": differs,
            "not_compared": self.not_compared,
            "lines_beyond": self.beyond,
            "lines": self.lines,
        }


def words_of(found: BundleReport, page: bytes | None) -> Compared:
    """Make the page of a report again of the record that it goes with, and compare the two.

    Args:
        found: the bundle, and the outcome of verifying it.
        page: the page that carries it; None: one may lie in it.
    """
    from answerable.ledger.bundle.layout import REPORT

    beside = found.bundle.files.get(REPORT)
    names = ("page", "the page") if page is not None else (REPORT, REPORT)
    text = beside if page is None else page
    if text is None or not found.verified:
        return Compared(*names, whole=None)
    so_far = Compared(*names)
    try:
        return _compared(so_far, text.decode(errors="replace"), found)
    except ImpossibleClaimError as error:
        return so_far._replace(differs=(of_page(str(error)),))


def _compared(so_far: Compared, page: str, found: BundleReport) -> Compared:
    from answerable.cli.shared.answering.version import version

    told = told_in(page)
    if told is None:
        why = "it does not tell what it was asked for, as one by a template of a house's own"
        return _quotations_alone(so_far, page, found, why)
    by, this = version_of(told), version()
    head_claimed(told, found.bundle)
    claims, again = _made_again(page, told, found, mine=by == this)
    if again == page:
        return so_far
    if claims is None or by != this:
        why = f"answerable {by:.40} wrote it, as it claims, and this is answerable {this}"
        return _quotations_alone(so_far, page, found, why, again)
    if wrong := _wrong(page, again):
        return so_far._replace(differs=(of_page(wrong),))
    with _speaking(claims):
        if claims.audience in IN_PART:
            whom = AUDIENCES[claims.audience]
            why = f"it was made for {whom}, of the whole case, and carries a part of it"
            return _as_far_as_it_goes(so_far, page, again, found, why)
        if found.bundle.head is not None and claims.size != found.bundle.head.size:
            why = f"it was made of a log of {claims.size:,} entries, as it claims, and the head "
            why += f"that is signed has {found.bundle.head.size:,}"
            return _as_far_as_it_goes(so_far, page, again, found, why)
        least = Words(remade(claims, found, judged=False))
        carried = {event.position for event in found.bundle.entries}
        return _to_the_letter(so_far, page, again, least, carried)


def _made_again(
    page: str, told: Mapping[str, Any], found: BundleReport, *, mine: bool
) -> tuple[Claims | None, str]:
    """Return what a page claims, and the page made again; nothing where another version made it.

    Raises:
        ImpossibleClaimError: it claims to be by this version, which makes no such page.
    """
    try:
        claims = claims_of(page, told, found.bundle)
        with _speaking(claims):
            return claims, remade(claims, found, judged=True)
    except ImpossibleClaimError:
        if mine:
            raise
    except (AnswerableError, *STRANGE) as error:
        if mine:
            name = type(error).__name__
            raise ImpossibleClaimError(
                f"this version, which it claims to be by, makes no page of what it carries ({name})"
            ) from None
    return None, ""


def _speaking(claims: Claims) -> Any:
    from answerable.domain.language.loading import language
    from answerable.domain.language.saying import in_language

    return in_language(language(claims.language))


def _quotations_alone(
    so_far: Compared, page: str, found: BundleReport, why: str, again: str = ""
) -> Compared:
    """Hold what a page of another maker quotes against the record, and say what else it says."""
    differs = _misquoting(page, "", found)
    told = f"what {so_far.called} says: {why}; what its fields quote was compared with the record"
    so_far = so_far._replace(differs=differs, not_compared=(told,), whole=False)
    return _with_lines(so_far, page, again, "this version would not write") if again else so_far


def _as_far_as_it_goes(
    so_far: Compared, page: str, again: str, found: BundleReport, why: str
) -> Compared:
    """Hold a page that rests on more than it carries against what follows from that."""
    differs = _misquoting(page, again, found)
    if wrong := hides(page, again):
        differs = (of_page(wrong), *differs)
    told = f"what {so_far.called} says: {why}; what its fields quote was compared with the record"
    so_far = so_far._replace(differs=differs, not_compared=(told,), whole=False)
    in_part = found.bundle.in_part
    return _with_lines(so_far, page, again, "what is carried does not tell", in_part=in_part)


def _misquoting(page: str, again: str, found: BundleReport) -> tuple[Otherwise, ...]:
    titles = _titles(page)
    rows = Rows(again) if again else None
    return tuple(
        each._replace(part=titles.get(each.part, each.part) or "the top of the page")
        for each in misquoted(Rows(page), rows, found.bundle.entries, found.texts)
    )


def _with_lines(
    so_far: Compared, page: str, again: str, which: str, *, in_part: bool = False
) -> Compared:
    """Add, part by part, the lines of a page that the same made again does not have.

    What it leaves out is told, too: of a page for a part of a case, that rows are left out, since
    much else is worked out otherwise where less is known.
    """
    here, there, titles = Words(page), Words(again), _titles(page)
    beyond = 0
    told = [*so_far.not_compared]
    for part in (*here.lines, "replay"):
        lines = _lines(part, here)
        rest = _without(lines, _lines(part, there))
        gone = [] if in_part else _without(_lines(part, there), lines)
        beyond += len(rest) if part != "replay" else 0
        called = titles.get(part, part) or "the top of the page"
        if rest:
            number = f"{len(rest):,} of its {len(lines):,} lines"
            told.append(f"the part “{called}”: {which} {number}{_quoted(rest)}")
        if gone:
            told.append(f"the part “{called}”: it leaves out {len(gone):,} lines{_quoted(gone)}")
    if in_part and (lacks := _rows_lacking(page, again)):
        told.append(f"it leaves out rows about what it carries: {', '.join(lacks)}")
    lines_of_all = sum(map(len, here.lines.values()))
    return so_far._replace(not_compared=tuple(told), beyond=beyond, lines=lines_of_all)


def _rows_lacking(page: str, again: str) -> list[str]:
    """Return the rows that a page lacks and the same made again has: #8 in the part “Timeline”."""
    have = {(each.part, at) for each in Rows(page).rows for at in each.positions}
    titles = _titles(again)
    return [
        f"#{at} in the part “{titles.get(part, part)}”"
        for part, at in dict.fromkeys(
            (each.part, at) for each in Rows(again).rows for at in each.positions
        )
        if (part, at) not in have
    ]


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the lines that do not stand among others, each as often as it does more."""
    left, rest = Counter(others), list[str]()
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            rest.append(line)
    return rest


def _to_the_letter(
    so_far: Compared, page: str, again: str, least: Words, carried: Container[int]
) -> Compared:
    """Compare a page with the same made again.

    Verdicts may rest on more than it carries, and so may what it tells of contacts within a bar:
    others of them lie in cases that are not carried.
    """
    here, there = Words(page), Words(again)
    titles = _titles(page)
    differs: list[Otherwise] = []
    not_compared: list[str] = []
    beyond = 0
    altered = {*altered_markup(page, again)}
    framed = frame(page) == frame(again)
    for each in _otherwise(here, there):
        called = titles.get(each.part, each.part) or "the top of the page"
        contacts = _in_other_cases(each.part, here, there, carried)
        if contacts and each.part not in altered:
            beyond += len(contacts)
            not_compared.append(
                f"the part “{called}”: it tells of events that the page does not carry"
                + _quoted(contacts)
            )
            continue
        rest = _rest(each.part, here, there, least)
        if rest is None or each.part in altered or not (rest or each.expected):
            differs.append(each._replace(part=called))
            continue
        gone = _gone(each.part, here, there)
        beyond += max(1, len(rest) + len(gone))
        not_compared.append(
            f"the part “{called}”: its verdicts rest on more than the page carries"
            + _quoted(rest)
            + (f"; it leaves out what the record alone comes to{_quoted(gone)}" if gone else "")
        )
    if not differs and (not framed or altered or not not_compared):
        differs.append(of_page(MARKUP))
    lines = sum(map(len, here.lines.values()))
    return so_far._replace(
        differs=tuple(differs), not_compared=tuple(not_compared), beyond=beyond, lines=lines
    )


def _titles(page: str) -> Mapping[str, str]:
    return {name: unescape(title) for name, title in HEADING.findall(page)}


def _quoted(lines: Sequence[str]) -> str:
    quoted = "".join(f"; “{cut(line, 400)}”" for line in lines[:FEW])
    return quoted + (f"; and {len(lines) - FEW:,} more" if len(lines) > FEW else "")


def _wrong(page: str, again: str) -> str:
    """Say what no verdict and no larger log excuses; "" if there is nothing such."""
    if name := twice(page, again):
        return f"“{name:.40}” names more than one place in it"
    if is_odd(page, again):
        return MARKUP
    return "" if same_runs(page, again) else "scripts, styles or its head are not as written"


def _otherwise(page: Words, again: Words) -> Iterator[Otherwise]:
    yield from otherwise(page, again)
    if page.runs != again.runs:
        yield Otherwise("scripts and styles", "", "they are not those of this program")
    for name in {**again.data, **page.data}:
        if name not in FOLLOWING and page.data.get(name) != again.data.get(name):
            yield Otherwise("replay" if name == REPLAY else name, "", "its data differ")


def _lines(part: str, page: Words) -> list[str]:
    return replayed(page) if part == "replay" else page.lines.get(part, [])


def _gone(part: str, page: Words, again: Words) -> list[str]:
    """Return the lines of a part that it would have, and lacks."""
    have = {*_lines(part, page)}
    return [each for each in _lines(part, again) if each not in have]


def _in_other_cases(part: str, page: Words, again: Words, carried: Container[int]) -> list[str]:
    """Return the lines on bars that tell of contacts in cases that a page does not carry.

    Returns:
        The lines; none where the part is about something else, or says more otherwise than by
        these contacts.
    """
    if part not in ON_BARS:
        return []
    lines, others = _lines(part, page), _lines(part, again)
    rest, gone = _without(lines, others), _without(others, lines)
    told = all(any(int(at) not in carried for at in TARGET.findall(each)) for each in rest)
    kept = all(each == say(NONE) or any(more.startswith(each) for more in rest) for each in gone)
    return rest if told and kept else []


def _rest(part: str, page: Words, again: Words, least: Words) -> list[str] | None:
    """Return what a part says that does not follow, where verdicts may rest on more.

    Args:
        part: the part.
        page: the page at hand.
        again: the same, made again.
        least: the same without verdicts; all that it says has to be there.

    Returns:
        The lines; None where the part lacks what has to be there, or tells no verdicts.
    """
    if part not in RESTING_ON_MORE:
        return None
    lines, wanted = _lines(part, page), _lines(part, least)
    if part == "replay":
        rest = None if {*wanted} - {*lines} else [each for each in lines if each not in wanted]
    else:
        rest = left_over(lines, wanted)
    following = {*_lines(part, again)}
    return None if rest is None else [each for each in rest if each not in following]
