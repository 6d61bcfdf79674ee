"""Say what can happen, what it means, and what a policy says of it.

What programs use of it: an event is made with `parse` from the fields that its kind has, and what
is wrong with it is an `AnswerableError`.
"""

from answerable.exports import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.domain.errors import AnswerableError, InvalidEvent, Refused
    from answerable.domain.event import Event
    from answerable.domain.kinds import FAMILIES, model
    from answerable.domain.parsing import parse, parse_line
    from answerable.domain.reader import Reader
    from answerable.domain.record import (
        CaseSummary,
        Disclosed,
        OpenedEvent,
        RecordedEvent,
        TreeHead,
    )
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "errors": "AnswerableError InvalidEvent Refused",
            "event": "Event",
            "kinds": "FAMILIES model",
            "parsing": "parse parse_line",
            "reader": "Reader",
            "record": "CaseSummary Disclosed OpenedEvent RecordedEvent TreeHead",
        },
    )

__all__ = [
    "FAMILIES",
    "AnswerableError",
    "CaseSummary",
    "Disclosed",
    "Event",
    "InvalidEvent",
    "OpenedEvent",
    "Reader",
    "RecordedEvent",
    "Refused",
    "TreeHead",
    "model",
    "parse",
    "parse_line",
]
