"""What the measures of sanctions are called, where their own words can be read and where not."""

from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.report.report import report_on
from answerable.projections.wording.measures import LONGEST, measured, worded


def imposed(**fields: object) -> Memory:
    other = {"measure": "other", "measure_text": "to return the\nwatch"}
    sanction = {"as": "s", "kind": "sanction-imposed", "subject": "p-1", **other, **fields}
    return case({k: v for k, v in sanction.items() if v is not None})


def called(log: Memory) -> list[str]:
    sanctions = [
        each
        for person in accountability_of(CaseView(log.facts())).people
        for each in person.sanctions
    ]
    return [measured(log, sanctions)(each) for each in sanctions]


def test_a_measure_of_the_vocabulary_is_called_by_its_term() -> None:
    assert called(imposed(measure="fine", amount="50 EUR", measure_text=None)) == ["fine, 50 EUR"]
    assert called(imposed(measure="dismissal", measure_text="expelled")) == ["dismissal"]


def test_another_is_called_by_its_own_words_on_one_line() -> None:
    assert called(imposed()) == ["“to return the watch”"]
    assert called(imposed(days=3)) == ["“to return the watch”, 3 days"]
    (long,) = called(imposed(measure_text="a" * 1000))
    assert long == f"“{'a' * (LONGEST - 1)}…”"


def test_words_that_were_corrected_are_the_words() -> None:
    log = imposed()
    fields = {"measure_text": "to give it back"}
    log.add(kind="correction", target="@s", fields=fields, **{"as": "c"})
    assert called(log) == ["“to give it back”"]

    log.withhold(log.ids["c"], "sealed_fields")
    assert called(log) == ["another measure (withheld)"]


def test_words_that_cannot_be_read_say_why() -> None:
    log = imposed()
    log.withhold(log.ids["s"], "measure_text")
    assert called(log) == ["another measure (withheld)"]

    log = imposed()
    log.erase(log.ids["s"], "measure_text")
    assert called(log) == ["another measure (erased)"]


def test_what_was_not_looked_up_is_not_said_to_be_missing() -> None:
    (person,) = accountability_of(CaseView(imposed().facts())).people
    assert worded(person.sanctions[0]) == "another measure"


def test_the_report_calls_it_so_and_takes_nothing_for_markup() -> None:
    text = in_markdown(report_on(imposed(measure_text="*public* apology"), "c", version="1"))
    assert text.count("“\\*public\\* apology” (imposed) #0") == 1
    assert "(imposed): “\\*public\\* apology” #0" in text


def test_what_it_became_on_appeal_is_called_by_the_words_of_that() -> None:
    log = imposed(measure="dismissal", measure_text=None)
    log.add(kind="appeal-lodged", against="@s", **{"as": "a"})
    other = {"becomes_measure": "other", "becomes_text": "to write an essay"}
    log.add(kind="appeal-decided", appeal="@a", outcome="partly-allowed", **{"as": "d", **other})
    assert called(log) == ["“to write an essay”"]
    text = in_markdown(report_on(log, "c", version="1"))
    assert "“to write an essay” (imposed; appeal partly allowed" in text
    log.erase(log.ids["d"], "becomes_text")
    assert called(log) == ["another measure (erased)"]
