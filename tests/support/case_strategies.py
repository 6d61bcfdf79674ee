"""Records of one case in which things bear upon one another, drawn by hypothesis.

Dates are few and close (`tests.support.possible_worlds`), so that many of them straddle the moment
asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.builders import Memory
from tests.support.possible_worlds import DATES, EXACT, LOOSE, PEOPLE, WHOLE

from answerable.domain.errors import InvalidEvent, Refused

T = TypeVar("T")


class Scribe:
    """Draws what is recorded next. Each method is a move: an event, or a few that go together."""

    def __init__(self, draw: DrawFn, imprecise: int) -> None:
        self.log = Memory()
        self._draw = draw
        self._imprecise = imprecise

    def charge(self) -> None:
        """Someone is accused, and the finding that answers it."""
        subject = self._one(PEOPLE)
        self._add("allegation-made", subject=subject, conduct="theft")
        self._finding(subject, "substantiated", self._of("allegation-made"), [])

    def find(self) -> None:
        """A finding about anyone, which rests on any others."""
        outcome = self._one(("substantiated", "exonerated", "unsubstantiated", "inconclusive"))
        basis = self._some(self._of("finding-made"))
        self._finding(self._one(PEOPLE), outcome, self._of("allegation-made"), basis)

    def acquit(self) -> None:
        """The subject of an earlier finding is acquitted, with or without a link to it."""
        if not (findings := self._of("finding-made")):
            return
        earlier = self._one(findings)
        told = self._fields(earlier)
        link = self._one(("allegation", "basis", "none"))
        fields: dict[str, Any] = {"basis": [earlier]} if link == "basis" else {}
        if link == "allegation" and "allegation" in told:
            fields["allegation"] = told["allegation"]
        outcome = self._one(("exonerated", "unsubstantiated"))
        self._add(
            "finding-made",
            subject=told["subject"],
            outcome=outcome,
            responsibility="none",
            **fields,
        )
        if self._one((True, False)):
            self.appeal()

    def punish(self) -> None:
        """A decision on findings, and a sanction that rests on it, and perhaps on others."""
        if not (findings := self._of("finding-made")):
            return
        about = self._one(findings)
        self._add("decision-taken", outcome="sanction", basis=[about])
        if not (decisions := self._of("decision-taken")):  # the case is closed
            return
        basis = {decisions[-1], *self._some(self._carrying())}
        subject = self._fields(about)["subject"]
        announced = self._one([None, None, *EARLIEST])
        until = self._until() if self._one((True, False)) else None
        self._add(
            "sanction-imposed",
            subject=subject,
            measure="fine",
            until=until,
            basis=[*sorted(basis)],
            announced=announced,
        )

    def _carrying(self) -> list[str]:
        """The decisions, and the judgments outside, with which falls what rests on them."""
        return [*self._of("decision-taken"), *self._of("proceeding-concluded")]

    def bar(self) -> None:
        """A counterparty is barred, with or without a decision."""
        start = (self._date([None, *WHOLE]) or "").partition("T")[0] or None
        fields: dict[str, Any] = {"from": start, "until": self._until(), "counterparty": "p-9"}
        fields["notice_date"] = self._one([None, *EARLIEST[:4]])
        self._add("counterparty-barred", basis=self._some(self._carrying()), **fields)

    def lift_bar(self) -> None:
        """A bar is lifted."""
        self._upon("bar-lifted", "bar", "counterparty-barred")

    def suspend_from_duty(self) -> None:
        """An interim measure is taken, with or without a last day."""
        fields: dict[str, Any] = {"subject": self._one(PEOPLE), "until": self._until()}
        self._add("interim-measure-taken", measure="leave", **fields)

    def end_interim(self) -> None:
        """An interim measure is ended, from then on or from another day."""
        effective = self._until()
        kind, field = "interim-measure-ended", "interim_measure"
        self._upon(kind, field, "interim-measure-taken", effective=effective)

    def agree(self) -> None:
        """Parties come to terms, and promise something."""
        named: bool = self._one((True, False, False))
        start = (self._date(WHOLE) or "").partition("T")[0] if named else None
        fields: dict[str, Any] = {"from": start, "until": self._until(), "type": "settlement"}
        self._add("agreement-made", between=["p-1", "p-9"], **fields)
        self.promise()

    def promise(self) -> None:
        """Something is promised, mostly in an agreement."""
        fields: dict[str, Any] = {"promise": "to pay"}
        within: bool = self._one((True, True, False))
        if (made := self._of("agreement-made")) and within:
            fields["agreement"] = made[-1]
        self._add("commitment-made", **fields)

    def answer_agreement(self) -> None:
        """An agreement is accepted, broken, ended or refused."""
        steps = ("accepted", "accepted", "breached", "ended", "rejected")
        self._upon(f"agreement-{self._one(steps)}", "agreement", "agreement-made")

    def keep(self) -> None:
        """A promise is kept, broken or released."""
        steps = ("fulfilled", "breached", "released")
        step = self._one(steps)
        effective = {} if step == "fulfilled" else self._effective()
        self._upon(f"commitment-{step}", "commitment", "commitment-made", **effective)

    def prosecute(self) -> None:
        """Someone is charged before a forum outside, or judged there."""
        if self._one((True, False)) or not self._of("proceeding-opened"):
            self._add("proceeding-opened", subject=self._one(PEOPLE))
        outcome = self._one(("acquitted", "convicted"))
        self._upon("proceeding-concluded", "proceeding", "proceeding-opened", outcome=outcome)

    def appeal_outside(self) -> None:
        """A judgment outside is appealed, and perhaps the appeal is decided."""
        before = len(self._of("appeal-lodged"))
        self._upon("appeal-lodged", "against", "proceeding-concluded")
        lodged = self._of("appeal-lodged")
        decided: bool = self._one((True, True, False))
        if len(lodged) > before and decided:
            self._decided(lodged[-1], self._one(("allowed", "allowed", "dismissed")))

    def execute(self) -> None:
        """A sanction is executed."""
        self._upon("sanction-executed", "sanction", "sanction-imposed")

    def give_up(self) -> None:
        """A sanction will not be executed."""
        cause: str = self._one(("resigned-first", "died", "other"))
        self._upon("sanction-not-executed", "sanction", "sanction-imposed", cause=cause)

    def suspend(self) -> None:
        """A sanction is put on hold."""
        self._upon("sanction-suspended", "sanction", "sanction-imposed", until=self._until())

    def lift(self) -> None:
        """A sanction is lifted."""
        self._upon("sanction-lifted", "sanction", "sanction-imposed", reason="an error")

    def lodge(self) -> None:
        """An appeal that is not decided yet."""
        self._upon("appeal-lodged", "against", self._one(APPEALABLE))

    def appeal(self) -> None:
        """An appeal against anything, and how it was decided."""
        self.lodge()
        if lodged := self._of("appeal-lodged"):
            outcome = self._one(("allowed", "allowed", "dismissed", "partly-allowed"))
            self._decided(lodged[-1], outcome)

    def undo(self) -> None:
        """An appeal against a decision, which is allowed, whatever else rests on it."""
        if self._one((True, False)):
            self.punish()
        self._upon("appeal-lodged", "against", "decision-taken")
        if lodged := self._of("appeal-lodged"):
            self._decided(lodged[-1], "allowed")

    def withdraw(self) -> None:
        """A decision is withdrawn, and what rests on it with it."""
        self._upon("decision-withdrawn", "decision", "decision-taken", **self._effective())

    def unblame(self) -> None:
        """Blame is withdrawn, of a finding, a sanction or an allegation, and perhaps reassigned."""
        fields = self._effective()
        if self._one((True, False)):
            self.find()
            fields["reassigned_to"] = self._one([None, *self._of("finding-made")])
        told = {name: value for name, value in fields.items() if value is not None}
        self._upon("blame-withdrawn", "blame", self._one(BLAMING), **told)

    def go_on(self) -> None:
        """The case is opened, closed or opened again."""
        steps = [each.kind for each in self.log.log if each.kind.startswith("case-")]
        if not steps:
            self._add("case-opened", title="t", earliest=self._one([None, None, *EARLIEST]))
        elif steps[-1] == "case-closed":
            self._add("case-reopened", reason="new evidence")
        else:
            self._add("case-closed", disposition="other")

    def correct(self) -> None:
        """The date of anything is corrected, and what else it says."""
        if not (targets := [each for each in self.log.log if each.kind not in RECORD]):
            return
        target = self._one(targets)
        fields: dict[str, Any] = {"occurred": self._date(LOOSE)}
        if target.kind == "finding-made":
            fields["outcome"] = self._one(("substantiated", "exonerated"))
            others = [each for each in self._of("finding-made") if each != target.event_id]
            fields["basis"] = self._some(others)
        if target.kind == "proceeding-concluded":
            fields["outcome"] = self._one(("acquitted", "convicted"))
        fields["standing"] = self._one(("alleged", "verified"))
        if target.kind == "appeal-decided":
            fields["outcome"] = self._one(("allowed", "dismissed"))
        if target.kind in ("finding-made", "sanction-imposed"):
            fields["subject"] = self._one(PEOPLE)
        if target.kind in ("sanction-imposed", "counterparty-barred"):
            fields["basis"] = self._some(self._carrying())
        kept = self._some([*fields])
        told = {name: it for name, it in fields.items() if name == "occurred" or name in kept}
        self._add("correction", target=target.event_id, fields=told)

    def retract(self) -> None:
        """Anything is retracted: a correction and a lifting, too."""
        if self.log.log:
            self._add("retraction", target=self._one(self.log.log).event_id)

    def _decided(self, lodged: str, outcome: str) -> None:
        begun = DATES[self._fields(lodged).get("occurred")].halves[0]
        self._add("appeal-decided", appeal=lodged, outcome=outcome, after=begun)

    def _finding(
        self, subject: str, outcome: str, allegations: list[str], basis: list[str]
    ) -> None:
        fields: dict[str, Any] = {"subject": subject, "outcome": outcome, "basis": basis}
        answers: bool = self._one((True, True, True, False))
        if allegations and answers:
            fields["allegation"] = allegations[-1]
        responsibility = self._one(("direct", "direct", "none"))
        self._add("finding-made", responsibility=responsibility, **fields)

    def _upon(self, kind: str, field: str, *kinds: str, **fields: Any) -> None:
        if targets := self._of(*kinds):
            # What came last is chosen more often, so that things go on.
            fields[field] = self._one([*targets, targets[-1], targets[-1]])
            self._add(kind, **fields)

    def _add(self, kind: str, *, after: int = 0, **fields: Any) -> None:
        if kind not in RECORD:
            fields["occurred"] = self._date(LOOSE, after)
            fields.setdefault("standing", self._one(STANDINGS))
        with suppress(Refused, InvalidEvent):  # what is impossible, and a term that ends too early
            self.log.add(kind=kind, **fields)

    def _date(self, pool: Sequence[str | None], after: int = 0) -> str | None:
        """A date that allows some half day after one, exact unless there are loose ones left."""
        if self._imprecise and self._one((True, False)):
            self._imprecise -= 1
        else:
            pool = EXACT
        return self._one([text for text in pool if DATES[text].halves[-1] >= after])

    def _effective(self) -> dict[str, Any]:
        """From when an end has effect, where that is not when it was settled."""
        date = self._date(LOOSE)
        return {"effective": date} if date is not None and self._one((True, False)) else {}

    def _until(self) -> str | None:
        if self._one((True, False)):
            return None
        return (self._date(WHOLE) or "").partition("T")[0]

    def _of(self, *kinds: str) -> list[str]:
        gone = {each.fields.get("target") for each in self.log.log if each.kind == "retraction"}
        own = [each for each in self.log.log if each.kind in kinds]
        return [each.event_id for each in own if each.event_id not in gone]

    def _fields(self, event_id: str) -> Mapping[str, Any]:
        return next(each.fields for each in self.log.log if each.event_id == event_id)

    def _one(self, things: Sequence[T]) -> T:
        return self._draw(st.sampled_from(things))

    def _some(self, things: Sequence[str]) -> list[str]:
        if not things:
            return []
        return self._draw(st.lists(st.sampled_from(things), max_size=2, unique=True))


EARLIEST = ("2026-01-02", "2026-01-04", "2026-01-03~", "../2026-01-03", "2026-01-05T06:00:00")
"""Dates that bound others."""

BLAMING = ("finding-made", "finding-made", "sanction-imposed", "allegation-made")
STANDINGS = (*("asserted",) * 5, "alleged")

APPEALABLE = ("finding-made", "decision-taken", "sanction-imposed", "counterparty-barred")
RECORD = ("correction", "retraction")

Theme = Sequence[Callable[[Scribe], None]]

ANYTHING = (Scribe.correct, Scribe.retract, Scribe.go_on, Scribe.lodge, Scribe.appeal)
ENDS = (
    (Scribe.unblame, Scribe.unblame, Scribe.acquit, Scribe.find, *ANYTHING),
    (Scribe.withdraw, Scribe.withdraw, Scribe.punish, Scribe.undo, Scribe.bar, *ANYTHING),
    (
        *(Scribe.unblame, Scribe.withdraw, Scribe.suspend, Scribe.execute, Scribe.give_up),
        *(Scribe.lift, *ANYTHING),
    ),
)
"""Themes of what is withdrawn, and of what rests on it."""

THEMES = (
    (Scribe.acquit, Scribe.acquit, Scribe.find, Scribe.charge, *ANYTHING),
    (
        *(Scribe.execute, Scribe.give_up, Scribe.suspend, Scribe.suspend, Scribe.lift),
        *ANYTHING,
    ),
    (Scribe.bar, Scribe.lift_bar, Scribe.undo, *ANYTHING),
    (Scribe.agree, Scribe.answer_agreement, Scribe.answer_agreement, Scribe.keep, *ANYTHING[:3]),
    (Scribe.prosecute, Scribe.prosecute, Scribe.appeal_outside, *ANYTHING[:3]),
    (Scribe.suspend_from_duty, Scribe.end_interim, Scribe.suspend_from_duty, *ANYTHING),
    (Scribe.punish, Scribe.undo, Scribe.undo, Scribe.undo, Scribe.correct, Scribe.retract),
    *ENDS,
)
"""What a case is about, so that things come together that bear upon one another."""


@st.composite
def records(
    draw: DrawFn, *, moves: int, imprecise: int, themes: Sequence[Theme] = THEMES
) -> Memory:
    """A case in which anything may follow anything that the ledger lets it.

    Args:
        moves: how many at most, after it began.
        imprecise: how many of its dates at most are not exact.
        themes: what it may be about.
    """
    scribe = Scribe(draw, imprecise)
    scribe.charge()
    scribe.punish()
    theme = draw(st.sampled_from(themes))
    for follow in draw(st.lists(st.sampled_from(theme), min_size=1, max_size=moves)):
        follow(scribe)
    return scribe.log
