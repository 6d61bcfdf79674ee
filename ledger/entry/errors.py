"""Refusals of an event as an entry."""

from __future__ import annotations

from datetime import datetime

from answerable.domain.errors import Refused


class EntryTooLarge(Refused):
    """The event's public part is over 65,535 bytes, the most that an entry can be."""


class ClockAstray(Refused):
    """The clock is too far from the time of the last entry, and nobody accepted it."""


class UnknownCase(Refused):
    """There is no such case, and nobody said that it starts here.

    Attributes:
        case_id: the case.
    """

    def __init__(self, case_id: str) -> None:
        super().__init__(
            f"there is no case {case_id!r}, and only case-opened starts one.",
            field="case_id",
            hint="Record case-opened first; or say that it starts here: "
            f"`intent=Intent(new_cases={{{case_id!r}}})`.",
            cli_hint=f"To start it, record `answerable append case-opened --case {case_id} "
            "--title …` first (in an import, on any line); or say with --new-case (in an import, "
            "--new-cases) that it starts here.",
        )
        self.case_id = case_id


class FarAhead(Refused):
    """A date is far in the future, and nobody said that it is planned."""

    def __init__(self, field: str, date: str, most: datetime) -> None:
        """Tell which field has which date, and the latest that is taken for meant."""
        super().__init__(
            f"{date!r:.80} is far in the future: after {most:%Y-%m-%d}.",
            field=field,
            hint="Is the year right? If so, say that it is planned: `intent=Intent(planned=True)`.",
            cli_hint="Is the year right? If so, say with --planned that it is planned.",
        )


class Repeated(Refused):
    """The same is on record already, and nobody said that it happened again.

    Attributes:
        position: where it is on record.
    """

    def __init__(self, kind: str, case_id: str, position: int, recorded_at: str) -> None:
        super().__init__(
            f"the same is on record already: #{position}, {kind} of {case_id}, recorded by you "
            f"at {recorded_at[:19]}Z.",
            hint="If it happened again, say so: `intent=Intent(again=True)`, or an `event_id`.",
            cli_hint="Nothing was recorded now. If it happened again, say so with --again; a "
            "script that may try twice gives its event an --event-id.",
        )
        self.position = position
