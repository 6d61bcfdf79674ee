"""Recording an erasure: first, the other texts that name the person are looked for and offered.

Once it is recorded, the names are gone, and with them the way to look for anything. So where nobody
can be asked, nothing is erased until it is said what becomes of these texts.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.recording.asked import Others, Signing
from answerable.cli.recording.receipt_text import preview_json, show_preview, show_receipt
from answerable.cli.shared.output import cut, note, visible, write_json
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.signers import allowed_signers, remark_demand
from answerable.domain.kinds import ERASURE
from answerable.domain.record import TreeHead
from answerable.ledger.entry.destroyed import Destroyed
from answerable.ledger.errors import BytesRemain
from answerable.ledger.store.receipt import Receipt
from answerable.projections.wording.counts import counted
from answerable.projections.wording.vocabulary import label

if TYPE_CHECKING:
    from pathlib import Path

    from answerable.domain.event import Event
    from answerable.domain.search.mentions import NamesSought
    from answerable.ledger.indexes.reader import IndexedReader
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.remaining import RemainingText

SHOWN = 50
"""The most texts that are listed."""

EXCERPTS = 1_000
"""The most texts that are told with an excerpt."""

WIDTH = 160
"""The most columns of an excerpt."""

CHOICE = re.compile(r"[0-9]{1,9}(-[0-9]{1,9})?")


class Found(NamedTuple):
    """A text that has a name of the person in it, and that the erasure does not cover.

    Attributes:
        whole: whether a whole name stands there, or only a part of one.
        excerpt: the text around it; None of a signature, and of all texts but the first thousand.
    """

    position: int
    event_id: str
    case_id: str
    kind: str
    field: str
    whole: bool
    excerpt: str | None


class Left(NamedTuple):
    """The texts that an erasure would leave, and the names by which they were looked for.

    Attributes:
        size: how many entries there were.
    """

    sought: NamesSought
    texts: list[Found]
    size: int


def look_for_others(opened: IndexedReader, event: Event, called: Iterable[str] = ()) -> Left:
    """Look for the texts that name whom an erasure is about, and that it would leave."""
    from answerable.ledger.remaining import names_of_party, remaining_texts

    subject: str = event.__dict__["subject"]
    size, sought = len(opened), names_of_party(opened, subject, called)
    found = _found(remaining_texts(opened, event, sought), sought)
    return Left(sought, sorted(found, key=lambda each: (not each.whole, each.position)), size)


def _found(texts: Iterable[RemainingText], sought: NamesSought) -> list[Found]:
    from answerable.projections.search.excerpt import excerpt

    found: list[Found] = []
    for event, field, whole, passage in texts:
        told = None
        if passage is not None and len(found) < EXCERPTS:
            told = "".join(piece.text for piece in excerpt(passage.text, sought.query))
        found.append(
            Found(event.position, event.event_id, event.case_id, event.kind, field, whole, told)
        )
    return found


def remark_others(texts: Sequence[Found], subject: str) -> None:
    """Say which texts that name a person stay, where they can still be found by their events."""
    if not texts:
        return
    shown = ", ".join(f"#{each.position} {each.field}" for each in texts[:SHOWN])
    more = f" and {len(texts) - SHOWN:,} more" if len(texts) > SHOWN else ""
    note(
        f"With a name of {subject}, {counted(len(texts), 'text')} remain: {shown}{more}. Another "
        "erasure that names them, by --events and --fields, erases them too."
    )


def others_json(texts: Sequence[Found]) -> list[dict[str, Any]]:
    """Return texts that name a person as JSON values."""
    return [each._asdict() for each in texts]


class Way(NamedTuple):
    """The way in which an erasure is recorded: where, by whom, signed or not, and told how."""

    opened: Ledger
    who: str
    signing: Signing
    expected_version: int | None
    dry_run: bool
    as_json: bool


def record_erasure(event: Event, others: Others, way: Way) -> int:
    """Record an erasure of what it covers and of what is chosen; or show it, or write it.

    Returns:
        The exit code.
    """
    from answerable.ledger.remaining import erasures_naming

    event, on_record = _as_on_record(event, way.opened)
    # What is refused is refused before anybody is asked.
    way.opened.preview(event, recorded_by=way.who, expected_version=way.expected_version)
    left = None if on_record else look_for_others(way.opened, event, others.called)
    texts = [] if left is None else left.texts
    subject: str = event.__dict__["subject"]
    if left is not None and not left.sought:
        note(f"No name of {subject} is open, so none was looked for. --called NAME gives one.")
    chosen = _chosen(texts, subject, others.choice, way)
    events = erasures_naming(event, [(each.event_id, each.field) for each in chosen])
    going = set(chosen)
    stay = [each for each in texts if each not in going]
    if way.dry_run:
        _show(events, texts, len(stay), way)
    elif way.signing.prepare is not None:
        _prepare(events, stay, way, way.signing.prepare)
    else:
        try:
            receipts = _record(events, way)
        except BytesRemain:
            remark_others(stay, subject)
            raise
        with all_recorded():
            since = (
                []
                if left is None
                else _recorded_since(event, left, receipts[-1].position, way.opened)
            )
            show_erasures(way.opened, receipts, [*stay, *since], subject, as_json=way.as_json)
    return 0


def _as_on_record(event: Event, opened: Ledger) -> tuple[Event, bool]:
    """Return an erasure as it was recorded under its id, where it was, and whether it was.

    What it named is not given again when it is repeated, for what was found then is gone.
    """
    recorded = opened.event(event.event_id) if event.event_id else None
    if recorded is None:
        return event, False
    if recorded.kind != ERASURE or event.__dict__["events"]:
        return event, True
    named = {name: tuple(recorded.fields.get(name, ())) for name in ("events", "fields")}
    return event.model_copy(update=named), True


def _chosen(texts: Sequence[Found], subject: str, choice: str | None, way: Way) -> Sequence[Found]:
    """Return which of the texts go too: as was said, or as whoever is asked says."""
    if not texts:
        return ()
    if choice is not None:
        return _of_choice(texts, choice)
    if _at_terminal(way):
        return _asked(texts, subject, way)
    if way.dry_run:
        return ()
    raise click.UsageError(
        f"{counted(len(texts), 'text')} with a name of {subject} would stay. Say what "
        "becomes of them: --others all, --others named (those with a whole name), or --others "
        "keep. --dry-run lists them."
    )


def _of_choice(texts: Sequence[Found], choice: str) -> Sequence[Found]:
    if choice == "named":
        return [each for each in texts if each.whole]
    return texts if choice == "all" else ()


def _asked(texts: Sequence[Found], subject: str, way: Way) -> Sequence[Found]:
    note(f"{counted(len(texts), 'text')} with a name of {subject} would stay:\n")
    _list(texts, way)
    while True:
        said = click.prompt(
            "Erase them too? all, named (those with a whole name), none, or numbers as 1,3-5",
            err=True,
        ).strip()
        if said.lower() in ("all", "named", "none", "keep"):
            return _of_choice(texts, said.lower())
        numbers = chosen_numbers(said, len(texts))
        if numbers is not None:
            return [texts[number - 1] for number in numbers]
        note(f"That is none of these: numbers go from 1 to {len(texts):,}.")


def chosen_numbers(said: str, most: int) -> list[int] | None:
    """Read numbers as `1,3-5`; None where it is something else, or one is not from 1 to `most`."""
    parts = said.replace(" ", "").split(",")
    if not all(CHOICE.fullmatch(part) for part in parts):
        return None
    found: set[int] = set()
    for part in parts:
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= most:
            return None
        found.update(range(low, high + 1))
    return sorted(found)


def _list(texts: Sequence[Found], way: Way) -> None:
    """List texts on stderr: the case and its title, the event, its kind, the field, an excerpt."""
    titles = {case: _title(way.opened, case) for case in {each.case_id for each in texts[:SHOWN]}}
    for number, each in enumerate(texts[:SHOWN], 1):
        title = titles[each.case_id]
        case = f"{each.case_id}, {visible(title)}" if title else each.case_id
        part = "" if each.whole else "  (part of a name)"
        note(f"{number:>3}  #{each.position}  {case}  {each.kind}  {label(each.field)}{part}")
        said = "signed by who is named as the recorder" if each.excerpt is None else each.excerpt
        note(f"     {cut(visible(said), WIDTH)}")
    if len(texts) > SHOWN:
        note(f"     and {len(texts) - SHOWN:,} more: --dry-run --json lists all")


def _title(opened: Ledger, case: str) -> str | None:
    first = next(opened.events(case=case, kinds={"case-opened"}, opened=True), None)
    return None if first is None else first.sealed.fields.get("title")


def _record(events: Sequence[Event], way: Way) -> Sequence[Receipt]:
    """Record the erasures, together; or, where they are signed, after all of them were signed."""
    if way.signing.key is None:
        expected = way.expected_version
        versions = None if expected is None else {events[0].case_id: expected}
        receipts = way.opened.append_all(events, recorded_by=way.who, expected_versions=versions)
        with all_recorded():
            for receipt in receipts:
                remark_demand(way.opened, receipt, "Sign with --sign KEY.")
        return receipts
    from answerable.ledger.actors.ssh_keygen import ssh_sign

    allowed = allowed_signers(way.signing.signers, way.opened.place)
    prepared = [way.opened.prepare(each, recorded_by=way.who) for each in events]
    made = [ssh_sign(each.statement, way.signing.key) for each in prepared]
    expected_versions = (way.expected_version, *(None for _ in made[1:]))
    return [
        way.opened.append_prepared(each, signature, allowed, expected_version=expected)
        for each, signature, expected in zip(prepared, made, expected_versions, strict=True)
    ]


def _recorded_since(event: Event, left: Left, position: int, opened: Ledger) -> list[Found]:
    """Find what was recorded since the names were looked for, the erasure's own texts among it."""
    from answerable.ledger.remaining import remaining_texts

    texts = remaining_texts(opened, event, left.sought, since=left.size, recorded=position)
    return _found(texts, left.sought)


def show_erasures(
    opened: Ledger,
    receipts: Sequence[Receipt],
    stay: Sequence[Found],
    subject: str,
    *,
    as_json: bool,
) -> None:
    """Say what was erased, by which events, and which texts that name the person stay."""
    events = [opened.event(each.event_id) for each in receipts]
    gone = _destroyed(event.fields for event in events if event is not None)
    if as_json:
        told = _last_and(map(Receipt.as_dict, receipts), others_json(stay))
        last = receipts[-1]
        write_json({**told, "destroyed": gone}, TreeHead(last.size, last.root))
        return
    click.echo(f"Erased: {_texts_of(gone, subject)}")
    for receipt in receipts:
        show_receipt(opened, receipt, as_json=False)
    remark_others(stay, subject)


def _destroyed(erasures: Iterable[Mapping[str, Any]]) -> int:
    """Return how many texts some erasures destroyed, given by their fields."""
    stated = (Destroyed.told_by(each) for each in erasures)
    return sum(each.texts for each in stated if each is not None)


def _texts_of(count: int, subject: str) -> str:
    if count == 0:
        return f"no text, for none that is open is about {subject}"
    return f"{counted(count, 'text')} of {subject}"


def _last_and(told: Iterable[dict[str, Any]], texts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is told of the erasure itself, of those before it, and of other texts."""
    *further, last = told
    return {**last, "further": further, "remaining": texts}


def _prepare(events: Sequence[Event], stay: Sequence[Found], way: Way, place: Path) -> None:
    """Write the erasures to be signed: the last into the file named, others beside it."""
    from answerable.cli.recording.preparing import prepared_json, show_prepared, write_prepared

    expected_versions = (way.expected_version, *(None for _ in events[1:]))
    prepared = [
        way.opened.prepare(each, recorded_by=way.who, expected_version=expected)
        for each, expected in zip(events, expected_versions, strict=True)
    ]
    last = len(prepared) - 1
    files = [
        (each, place if at == last else place.with_name(f"{place.stem}-{at + 1}{place.suffix}"))
        for at, each in enumerate(prepared)
    ]
    write_prepared(*files)
    if way.as_json:
        write_json(_last_and((prepared_json(*each) for each in files), others_json(stay)))
        return
    for each, file in files:
        show_prepared(each, file)
    if len(files) > 1:
        note(f"What was chosen takes {len(files)} events: sign and record each, in this order.")
    remark_others(stay, events[0].__dict__["subject"])


def _show(events: Sequence[Event], texts: Sequence[Found], stay: int, way: Way) -> None:
    """Show what would be recorded, and the texts that were found."""
    previews = [
        way.opened.preview(each, recorded_by=way.who, expected_version=way.expected_version)
        for each in events
    ]
    if way.as_json:
        write_json(_last_and((preview_json(*each) for each in previews), others_json(texts)))
        return
    gone = _destroyed(json.loads(entry) for entry, _ in previews if entry)
    click.echo(f"Would be erased: {_texts_of(gone, events[0].__dict__['subject'])}")
    if texts and not _at_terminal(way):
        _list(texts, way)
    for entry, receipt in previews:
        show_preview(way.opened, entry, receipt, as_json=False)
    if texts:
        found = counted(len(texts), "other text")
        note(f"{found} with a name of the person; {stay:,} of these would stay.")


def _at_terminal(way: Way) -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty() and not way.as_json
