"""Dates as sheets write them, no more precise than they are told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain import edtf
from answerable.ledger.transfer.sheet.date_forms import (
    MARGINS,
    MONTHS,
    DateForm,
    form_problem,
    moment_text,
    read_date,
)

GERMAN = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("05.03.2024", "DD.MM.YYYY", "2024-03-05"),
        ("5.3.2024", "DD.MM.YYYY", "2024-03-05"),
        ("3/5/2024", "M/D/YYYY", "2024-03-05"),
        ("03/2024", "MM/YYYY", "2024-03"),
        ("2024", "YYYY", "2024"),
        ("Mar 2024", "MMM YYYY", "2024-03"),
        ("Sep. 2024", "MMM YYYY", "2024-09"),
        ("5  march 2024", "D MMMM YYYY", "2024-03-05"),
        ("Q3 2024", "'Q'Q YYYY", "2024-35"),
        ("05.03.2024 14:03", "DD.MM.YYYY hh:mm", "2024-03-05T14:03:00"),
        ("31.02.2024", "DD.MM.YYYY", "2024-02-31"),
        ("2024", "MM/YYYY", None),
        ("05.03.24", "DD.MM.YYYY", None),
        ("Foo 2024", "MMM YYYY", None),
    ],
)
def test_a_date_is_read_by_its_form(text: str, form: str, told: str | None) -> None:
    assert form_problem(form) is None
    assert read_date(text, DateForm(form)) == told


def test_months_have_the_names_of_the_map() -> None:
    form = DateForm("D. MMMM YYYY")
    assert read_date("5. März 2024", form, GERMAN) == "2024-03-05"
    assert read_date("5. March 2024", form, GERMAN) is None
    assert read_date("Dez 2024", DateForm("MMM YYYY"), GERMAN) == "2024-12"


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ("DD.MM.YY", "YY, which is no part of a date. Two digits"),
        ("MM.DD", "must have YYYY"),
        ("DD YYYY", "leaves a part out"),
        ("YYYY YYYY", "every part once"),
        ("MMM MM YYYY", "every part once"),
    ],
)
def test_a_form_that_tells_no_date_is_told(form: str, problem: str) -> None:
    assert problem in (form_problem(form) or "")


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["DD.MM.YYYY", "MM/DD/YYYY", "D MMMM YYYY", "MM/YYYY", "YYYY", "MMM YYYY"]),
    st.sampled_from(sorted(MARGINS)),
)
def test_what_a_form_writes_it_reads_with_its_margin(day: date, form: str, margin: str) -> None:
    written = form
    for token, text in (
        ("YYYY", f"{day.year:04}"),
        ("MMMM", MONTHS[day.month - 1]),
        ("MMM", MONTHS[day.month - 1][:3].upper()),
        ("DD", f"{day.day:02}"),
        ("D ", f"{day.day} "),
    ):
        written = written.replace(token, text)
    written = written.replace("MM", f"{day.month:02}") if "MMM" not in form else written
    exact = day.isoformat()[: 10 if "D" in form else 7 if "M" in form else 4]
    told = read_date(written, DateForm(form, margin))
    assert told == MARGINS[margin].format(exact)
    assert edtf.check(told) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2011-10-11 13:45:40.276000+02:00", "2011-10-11T13:45:40.276000+02:00"),
        ("2011-10-11 13:45:40 +0200", "2011-10-11T13:45:40+02:00"),
        ("2011-10-11 13:45:40+02", "2011-10-11T13:45:40+02:00"),
        ("2011-10-11 13:45:40Z", "2011-10-11T13:45:40Z"),
        ("2011-10-11 00:00:00", "2011-10-11 00:00:00"),
        ("2011-10", "2011-10"),
    ],
)
def test_a_moment_is_read_as_programs_write_it_where_it_tells_its_offset(
    written: str, told: str
) -> None:
    assert moment_text(written) == told
