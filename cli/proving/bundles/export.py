"""`answerable export --bundle`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.shared.clock import open_to_record
from answerable.cli.shared.given_away import DisclosedTo, disclosure_events, record_disclosure
from answerable.cli.shared.options import at_one_moment
from answerable.cli.shared.output import head_json, note, tell, visible, write_json
from answerable.projections.wording.counts import counted, listed, repeated
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.lines.nouns import noun
from answerable.projections.wording.vocabulary import label

if TYPE_CHECKING:
    from answerable.domain.record import RecordedEvent
    from answerable.ledger.bundle.writer import MadeBundle


def export_bundle(
    place: Path,
    case: str,
    *,
    ledger: str | None,
    actor: str | None,
    fields: Sequence[str],
    parties: Sequence[str],
    everything: bool,
    disclosed: Sequence[str],
    disclosure: DisclosedTo | None,
    dry_run: bool,
    force: bool,
    accept_clock: bool,
    as_json: bool,
) -> None:
    """Write the bundle of a case, record that it was given away, and say what is in it.

    A dry run says what would be in it, and neither writes nor records anything.
    """
    from answerable.cli.proving.again.given_page import bundle_report
    from answerable.cli.shared.references import check_case, party
    from answerable.ledger.bundle.writer import Withheld, given_away, make_bundle
    from answerable.ledger.system.atomic_file import new_file
    from answerable.projections.titles import Titles

    _check_fields(fields)
    withheld = _withheld(fields, disclosed, everything=everything)
    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        with at_one_moment(opened, named=bool(parties)):
            check_case(opened, case)
            title = case_words(case, Titles(opened).of(case))
            named = [party(opened, each) for each in parties]
            given = Withheld(withheld, frozenset(named), everything)
            made = make_bundle(opened, case, given, report=partial(bundle_report, opened))
        if dry_run:
            if disclosure is not None:
                disclosure_events(opened, given_away(made), disclosure)  # It could be recorded.
            _say_rehearsed(case, visible(title), made, disclosure, as_json)
            _note_later(made)
            return
        with new_file(place, force=force, private=True) as file:
            file.write(made.data)
            if disclosure is not None:
                # Last, but before the file appears: nothing leaves the house without a record.
                record_disclosure(opened, given_away(made), disclosure, actor)
    _say_made(place, case, visible(title), made, as_json)
    _note_later(made)
    if disclosure is None:
        note("It is not recorded that this left the house: --to and --legal-basis record it.")


def _check_fields(fields: Sequence[str]) -> None:
    from answerable.domain.kinds import sealed_fields
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    known = sealed_fields()
    for field in fields:
        if field not in known:
            near = nearest(field, sorted(known), most=2, alike=0.5) or sorted(known)
            raise click.UsageError(
                f"no field that is sealed is called {field!r}. {did_you_mean(near)}"
            )


def _withheld(
    fields: Sequence[str], disclosed: Sequence[str], *, everything: bool
) -> frozenset[str]:
    """Return the fields to withhold: those named, and what is of use inside the house alone.

    Args:
        fields: the fields to withhold, as `--withhold` says.
        disclosed: the fields to give though they are of use inside alone, as `--disclose` says.
        everything: whether all that is sealed is withheld.

    Raises:
        UsageError: a field is given anyway, or is to be withheld too.
    """
    from answerable.projections.report.audience.audiences import INSIDE

    for field in disclosed:
        if field not in INSIDE:
            raise click.UsageError(
                f"--disclose {field}: only {listed(sorted(INSIDE))} are left out of a bundle by "
                "default; all else is in it unless --withhold names it."
            )
        if everything or field in fields:
            also = "--sealed" if everything else f"--withhold {field}"
            raise click.UsageError(f"--disclose {field} and {also} exclude each other.")
    return INSIDE.difference(disclosed).union(fields)


def _note_later(made: MadeBundle) -> None:
    if made.later:
        note(
            f"Left out, because recorded after the last checkpoint: "
            f"{counted(made.later, 'event', 'events')} of the case. `answerable checkpoint` "
            "signs them too."
        )


def _say_made(place: Path, case: str, title: str, made: MadeBundle, as_json: bool) -> None:
    if as_json:
        write_json({"bundle": str(place), **_made_json(case, made)}, made.checkpoint)
        return
    tell(f"Wrote {place}: {counted(len(made.case), 'event')} of {title}")
    tell(f"  {counted(len(made.others), 'event')} of other cases, to read it by")
    tell(f"  {counted(made.disclosed, 'text')} disclosed")
    _say_left_out(made)


def _say_rehearsed(
    case: str, title: str, made: MadeBundle, disclosure: DisclosedTo | None, as_json: bool
) -> None:
    """Say what a bundle would disclose: by kind of event, how many texts of which fields."""
    told, others = _by_kind(made.case, made), _by_kind(made.others, made)
    if as_json:
        answer = {
            "dry_run": True,
            "to": disclosure and disclosure.to,
            "legal_basis": disclosure and disclosure.legal_basis,
            **_made_json(case, made),
            "kinds": {kind: each.as_dict() for kind, each in told.items()},
            "kinds_of_others": {kind: each.as_dict() for kind, each in others.items()},
        }
        write_json(answer, made.checkpoint)
        return
    tell("Nothing was written and nothing recorded. A bundle would disclose")
    if disclosure is None:
        tell("  to whom, is not said: --to and --legal-basis say it")
    else:
        tell(f"  to {visible(disclosure.to)}, on the basis of {visible(disclosure.legal_basis)}")
    tell(f"  {counted(len(made.case), 'event')} of {title}")
    _say_kinds(told)
    tell(f"  {counted(len(made.others), 'event')} of other cases, to read it by")
    _say_kinds(others)
    tell(f"  {counted(made.disclosed, 'text')} in all")
    _say_left_out(made)


class _Told(NamedTuple):
    """Hold what is told of the events of one kind: how many, and the texts of each field."""

    events: int
    texts: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        return {"events": self.events, "texts": dict(self.texts)}


def _by_kind(events: Sequence[RecordedEvent], made: MadeBundle) -> dict[str, _Told]:
    """Count some events of a bundle, and their open texts by field, by kind of event."""
    kinds = Counter(event.kind for event in events)
    texts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for event in events:
        texts[event.kind].update(made.open_fields[event.position])
    return {kind: _Told(kinds[kind], dict(sorted(texts[kind].items()))) for kind in sorted(kinds)}


def _say_kinds(kinds: Mapping[str, _Told]) -> None:
    for kind, told in kinds.items():
        what = repeated(told.events, noun(kind))
        tell(f"    {what}: {_each(told.texts) or 'no text'}")


def _say_left_out(made: MadeBundle) -> None:
    """Say what is not in a bundle, under which head it hangs, and how large it is."""
    head = made.checkpoint
    for what, counts in (("withheld", made.withheld), ("erased", made.erased)):
        if counts:
            tell(f"  {counted(sum(counts.values()), 'text')} {what}: {_each(counts)}")
    tell(f"  under the checkpoint of {head.origin} with {counted(head.size, 'entry', 'entries')}")
    tell(f"  {len(made.data):,} bytes")


def _each(counts: Mapping[str, int]) -> str:
    """Say how many there are of each field: "1 conduct, 2 name"."""
    return ", ".join(f"{count:,} {label(field)}" for field, count in counts.items())


def _made_json(case: str, made: MadeBundle) -> dict[str, Any]:
    from hashlib import sha256

    return {
        "sha256": sha256(made.data).hexdigest(),
        "bytes": len(made.data),
        "case": case,
        **head_json(made.checkpoint),
        "events": [event.event_id for event in made.case],
        "others": [event.event_id for event in made.others],
        "disclosed": made.disclosed,
        "withheld": made.withheld,
        "erased": made.erased,
        "later": made.later,
    }
