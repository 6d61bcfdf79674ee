"""Windows by name: what is decided of them, each with a small example."""

from datetime import UTC, date, datetime, timedelta

import pytest

from answerable.domain import edtf
from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.counting import Count
from answerable.domain.policy.term import Term
from answerable.domain.zone.days import ends
from answerable.domain.zone.zone import Zone, rules
from answerable.projections.conformance.windows.errors import TooManyCandidates
from answerable.projections.conformance.windows.values import covered, values_of
from answerable.projections.conformance.windows.window import (
    Beginning,
    Bounds,
    Dated,
    Hold,
    Length,
    Window,
    due_by,
    held_until,
)

UTC_ZONE = Zone("UTC", "case")


def told(text: str | None) -> Bounds:
    if text is None:
        return Bounds()
    span = edtf.parse(text, UTC_ZONE)
    return Bounds(span.earliest, span.latest)


def length(term: Term, calendar: Calendar | None = None) -> Length:
    of = calendar or Calendar()
    return Length(Count(term, of, UTC, "early"), Count(term, of, UTC, "late"))


def day_end(text: str) -> datetime:
    return ends(date.fromisoformat(text), UTC)


def window(a: str, days: int, *answers: str) -> Window:
    return Window(Dated(told(a)), [Dated(told(each)) for each in answers], length(Term(days=days)))


def values(of: Window, as_of: str | None = None) -> str:
    """Tell the values by their first letters; T is answered, in time."""
    letters = {"answered": "T", "failed": "F", "pending": "P", "none": "N"}
    return "".join(
        sorted(letters[each] for each in values_of(of, None if as_of is None else day_end(as_of)))
    )


def test_two_answers_cover_what_neither_does_alone() -> None:
    """Kleene's any-of over the candidates finds unknown what is a pass in every world."""
    some_day, early, late = "2026-01-01/2026-01-10", "2026-01-05T12:00:00Z", "2026-01-13T12:00:00Z"
    assert values(window(some_day, 8, early)) == "FT"
    assert values(window(some_day, 8, late)) == "FT"
    assert values(window(some_day, 8, early, late)) == "T"
    assert values(window(some_day, 7, early, late)) == "FT"


def test_by_the_last_day_is_in_time_and_the_day_after_is_not() -> None:
    assert values(window("2026-01-05", 7, "2026-01-12")) == "T"
    assert values(window("2026-01-05", 7, "2026-01-13")) == "F"


def test_on_the_last_day_it_is_not_past() -> None:
    assert values(window("2026-01-05", 7), "2026-01-12") == "P"
    assert values(window("2026-01-05", 7), "2026-01-13") == "F"
    assert values(window("2026-01-05", 7), "2026-01-04") == "N"
    assert values(window("2026-01-05", 7, "2026-01-12"), "2026-01-11") == "P"


def test_the_report_of_some_day_in_early_january() -> None:
    """Narrowing the report's date settles it only where no world is left on the other side."""

    def acknowledged(report: str) -> str:
        first = Dated(told("2026-01-01/2026-01-12"), follows=True)
        return values(Window(Dated(told(report)), [first], length(Term(days=7))))

    assert acknowledged("2026-01-0X") == "FT"
    assert acknowledged("2026-01-06") == "T"
    assert acknowledged("2026-01-01") == "FT"


def test_without_any_deadline_it_is_pending() -> None:
    assert values(Window(Dated(told("2026-01-05"))), "9999-12-30") == "P"
    assert values(Window(Dated(told("2026-01-05")))) == "P"


def test_an_absent_due_date_may_be_any() -> None:
    of = Window(Dated(told("2026-01-05")), due=due_by(None, UTC))
    assert values(of, "2026-06-01") == "FP"
    done = of._replace(candidates=[Dated(told("2026-01-06"))])
    assert values(done, "2026-06-01") == "FT"


def test_what_is_due_on_a_day_is_due_by_its_end() -> None:
    shanghai = Zone("Asia/Shanghai", "case")
    assert due_by(edtf.parse("2026-03-31", shanghai), shanghai.tz) == Bounds(
        *(ends(date(2026, 3, 31), shanghai.tz),) * 2
    )
    assert due_by(edtf.parse("2026-03", UTC_ZONE), UTC) == Bounds(
        day_end("2026-03-01"), day_end("2026-03-31")
    )
    assert due_by(edtf.parse("../2026-03-31", UTC_ZONE), UTC) == Bounds(None, day_end("2026-03-31"))
    noon = datetime(2026, 3, 31, 12, tzinfo=UTC)
    assert due_by(edtf.parse("2026-03-31T12:00:00Z", UTC_ZONE), UTC) == Bounds(noon, noon)


def test_it_is_open_until_another_event_and_no_longer() -> None:
    of = Window(Dated(told("2026-01-05")), until=(Dated(told("2026-02-01")),))
    assert values(of, "2026-01-20") == "P"
    assert values(of, "2026-02-02") == "F"
    assert values(of._replace(candidates=[Dated(told("2026-01-31"))]), "2026-02-02") == "T"
    assert values(of._replace(candidates=[Dated(told("2026-02-02"))]), "2026-02-02") == "F"
    before = of._replace(until=(Dated(told("2026-01-01")),))
    assert values(before, "2026-02-02") == "P", "what came before ends nothing"


def test_a_hold_delays_a_deadline_to_the_end_of_its_last_day() -> None:
    hold = Hold(told("2026-01-10"), held_until(told("2026-01-20T09:00:00Z"), UTC))
    of = window("2026-01-05", 7)._replace(holds=(hold,))
    assert values(of, "2026-01-20") == "P"
    assert values(of, "2026-01-21") == "F"
    assert values(of._replace(holds=(hold._replace(ends=None),)), "2030-01-01") == "P"
    early = Hold(told("2026-01-06"), held_until(told("2026-01-08"), UTC))
    assert values(of._replace(holds=(early,)), "2026-01-13") == "F", "it was over in time"
    maybe = of._replace(holds=(hold._replace(applies="unknown"),))
    assert values(maybe, "2026-01-15") == "FP"


def test_a_hold_that_may_have_begun_after_the_deadline_may_not_have_delayed_it() -> None:
    begun, ended = told("2026-01-08/2026-01-20"), told("2026-01-25T09:00:00Z")
    hold = Hold(begun, held_until(ended, UTC))
    of = window("2026-01-05", 7)._replace(holds=(hold,))
    assert values(of, "2026-01-20") == "FP"
    assert values(of, "2026-01-26") == "F"
    surely = hold._replace(begins=told("2026-01-08/2026-01-11"))
    assert values(of._replace(holds=(surely,)), "2026-01-20") == "P"


def test_what_is_covered_up_to_a_moment_goes_on_with_the_next() -> None:
    one, two, three, four = (datetime(2026, 1, 1, microsecond=n, tzinfo=UTC) for n in range(1, 5))
    assert covered(Bounds(one, four), [(three, four), (one, two)])
    assert not covered(Bounds(one, four), [(one, one), (three, four)])
    assert not covered(Bounds(one, four), [(one, three)])
    assert covered(None, [])


def test_feedback_runs_from_the_acknowledgement_or_else_from_the_end_of_seven_days() -> None:
    """Directive (EU) 2019/1937 art. 9(1)(f)."""

    def feedback(*acknowledged: str) -> Window:
        begins = Beginning(
            tuple(Dated(told(each), follows=True) for each in acknowledged),
            length(Term(days=7)),
        )
        return Window(Dated(told("2026-01-05")), (), length(Term(months=3)), begins)

    assert values(feedback("2026-01-06"), "2026-04-06") == "P"
    assert values(feedback("2026-01-06"), "2026-04-07") == "F"
    assert values(feedback(), "2026-04-12") == "P"
    assert values(feedback(), "2026-04-13") == "F"


def test_beyond_what_a_calendar_knows_a_deadline_is_unknown() -> None:
    calendar = Calendar(known_until=date(2026, 12, 31))
    of = Window(Dated(told("2026-12-28")), (), length(Term(working_days=5), calendar))
    assert values(of, "2026-12-31") == "P"
    assert values(of, "2027-06-01") == "FP"
    in_time = of._replace(candidates=[Dated(told("2026-12-31"))])
    assert values(in_time, "2027-06-01") == "T"


def test_a_day_of_the_deadline_is_a_day_of_the_zone() -> None:
    shanghai = rules("Asia/Shanghai")
    term = Count(Term(days=1), Calendar(), shanghai, "late")
    report = datetime(2026, 1, 5, 17, tzinfo=UTC)  # the 6th, one o'clock
    answer = report + timedelta(hours=46)  # the 7th, 23 o'clock
    of = Window(Dated(Bounds(report, report)), [Dated(Bounds(answer, answer))], Length(term, term))
    assert values_of(of, None) == {"answered"}


def test_too_many_candidates_are_refused_by_name() -> None:
    answers = [Dated(told("2026-01-06"))] * 10_001
    with pytest.raises(TooManyCandidates, match=r"10,001 events may answer.* `link`"):
        values_of(Window(Dated(told("2026-01-05")), answers), None)
    assert values_of(Window(Dated(told("2026-01")), answers[1:], length(Term(days=7))), None)
