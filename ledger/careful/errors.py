"""Refusals of what is likely meant otherwise."""

from __future__ import annotations

from answerable.domain.errors import Refused
from answerable.domain.record import RecordedEvent


class Renamed(Refused):
    """A registered pseudonym would be given another name, and nobody said that it is meant.

    Attributes:
        position: where the pseudonym is registered.
    """

    def __init__(self, party: str, registered: RecordedEvent) -> None:
        super().__init__(
            f"{party!r} is registered already, under another name: #{registered.position}. All "
            "that is on record about it would be said of this one.",
            field="name",
            hint="Somebody else needs another pseudonym. Correct the registration if it was wrong; "
            "if the same party is called otherwise now, tell the name before among `aliases`, or "
            "`intent=Intent(again=True)`.",
            cli_hint="Somebody else needs another --party. If that name was wrong, correct it: "
            f"`answerable append correction --case {registered.case_id} --target "
            f"{registered.position} --set name=…`. If the same party is called otherwise now, tell "
            "the name before with --aliases, or say --again.",
        )
        self.position = registered.position


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
