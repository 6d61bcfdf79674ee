"""Refuse to judge by a rule what would take too long."""

from __future__ import annotations

from typing import ClassVar

from answerable.domain.errors import AnswerableError


class RuleTooWide(AnswerableError):
    """A rule selects more events of a case than are ever compared for one; it is named."""

    exit_code: ClassVar[int] = 2


class Unshared(Exception):
    """Raised where a rule reads of a case that is watched what cannot be noted, as words cannot.

    Such a rule judges each case by itself (`likeness`).
    """
