"""What the command line says of names in the open."""

import json
from pathlib import Path

from tests.unit.cli.conftest import EXAMPLE, Here


def test_a_case_and_a_registration_whose_names_stand_in_the_open_are_noted(story: Here) -> None:
    told = story(
        "append", "contact", "--case", "fei-2026", "--counterparty", "org-1", "--new-case"
    ).err
    assert "The case id fei-2026 tells part of the name of person-2 (fei)." in told
    assert "no erasure reaches it" in told
    told = story("append", "party-registered", "--party", "p-9", "--type", "person",
                 "--name", "Ann 2026").err  # fmt: skip
    assert "tells part" not in told
    told = story("append", "party-registered", "--party", "p-8", "--type", "person",
                 "--name", "Mi Xiaomi").err  # fmt: skip
    assert "The case id xiaomi-kol tells part of the name of p-8 (xiaomi)." in told


def test_a_value_that_tells_several_words_is_noted_once(story: Here) -> None:
    told = story(
        "append", "contact", "--case", "fei-xu", "--counterparty", "org-1", "--new-case"
    ).err
    assert "The case id fei-xu tells part of the name of person-2 (fei, xu)." in told
    assert told.count("tells part") == 1


def test_what_is_allowed_is_not_noted(story: Here) -> None:
    told = story(
        "append",
        "contact",
        "--case",
        "fei-2",
        "--counterparty",
        "org-1",
        "--allow-name",
        "fei",
        "--new-case",
    ).err
    assert "tells part" not in told


def test_what_an_import_recorded_before_it_stopped_is_noted(here: Here, tmp_path: Path) -> None:
    here("init")
    lines = tmp_path / "lines.jsonl"
    person = {"kind": "party-registered", "case_id": "house", "party": "p-1", "type": "person",
              "name": "Xu Fei"}  # fmt: skip
    contact = {"kind": "contact-made", "case_id": "fei-2", "counterparty": "org-1"}
    wrong = {"kind": "contact-made", "case_id": "fei-2", "counterparty": "ORG"}
    lines.write_text("".join(f"{json.dumps(each)}\n" for each in (person, contact, wrong)))
    told = here("import", str(lines), "--batch", "1", "--new-cases", code=3).err
    assert "The case id fei-2 tells part of the name of p-1 (fei)." in told


def test_what_is_noted_is_not_in_the_answer(story: Here) -> None:
    told = story("append", "contact", "--case", "fei", "--counterparty", "org-1", "--json",
                 "--new-case")  # fmt: skip
    assert json.loads(told.out)["case_id"] == "fei"
    assert "fei" in told.err


def test_an_import_notes_it_once_for_all(here: Here) -> None:
    here("init")
    told = here("import", str(EXAMPLE)).err
    assert "The case id xiaomi-kol tells part of the name of person-1 (kol)." in told
    assert told.count("tells part") == 1


def test_a_name_is_refused_with_what_to_do_which_does_it(story: Here) -> None:
    contact = ("append", "contact", "--case", "c", "--counterparty", "fei-3", "--new-case")
    for more in ((), ("--dry-run",), ("--prepare", "event.json")):
        told = story(*contact, *more, code=3).err
        assert "'fei-3' tells part of the name of person-2 (fei)" in " ".join(told.split())
        assert "--allow-name fei" in " ".join(told.split())
    story(*contact, "--allow-name", "fei")
    assert "fei-3" in story("log", "--case", "c").out


def test_evidence_and_lines_of_a_file_are_held_to_it_too(story: Here, tmp_path: Path) -> None:
    exhibit = tmp_path / "memo.txt"
    exhibit.write_text("memo")
    add = ("evidence", "add", str(exhibit), "--case", "c", "--collected-by", "xu-1", "--new-case")
    assert "--allow-name xu" in " ".join(story(*add, code=3).err.split())
    story(*add, "--allow-name", "xu")
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"kind":"contact-made","case_id":"c","counterparty":"fei-1"}\n')
    told = " ".join(story("import", str(lines), code=3).err.split())
    assert "line 1: counterparty: 'fei-1' tells part" in told
    story("import", str(lines), "--allow-name", "fei")


def test_a_pseudonym_that_was_registered_before_is_noted(story: Here) -> None:
    register = ("append", "party-registered", "--type", "person", "--name", "Other One")
    told = " ".join(story(*register, "--party", "person-2", "--again").err.split())
    assert "person-2 was registered before, at #3" in told
    assert "retract #28" in told
    assert "registered before" not in story(*register, "--party", "person-77").err
