"""What a question to the projections can be refused for."""

from __future__ import annotations

from typing import ClassVar

from answerable.domain.errors import AnswerableError


class NotFound(AnswerableError):
    """There is no such case, event, person or sanction in the record."""

    exit_code: ClassVar[int] = 2


class ViewDamaged(AnswerableError):
    """A view that was made from the record is not what was made. The record itself may be whole."""

    exit_code: ClassVar[int] = 4
