"""Define the document of a policy: who it is for, how days are counted, and its rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.form import Form, Sentence, Slug, VersionText
from answerable.domain.policy.rules import Rule
from answerable.domain.policy.selector import Choice, Selector, resolve
from answerable.domain.terms.jurisdiction import check_jurisdiction

FORMAT = "answerable-policy/1"

EVERY = "*"
"""Stands for every jurisdiction, and for none on record."""


def _check_code(text: str) -> str:
    return text if text == EVERY else check_jurisdiction(text)


JurisdictionCode = Annotated[str, AfterValidator(_check_code)]
"""`*`: every case, its jurisdiction known or not; else a code, as `eu`, `cn` or `us-ca`."""


class Policy(Form):
    """A version of a policy.

    Attributes:
        jurisdictions: whose cases it is for. A case of which no jurisdiction is on record is judged
            by `*` alone.
        select: selections of events, by the names that rules use.
        rule: the rules, in the order in which they are reported. A version of none (`rule = []`)
            ends a policy: what happens from then on is not judged by it.
    """

    format: Literal["answerable-policy/1"]
    id: Slug
    version: VersionText
    title: Sentence
    jurisdictions: Annotated[tuple[JurisdictionCode, ...], Field(min_length=1)]
    calendar: Calendar = Calendar()
    select: Mapping[Slug, Choice] = Field(default_factory=dict)
    rule: tuple[Rule, ...]

    @property
    def name(self) -> str:
        """Name the policy and its version: `generic@1`."""
        return f"{self.id}@{self.version}"

    def selected(self, selector: Selector) -> tuple[Choice, ...]:
        """List the choices that a selector of one of its rules means."""
        return resolve(selector, self.select)
