"""Read what the commands that judge are asked: by which policies, of which cases, as of when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.options import Times, read_file
from answerable.cli.shared.zone.asked import this_moment
from answerable.cli.suggestions import suggested

if TYPE_CHECKING:
    from answerable.domain.policy.reading import Document
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Versions
    from answerable.projections.conformance.judging import Judges
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView

KEPT = 32
"""The number of other cases, on which those looked at rest, in memory at a time."""


def as_of_now(as_of: Asked | None) -> Asked:
    """Return the moment that deadlines are judged by: the one asked about, else now."""
    if as_of is not None:
        return as_of
    now = this_moment()
    if context := click.get_current_context(silent=True):
        context.params["as_of"] = now  # for the envelope of JSON, which tells what was asked
    return now


def document_in(place: Path) -> Document:
    """Read the policy in a file.

    Raises:
        UsageError: the file cannot be read.
        InvalidPolicy: it holds no policy; the error tells which file.
    """
    from answerable.domain.policy.faults import InvalidPolicy
    from answerable.domain.policy.reading import LARGEST, read_document

    text = read_file(place, LARGEST)
    try:
        return read_document(text)
    except InvalidPolicy as error:
        error.message = f"{place} is no policy: {error.message}"
        error.cli_hint = f"{suggested('policy', 'validate', place)} lists all."
        raise


def given_versions(places: Sequence[Path]) -> Versions | None:
    """Return what to judge by, where files say so: as if they had always been in force.

    Raises:
        UsageError: two of them are the same policy, so that none can be said to hold.
    """
    if not places:
        return None
    from answerable.projections.conformance.in_force.versions import Version, Versions

    found: dict[str, Path] = {}
    versions = []
    for place in places:
        document = document_in(place)
        policy = document.policy.id
        if policy in found:
            raise click.UsageError(
                f"{found[policy]} and {place} are both the policy {policy}: give one of them."
            )
        found[policy] = place
        versions.append(Version(document))
    return Versions(tuple(versions))


def record_view(opened: Ledger, times: Times, *, named: bool) -> RecordView:
    """Look at a record as it is asked about.

    Args:
        opened: the ledger.
        times: the two times asked about.
        named: whether parties are called by their names, not by their pseudonyms.
    """
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView

    known = names(opened, known_by=times.known_by)
    return RecordView(
        opened,
        *times,
        name_of=known.called if named else str,
        type_of=known.type_of,
        read_parties=known.read,
        keep=KEPT,
    )


def judges_for(
    record: RecordView, places: Sequence[Path] = (), *, every: bool, now: bool = False
) -> Judges:
    """Return what judges a record.

    Args:
        record: the record, as it is looked at.
        places: files of policies to judge by; none: by those in force.
        every: whether every case is judged.
        now: whether no moment was asked about.
    """
    versions = given_versions(places)
    from answerable.projections.conformance.judging import Judges

    return Judges(record, versions, every=every, now=now)


def check_cases(opened: Ledger, cases: Sequence[str], known_by: Asked | None) -> None:
    """Check that each case asked about is there, or was by then.

    Raises:
        NotFound: one is not.
    """
    from answerable.cli.shared.references import check_case

    for case in cases:
        check_case(opened, case, known_by)


def views(record: RecordView, cases: Sequence[str]) -> Iterator[CaseView]:
    """Look at the cases asked about in turn; where none is named, at each of the record."""
    if cases:
        return (record.recorded_case(case) for case in dict.fromkeys(cases))
    return record.each_case()
