"""Say what can happen, what it means, and what a policy says of it.

What programs use of it: an event is made with `parse` from the fields that its kind has, and what
is wrong with it is an `AnswerableError`. Imports nothing else of answerable; all else imports it.
"""

from answerable.exports import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.domain.errors import AnswerableError as AnswerableError
    from answerable.domain.errors import InvalidEvent as InvalidEvent
    from answerable.domain.errors import Refused as Refused
    from answerable.domain.event import Event as Event
    from answerable.domain.kinds import FAMILIES as FAMILIES
    from answerable.domain.kinds import model as model
    from answerable.domain.parsing import parse as parse
    from answerable.domain.parsing import parse_line as parse_line
    from answerable.domain.reader import Reader as Reader
    from answerable.domain.record import CaseSummary as CaseSummary
    from answerable.domain.record import Disclosed as Disclosed
    from answerable.domain.record import OpenedEvent as OpenedEvent
    from answerable.domain.record import RecordedEvent as RecordedEvent
    from answerable.domain.record import TreeHead as TreeHead
else:
    __getattr__, __dir__, __all__ = lazily(
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
