"""`answerable append`."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Cli, Unchanged

from answerable.domain.kinds import STEPS

CONTACT = ("contact", "--case", "acme", "--counterparty", "kol-1")


def leaf(entry: bytes) -> str:
    return hashlib.sha256(b"\x00" + entry).hexdigest()


def test_a_receipt_names_position_id_leaf_size_and_root(kept: Cli) -> None:
    result = kept("append", *CONTACT, "--occurred", "../2026-01-05", "-v")
    told = dict(line.split() for line in result.out.splitlines() if line.startswith("  "))
    raw = kept("show", told["event"], "--raw").out
    assert told["leaf"] == leaf(raw.encode())
    assert (int(told["size"]), told["root"]) == kept.state
    assert json.loads(raw)["occurred"] == "../2026-01-05"


def test_a_receipt_says_first_in_words_what_was_recorded(kept: Cli) -> None:
    kept.append("party-registered", "--party", "kol-1", "--type", "person", "--name", "Li Na")
    result = kept("append", *CONTACT, "--occurred", "../2026-01-05")
    first = "Recorded: contact with Li Na, on or before 2026-01-05 (#3 in A partnership)\n"
    assert result.out.startswith(first)
    assert "Not on record" not in result.out
    assert not re.search("[0-9a-f]{8}", result.out)


def test_a_receipt_says_what_is_not_on_record(kept: Cli) -> None:
    result = kept("append", "sanction", "--case", "acme", "--subject", "p-1", "--measure", "fine")
    lines = result.out.splitlines()
    assert lines[0] == "Recorded: sanction against p-1: fine (#2 in A partnership)"
    assert lines[1] == (
        "Not on record: when it happened; the decision behind it; a finding about the person "
        "behind it."
    )


def test_a_receipt_as_json(kept: Cli) -> None:
    receipt = kept.append(*CONTACT)
    assert {"event_id", "case_id", "kind", "version", "recorded_at", "leaf"} < set(receipt)
    assert (receipt["position"], receipt["size"], receipt["duplicate"]) == (2, 3, False)


@pytest.mark.parametrize("word", STEPS)
def test_the_words_of_the_mission_are_kinds(kept: Cli, word: str) -> None:
    needed = {
        "contact": ["--counterparty", "kol-1"],
        "termination": ["--counterparty", "kol-1"],
        "sanction": ["--subject", "p-1", "--measure", "dismissal"],
    }.get(word, [])
    receipt = kept("append", word, "--case", "acme", *needed, "--dry-run", "--json").json
    assert receipt["kind"] == STEPS[word]


def test_a_new_case_is_remarked_upon(kept: Cli) -> None:
    first = kept("append", "contact", "--case", "acne", "--counterparty", "kol-1", "--new-case")
    assert "first event of a new case: acne" in first.err
    second = kept("append", "contact", "--case", "acne", "--counterparty", "kol-2")
    assert "first event" not in second.err


def test_a_party_gets_a_pseudonym_and_can_be_called_by_name(kept: Cli) -> None:
    result = kept("append", "party-registered", "--type", "person", "--name", "Xu Fei")
    found = re.match(r"Recorded: registered (p-[a-z2-7]{10}) as Xu Fei \(person\)", result.out)
    assert found
    party = found[1]
    receipt = kept.append(
        "sanction", "--case", "acme", "--subject", "xu fei", "--measure", "dismissal"
    )
    shown = kept("show", str(receipt["position"]), "--json").json
    assert shown["recorded"]["subject"] == party
    assert f"Xu Fei ({party})" in kept("show", str(receipt["position"])).out
    assert kept("show", "2", "--json").json["recorded"]["case_id"] == "house"


def test_a_name_that_is_not_one_party_is_refused(kept: Cli, unchanged: Unchanged) -> None:
    for party in ("p-1", "p-2"):
        kept.append("party-registered", "--type", "person", "--name", "Li Na", "--party", party)
    with unchanged(kept):
        sanction = ("append", "sanction", "--case", "acme", "--measure", "dismissal", "--subject")
        several = kept(*sanction, "Li Na", code=2)
        assert "subject: several parties" in several.err
        assert "p-1, p-2" in several.err
        none = kept(*sanction, "Li Wei", code=2)
        assert "no party is registered under the name 'Li Wei'" in none.err


def test_an_event_by_position_or_the_beginning_of_its_id(kept: Cli) -> None:
    contact = kept("show", "1", "--json").json["recorded"]["event_id"]
    for reference in ("1", "#1", contact, contact[:30].upper()):
        receipt = kept.append("dispute", "--case", "acme", "--target", reference, "--again")
        shown = kept("show", str(receipt["position"]), "--json").json
        assert shown["recorded"]["target"] == contact


def test_a_beginning_that_fits_several_ids_lists_them(kept: Cli, unchanged: Unchanged) -> None:
    ids = [f"019b8a5e-7c00-7000-8000-00000000000{number}" for number in (1, 2)]
    for event_id in ids:
        kept.append(*CONTACT, "--event-id", event_id)
    with unchanged(kept):
        for arguments in (
            ("append", "dispute", "--case", "acme", "--target", "019b8a5e"),
            ("show", "019b8a5e-7c"),
        ):
            result = kept(*arguments, code=2)
            assert "the beginning of several event ids" in result.err
            assert all(event_id in result.err for event_id in ids)


def test_sources_as_url_title_and_json(kept: Cli) -> None:
    receipt = kept.append(
        *CONTACT,
        *("--source", "https://example.org/post/1"),
        *("--source", "minutes, 5 January"),
        *("--source", '{"title": "post", "url": "https://example.org"}'),
    )
    assert kept("show", str(receipt["position"]), "--json").json["sealed"]["sources"] == [
        {"url": "https://example.org/post/1"},
        {"title": "minutes, 5 January"},
        {"title": "post", "url": "https://example.org"},
    ]


def test_options_that_repeat_and_one_with_an_alias(kept: Cli) -> None:
    receipt = kept.append(
        *("counterparty-barred", "--case", "acme", "--counterparty", "kol-1"),
        *("--from", "2026-01-05", "--basis", "0", "--basis", "1"),
    )
    fields = kept("show", str(receipt["position"]), "--json").json["recorded"]
    assert fields["from"] == "2026-01-05"
    assert len(fields["basis"]) == 2


def test_a_correction_sets_text_and_json(kept: Cli) -> None:
    sanction = kept.append(
        *("sanction", "--case", "acme", "--subject", "p-1", "--measure", "suspension"),
        *("--period", "2024", "--days", "3", "--reason", "as it was told"),
    )
    kept.append(
        *("correction", "--case", "acme", "--target", sanction["event_id"]),
        *("--set", "period=2025", "--set-json", "days=5", "--set", "role-then=clerk"),
        *("--set-json", "reason=null"),
    )
    shown = kept("show", str(sanction["position"]), "--json").json
    assert shown["recorded"]["period"] == "2024"
    assert (shown["stands"]["fields"]["period"], shown["stands"]["fields"]["days"]) == ("2025", 5)
    assert shown["stands"]["sealed"]["role_then"] == "clerk"
    assert "reason" not in shown["stands"]["sealed"]
    assert shown["sealed"]["reason"] == "as it was told"


def test_a_number_is_taken_from_text_where_it_is_one(kept: Cli, unchanged: Unchanged) -> None:
    sanction = kept.append(
        "sanction", "--case", "acme", "--subject", "p-1", "--measure", "suspension", "--days", "3"
    )
    correction = ("append", "correction", "--case", "acme", "--target", sanction["event_id"])
    with unchanged(kept):
        assert "fields.days" in kept(*correction, "--set-json", 'days="5"', code=3).err
        assert "--set days" in kept(*correction, "--set", "days=five", code=2).err
    kept(*correction, "--set", "days=5")
    shown = kept("show", str(sanction["position"]), "--json").json
    assert shown["stands"]["fields"]["days"] == 5


def editor(folder: Path, *lines: str) -> dict[str, str]:
    script = folder / "editor.py"
    script.write_text("\n".join(("import sys, pathlib", "at = pathlib.Path(sys.argv[1])", *lines)))
    return {"VISUAL": f"{sys.executable} {script}"}


def test_narratives_are_written_in_an_editor(kept: Cli) -> None:
    env = editor(
        kept.folder,
        "text = at.read_text()",
        "assert 'told before' in text",
        "head = '== statement ==\\n'",
        "text = text.replace(head, head + '# We apologise.\\n\\nTruly.')",
        "at.write_text(text + '\\n== admits ==\\na second thing\\n')",
    )
    arguments = ("append", "apology", "--case", "acme", "--admits", "told before", "--edit")
    receipt = kept(*arguments, "--json", env=env).json
    sealed = kept("show", str(receipt["position"]), "--json").json["sealed"]
    assert sealed["statement"] == "# We apologise.\n\nTruly."
    assert sealed["admits"] == ["told before", "a second thing"]


def test_leaving_the_editor_without_saving_records_nothing(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        result = kept(
            "append", "apology", "--case", "acme", "--edit", env=editor(kept.folder), code=130
        )
        assert "nothing is recorded" in result.err


def test_what_was_written_is_not_lost_when_it_is_refused(kept: Cli, unchanged: Unchanged) -> None:
    env = editor(kept.folder, "at.write_text('== statement ==\\nwritten with care\\n')")
    with unchanged(kept):
        result = kept(
            *("append", "apology", "--case", "acme", "--occurred", "2026-13-01", "--edit"),
            env=env,
            code=3,
        )
        assert "written with care" in result.err


def test_a_narrative_that_is_required_can_be_given_here_or_in_the_editor(kept: Cli) -> None:
    missing = kept("append", "lesson-recorded", "--case", "acme", code=2)
    assert "Missing option '--lesson': Which. Sealed. Or --edit" in " ".join(missing.err.split())
    env = editor(kept.folder, "at.write_text('== lesson ==\\nAsk first.\\n')")
    kept("append", "lesson-recorded", "--case", "acme", "--edit", env=env)


def test_a_dry_run_shows_bytes_and_leaf_and_records_nothing(
    kept: Cli, unchanged: Unchanged
) -> None:
    with unchanged(kept):
        said, entry, told_leaf = kept("append", *CONTACT, "--dry-run").out.splitlines()
        assert said.startswith("Would be recorded: ")
        assert told_leaf.split() == ["leaf", leaf(entry.encode())]
        told = kept("append", *CONTACT, "--dry-run", "--json").json
        assert told["leaf"] == leaf(told["entry"].encode())
        kept("append", *CONTACT, "--dry-run", "--expect-version", "7", code=3)


def test_a_case_that_moved_on_refuses(kept: Cli, unchanged: Unchanged) -> None:
    kept("append", *CONTACT, "--expect-version", "2")
    with unchanged(kept):
        refused = kept("append", *CONTACT, "--expect-version", "2", "--json", code=3)
        assert refused.error["error"] == "CaseMoved"


def test_the_same_event_twice_is_one(kept: Cli) -> None:
    event_id = ("--event-id", "019b8a5e-7c00-7000-8000-000000000001")
    first = kept.append(*CONTACT, *event_id)
    state = kept.state
    again = kept("append", *CONTACT, *event_id)
    assert again.out.startswith("On record already: contact with kol-1 (#2 in A partnership)")
    assert kept.state == state
    assert first["duplicate"] is False
    dry = kept("append", *CONTACT, *event_id, "--dry-run")
    assert "nothing would be added" in dry.out


def test_the_ledger_is_found_as_told(kept: Cli) -> None:
    (kept.folder / "answerable.db").rename(kept.folder / "other.db")
    kept("--ledger", "other.db", "append", *CONTACT)
    kept("append", "--ledger", "other.db", *CONTACT, "--again")
    kept("append", *CONTACT, "--ledger", "other.db", "--again")
    kept("append", *CONTACT, "--again", env={"ANSWERABLE_LEDGER": "other.db"})
    assert len(kept("log", "--ledger", "other.db").out.splitlines()) == 6


@pytest.mark.sqlite_file("a server's driver imports what is slow")
@pytest.mark.parametrize(
    ("more", "families"),
    [(["--json"], ["contact"]), ([], ["backlash", "contact", "investigation"])],
)
def test_an_append_imports_the_families_that_it_tells_of_and_nothing_slow(
    kept: Cli, more: list[str], families: list[str]
) -> None:
    program = """
import sys
from answerable.cli.main import _leave_out_plugins, run
_leave_out_plugins()
assert run(sys.argv[1:]) == 0
families = {name.rsplit(".", 1)[1] for name in sys.modules if "domain.kinds." in name
            and "catalogue" not in name}
slow = {"rich", "difflib", "subprocess", "edtf", "importlib.metadata", "asyncio", "cryptography"}
slow |= {"urllib3"}
print(sorted(families), sorted(slow & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "append", *CONTACT, *more],
        cwd=kept.folder,
        env=kept.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.endswith(f"\n{families} []\n")
