"""Write the verdicts of `answerable check` for other programs: JUnit XML, SARIF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

import click

from answerable.domain.answers import json_value

if TYPE_CHECKING:
    from answerable.cli.shared.options import Times
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.judging import Judges
    from answerable.projections.conformance.output.judged_case import JudgedCase

IN_MEMORY = 1 << 23
"""The most bytes of suites that are kept in memory, until their counts are known."""


def write(
    opened: Ledger,
    judges: Judges,
    cases: Iterable[JudgedCase],
    form: str,
    times: Times,
    *,
    name: str,
    strict: bool,
    whole: bool,
) -> None:
    """Write the verdicts on cases to stdout; a case is in memory at a time.

    Args:
        opened: the ledger.
        judges: what judged.
        cases: the cases, as judged without names.
        form: junit or sarif.
        times: the two times asked about.
        name: what was asked about: a case, several, or all.
        strict: whether what cannot be told counts as a failure.
        whole: whether SARIF lists what does not fail, too.
    """
    from answerable.cli.shared.zone.asked import zone_asked
    from answerable.domain.zone.day_end import moment_in

    head = opened.head()

    def asked(zone: Zone) -> tuple[str, str | None]:
        as_of, known_by = (json_value(moment_in(each, zone)) for each in times)
        return as_of, known_by

    if form == "junit":
        log = {"tree-size": str(head.size), "root": head.root.hex()}
        for each in judges.versions.readable:
            policy = each.document.policy
            log[f"policy {policy.id}"] = policy.version

        def properties(zone: Zone) -> dict[str, str]:
            as_of, known_by = asked(zone)
            return {"as-of": as_of, "known-by": known_by or "now", **log}

        pieces = _junit(cases, properties, strict=strict)
    else:
        from importlib.metadata import version

        from answerable.projections.conformance.output.sarif import About, sarif

        times_asked = asked(zone_asked())
        about = About(version("answerable"), name, *times_asked, head.size, head.root.hex())
        pieces = sarif(judges.rules, cases, about, asked, whole=whole, strict=strict)
    for piece in pieces:
        click.echo(piece, nl=False)


def _junit(
    cases: Iterable[JudgedCase], properties: Callable[[Zone], dict[str, str]], *, strict: bool
) -> Iterator[str]:
    """Yield JUnit XML. Its first line counts all tests, so the suites wait in a file for it."""
    from answerable.projections.conformance.output.junit import Suite, document, suite

    total = Suite((), 0, 0, 0)
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="\n") as kept:
        for case in cases:
            made = suite(case, properties(case.zone).items(), strict=strict)
            kept.writelines(f"{line}\n" for line in made.lines)
            total = Suite(
                (),
                total.tests + made.tests,
                total.failures + made.failures,
                total.skipped + made.skipped,
            )
        kept.seek(0)
        yield from (f"{line}\n" for line in document([(line.rstrip("\n") for line in kept)], total))
