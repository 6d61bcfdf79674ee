"""`answerable new` where something goes astray: keys, dates, names, cases, narrow screens."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Cli, Unchanged
from tests.end_to_end.test_new import OPENING, A, dialogue, kinds, told
from tests.support.screen_rules import too_wide


@pytest.mark.parametrize("key", ["c", "d"])
def test_what_is_interrupted_records_nothing(kept: Cli, unchanged: Unchanged, key: str) -> None:
    with unchanged(kept):
        talk = dialogue(kept, "acme")
        talk.tell(A("What happened", "contact"), A("With whom", "Li Na"), A("What are they", "1"))
        assert talk.question() is not None
        talk.control(key)
        ended = talk.end()
        assert ended.code == 130
        assert "Nothing of this is recorded" in ended.shown
        assert "Traceback" not in ended.shown


def test_who_does_not_confirm_records_nothing(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        ended = told(
            kept,
            A("What happened", "backlash"),
            A("What now", "record nothing"),
            arguments=("acme",),
        )
        assert "Nothing is recorded." in ended.shown


def test_the_last_step_can_be_taken_back(kept: Cli) -> None:
    told(
        kept,
        A("What happened", "backlash"),
        A("What happened next", "apology"),
        A("Who apologised", "Li Na"),
        A("What are they", "1"),
        A("What happened next", ""),
        A("What now", "take back the last"),
        A("What happened next", "verification completed"),
        arguments=("acme",),
    )
    assert kinds(kept)[2:] == ["backlash-observed", "party-registered", "verification-completed"]


def test_a_step_can_be_left_out_while_it_is_asked_about(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        ended = told(kept, A("What happened", "contact"), A("With whom", "<"), arguments=("acme",))
        assert "That is left out." in ended.shown


def test_a_date_that_cannot_be_read_is_asked_for_again(kept: Cli) -> None:
    ended = told(
        kept,
        A("What happened", "backlash"),
        A("known of the date", "5.1.2026"),
        A("Once more", "2026-02-30"),
        A("Once more", "3rd Febuary 2026"),
        A("Once more", "February 3, 2026"),
        arguments=("acme",),
    )
    assert kept("show", "2", "--json").json["recorded"]["occurred"] == "2026-02-03"
    assert ended.shown.count("Once more:") == 3


def test_a_date_far_ahead_is_refused_and_asked_for_again(kept: Cli) -> None:
    ended = told(
        kept,
        A("What happened", "backlash"),
        A("known of the date", "2999-01-01"),
        A("--planned", "2026-01-01"),
        arguments=("acme",),
    )
    assert "2999" in ended.shown
    assert kept("show", "2", "--json").json["recorded"]["occurred"] == "2026-01-01"


def test_a_name_that_is_nearly_one_on_record_is_asked_about(kept: Cli) -> None:
    kept.append("party-registered", "--party", "p-1", "--type", "person", "--name", "Jane Doe")
    told(
        kept,
        A("What happened", "contact"),
        A("With whom", "Jane Deo"),
        A("What are they", "it is Jane Doe"),
        A("What happened next", "contact"),
        A("With whom", "jane doe"),
        arguments=("acme",),
    )
    assert [each["kind"] for each in kept("log", "--json").lines].count("party-registered") == 1
    for position in ("3", "4"):
        assert kept("show", position, "--json").json["recorded"]["counterparty"] == "p-1"


def test_one_of_several_of_a_name_is_chosen(kept: Cli) -> None:
    for party, title in (("p-1", "buyer"), ("p-2", "driver")):
        kept.append("party-registered", "--party", party, "--type", "person", "--name", "Li Na",
                    "--titles", title)  # fmt: skip
    told(
        kept,
        A("What happened", "contact"),
        A("With whom", "Li Na"),
        A("Which", "driver"),
        arguments=("acme",),
    )
    assert kept("show", "4", "--json").json["recorded"]["counterparty"] == "p-2"


def test_a_term_that_tells_a_name_is_asked_for_again(kept: Cli) -> None:
    kept.append("party-registered", "--party", "p-1", "--type", "person", "--name", "Jane Doe")
    ended = told(
        kept,
        A("What happened", "decision taken"),
        A("What was decided", "dismiss doe"),
        A("What was decided", "dismiss"),
        arguments=("acme",),
    )
    assert "doe" in ended.shown
    assert kept("show", "3", "--json").json["recorded"]["outcome"] == "dismiss"


def test_a_closed_case_says_so_and_can_be_reopened(kept: Cli) -> None:
    kept.append("case-closed", "--case", "acme", "--disposition", "other")
    ended = told(
        kept,
        A("It is closed", "contact"),
        A("takes no contact-made until it is reopened", "case reopened"),
        A("Why", "new evidence"),
        A("What happened next", "backlash"),
        arguments=("acme",),
    )
    assert kinds(kept)[-2:] == ["case-reopened", "backlash-observed"]
    assert ended.shown.count("is closed") == 2


def test_who_does_not_want_a_ledger_gets_none(cli: Cli) -> None:
    talk = dialogue(cli)
    talk.tell(A("Make it?", "n"))
    ended = talk.end()
    assert ended.code == 2
    assert "answerable init" in ended.shown
    assert not cli.ledger.exists()


def test_a_case_that_is_not_there_is_opened_if_it_is_meant(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        talk = dialogue(kept, "acne")
        talk.tell(A("There is no case 'acne' yet", "n"))
        assert talk.end().code == 0


def test_erased_names_and_titles_are_stood_in_for(story: Cli) -> None:
    story("append", "personal-data-erased", "--case", "xiaomi-kol", "--subject", "person-2",
          "--legal-basis", "gdpr art. 17", "--others", "all")  # fmt: skip
    ended = told(
        story,
        A("What happened", "sanction"),
        A("Against whom", "person-2"),
        A("The measure", "censure"),
        arguments=("xiaomi-kol",),
    )
    assert "Xu Fei" not in ended.shown
    assert "Sanction against person-2: censure" in ended.shown


@pytest.mark.parametrize("columns", [40, 80])
def test_wide_names_fit_a_narrow_terminal(cli: Cli, columns: int) -> None:
    talk = dialogue(cli, columns=columns)
    talk.tell(
        A("Make it?", "y"),
        A("What is it called", "供应商的礼物"),
        A("Which id is it to go by", "2026-014"),
        A("Whose case it is", "小米科技有限责任公司"),
        A("What are they", "an organisation"),
        A("What happened next", "contact"),
        A("With whom", "许飞"),
        A("What are they", "a person"),
        A("To what end", "two words " * 20),
        A("known of the date", "by 2026-01-05"),
    )
    ended = talk.end()
    assert ended.code == 0, ended.shown
    assert "contact with 许飞, on or before 2026-01-05" in " ".join(ended.shown.split())
    # What is typed stands behind a question of yes or no, and is not echoed here.
    lines = [line for line in ended.shown.splitlines() if "[Y/n]" not in line]
    assert too_wide(lines, columns) == []


def test_a_case_is_chosen_by_its_title(kept: Cli) -> None:
    kept.append("case-opened", "--case", "other", "--title", "Another one")
    told(kept, A("Which case is it about", "A partnership"), A("What happened", "backlash"))
    assert log_of(kept)[-1] == ("acme", "backlash-observed")
    told(kept, A("Which case is it about", "a new case"), *OPENING)
    assert log_of(kept)[-1] == ("2026-014", "case-opened")


def test_an_id_that_cannot_be_is_asked_for_again(kept: Cli) -> None:
    told(
        kept,
        A("Which case is it about", "a new case"),
        A("What is it called", "Another"),
        A("Which id is it to go by", "My Case!"),
        A("An id has lower-case letters", "acme"),
        A("There is a case acme already", ""),
    )
    assert log_of(kept)[-1] == ("case-002", "case-opened")


def test_what_was_told_is_not_lost_where_it_cannot_be_recorded(kept: Cli) -> None:
    talk = dialogue(kept, "acme")
    talk.tell(A("What happened", "backlash"), A("Who objected", "users"), A("next", ""))
    assert "This will be recorded" in str(talk.question())
    kept.append("case-closed", "--case", "acme", "--disposition", "other")
    talk.send("1")
    ended = talk.end()
    assert ended.code == 3
    (line,) = (each for each in ended.shown.splitlines() if each.startswith('{"kind"'))
    kept.append("case-reopened", "--case", "acme", "--reason", "x")
    assert kept("import", "-", stdin=line).out.startswith("Recorded: 1 event")
    assert kept("log", "--json").lines[-1]["kind"] == "backlash-observed"


def log_of(cli: Cli) -> list[tuple[str, str]]:
    return [(each["case_id"], each["kind"]) for each in cli("log", "--json").lines]


def test_a_name_in_the_id_of_a_case_is_told_before_it_is_for_ever(
    cli: Cli, unchanged: Unchanged
) -> None:
    cli("init")
    with unchanged(cli):
        talk = dialogue(cli)
        talk.tell(
            A("What is it called", "Gifts"),
            A("Which id is it to go by", "jane-doe"),
            A("What happened next", "finding made"),
            A("Whom it is about", "Jane Doe"),
            A("What are they", "1"),
            A("What was found", "substantiated"),
            A("In which way they answer", "direct"),
            A("What happened next", ""),
            A("The case id jane-doe tells part of the name", "record nothing"),
        )
        ended = talk.end()
    assert "Once it is recorded, the chain keeps that for ever" in ended.shown


def test_the_receipt_says_what_is_not_on_record(kept: Cli) -> None:
    ended = told(
        kept,
        A("What happened", "sanction"),
        A("Against whom", "Jane Doe"),
        A("What are they", "1"),
        A("The measure", "warning"),
        A("'warning' may mean:", "written warning"),
        arguments=("acme",),
    )
    _, _, receipt = ended.shown.partition("Recorded in")
    (said,) = (each for each in receipt.splitlines() if "Not on record" in each)
    append = kept("append", "sanction-imposed", "--case", "acme", "--subject", "person-9",
                         "--measure", "fine")  # fmt: skip
    (also,) = (each for each in append.out.splitlines() if "Not on record" in each)
    assert also.startswith(said.strip())
    assert "decision" in said


def test_an_answer_is_repeated_for_the_same_question_only(kept: Cli) -> None:
    talk = dialogue(kept, "acme")
    talk.tell(
        A("What happened", "finding made"),
        A("Whom it is about", "Jane Doe"),
        A("What are they", "1"),
        A("What was found", "substantiated"),
        A("In which way they answer", "direct"),
        A("What happened next", "decision taken"),
    )
    asked = talk.question()
    while asked is not None and "What was decided" not in asked:
        talk.send("")
        asked = talk.question()
    assert asked is not None
    assert "substantiated" not in asked.partition("What was decided")[2]
    talk.control("c")
    talk.end()


def test_keys_that_leave_signs_are_asked_about_again(kept: Cli) -> None:
    ended = told(
        kept,
        A("Which case is it about", "a new case"),
        A("What is it called", "Gi\x1b[Afts\tx"),
        A("no text, as arrow keys and tabs leave", "Gifts"),
    )
    assert "new case" in ended.shown
    assert kept("cases", "--json").out.count("Gifts")


@pytest.mark.parametrize(
    ("told_so", "meant", "day"),
    [("13/06/2024", "13 June 2024", "2024-06-13"), ("05/06/2024", "6 May 2024", "2024-05-06")],
)
def test_a_date_between_slashes_is_asked_about(
    kept: Cli, told_so: str, meant: str, day: str
) -> None:
    told(
        kept,
        A("What happened", "backlash"),
        A("known of the date", told_so),
        A(meant, day),
        arguments=("acme",),
    )
    assert kept("show", "2", "--json").json["recorded"]["occurred"] == day


def test_yesterday_is_a_date(kept: Cli) -> None:
    told(kept, A("What happened", "backlash"), A("known of the date", "yesterday"),
         arguments=("acme",))  # fmt: skip
    recorded = kept("show", "2", "--json").json["recorded"]
    assert recorded["occurred"] < recorded["recorded_at"][:10]
