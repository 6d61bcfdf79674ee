"""`answerable export --bundle`, `answerable verify BUNDLE`, and the verifier inside, for real."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import Cli, Result
from tests.support.bundles import STARTED, STEPS, everything_in, record, repacked, signed_ledger
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.bundle import inventory, zip_file
from answerable.ledger.bundle.in_page.embedded import bundle_element
from answerable.ledger.checkpoints import signing
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.merkle import leaf_hash
from answerable.ledger.tlog.note import COSIGNATURE_ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer
from answerable.projections.report.audience.audiences import INSIDE

BARE = ("-I", "-S")
"""An interpreter without site-packages, without anything of its environment."""

VERIFIED = "Verified: 6 events of the case Gifts from a supplier (acme)\n"


class Bundled(Cli):
    """The command, in a folder with a signed ledger, and the bundle of a case unpacked."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(folder)
        ledger, self.signers = signed_ledger(folder, clock=clock)
        ledger.close()
        self.bundle = folder / "acme.zip"
        self.key = str(self.signers[0].key)

    def export(self, *arguments: str, code: int = 0) -> Result:
        return self("export", "--case", "acme", "--bundle", "acme.zip", *arguments, code=code)

    def unpack(self) -> Path:
        """Unpack it, and call its one folder what the tests call it."""
        place = self.folder / "unpacked"
        with zipfile.ZipFile(self.bundle) as archive:
            archive.extractall(self.folder)
        (self.folder / "evidence-acme").rename(place)
        return place / "verify.py"

    def stranger(self, *arguments: str, bare: bool = False, code: int = 0) -> Result:
        """Run the verifier inside as a stranger would, who has Python and nothing else."""
        program = self.folder / "unpacked" / "verify.py"
        done = subprocess.run(
            [sys.executable, *(BARE if bare else ("-I",)), str(program), *arguments],
            cwd="/",
            env={},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stderr == ""
        assert done.returncode == code, done
        return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def bundled(tmp_path: Path) -> Bundled:
    return Bundled(tmp_path)


@pytest.fixture
def by_the_clock(tmp_path: Path) -> Bundled:
    """The same, recorded by the clock that the command records by."""
    return Bundled(tmp_path, lambda: datetime.now(UTC))


def test_a_bundle_is_made_and_verified(bundled: Bundled) -> None:
    made = bundled.export()
    assert made.out.startswith("Wrote acme.zip: 6 events of Gifts from a supplier (acme)\n")
    assert "  4 events of other cases" in made.out
    assert "13 texts withheld: 2 location, 10 recorded by, 1 title" in made.out
    assert "not recorded that this left the house" in made.err
    found = bundled("verify", "acme.zip", "--key", bundled.key)
    assert VERIFIED in found.out
    assert bundled.signers[0].key.fingerprint in found.out
    assert "WHOSE LOG" not in found.err
    assert max(map(len, (made.out + found.out).splitlines())) <= 80


def test_verifying_needs_no_ledger(bundled: Bundled, tmp_path: Path) -> None:
    bundled.export()
    bundled.ledger.unlink()
    found = bundled("verify", "acme.zip", "--key", bundled.key, "--json").json
    assert (found["verified"], found["trusted"]) == (True, True)
    assert found["positions"] == [4, 6, 7, 8, 9, 10]
    assert found["problems"] == []
    assert not bundled.ledger.exists()


def test_the_folder_that_it_was_unpacked_to_is_verified_too(bundled: Bundled) -> None:
    bundled.export()
    folder = bundled.unpack().parent
    found = bundled("verify", "unpacked", "--key", bundled.key)
    assert VERIFIED in found.out
    assert "packed again" not in found.err
    (folder / "entries" / "00000010.json").write_bytes(b"{}")
    assert "NOT VERIFIED" in bundled("verify", "unpacked", "--key", bundled.key, code=4).err
    (folder / "manifest.json").unlink()
    assert "manifest.json is missing" in bundled("verify", "unpacked", code=4).err


@pytest.mark.parametrize("bare", [False, True])
def test_a_page_that_carries_it_is_verified_and_called_a_report(
    bundled: Bundled, bare: bool
) -> None:
    bundled.export()
    bundled.unpack()
    page = bundled.folder / "report.html"
    page.write_text(
        f"<!doctype html>{bundle_element(zip_file.unpack(bundled.bundle.read_bytes()))}"
    )
    found = bundled("verify", "report.html")
    uncompared = ", the record alone, and NOT what the page says: 6 events of the case Gifts"
    assert f"Consistent in itself{uncompared}" in found.out
    assert "that the report names" in found.err
    assert "what the page shows: nobody signed its words" in found.err
    assert f"Verified{uncompared}" in bundled("verify", "report.html", "--key", bundled.key).out
    theirs = bundled.stranger(str(page), bare=bare)
    assert "All that was checked holds." in theirs.out
    assert "what the page shows, which nobody signed" in theirs.out
    page.write_text(page.read_text().replace("written-warning", "dismissal"))
    assert "entries/00000010.json (position 10)" in bundled("verify", "report.html", code=4).err
    assert "entries/00000010.json (position 10)" in bundled.stranger(str(page), code=4).out


def test_without_a_key_it_is_said_that_nobody_vouches(bundled: Bundled) -> None:
    bundled.export()
    found = bundled("verify", "acme.zip")
    assert "WHOSE LOG THIS IS WAS NOT CHECKED" in found.err
    assert "Verified" not in found.out
    assert max(map(len, (found.out + found.err).splitlines())) <= 80
    assert bundled("verify", "acme.zip", "--json").json["trusted"] is False


def test_with_a_wrong_key_it_is_not_verified(bundled: Bundled) -> None:
    bundled.export()
    wrong = str(Signer.generate(ORIGIN, 1).key)
    found = bundled("verify", "acme.zip", "--key", wrong, code=4)
    assert "NOT VERIFIED" in found.err
    assert found.out == ""
    said = bundled("verify", "acme.zip", "--key", wrong, "--json", code=4).json
    assert [problem["error"] for problem in said["problems"]] == ["UnknownSigner"]


def test_a_witness_must_have_cosigned(bundled: Bundled) -> None:
    witness = Signer.generate("witness.example", COSIGNATURE_ED25519)
    bundled.export("--json")
    arguments = ("verify", "acme.zip", "--key", bundled.key, "--witness", str(witness.key))
    assert "TooFewWitnesses" in bundled(*arguments, "--json", code=4).out
    with Ledger.open(bundled.ledger) as ledger:
        kept = signing.latest_checkpoint(ledger)
        assert kept is not None
        text = Note.parse(kept.note).text
        signing.add_signatures(ledger, 11, [witness.sign(text, STARTED)])
    bundled.export("--force")
    assert "Witnessed by witness.example, 2026-02-01 00:00:00 UTC" in bundled(*arguments).out


@pytest.mark.parametrize("bare", [False, True])
def test_the_verifier_inside_passes_what_is_whole(bundled: Bundled, bare: bool) -> None:
    bundled.export()
    bundled.unpack()
    for place in ((), (str(bundled.bundle),), (str(bundled.folder / "unpacked"),)):
        found = bundled.stranger(*place, bare=bare)
        assert "All that was checked holds." in found.out
        assert "WHOSE LOG THIS IS WAS NOT CHECKED." in found.out
        assert max(map(len, found.out.splitlines())) <= 80
        skipped = [line for line in found.out.splitlines() if "cryptography" in line]
        assert bool(skipped) == bare


def test_without_cryptography_each_signature_is_named_as_not_checked(bundled: Bundled) -> None:
    bundled.export()
    bundled.unpack()
    said = bundled.stranger("--json", bare=True).json
    assert said["signed"] == []
    assert said["trusted"] is False
    for signer, name in zip(bundled.signers, ("Ed25519", "ML-DSA-44"), strict=True):
        called = f"{name} of {ORIGIN}, key {signer.key.id.hex()}"
        assert any(each.startswith(called) for each in said["unchecked"])


def test_a_key_that_was_given_and_cannot_be_checked_is_no_pass(bundled: Bundled) -> None:
    bundled.export()
    bundled.unpack()
    assert "could not be checked here" in bundled.stranger(
        "--key", bundled.key, bare=True, code=4
    ).out.replace("\n", " ").replace("  ", " ")


def test_with_cryptography_the_signatures_are_checked(bundled: Bundled) -> None:
    bundled.export()
    bundled.unpack()
    keys = bundled.folder / "log.vkey"
    keys.write_text("# the log\n" + "".join(f"{signer.key}\n" for signer in bundled.signers))
    said = bundled.stranger("--key", str(keys), "--json").json
    assert len(said["signed"]) == 2
    assert (said["verified"], said["trusted"]) == (True, True)
    wrong = str(Signer.generate(ORIGIN, 1).key)
    assert "no key that is known" in bundled.stranger("--key", wrong, code=4).out


def test_a_long_key_can_be_given_as_it_is(bundled: Bundled) -> None:
    bundled.export()
    bundled.unpack()
    long = str(bundled.signers[1].key)
    assert "Signed: ML-DSA-44" in bundled.stranger("--key", long).out
    assert bundled.signers[1].key.fingerprint in bundled("verify", "acme.zip", "--key", long).out


@pytest.mark.parametrize("given", ["", "# nothing\n", "x+1+y", "/nowhere.vkey", "\0"])
def test_a_key_that_is_none_is_no_pass(bundled: Bundled, given: str) -> None:
    bundled.export()
    bundled.unpack()
    place = bundled.folder / "a.vkey"
    place.write_text(given)
    bundled.stranger("--key", str(place), bare=True, code=4)


def test_a_leaf_can_be_hashed_by_hand_as_the_readme_says(bundled: Bundled) -> None:
    bundled.export()
    place = bundled.unpack().parent
    (recipe,) = (
        line.strip() for line in (place / "README.txt").read_text().splitlines() if "printf" in line
    )
    done = subprocess.run(
        ["sh", "-c", recipe], cwd=place, capture_output=True, text=True, check=True
    )
    leaf = leaf_hash((place / "entries" / "00000004.json").read_bytes())
    assert done.stdout.split()[0] == leaf.hex()


def test_a_proof_and_the_checkpoint_together_are_a_standard_proof(bundled: Bundled) -> None:
    bundled.export()
    place = bundled.unpack().parent
    proof = place / "8.tlog-proof"
    proof.write_bytes(
        (place / "proofs" / "00000008.proof").read_bytes() + (place / "checkpoint").read_bytes()
    )
    bundled(
        *("verify", "--proof", str(proof), "--entry", str(place / "entries" / "00000008.json")),
        *("--key", bundled.key),
    )


def test_the_verifier_inside_reads_the_case_aloud(bundled: Bundled) -> None:
    bundled.export()
    bundled.unpack()
    found = bundled.stranger("--read", bare=True)
    assert "conduct: took a watch" in found.out
    assert "4. finding-made (position 8)" in found.out
    assert max(map(len, found.out.splitlines())) <= 80


@pytest.mark.parametrize("bare", [False, True])
def test_an_edited_entry_is_found_by_all(bundled: Bundled, bare: bool) -> None:
    bundled.export()

    def edit(files: dict[str, bytes]) -> None:
        name = "entries/00000010.json"
        files[name] = files[name].replace(b"written-warning", b"dismissal")

    bundled.bundle.write_bytes(repacked(bundled.bundle.read_bytes(), edit, relist=True))
    bundled.unpack()
    assert "entries/00000010.json (position 10)" in bundled.stranger(bare=bare, code=4).out
    found = bundled("verify", "acme.zip", code=4)
    assert "entries/00000010.json (position 10): the proof does not lead" in found.err


def test_what_hostile_files_say_does_not_reach_the_terminal(bundled: Bundled) -> None:
    bundled.export()

    def taunt(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        manifest["case"] = "acme\x1b[2J\u202e"
        files["manifest.json"] = inventory.json_file(manifest)

    bundled.bundle.write_bytes(repacked(bundled.bundle.read_bytes(), taunt, relist=True))
    bundled.unpack()
    for found in (bundled.stranger(bare=True, code=4), bundled("verify", "acme.zip", code=4)):
        assert "\x1b" not in found.out + found.err
        assert "\u202e" not in found.out + found.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff" * 999, b"{}\n"])
def test_what_is_no_bundle_is_refused_in_words(bundled: Bundled, content: bytes) -> None:
    bundled.export()
    bundled.unpack()
    bundled.bundle.write_bytes(content)
    found = bundled("verify", "acme.zip", "--json", code=4)
    assert found.error["error"] == "MalformedBundle"
    assert "NOT VERIFIED" in bundled.stranger(str(bundled.bundle), bare=True, code=4).out
    said = bundled.stranger(str(bundled.bundle), "--json", bare=True, code=4).json
    assert said["verified"] is False
    assert "NOT VERIFIED" in bundled.stranger("/nowhere.zip", bare=True, code=4).out
    assert "NOT VERIFIED" in bundled.stranger("/etc", bare=True, code=4).out


def test_a_lone_surrogate_is_no_text(bundled: Bundled) -> None:
    bundled.export()

    def taunt(files: dict[str, bytes]) -> None:
        files["manifest.json"] = files["manifest.json"].replace(b'"acme"', b'"\\ud800"')

    bundled.bundle.write_bytes(repacked(bundled.bundle.read_bytes(), taunt, relist=False))
    bundled.unpack()
    bundled("verify", "acme.zip", "--json", code=4)
    bundled.stranger("--json", bare=True, code=4)


# Making one.


def test_nothing_is_overwritten_unless_asked(bundled: Bundled) -> None:
    bundled.bundle.write_text("mine")
    result = bundled("export", "--case", "acme", "--bundle", "acme.zip", code=3)
    assert "not overwritten" in result.err
    assert bundled.bundle.read_text() == "mine"
    bundled.export("--force")
    first = bundled.bundle.read_bytes()
    bundled.export("--force")
    assert bundled.bundle.read_bytes() == first


def test_later_events_are_counted_and_left_out(bundled: Bundled) -> None:
    with Ledger.open(bundled.ledger, clock=lambda: STARTED + timedelta(days=1)) as ledger:
        record(ledger, [{"case_id": "acme", "kind": "case-closed", "disposition": "sanctioned"}])
    result = bundled.export()
    assert "1 event of the case" in result.err
    assert "answerable checkpoint" in result.err


def test_without_a_checkpoint_there_is_no_bundle(tmp_path: Path) -> None:
    ledger, _ = signed_ledger(tmp_path, STEPS, sign=False)
    ledger.close()
    cli = Cli(tmp_path)
    result = cli("export", "--case", "acme", "--bundle", "acme.zip", code=3)
    assert "answerable checkpoint" in result.err
    assert not (tmp_path / "acme.zip").exists()


def test_a_disclosure_is_recorded_before_the_bundle_is_there(by_the_clock: Bundled) -> None:
    bundled = by_the_clock
    result = bundled.export(
        *("--to", "the labour court", "--legal-basis", "gdpr art. 6(1)(c)"),
        *("--withhold-party", "Jane Ravenscroft", "--withhold", "recorded_by"),
    )
    assert "Recorded as disclosure-made, at position 11." in result.err
    shown = bundled("show", "11", "--json").json
    assert shown["sealed"]["recipient"] == "the labour court"
    assert shown["recorded"]["legal_basis"] == "gdpr art. 6(1)(c)"
    assert len(shown["recorded"]["events"]) == 10
    assert {"name", "conduct", "recorded_by"} <= set(shown["recorded"]["withheld"])
    inside = everything_in(bundled.bundle.read_bytes())
    for name in (b"Ravenscroft", b"Quill", b"took a watch"):
        assert name not in inside
    bundled("verify")


def test_a_dry_run_says_what_the_bundle_would_disclose_and_leaves_no_trace(
    bundled: Bundled,
) -> None:
    given = ("--to", "the labour court", "--legal-basis", "gdpr art. 6(1)(c)")
    record = bundled("export", "--entries").out
    told = bundled.export(*given, "--withhold", "conduct", "--dry-run")
    said = bundled.export(*given, "--withhold", "conduct", "--dry-run", "--json").json
    assert not bundled.bundle.exists()
    assert bundled("export", "--entries").out == record
    assert "to the labour court, on the basis of gdpr art. 6(1)(c)\n" in told.out
    assert "    evidence: 1 description\n" in told.out
    assert "    finding: no text\n" in told.out
    made = bundled.export("--withhold", "conduct", "--json").json
    assert {name: said[name] for name in made if name not in ("answerable", "bundle")} == {
        name: made[name] for name in made if name not in ("answerable", "bundle")
    }
    kinds = [*said["kinds"].values(), *said["kinds_of_others"].values()]
    assert sum(each["events"] for each in kinds) == len(made["events"]) + len(made["others"])
    assert sum(sum(each["texts"].values()) for each in kinds) == made["disclosed"]


def test_a_dry_run_refuses_what_could_not_be_recorded(bundled: Bundled) -> None:
    result = bundled.export("--dry-run", "--to", "x", "--legal-basis", "y" * 200, code=3)
    assert "legal_basis" in result.err


def test_who_recorded_and_where_exhibits_are_kept_is_left_out_unless_named(
    bundled: Bundled,
) -> None:
    bundled.export()
    inside = everything_in(bundled.bundle.read_bytes())
    for text in (b"Quill", b"Room 5", b"Room 6"):
        assert text not in inside
    bundled("verify", "acme.zip", "--key", bundled.key)
    named = (each for field in sorted(INSIDE) for each in ("--disclose", field))
    bundled.export("--force", *named)
    inside = everything_in(bundled.bundle.read_bytes())
    for text in (b"Quill", b"Room 5", b"Room 6"):
        assert text in inside
    bundled("verify", "acme.zip", "--key", bundled.key)
    assert f"default: {', '.join(sorted(INSIDE))}." in " ".join(bundled("export", "-h").out.split())


def test_to_whom_can_be_a_registered_party(by_the_clock: Bundled) -> None:
    bundled = by_the_clock
    bundled.export("--to", "someone else", "--legal-basis", "gdpr art. 15")
    assert bundled("show", "11", "--json").json["recorded"]["to"] == "p-77"


def test_a_disclosure_that_cannot_be_recorded_leaves_no_bundle(bundled: Bundled) -> None:
    result = bundled(
        *("export", "--case", "acme", "--bundle", "acme.zip", "--to", "x"),
        *("--legal-basis", "y" * 200),
        code=3,
    )
    assert "legal_basis" in result.err
    assert [path.name for path in bundled.folder.iterdir() if "acme" in path.name] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--bundle", "b.zip"), "--case"),
        (("--bundle", "b.zip", "--case", "acme", "--entries"), "excludes"),
        (("--bundle", "b.zip", "--case", "acme", "--output", "x"), "excludes"),
        (("--bundle", "b.zip", "--case", "acme", "--to", "x"), "go together"),
        (("--bundle", "b.zip", "--case", "acme", "--legal-basis", "x"), "go together"),
        (("--bundle", "b.zip", "--case", "acme", "--withhold", "nmae"), "name"),
        (("--bundle", "b.zip", "--case", "acme", "--withhold-party", "p-1"), "p-1"),
        (("--bundle", "b.zip", "--case", "acme", "--withhold-party", "No One"), "No One"),
        (("--bundle", "b.zip", "--case", "nowhere"), "nowhere"),
        (("--bundle", "b.zip", "--case", "acme", "--disclose", "name"), "location, recorded_by"),
        (("--bundle", "b.zip", "--case", "acme", "--disclose", "location", "--sealed"), "--sealed"),
        (
            (
                *("--bundle", "b.zip", "--case", "acme"),
                *("--withhold", "location", "--disclose", "location"),
            ),
            "exclude each other",
        ),
        (("--case", "acme", "--dry-run"), "--bundle"),
        (("--case", "acme", "--disclose", "location"), "--bundle"),
        (("--case", "acme", "--sealed"), "--bundle"),
        (("--case", "acme", "--withhold", "name"), "--bundle"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(
    bundled: Bundled, arguments: tuple[str, ...], told: str
) -> None:
    result = bundled("export", *arguments, code=2)
    assert told in result.err
    assert not (bundled.folder / "b.zip").exists()


# Time stamps, by a real authority.


CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
"""


def stamp(folder: Path, note: bytes, *options: str) -> bytes:
    """A token over a note, of an authority run here by openssl."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    folder.mkdir(exist_ok=True)
    (folder / "note").write_bytes(note)
    if not (folder / "tsa.cnf").exists():
        (folder / "tsa.cnf").write_text(CONFIGURATION)
        (folder / "serial").write_text("01\n")
        openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", "/CN=tsa", "-addext", "extendedKeyUsage=critical,timeStamping"),
            *("-keyout", "tsa.key", "-out", "tsa.pem"),
        )
    openssl("ts", "-query", "-data", "note", "-sha256", "-cert", "-out", "query.tsq")
    openssl(
        *("ts", "-reply", "-config", "tsa.cnf", "-section", "here", "-queryfile", "query.tsq"),
        *("-out", "stamped", *options),
    )
    return (folder / "stamped").read_bytes()


def keep_stamp(bundled: Bundled, *options: str) -> None:
    with Ledger.open(bundled.ledger) as ledger:
        kept = signing.latest_checkpoint(ledger)
        assert kept is not None
        token = stamp(bundled.folder / "tsa", kept.note, *options)
        with ledger._writing() as cursor:
            cursor.execute(
                "INSERT INTO timestamps VALUES (?, ?, ?)", (token, kept.checkpoint.size, kept.note)
            )


def test_time_stamps_go_along_and_openssl_verifies_them(
    bundled: Bundled, unavailable: Callable[[str], NoReturn]
) -> None:
    if shutil.which("openssl") is None:
        unavailable("openssl is not installed")
    keep_stamp(bundled, "-token_out")
    keep_stamp(bundled)
    bundled.export()
    place = bundled.unpack().parent / "timestamps"
    assert sorted(path.name for path in place.iterdir()) == ["1.note", "1.tst", "2.note", "2.tst"]
    found = bundled("verify", "acme.zip", "--key", bundled.key)
    assert found.out.count("Time stamp of 20") == 2
    assert "openssl ts -verify" in found.err
    assert "openssl ts -verify" in bundled.stranger(bare=True).out
    tokens = sorted(place.glob("*.tst"), key=lambda path: path.stat().st_size)
    subprocess.run(
        [
            *("openssl", "ts", "-verify", "-token_in", "-in", str(tokens[0]), "-CAfile"),
            *(str(bundled.folder / "tsa" / "tsa.pem"), "-data", str(place / "1.note")),
        ],
        check=True,
        capture_output=True,
    )

    def swap(files: dict[str, bytes]) -> None:
        files["timestamps/1.tst"] = stamp(bundled.folder / "tsa", b"another note")

    def restamp(files: dict[str, bytes]) -> None:
        files["timestamps/1.note"] = files["checkpoint"].replace(b"\n11\n", b"\n12\n")
        files["timestamps/1.tst"] = stamp(bundled.folder / "tsa", files["timestamps/1.note"])

    def lose(files: dict[str, bytes]) -> None:
        del files["timestamps/1.note"]

    whole = bundled.bundle.read_bytes()
    for attack in (swap, restamp, lose):
        bundled.bundle.write_bytes(repacked(whole, attack, relist=True))
        said = bundled("verify", "acme.zip", "--json", code=4).json
        assert [problem["file"] for problem in said["problems"]] == ["timestamps/1.tst"]
        said = bundled.stranger(str(bundled.bundle), "--json", bare=True, code=4).json
        assert [problem["file"] for problem in said["problems"]] == ["timestamps/1.tst"]
    assert zip_file.pack(zip_file.unpack(whole), "evidence-acme/") == whole
