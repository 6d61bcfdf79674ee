import warnings
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.domain.dates import Margins, Span, by, describe, elapsed, precedes, widened
from answerable.domain.edtf import DateError, check, moment, parse

days = st.dates(date(1, 1, 2), date(9999, 12, 30))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
offsets = st.sampled_from(["", "Z", "+00:00", "+08:00", "-03:30", "+14:00", "-12:00"])
instants = st.builds(
    lambda day, clock, fraction, zone: f"{day}T{clock.replace(microsecond=0)}{fraction}{zone}",
    days,
    st.times(),
    st.just("") | st.from_regex(r"\.[0-9]{1,6}", fullmatch=True),
    offsets,
)
plain = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
seasons = st.builds(
    lambda year, number: f"{year:04}-{number}", st.integers(2, 9998), st.integers(21, 41)
)
singles = plain | instants | seasons
intervals = st.builds("{}/{}".format, singles | st.sampled_from(["", ".."]), singles) | st.builds(
    "{}/{}".format, singles, singles | st.sampled_from(["", ".."])
)
masks = st.builds(
    lambda text, hidden: "".join(
        "X" if sign.isdigit() and number in hidden else sign for number, sign in enumerate(text)
    ),
    plain,
    st.sets(st.integers(0, 9)),
)
texts = singles | intervals | masks

# Near misses: what is made of the letters of dates.
scraps = st.text("0123456789X-/.TZ:+~?%[]{},SY ", max_size=30)
edited = st.builds(
    lambda text, at, scrap: text[:at] + scrap + text[at + 1 :],
    texts,
    st.integers(0, 25),
    st.text("0129X-/.T:+~?%[,]S", max_size=2),
)


def parsed(text: str) -> Span:
    try:
        return parse(text)
    except DateError:
        assume(False)
        raise


@given(texts)
def test_parsing_is_stable_and_keeps_the_text(text: str) -> None:
    span = parsed(text)
    assert span == parse(text)
    assert span.text == text == check(text)


@given(texts)
def test_bounds_are_in_order(text: str) -> None:
    span = parsed(text)
    if span.earliest and span.latest:
        assert span.earliest <= span.latest
    if span.first_day and span.last_day:
        assert span.first_day <= span.last_day
    assert span.first_day or span.last_day


@settings(max_examples=examples(90), deadline=None)
@given(st.text(max_size=120) | scraps | edited)
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    for read in (parse, check, moment):
        message = ""
        try:
            read(text)
        except DateError as refused:
            message = str(refused)
        assert len(message.splitlines()) <= 1


@settings(max_examples=examples(30), deadline=None)
@given(plain)
def test_plain_dates_agree_with_the_edtf_package(text: str) -> None:
    span, (low, high) = parse(text), edtf_bounds(text)
    assert (span.first_day, span.last_day) == (low, high)


@settings(max_examples=examples(20), deadline=None)
@given(plain, plain)
def test_plain_intervals_agree_with_the_edtf_package(a: str, b: str) -> None:
    text = "/".join(sorted([a, b]))
    low, high = edtf_bounds(text)
    assume(low <= high)
    span = parsed(text)
    assert (span.first_day, span.last_day) == (low, high)


@settings(max_examples=examples(20), deadline=None)
@given(seasons)
def test_seasons_contain_those_of_the_edtf_package(text: str) -> None:
    span, (low, high) = parse(text), edtf_bounds(text)
    assert span.first_day is not None
    assert span.last_day is not None
    assert span.first_day <= low <= high <= span.last_day


def edtf_bounds(text: str) -> tuple[date, date]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"edtf\.")
        import edtf
    found: Any = edtf.parse_edtf(text)
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


@given(masks, days)
def test_a_mask_allows_the_days_that_match_it_and_ends_on_two_of_them(text: str, day: date) -> None:
    span = parsed(text)
    assert span.first_day is not None
    assert span.last_day is not None
    assert matches(text, span.first_day)
    assert matches(text, span.last_day)
    if matches(text, day):
        assert span.first_day <= day <= span.last_day


def matches(mask: str, day: date) -> bool:
    return all(sign in ("X", digit) for sign, digit in zip(mask, day.isoformat(), strict=False))


@given(moments, st.timedeltas(timedelta(hours=-14), timedelta(hours=14)))
def test_an_instant_is_the_same_moment_in_every_zone(when: datetime, shift: timedelta) -> None:
    minutes = int(shift.total_seconds()) // 60
    local = when + timedelta(minutes=minutes)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    assume(sign == "+" or minutes)
    span = parse(f"{local.date()}T{local:%H:%M:%S.%f}{sign}{hours:02}:{rest:02}")
    assert span.earliest == span.latest == when == moment(span.text)
    assert span.first_day == span.last_day == local.date()


@given(days, days)
def test_elapsed_is_the_difference_of_dates(a: date, b: date) -> None:
    number = (b - a).days
    assert elapsed(parse(a.isoformat()), parse(b.isoformat())) == (number, number)


@given(texts, texts)
def test_elapsed_bounds_every_pair_of_days_and_turns_around(a: str, b: str) -> None:
    start, end = parsed(a), parsed(b)
    there, back = elapsed(start, end), elapsed(end, start)
    if there is None:
        assert describe(there) == "unknown"
        return
    assert there.least is None or there.most is None or there.least <= there.most
    assert back is not None
    assert (there.least, there.most) == tuple(
        None if number is None else -number for number in (back.most, back.least)
    )


@given(texts, moments, moments)
def test_by_never_takes_back_an_answer(text: str, one: datetime, other: datetime) -> None:
    order = ("no", "unknown", "yes")
    span, earlier, later = parsed(text), min(one, other), max(one, other)
    assert order.index(by(span, earlier)) <= order.index(by(span, later))


@given(texts)
def test_by_changes_at_the_bounds(text: str) -> None:
    span, step = parsed(text), timedelta(microseconds=1)
    if span.latest:
        assert by(span, span.latest) == "yes"
        assert by(span, span.latest - step) != "yes"
    if span.earliest:
        assume(span.earliest - datetime.min.replace(tzinfo=UTC) >= step)
        assert by(span, span.earliest - step) == "no"
        assert by(span, span.earliest) != "no"


@given(texts, texts)
def test_what_precedes_is_not_preceded(a: str, b: str) -> None:
    one, other = parsed(a), parsed(b)
    if precedes(one, other) == "yes" and one.latest != other.earliest:
        assert precedes(other, one) == "no"
    if precedes(one, other) == "no":
        assert precedes(other, one) == "yes"


@given(days)
def test_a_day_lasts_from_midnight_to_midnight(day: date) -> None:
    span = parse(day.isoformat())
    assert span.earliest == datetime.combine(day, time.min, UTC)
    assert span.latest == span.earliest + timedelta(days=1, microseconds=-1)


margins = st.builds(
    Margins,
    *(st.timedeltas(timedelta(0), timedelta(days=most)) for most in (4000, 400, 40, 2)),
)
rough = st.builds("{}{}".format, plain, st.sampled_from("~?%"))


@given(rough, moments, margins)
def test_a_margin_makes_no_answer_that_the_bare_date_contradicts(
    text: str, at: datetime, margin: Margins
) -> None:
    bare, wide = parsed(text), widened(parsed(text), margin)
    assert wide.earliest is not None
    assert bare.earliest is not None
    assert wide.earliest <= bare.earliest
    assert by(wide, at) in (by(bare, at), "unknown")


@given(rough, rough, margins)
def test_a_wider_margin_tells_no_more(one: str, other: str, margin: Margins) -> None:
    wider = Margins(*(2 * each for each in margin))
    pairs = [[widened(parsed(text), each) for text in (one, other)] for each in (margin, wider)]
    (narrow, wide) = (precedes(*pair) for pair in pairs)
    assert wide in (narrow, "unknown")


@given(texts)
def test_an_exact_date_has_no_margin(text: str) -> None:
    assert widened(parsed(text)) == parsed(text)
