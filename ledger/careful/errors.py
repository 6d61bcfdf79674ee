"""Refusals of what is likely meant otherwise."""

from __future__ import annotations

from answerable.domain.errors import Refused
from answerable.domain.record import RecordedEvent


class Renamed(Refused):
    """A registered pseudonym would be given another name, and nobody said that it is meant.

    Attributes:
        position: where the pseudonym is registered; None: by what was to be recorded with it.
    """

    def __init__(self, party: str, registered: RecordedEvent | None) -> None:
        where = (
            "by what comes before it, under another name"
            if registered is None
            else f"already, under another name: #{registered.position}"
        )
        correct = (
            ""
            if registered is None
            else "If that name was wrong, correct it: `answerable append correction --case "
            f"{registered.case_id} --target {registered.position} --set name=…`. "
        )
        super().__init__(
            f"{party!r} is registered {where}. All that is on record about it would be said of "
            "this one.",
            field="name",
            hint="Somebody else needs another pseudonym. Correct the registration if it was wrong; "
            "if the same party is called otherwise now, tell the name before among `aliases`, or "
            "`intent=Intent(again=True)`.",
            cli_hint=f"Somebody else needs another pseudonym, wherever they are meant. {correct}If "
            "the same party is called otherwise now, tell the name before with --aliases (in a "
            'file: "aliases"), or say --again.',
        )
        self.position = None if registered is None else registered.position


class Unchanged(Refused):
    """A correction says what its target says already.

    Attributes:
        position: where the target is.
    """

    def __init__(self, position: int, fields: list[str]) -> None:
        super().__init__(
            f"#{position} says that already: {', '.join(sorted(fields))}.",
            field="fields",
            hint="There is nothing to correct. To record it nevertheless: "
            "`intent=Intent(again=True)`.",
            cli_hint="Nothing was recorded: there is nothing to correct. To record it "
            "nevertheless, say --again.",
        )
        self.position = position
