"""Make the page of a report again of the record that it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.proving.again.frame import altered_markup, frame, is_odd, same_runs, twice
from answerable.cli.proving.again.words import (
    FOLLOWING,
    MARKUP,
    REPLAY,
    Otherwise,
    Words,
    cut,
    left_over,
    otherwise,
    replayed,
)

if TYPE_CHECKING:
    from answerable.domain.record import Disclosed, RecordedEvent
    from answerable.ledger.bundle.verify import BundleReport
    from answerable.projections.facts.known_by.carried import CarriedReader

MADE = re.compile(r'<script type="application/json" id="made">([^<]*)</script>')
LANGUAGE = re.compile(r'<html lang="([^"]*)">')

RESTING_ON_MORE = ("in-short", "verdicts", "replay")
"""The parts that tell verdicts, which rest on registers and other cases, too."""

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
        differs: where the page reads otherwise.
        not_compared: what could not be worked out again, in words.
        whole: whether it was compared at all; None where there is no page, or no record that holds.
    """

    file: str
    called: str
    differs: tuple[Otherwise, ...] = ()
    not_compared: tuple[str, ...] = ()
    whole: bool | None = True

    def as_dict(self) -> dict[str, Any] | None:
        """Return it as JSON has it; None where there is no page to compare."""
        if self.whole is None:
            return None
        differs = [each._asdict() for each in self.differs]
        return {"compared": self.whole, "differs": differs, "not_compared": self.not_compared}


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
    try:
        return _compared(Compared(*names), text.decode(errors="replace"), found)
    except _NotComparedError as error:
        told = f"what {names[1]} says: {error}"
        return Compared(*names, not_compared=(told,), whole=False)


class _NotComparedError(Exception):
    """Tells why a page cannot be compared with what its record comes to."""


class _ForgedError(Exception):
    """Tells that a page was made of a log smaller than the head that it carries."""


def _made(page: str) -> dict[str, Any] | None:
    from answerable.ledger.bundle.bounded_json import bounded_json

    every = MADE.findall(page)
    if len(every) != 1:
        return None
    try:
        told = bounded_json(every[0])
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _compared(so_far: Compared, page: str, found: BundleReport) -> Compared:
    from answerable.cli.shared.answering.version import version
    from answerable.domain.errors import AnswerableError

    told = _made(page)
    if told is None:
        raise _NotComparedError(
            "it does not tell what it was asked for, as one by a template of a house's own"
        )
    if told.get("version") != version():
        by = str(told.get("version"))
        raise _NotComparedError(f"answerable {by:.40} wrote it, and this is answerable {version()}")
    if found.bundle.left_out:
        raise _NotComparedError("it shows a part of the case, and was worked out of the whole")
    try:
        return _compared_with(so_far, page, told, found)
    except _ForgedError:
        below = "it says that it was made of a smaller log than its head has"
        return so_far._replace(differs=(Otherwise("the page", "", below),))
    except (AnswerableError, *STRANGE) as error:
        raise _NotComparedError(
            f"it cannot be worked out of what it carries ({type(error).__name__})"
        ) from None


def _compared_with(
    so_far: Compared, page: str, told: Mapping[str, Any], found: BundleReport
) -> Compared:
    from answerable.domain.language.loading import language
    from answerable.domain.language.saying import in_language

    tag = LANGUAGE.search(page)
    reader, uncertain = _reader(told, found)
    with in_language(language("en" if tag is None else unescape(tag[1]))):
        again = _again(told, found, reader, judged=True)
        if again == page:
            return so_far
        if wrong := _wrong(page, again):
            return so_far._replace(differs=(Otherwise("the page", "", wrong),))
        if uncertain:
            raise _NotComparedError(uncertain)
        here, there = Words(page), Words(again)
        least = Words(_again(told, found, reader, judged=False))
    titles = {name: unescape(title) for name, title in HEADING.findall(page)}
    differs: list[Otherwise] = []
    not_compared: list[str] = []
    altered = {*altered_markup(page, again)}
    framed = frame(page) == frame(again)
    for each in _otherwise(here, there):
        called = titles.get(each.part, each.part) or "the top of the page"
        rest = _rest(each.part, here, there, least)
        if rest is None or each.part in altered or not (rest or each.expected):
            differs.append(each._replace(part=called))
        else:
            not_compared.append(
                f"the part “{called}”: its verdicts rest on more than the page carries"
                + _quoted(rest)
            )
    if not differs and (not framed or altered or not not_compared):
        differs.append(Otherwise("the page", "", MARKUP))
    return so_far._replace(differs=tuple(differs), not_compared=tuple(not_compared))


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
    if part == "replay":
        lines, wanted = replayed(page), {*replayed(least)}
        rest = None if wanted - {*lines} else [each for each in lines if each not in wanted]
        following = {*replayed(again)}
    else:
        rest = left_over(page.lines.get(part, []), least.lines.get(part, []))
        following = {*again.lines.get(part, [])}
    return None if rest is None else [each for each in rest if each not in following]


def _again(
    told: Mapping[str, Any], found: BundleReport, reader: CarriedReader, *, judged: bool
) -> str:
    """Write the page again; without verdicts, where it is not to be judged."""
    from answerable.cli.proving.bundle_report import Given, given_page
    from answerable.ledger.bundle.in_page.embedded import CLOSING, OPENING, embedded
    from answerable.ledger.bundle.in_page.messages import messages_element
    from answerable.ledger.bundle.in_page.scripts import verifier
    from answerable.ledger.bundle.in_page.shown import summed
    from answerable.projections.pages.case_page import Carried, case_page
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.scrubber import replay_of
    from answerable.projections.report.audience.audiences import AUDIENCES, For
    from answerable.projections.report.audience.report_for import report_for
    from answerable.projections.report.looked import look
    from answerable.projections.report.report import report_of

    case, version = found.bundle.manifest["case"], str(told["version"])
    if not found.bundle.in_page:
        given = Given(case, found.bundle.entries, found.texts, reader.head())
        return given_page(reader, given, found.bundle.manifest["withheld"], _closed(told))
    as_of, known_by = _moment(told["as_of"]), _moment(told["known_by"])
    if told["made_for"] is None:
        looked = look(reader, case, as_of=as_of, known_by=known_by)
        report = report_of(looked, version=version)
    else:
        (audience,) = (name for name, words in AUDIENCES.items() if words == told["made_for"])
        gated = report_for(
            reader, case, For(audience), version=version, as_of=as_of, known_by=known_by
        )
        report, looked = gated.report, gated.looked
    if not judged:
        report = report._replace(checks=())
    script = verifier()
    element = f"{OPENING}{embedded(found.bundle.files)}{CLOSING}"
    carried = Carried(element + messages_element(script), script, closed=_closed(told))
    page = case_page(content_of(report, looked), replay_of(looked, judged=judged), carried)
    return summed(page)


def _moment(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)


def _reader(told: Mapping[str, Any], found: BundleReport) -> tuple[CarriedReader, str]:
    """Return a reader of what is carried, and why it may fall short; "" if it does not."""
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.zone import UNTOLD, Zone
    from answerable.projections.facts.known_by.carried import CarriedReader

    bundle, head = found.bundle, found.bundle.head
    if head is None:
        raise ValueError("there is no head")
    zone = UNTOLD if told["zone"] is None else Zone(str(told["zone"]), "asker")
    size, uncertain = told["size"], ""
    under = TreeHead(head.size, head.root)
    if not isinstance(size, int) or isinstance(size, bool) or size < head.size:
        raise _ForgedError
    if size != head.size:
        under = TreeHead(size, bytes.fromhex(told["root"]))
        uncertain = f"it was made of a log of {size:,} entries, and the head that is signed has "
        uncertain += f"{head.size:,}"
    texts: dict[int, Disclosed] = {}
    for event in bundle.entries:
        names = _closed(told).get(event.position, {})
        texts[event.position] = _sealed(event, found, names, told["made_for"])
    return CarriedReader(bundle.entries, texts, under, zone), uncertain


def _closed(told: Mapping[str, Any]) -> dict[int, dict[str, str]]:
    """Return the fields that are not at hand, by position: each withheld or erased, as is said."""
    return {int(position): dict(names) for position, names in told["closed"].items()}


def _sealed(
    event: RecordedEvent, found: BundleReport, names: Mapping[str, str], made_for: str | None
) -> Disclosed:
    """Return what is sealed in an entry.

    What an audience is not shown stands there as a text of no matter what, which their gate
    withholds, and counts.

    Raises:
        ValueError: other fields are said to be withheld or erased than the entry has sealed.
    """
    from answerable.domain.record import Disclosed
    from answerable.ledger.entry.seals import sealable_fields
    from answerable.projections.report.audience.audiences import AUDIENCES, FIELDS

    opened = found.texts.get(event.position, {})
    able = sealable_fields(event.kind) - opened.keys()
    if len(event.fields["_sd"]) - len(opened) != len(names) or not names.keys() <= able:
        raise ValueError(f"#{event.position} has other texts that are not here")
    audience = next((name for name, words in AUDIENCES.items() if words == made_for), None)
    gated = frozenset[str]() if audience is None else FIELDS.get(audience, frozenset())
    withheld = [each for each, why in names.items() if why == "withheld"]
    return Disclosed(
        {**opened, **{each: "" for each in withheld if each in gated}},
        tuple(each for each in names if each not in withheld),
        0,
        tuple(each for each in withheld if each not in gated),
    )
