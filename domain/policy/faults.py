"""Say what is wrong with the document of a policy, and where."""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain.errors import AnswerableError


class Fault(NamedTuple):
    """One thing that is wrong with a document.

    Attributes:
        path: where: `rule.0.declare.template`; "" where it is the document as a whole.
        text: what, without a full stop.
        rule: the id of the rule that it is in, where that is told.
    """

    path: str
    text: str
    rule: str | None = None

    def __str__(self) -> str:
        of = f" (rule {self.rule})" if self.rule else ""
        stop = "" if self.text.endswith("?") else "."
        return f"{self.path}{of}: {self.text}{stop}" if self.path else f"{self.text}{stop}"


class InvalidPolicy(AnswerableError):
    """A document is no policy.

    Attributes:
        faults: all that is wrong with it.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        first, *more = faults
        text = str(first) + (f" ({len(more)} more.)" if more else "")
        super().__init__(text, cli_hint="`answerable policy validate FILE` lists all.")
