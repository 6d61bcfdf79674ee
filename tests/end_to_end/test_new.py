"""`answerable new`, driven at a real pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.end_to_end.conftest import COMMAND, Cli
from tests.support.dialogue import Answer, Dialogue, Ended
from tests.support.policies import generic
from tests.support.suggestions import suggestions

from answerable.domain.kinds import model
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import of_case
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.wording.sentence import sentence

A = Answer

STATEMENT = "public statement by the head of public relations, 5 January 2026"
RESULT = "public statement by the company spokesperson, 6 January 2026"


def dialogue(cli: Cli, *arguments: str, columns: int = 80) -> Dialogue:
    environment = cli.environment()
    del environment["COLUMNS"]
    return Dialogue([*COMMAND, "new", *arguments], cli.folder, environment, columns)


def told(cli: Cli, *answers: Answer, arguments: tuple[str, ...] = ()) -> Ended:
    talk = dialogue(cli, *arguments)
    talk.tell(*answers)
    ended = talk.end()
    assert ended.code == 0, ended.shown
    assert "Traceback" not in ended.shown
    return ended


def log(cli: Cli) -> list[Any]:
    return cli("log", "--json").lines


def kinds(cli: Cli) -> list[str]:
    return [each["kind"] for each in log(cli)]


OPENING = (
    A("What is it called", "Gifts from a supplier"),
    A("Which id is it to go by", "2026-014"),
)


def test_a_ledger_that_is_not_there_is_made_and_a_case_told(cli: Cli) -> None:
    ended = told(
        cli,
        A("Make it?", "y"),
        *OPENING,
        A("Whose case it is", "the works"),
        A("What are they", "an organisation"),
        A("What happened next", "contact"),
        A("With whom", "Brown Ltd"),
        A("What are they", "3"),
        A("known of the date", "by 5 January 2026"),
        A("Where does it come from", "an audit note"),
    )
    assert kinds(cli) == [
        "party-registered",
        "case-opened",
        "party-registered",
        "contact-made",
    ]
    contact = cli("show", "3", "--json").json
    assert contact["recorded"]["occurred"] == "../2026-01-05"
    assert contact["sealed"]["sources"] == [{"title": "an audit note"}]
    assert "#3 contact with Brown Ltd, on or before 2026-01-05" in ended.shown
    assert "Next: `answerable append backlash-observed --case 2026-014`" in ended.shown


def test_without_a_terminal_it_says_which_append_to_use(kept: Cli) -> None:
    refused = kept("new", code=2)
    assert "answerable append KIND --case CASE" in refused.err
    assert kept("new", "acme", code=2).out == ""


def suggested(cli: Cli, case: str, kind: str) -> list[str]:
    """The command that `next` suggests for a kind: as it stands, without a word copied by hand."""
    found = [each.words for each in suggestions(cli("next", case).out) if kind in each.words]
    assert found, kind
    return [*found[0]]


def test_the_case_of_the_gifts_takes_ten_commands_and_no_number(cli: Cli) -> None:
    (cli.folder / "invoice.txt").write_text("Two watches")
    commands = 0

    def counted(*arguments: str) -> str:
        nonlocal commands
        commands += 1
        return cli(*arguments).out

    told(
        cli,
        A("Make it?", "y"),
        *OPENING,
        A("Who answers for the handling", "Ann Smith"),
        A("What are they", "a person"),
        A("known of the date", "2 March 2026"),
        A("What happened next", "contact"),
        A("With whom", "the supplier"),
        A("What are they", "an organisation"),
        A("To what end", "two watches, given to a buyer"),
        A("known of the date", "February 2026"),
        A("What happened next", "investigation"),
        A("Who leads it", "Ann Smith"),
        A("known of the date", "2026-03-02"),
        A("What happened next", "evidence"),
        A("Which", "evidence registered"),
        A("Which file is it", "invoice.txt"),
        A("Who collected it", "Ann Smith"),
        A("known of the date", "3 March 2026"),
        A("What happened next", "heard"),
        A("Who was heard", "Jane Doe"),
        A("What are they", "a person"),
        A("known of the date", "2026-03-10"),
        A("What happened next", "finding made"),
        A("Whom it is about", "Jane Doe"),
        A("What they did or failed to do", "took two watches"),
        A("What was found", "substantiated"),
        A("In which way they answer for it", "direct"),
        A("What does it rest on", "Evidence, heard"),
        A("known of the date", "20 March 2026"),
        A("more to tell", "The provisions it breaches"),
        A("The provisions it breaches", "code-of-conduct 4.2"),
        A("What happened next", "decision taken"),
        A("What was decided", "sanction"),
        A("Who decided", "the board"),
        A("What are they", "a body"),
        A("What does it rest on", "Finding"),
        A("known of the date", "24 March 2026"),
        A("What happened next", "Jane Doe"),
        A("The measure", "written warning"),
        A("known of the date", "="),
    )
    commands += 1
    case = "2026-014"
    for kind, more in (
        ("authority-granted", ["--from", "2025"]),
        ("authority=9", []),
        ("sanction-executed", ["--occurred", "2026-04-02"]),
        ("investigation-concluded", ["--occurred", "2026-03-20"]),
    ):
        words = suggested(cli, case, kind) if "=" not in kind else mending(cli, case)
        commands += 1
        counted(*words, *more)
    audit = counted("audit", case)
    assert "1 of 1 sanction is fully backed" in audit, audit
    assert commands <= 12


def mending(cli: Cli, case: str) -> list[str]:
    """The correction that `next` suggests for the authority behind a decision."""
    told_by_next = suggestions(cli("next", case).out)
    return next([*each.words] for each in told_by_next if "authority=" in each.words[-1])


def by_names(cli: Cli, case: str) -> list[Any]:
    """Return what a case says, without ids: parties by their names, events by their sentences."""
    with Ledger.open(cli.ledger) as ledger:
        known = names(ledger)

        def called(party: str) -> str:
            found = known.of(party)
            return found.name or ", ".join(found.titles)

        def words(event_id: str) -> str:
            event = ledger.event(event_id)
            assert event is not None
            return sentence(event.kind, event.fields, called)

        def value(kind: str, name: str, told: Any) -> Any:
            if isinstance(told, list):
                return sorted(value(kind, name, each) for each in told)
            if name in model(kind).parties:
                return called(told)
            return words(told) if name in model(kind).references else told

        own = ("event_id", "case_id", "version", "recorded_at", "_sd")
        found = []
        for event in ledger.events(case=case):
            sealed = ledger.opened([event.position])[event.position].fields
            told = {**event.fields, **sealed}
            found.append(
                {
                    name: value(event.kind, name, each) if name != "sources" else each
                    for name, each in told.items()
                    if name not in (*own, "recorded_by")
                }
            )
    return sorted(found, key=repr)


def contact() -> Iterator[Answer]:
    yield A("What happened", "contact")
    yield A("With whom", "the KOL")
    yield A("What are they", "a person")
    yield A("To what end", "a possible partnership")
    yield A("known of the date", "by 5 January 2026")
    yield A("Where does it come from", STATEMENT)
    yield A("more to tell", "How far it had gone")
    yield A("How far it had gone", "contact")
    yield A("What happened next", "backlash")
    yield A("Who objected", "users and Mi fans")
    yield A("known of the date", "=")


def fifth_of_january() -> Iterator[Answer]:
    yield A("What happened next", "verification")
    yield A("What was checked", "internal verification: was there contact with the KOL?")
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")
    yield A("more to tell", "What came of it")
    yield A("What came of it", "confirmed")
    yield A("What happened next", "decision taken")
    yield A("What was to be decided", "what becomes of the cooperation with the KOL")
    yield A("What was decided", "terminate")
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")
    yield A("What happened next", "termination")
    yield A("With whom", "the KOL")
    yield A("What was ended", "any possible cooperation, in any form, now and in future")
    yield A("Who announced it", "Xu Jieyun")
    yield A("What are they", "a person")
    yield A("What does it rest on", "Decision: terminate")
    yield A("known of the date", "5 January 2026")
    yield A("Where does it come from", "=")
    yield A("more to tell", "When it was announced")
    yield A("When it was announced", "2026-01-05")
    yield A("What happened next", "counterparty barred")
    yield A("Who is barred", "the KOL")
    yield A("From what", "any cooperation, in any form")
    yield A("What does it rest on", "Decision: terminate")
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")
    yield A("more to tell", "From when")
    yield A("From when", "2026-01-05")
    yield A("What happened next", "apology")
    yield A("Who apologised", "Xu Jieyun")
    yield A("What does it rest on", "Verification")
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")
    yield A("more to tell", "By which channel, What it admits")
    yield A("By which channel", "social media")
    yield A("What it admits", "the contact with the KOL")


def finding(who: str, part: str, conduct: str | None, *what: str) -> Iterator[Answer]:
    yield A("What happened next", "finding made")
    yield A("Whom it is about", who)
    for each in what:
        yield A("What are they", each)
    if conduct:
        yield A("What they did or failed to do", conduct)
    yield A("What was found", "substantiated")
    yield A("In which way they answer for it", part)
    yield A("What does it rest on", "Investigation opened")
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")


EMPLOYEE = "the employee directly responsible"
FINDINGS = f"about {EMPLOYEE}, about Xu Fei, about Xu Jieyun"


def inquiry() -> Iterator[Answer]:
    yield A("What happened next", "investigation")
    yield A("known of the date", "by 6 January 2026")
    yield A("Where does it come from", RESULT)
    yield from finding(EMPLOYEE, "direct", None, "a person whose name is not told")
    yield from finding("Xu Fei", "managerial", "management failure", "a person")
    yield from finding("Xu Jieyun", "managerial", "management failure")
    yield A("What happened next", "investigation concluded")
    yield A("Which one", "Investigation opened")
    yield A(
        "What it came to",
        '"serious violation of company principles" that "severely hurt the feelings of Mi fans"',
    )
    yield A("What does it rest on", FINDINGS)
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")
    yield A("What happened next", "decision taken")
    yield A("What was to be decided", "which measures follow from the findings")
    yield A("What was decided", "sanction")
    yield A("Who decided", "the company")
    yield A("What does it rest on", FINDINGS)
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")


def sanction(who: str, measure: str, role: str | None, period: str | None) -> Iterator[Answer]:
    yield A("What happened next", "sanction")
    yield A("Against whom", who)
    yield A("The measure", measure)
    yield A("Who announced it", "the spokesperson account")
    if measure == "dismissal":
        yield A("What are they", "a body")
    yield A("What does it rest on", f"Decision: sanction, Finding about {who}")
    yield A("known of the date", "=")
    yield A("Where does it come from", "=")
    more = ["When it was announced"]
    more += ["Which post they held then"] if role else []
    more += ["The period it bears on"] if period else []
    yield A("more to tell", ", ".join(more))
    yield A("When it was announced", "2026-01-06")
    if role:
        yield A("Which post they held then", role)
    if period:
        yield A("The period it bears on", period)


def sanctions() -> Iterator[Answer]:
    yield from sanction(EMPLOYEE, "dismissal", None, None)
    for who, role in (
        ("Xu Fei", "group vice president; chief marketing officer".replace(";", ",")),
        ("Xu Jieyun", "head of public relations"),
    ):
        yield from sanction(who, "formal reprimand", role, None)
        yield from sanction(who, "performance rating reduction", role, "2025")
        yield from sanction(who, "bonus cancellation", role, "2025")
    yield A("What happened next", "statement published")
    yield A("Who spoke", "the spokesperson account")
    yield A("In whose name", "the company")
    yield A("What the statement does", "announce")
    yield A("What does it rest on", "Decision: sanction")
    yield A("known of the date", "6 January 2026")
    yield A("Where does it come from", "=")


def test_the_story_of_the_seed_is_told_from_its_text(cli: Cli, story: Cli, tmp_path: Path) -> None:
    expected = by_names(story, "xiaomi-kol")
    told_anew = Cli(tmp_path / "anew")
    told_anew.folder.mkdir()
    ended = told(
        told_anew,
        A("Make it?", "y"),
        A("What is it called", "Contact with a KOL"),
        A("Which id is it to go by", "2026-001"),
        A("Whose case it is", "the company"),
        A("What are they", "an organisation"),
        *contact(),
        *fifth_of_january(),
        *inquiry(),
        *sanctions(),
    )
    anew = by_names(told_anew, "2026-001")
    assert "\n".join(repr(each) for each in anew if each not in expected) == ""
    assert anew == expected
    assert "Recorded in Contact with a KOL:" in ended.shown
    with Ledger.open(told_anew.ledger) as ledger:
        view = CaseView(of_case(ledger, "2026-001"))
        judged = generic(RecordView(ledger), "2026-001")
        verdicts = {rule: each.verdict for rule, each in judged.items()}
    people = accountability_of(view).people
    parts = sorted(each.responsibility for person in people for each in person.findings)
    assert parts == ["direct", "managerial", "managerial"]
    assert verdicts["evidenced"] == "fail"
    assert (verdicts["independent"], verdicts["executed"]) == ("indeterminate", "indeterminate")
    assert verdicts["managerial"] == "pass"
