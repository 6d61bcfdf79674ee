"""Test the pages: each answers, leads on to others, and says what to do where it cannot."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markupsafe import Markup
from starlette.testclient import TestClient
from tests.support.oracles import raw
from tests.unit.cli.browsing.conftest import client, let_in

from answerable.domain import edtf
from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.projections.conformance.judging import Judges
from answerable.projections.due import due_in
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.listing.deadlines import deadlines
from answerable.projections.listing.paged import Sought
from answerable.projections.listing.record import listed_by
from answerable.projections.pages.browsing.framing.frame import Frame
from answerable.projections.pages.browsing.framing.parts import woven
from answerable.projections.pages.browsing.refusal import failed_page
from answerable.projections.pages.browsing.verification import not_verified_words
from answerable.projections.registers.written import MOST_COLUMNS
from answerable.projections.report.report import report_on

SCRIPT = "</script><script>window.struck = 1</script><img src=x onerror='window.struck = 1'>"


def links(page: str) -> set[str]:
    """The addresses on this server that a page leads to."""
    found = map(unescape, re.findall(r'href="([^"]*)"', page))
    return {each.partition("#")[0] for each in found if each.startswith("/")}


def test_every_link_leads_to_a_page(inside: TestClient) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        answer = inside.get(path)
        assert answer.status_code in (200, 303), path
        assert answer.text.count("<h1>") == (answer.status_code == 200), path
        if not path.endswith("report.html"):
            new = {each for each in links(answer.text) if "rules=yes" not in each} - seen
            seen |= new
            waiting += new
    assert len(seen) > 60
    assert {"/case/xiaomi-kol/replay", "/party/person-2", "/event/44", "/case/house"} <= seen


def test_the_first_page_answers_first(inside: TestClient) -> None:
    page = inside.get("/").text
    assert "<h1>1 of 1 case is open.</h1>" in page
    assert page.index("Overdue") < page.index("What was recorded last")
    assert "Due before 2026-03-01" in page.replace("<time>", "").replace("</time>", "")
    assert "All of it is signed by example.com/ledger" in page
    assert "open, or perhaps" not in page
    assert "that are or may be open" in page


def test_what_was_recorded_last_is_called_by_its_title(made: Ledger) -> None:
    for kind, told in (("case-opened", {"title": "Two `watches`"}), ("backlash-observed", {})):
        made.append({"kind": kind, "case_id": "gifts", **told}, recorded_by="jane")
    page = let_in(client(made)).get("/").text
    last = page[page.index("What was recorded last</h2>") :]
    assert "Case: <a" in last
    assert "<bdi>Two `watches`</bdi></a> <code>gifts</code>" in last


def test_a_name_from_the_right_stands_before_its_pseudonym(made: Ledger) -> None:
    registered = {"kind": "party-registered", "case_id": "house", "type": "person"}
    made.append({**registered, "party": "person-1", "name": "محمد (1)"}, recorded_by="jane")
    made.append({**registered, "party": "person-2"}, recorded_by="jane")
    asking = let_in(client(made))
    page = asking.get("/party/person-1").text
    assert "<h1><bdi>محمد (1)</bdi> (<code>person-1</code>)</h1>" in page
    assert "<h1><bdi>person-2</bdi></h1>" in asking.get("/party/person-2").text


def test_a_command_is_set_as_one_and_what_to_do_is_said_to_who_browses(inside: TestClient) -> None:
    page = inside.get("/case/nope").text
    assert "There is no case nope." in page
    assert "Go on from the cases, or search." in page
    assert "of the reader" not in page
    assert "<code>answerable verify --key FILE</code>" in inside.get("/verification").text


@pytest.mark.parametrize(
    "path",
    ["/", "/cases", "/due", "/parties", "/party/person-2", "/search?q=failure", "/event/21"],
)
def test_a_case_is_called_by_its_title_wherever_it_is_led_to(inside: TestClient, path: str) -> None:
    called = re.findall(r'<a href="/case/xiaomi-kol"[^>]*>(.*?)</a>', inside.get(path).text)
    assert {re.sub("<.*?>", "", each) for each in called} == {"Contact with a KOL"}


def test_what_goes_without_saying_is_in_no_column(inside: TestClient) -> None:
    overdue = inside.get("/").text.partition("Overdue</h2>")[2].partition("</section>")[0]
    assert ">Due</th>" in overdue
    assert ">Open</th>" not in overdue


def test_an_empty_ledger_says_so(made: Ledger) -> None:
    asking = let_in(client(made))
    assert "<h1>Nothing is on record yet.</h1>" in asking.get("/").text
    assert "No case is on record yet." in asking.get("/cases").text
    assert "There is no such case." in asking.get("/cases?begins=a").text
    assert "Nobody is registered yet" in asking.get("/parties").text
    assert "There is nobody of such a pseudonym." in asking.get("/parties?begins=a").text
    assert "No head of the log was signed" in asking.get("/verification").text
    assert "The record is what it was." in asking.get("/verification/check").text


def test_a_case_is_the_report_with_links_in_it(inside: TestClient) -> None:
    page = inside.get("/case/xiaomi-kol").text
    assert "Three people are accountable" in page
    assert '<a class="event" href="/event/21">#21</a>' in page
    assert "#event-" not in page
    assert 'href="/party/person-2"' in page


def test_a_case_as_a_file_is_the_report_that_verifies_itself(inside: TestClient) -> None:
    answer = inside.get("/case/xiaomi-kol/report.html")
    assert answer.text.count("<article") >= 38
    assert "'sha256-" in answer.headers["content-security-policy"]


def test_a_case_is_asked_about_another_day(inside: TestClient, example: Ledger) -> None:
    asked = "as_of=2026-01-09&known_by=2026-01-10"
    page = unescape(inside.get(f"/case/xiaomi-kol?{asked}").text)
    whole = report_on(
        example,
        "xiaomi-kol",
        version="1.0",
        as_of=edtf.asked("2026-01-09"),
        known_by=edtf.asked("2026-01-10"),
    )
    now = unescape(inside.get("/case/xiaomi-kol").text)
    assert 10 < len(whole.timeline) < 28
    rows = re.findall(r'<tr data-position="(\d+)"', page)
    assert {int(each) for each in rows} == {each.position for each in whole.timeline}
    assert "As of 2026-01-09, as it was known by 2026-01-10: what came later is left out." in page
    assert "As things stand now, by all that is on record." in now
    for part in ("replay", "events", "tables", "report.html"):
        assert f'href="/case/xiaomi-kol/{part}?{asked}"' in page
    assert f'href="/case/xiaomi-kol?{asked}"' in unescape(
        inside.get(f"/case/xiaomi-kol/tables?{asked}").text
    )
    assert "2026-01-10" in inside.get(f"/case/xiaomi-kol/report.html?{asked}").text


def test_each_page_that_may_change_says_of_when_it_tells(inside: TestClient) -> None:
    for path in ("/", "/cases", "/parties", "/search?q=a", "/case/xiaomi-kol", "/event/21",
                 "/case/xiaomi-kol/tables", "/party/person-2"):  # fmt: skip
        assert "As things stand now, by all that is on record." in inside.get(path).text, path
    for path in ("/event/21", "/party/person-2", "/case/xiaomi-kol/tables"):
        page = inside.get(f"{path}?as_of=2026-03-01").text
        assert 'name="as_of" type="text" value="2026-03-01"' in page, path
        assert page.count("As of 2026-03-01, by all that is on record now") == 2, path


@pytest.mark.parametrize("day", ["2026-01-06", "2026-01-10", "2026-03-01", "2026-12-31"])
def test_what_falls_due_is_what_due_lists(inside: TestClient, example: Ledger, day: str) -> None:
    known = names(example)
    record = RecordView(example, edtf.asked(day), None, name_of=known.called, type_of=known.type_of)
    judged = Judges(record, every=True).outcomes_of_each(record.each_case())
    whole = sorted(
        (each for view, outcomes in judged for each in due_in(view, outcomes)),
        key=lambda each: each.urgency,
    )
    listed = listed_by(example, example)
    assert list(deadlines(listed, "all", Sought(), edtf.asked(day)).found) == whole
    page = unescape(inside.get(f"/due?as_of={day}").text)
    for each in whole:
        assert f'href="/event/{each.position}"' in page
    assert ("Nothing falls due." in page) is (not whole)
    assert f"As of {day}, by all that is on record now" in page


def test_what_falls_due_is_told_a_page_of_cases_at_a_time(made: Ledger) -> None:
    slugs = [f"case-{number:02}" for number in range(30)]
    fine = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "due": "2026-02-01"}
    made.append_all([parse({**fine, "case_id": each}) for each in slugs], recorded_by="jane")
    opened = {"kind": "case-opened", "case_id": "case-99", "title": "Settled"}
    made.append(parse(opened), recorded_by="jane")
    closed = {"kind": "case-closed", "case_id": "case-99", "disposition": "settled"}
    made.append(parse(closed), recorded_by="jane")
    asking, address, pages = let_in(client(made)), "/due", []
    while address:
        page = asking.get(address).text
        pages.append([each for each in slugs if f'href="/case/{each}"' in page])
        assert "things may be overdue" in page
        onward = re.search(r'href="([^"]*after=[^"]*)"', page)
        address = unescape(onward[1]) if onward else ""
    assert pages == [slugs[:20], slugs[20:]]
    assert "In the cases from case-00 to case-19" in asking.get("/due").text
    assert "to case-99," in asking.get("/due?among=all&after=case-19").text
    assert "to case-29," in asking.get("/due?after=case-19").text


def test_an_event_says_whether_it_had_happened_by_then(inside: TestClient) -> None:
    assert "It had happened by then." in inside.get("/event/21?as_of=2026-12-31").text
    assert "It had not happened by then." in inside.get("/event/21?as_of=2000").text
    assert "had happened" not in inside.get("/event/21").text
    assert inside.get("/event/21?known_by=2000").status_code == 404


@pytest.mark.parametrize("asked", ["yesteryear", "2026-13-01", "%3Cscript%3E", "a" * 300, "%00"])
def test_what_is_no_date_is_said_to_be_none(inside: TestClient, asked: str) -> None:
    for path in ("/case/xiaomi-kol", "/event/21", "/party/person-2"):
        answer = inside.get(f"{path}?known_by={asked}")
        assert answer.status_code == 400
        assert "is no date that a page can be asked about" in answer.text
        assert "<script>" not in answer.text.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("", {"house", "xiaomi-kol"}, set()),
        ("?which=open", {"xiaomi-kol"}, {"house"}),
        ("?which=closed", set(), {"house", "xiaomi-kol"}),
        ("?which=accountable&begins=x", {"xiaomi-kol"}, {"house"}),
        ("?begins=HO", {"house"}, {"xiaomi-kol"}),
        ("?after=house", {"xiaomi-kol"}, {"house"}),
        ("?which=none-such&order=sideways", {"house", "xiaomi-kol"}, set()),
        ("?after=%00&begins=%ff", set(), {"house"}),
        ("?after=house%00", {"xiaomi-kol"}, {"house"}),
        ("?before=xiaomi-kol%00", {"house", "xiaomi-kol"}, set()),
        ("?begins=house%00", set(), {"house", "xiaomi-kol"}),
    ],
)
def test_cases_are_chosen(
    inside: TestClient, asked: str, there: set[str], not_there: set[str]
) -> None:
    answer = inside.get(f"/cases{asked}")
    assert answer.status_code == 200
    found = {each.removeprefix("/case/") for each in links(answer.text) if "/case/" in each}
    assert there <= found
    assert not not_there & found


def test_lists_go_on_and_back_by_pages(made: Ledger) -> None:
    slugs = [f"case-{number:03}" for number in range(120)]
    events = [parse({"kind": "case-opened", "case_id": each, "title": each}) for each in slugs]
    made.append_all(events, recorded_by="jane")
    asking, address, pages = let_in(client(made)), "/cases", []
    while address:
        page = asking.get(address).text
        pages.append([each for each in slugs if f'href="/case/{each}"' in page])
        onward = re.search(r'href="([^"]*after=[^"]*)"', page)
        address = unescape(onward[1]) if onward else ""
    assert pages == [slugs[:50], slugs[50:100], slugs[100:]]
    back = asking.get("/cases?before=case-100&which=open").text
    assert [each for each in slugs if f'href="/case/{each}"' in back] == slugs[50:100]
    down = asking.get("/cases?order=descending").text
    assert [each for each in slugs if f'href="/case/{each}"' in down] == slugs[70:]


@pytest.mark.parametrize("asked", ["after=999999999999999", "before=0", "before=1"])
def test_a_page_of_no_events_says_so(inside: TestClient, asked: str) -> None:
    answer = inside.get(f"/case/xiaomi-kol/events?{asked}")
    assert answer.status_code == 200
    assert "No event of this case has such a number." in answer.text
    assert 'href="/case/xiaomi-kol/events"' in answer.text


@pytest.mark.parametrize("asked", ["after=~", "before=%00", "begins=zzz", "after=x&before=y"])
@pytest.mark.parametrize("path", ["/cases", "/parties", "/party/person-1", "/due"])
def test_a_list_is_asked_for_what_is_not_on_it(inside: TestClient, path: str, asked: str) -> None:
    assert inside.get(f"{path}?{asked}").status_code == 200


def test_a_page_that_fails_says_so_and_tells_nothing_of_how(
    made: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("answerable.cli.browsing.answers.home_page")
    answer = let_in(client(made, raised=False)).get("/")
    assert answer.status_code == 500
    assert "This program failed at this address" in answer.text
    assert "home_page" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


def test_an_event_is_found_by_its_number_and_by_its_id(inside: TestClient) -> None:
    page = inside.get("/event/21").text
    event_id = re.search(r"&#34;event_id&#34;: &#34;([0-9a-f-]+)", page)
    assert event_id
    for asked in (event_id[1], "%2321", "021"):
        answer = inside.get(f"/event/{asked}")
        assert answer.headers["location"] == "/event/21", asked
    assert "It is what the tree was made of." in page
    assert 'href="/event/20"' in page


@pytest.mark.parametrize(
    "path",
    [
        *("/event/99999999999999999999", "/event/-1", "/event/none", "/event/%00", "/nothing"),
        *("/case/none", "/case/none/replay", "/case/none/events", "/case/none/tables"),
        *("/case/xiaomi-kol%00", "/case/%00/replay", "/case/a%00/events", "/case/%00a/tables"),
        *("/case/xiaomi-kol%00/report.html", "/party/person-2%00", "/case/%ff", "/party/%ed%a0%80"),
        *("/case/..%2f..%2fetc%2fpasswd", "/case/../../etc/passwd", "/..%2fanswerable.db"),
        *("/party/nobody", "/party/%3Cscript%3E", "/case/", "/%2fevil.example", "/%2e%2e/"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do_next(inside: TestClient, path: str) -> None:
    answer = inside.get(path)
    assert answer.status_code == 404
    assert "What to do next" in answer.text
    assert "<script>" not in answer.text.partition("<main")[2].partition("</main")[0]


def test_a_search_finds_marks_and_leads_to_the_event(inside: TestClient) -> None:
    page = inside.get("/search?q=failure").text
    assert "<mark>failure</mark>" in page
    assert re.search(r'<a href="/event/\d+" data-result>', page)
    assert 'value="failure"' in page


@pytest.mark.parametrize(
    "asked", ["", "%20", "zebra", "%22", "-a", "%00", "a&from=99999", "a&from=x"]
)
def test_a_search_for_nothing_says_how_to_search(inside: TestClient, asked: str) -> None:
    answer = inside.get(f"/search?q={asked}")
    assert answer.status_code == 200
    assert "<h1>" in answer.text


def test_texts_that_would_be_more_than_texts_are_inert(made: Ledger) -> None:
    for step in (
        {"kind": "party-registered", "party": "person-1", "type": "person", "name": SCRIPT},
        {"kind": "case-opened", "title": SCRIPT, "summary": "a\u202egnp.exe"},
        {"kind": "finding-made", "subject": "person-1", "conduct": SCRIPT,
         "outcome": "substantiated", "responsibility": "direct"},
    ):  # fmt: skip
        made.append(parse({"case_id": "acme", **step}), recorded_by=SCRIPT)
    asking = let_in(client(made))
    paths = ("/", "/cases", "/case/acme", "/case/acme/replay", "/case/acme/events", "/event/0")
    more = ("/case/acme/tables", "/event/2", "/parties", "/party/person-1", "/search?q=struck")
    for path in (*paths, *more, f"/search?q={SCRIPT}", f"/nothing/{SCRIPT}"):
        page = asking.get(path).text
        assert "<img" not in page, path
        assert "<script>window" not in page, path
        assert "\u202e" not in page, path


def test_a_check_says_what_it_came_to_and_there_is_one_at_a_time(
    inside: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = inside.get("/verification/check")
    assert "The record is what it was." in answer.text
    assert answer.text.rstrip().endswith("</html>")
    monkeypatch.setattr("answerable.cli.browsing.checking.Checks.check", lambda _: None)
    assert inside.get("/verification/check").status_code == 503


def test_an_altered_entry_shows_where_it_is_and_in_the_check(made: Ledger) -> None:
    told = {"kind": "case-opened", "case_id": "acme", "title": "A", "occurred": "2026-01-05"}
    made.append(parse(told), recorded_by="jane")
    with raw(made.path, guarded=False) as hand:
        hand.execute(
            "UPDATE stored_events SET state = CAST(replace(state, '01-05', '01-06') AS BLOB)"
        )
    asking = let_in(client(made))
    assert "NOT VERIFIED" in asking.get("/verification/check").text
    assert "it was altered" in asking.get("/event/0").text


def test_rules_are_judged_in_a_replay_where_that_is_asked(inside: TestClient) -> None:
    told = inside.get("/case/xiaomi-kol/replay").text
    assert "rules=yes" in told
    assert "Fails:" not in told
    assert "Fails:" in inside.get("/case/xiaomi-kol/replay?rules=yes").text


def test_a_link_in_a_chinese_sentence_is_set_apart_where_it_is_in_latin_letters() -> None:
    with in_language(language("zh-Hans")):
        latin, sign, chinese = (
            woven("In {case}.", case=Markup('<a href="/case/a">{}</a>').format(each))
            for each in ("Ann & Co", "& Co", "某案")
        )
    assert latin == '属于 <a href="/case/a">Ann &amp; Co</a>。'
    assert sign == '属于<a href="/case/a">&amp; Co</a>。'
    assert chinese == '属于<a href="/case/a">某案</a>。'


def test_pages_are_in_the_language_that_was_asked_for(example: Ledger) -> None:
    """Names and texts stay as recorded; heads of tables and titles of sections are ours."""
    asking = let_in(client(example, language=language("zh-Hans")))
    for path in ("/", "/cases", "/case/xiaomi-kol/tables", "/parties", "/party/person-2"):
        page = asking.get(path).text
        assert '<html lang="zh-Hans">' in page
        ours = re.findall(r"<(?:th|h2)[^>]*>([^<]+)</", page)
        assert ours, path
        assert [each for each in ours if re.search("[A-Za-z]{2}", each)] == [], path
    assert "没有这样的页面" in asking.get("/nothing").text


def words(page: str) -> str:
    """Return what a page says below its title, as its reader sees it."""
    shown = page.partition("<h1>")[2].partition("<footer")[0]
    return unescape(re.sub(r"<code>[^<]*</code>|<[^>]*>", " ", shown))


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/nothing", "/nothing"),
        ("/case/none", "none"),
        ("/event/99999", "#99999"),
        ("/event/nowhere", "nowhere"),
        ("/party/nobody", "nobody"),
        ("/case/xiaomi-kol?as_of=never", "never"),
        ("/search?q=%22", "OR"),
        ("/verification/check", "example com ledger"),
    ],
)
def test_no_page_in_chinese_says_a_sentence_in_english(
    example: Ledger, path: str, asked: str
) -> None:
    page = let_in(client(example, language=language("zh-Hans"))).get(path).text
    own = words(page)
    for each in (*asked.split(), "apolog", "bonus cancelled", "Ctrl", "K"):
        own = own.replace(each, "")
    assert re.findall(r"[A-Za-z]{3,} [A-Za-z]{2,}", own) == []
    assert re.search("[\u4e00-\u9fff]", own)


def test_what_a_program_says_in_english_is_marked_as_that() -> None:
    with in_language(language("zh-Hans")):
        for said in (
            failed_page("the tree is torn.", "Restore a copy.", Frame("1")),
            str(not_verified_words(["Position 3 was altered."])),
        ):
            assert re.search(r'英文原文如下：</p>\s*<div lang="en">', said)


def test_what_was_not_checked_is_listed_below_what_says_so(inside: TestClient) -> None:
    page = inside.get("/verification/check").text
    verified, _, not_checked = page.partition("<p>Not checked here:</p>")
    assert "Verified: 45 entries and 105 sealed texts (3 erased)." in verified
    assert not_checked.startswith("<ul><li>whose the keys are that signed")


def test_what_is_not_searched_is_counted_where_there_is_any(inside: TestClient) -> None:
    page = inside.get("/search?q=failure").text
    assert "Not searched, since they are not at hand: 3 texts that were erased." in page


def test_a_party_is_answered_for_in_a_sentence_and_its_titles_are_no_names(
    inside: TestClient,
) -> None:
    lead = words(inside.get("/party/person-2").text)
    assert "Accountable as a manager and directly." in lead
    assert "Group vice president, chief marketing officer." in lead
    assert "Also" not in lead


def test_a_date_that_is_none_is_quoted_as_it_was_written(inside: TestClient) -> None:
    assert "“never” is no date" in inside.get("/case/xiaomi-kol?as_of=never").text


def test_who_is_turned_away_reads_a_command_as_one(outside: TestClient) -> None:
    page = outside.get("/").text
    assert "<code>answerable browse</code>" in page
    assert "`" not in page.partition("<main")[2]


def test_numbers_in_tables_are_set_as_numbers(inside: TestClient) -> None:
    page = inside.get("/case/xiaomi-kol/tables").text
    assert "\N{MINUS SIGN}24 to 3" in page
    assert ">-24" not in page
    assert "12,000.00" in inside.get("/party/person-2").text


def test_a_table_has_no_more_columns_than_can_be_read_and_tells_the_rest(
    inside: TestClient,
) -> None:
    page = inside.get("/case/xiaomi-kol/tables").text
    tables = [table.partition("</table>")[0] for table in page.split("<table>")[1:]]
    assert max(table.count("<th ") for table in tables) == MOST_COLUMNS
    (sanctions,) = (each for each in tables if "Measure</th>" in each and "Beside that" in each)
    assert "State: <bdi>executed</bdi>" in sanctions
    assert "Announced by: <a href=" in sanctions
    assert "generic" not in page
    assert "heard-first" not in page
