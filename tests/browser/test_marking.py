"""A page that checks itself, as its reader sees it: in a real browser, from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.support.bundles import STARTED, Files, Packed, found_by_answerable, packed_case
from tests.support.forged_bundles import entries_of, forged, texts_of
from tests.support.mutations import relisted
from tests.support.pages import BODY, checking_page
from tests.support.signed_ledger import ORIGIN

from answerable.ledger.bundle import layout
from answerable.ledger.bundle.in_page.embedded import (
    CLOSING,
    OPENING,
    bundle_element,
    embedded,
    page_files,
)
from answerable.ledger.tlog.note import COSIGNATURE_ED25519, ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer

Open = Callable[..., Page]
Change = Callable[[Files], None]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


@pytest.fixture
def opened(page: Page, packed: Packed, tmp_path: Path) -> Open:
    """Opens a page that carries the bundle, or what a change made of it."""

    def open_page(change: Change = lambda files: None, body: str = BODY, more: str = "") -> Page:
        files = page_files(packed.made.files)
        change(files)
        place = tmp_path / "the report.html"
        place.write_bytes(checking_page(f"{OPENING}{embedded(files)}{CLOSING}{more}", body=body))
        page.goto(place.as_uri())
        page.evaluate("answerable.done")
        return page

    return open_page


def verdict(page: Page) -> str:
    return page.locator("#verification .verdict").inner_text()


def marks(page: Page) -> dict[str, str]:
    """The marks of the rows, by what is in their first cell."""
    rows = page.locator("tr").all()
    return {row.locator("td").first.inner_text(): row.locator(".mark").inner_text() for row in rows}


PROVED = "✓ proved"


def test_each_row_is_marked_and_the_page_says_what_holds(opened: Open) -> None:
    page = opened()
    assert verdict(page) == (
        "✓ Consistent in itself: 10 entries and 18 texts are as they were recorded. "
        "2 texts are withheld or erased. Whose log it is was not checked."
    )
    assert page.locator("#verification").get_attribute("class") == "ok"
    absent = "? not proved here"
    shown = dict.fromkeys(("4", "6", "7", "8", "9", "10", "both"), PROVED)
    assert marks(page) == {**shown, "11": absent}
    assert page.locator("article > .mark").inner_text() == PROVED
    assert page.locator("b[data-mark] .mark").count() == 1


def test_what_was_recorded_is_shown_from_what_was_checked(opened: Open) -> None:
    page = opened()
    page.get_by_text("As it was recorded").click()
    told = page.locator("[data-recorded]")
    expect(told).to_contain_text("took a watch")
    expect(told).to_contain_text("substantiated")


def test_keys_what_was_not_checked_and_the_commands_are_told(opened: Open, packed: Packed) -> None:
    page = opened()
    page.get_by_text("Whose log it is, and what was not checked").click()
    told = page.locator("#verification details").inner_text()
    for key, name in zip(packed.keys, ("Ed25519", "ML-DSA-44"), strict=True):
        assert f"{ORIGIN}, {name}, key {key.id.hex()}: signed the head" in told
        assert key.fingerprint in told
    assert "answerable verify 'the report.html' --key KEY" in told
    assert "2 texts that are withheld or erased: what they say" in told
    assert "not under any signature" in told
    assert "Anyone can make a log" in told
    assert packed.made.checkpoint.root.hex() in told


# A key that the reader has.


def pasted(page: Page, key: str) -> str:
    """Return what is said of a key that is pasted and checked, with the keyboard alone."""
    page.get_by_text("Whose log it is, and what was not checked").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(key)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told = page.locator("#verification output")
    expect(told).not_to_be_empty()
    return told.inner_text()


def test_a_right_key_is_the_one_that_signed(opened: Open, packed: Packed) -> None:
    page = opened()
    for key in packed.keys:
        said = pasted(opened(), f" {key}\n")
        assert said.startswith("✓ The key that you gave signed this record.")
        assert key.fingerprint in said
        assert verdict(page).startswith("✓ Verified: 10 entries")
        assert "Whose log" not in verdict(page)


def test_a_fingerprint_stands_for_its_key(opened: Open, packed: Packed) -> None:
    page = opened()
    assert pasted(page, packed.keys[0].fingerprint.upper()).startswith("✓ The key that you gave")
    assert verdict(page).startswith("✓ Verified: 10 entries")
    page = opened()
    said = pasted(page, packed.keys[0].fingerprint[:-1] + "g")
    assert "is not a key to verify with" in said or "is not base64" in said
    page = opened()
    assert pasted(page, "0" * 64) == "✗ This is the fingerprint of no key that this page names."
    assert marks(page)["8"] == PROVED


def test_a_witness_cosigned_and_when(opened: Open, packed: Packed) -> None:
    witness = Signer.generate("witness.example", COSIGNATURE_ED25519)

    def cosigned(files: Files) -> None:
        note = Note.parse(files["checkpoint"])
        files["checkpoint"] = bytes(note.signed([witness.sign(note.text, STARTED)]))
        files.update(relisted(files))

    page = opened(cosigned)
    page.get_by_text("Whose log it is, and what was not checked").click()
    told = page.locator("#verification details")
    absent = f"the signature of witness.example, key {witness.key.id.hex()}: its key is not at hand"
    assert absent in told.inner_text()
    page.locator("#verification-key").fill(f"{packed.keys[0]}\n{witness.key}")
    page.get_by_role("button", name="Check with this key").click()
    expect(page.locator("#verification output")).to_contain_text("signed this record")
    assert (
        f"witness.example, Ed25519 cosignature, key {witness.key.id.hex()}: signed the head "
        "at 2026-02-01 00:00:00 UTC (the key that you gave)"
    ) in told.inner_text()


def test_a_wrong_key_is_not_and_no_row_is_proved(opened: Open) -> None:
    page = opened()
    said = pasted(page, str(Signer.generate(ORIGIN, ED25519).key))
    assert said.startswith("✗ The key that you gave did not sign this record: no key that is known")
    assert verdict(page).startswith("✗ NOT VERIFIED. 1 thing does not hold")
    assert marks(page)["8"].startswith("✗ the head of the log does not hold: no key")
    assert page.locator("#verification").get_attribute("class") == "bad"


@pytest.mark.parametrize(("key", "said"), [("", "Paste a key first."), ("x+y", "✗ ")])
def test_what_is_no_key_is_said_to_be_none(opened: Open, key: str, said: str) -> None:
    page = opened()
    assert pasted(page, key).startswith(said)
    assert marks(page)["8"] == PROVED


# What is altered shows, and where.


def put(name: str, old: bytes, new: bytes) -> Change:
    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
        files.update(relisted(files))

    return change


def removed(name: str) -> Change:
    def change(files: Files) -> None:
        del files[name]
        files.update(relisted(files))

    return change


ALTERED: dict[str, tuple[Change, str, str | None]] = {
    "an entry": (
        put(layout.entry_name(10), b"written-warning", b"dismissal"),
        "#10: its proof does not lead from this entry to the root (entries/00000010.json)",
        "10",
    ),
    "a proof": (
        put(layout.proof_name(8), b"index 8", b"index 9"),
        "#8: its proof is of another position, or none (entries/00000008.json)",
        "8",
    ),
    "no proof": (
        removed(layout.proof_name(8)),
        "#8: proofs/00000008.proof is missing (entries/00000008.json)",
        "8",
    ),
    "a text": (
        put("disclosures.json", b'"7": [\n  "W', b'"7": [\n  "X'),
        "#7: a text is not what the entry commits to (disclosures.json)",
        "7",
    ),
    "the head": (
        put("checkpoint", b"\n11\n", b"\n12\n"),
        "checkpoint: the signature does not fit",
        "4",
    ),
    "a key": (
        put("keys.txt", b"+", b"+0"),
        "keys.txt: ",
        "4",
    ),
    "what it says of itself": (
        put("manifest.json", b'"disclosed": 18', b'"disclosed": 19'),
        "manifest.json: it says disclosed otherwise than the rest of the report",
        None,
    ),
    "an entry that is gone": (
        removed(layout.entry_name(7)),
        "proofs/00000007.proof: it is the proof of no entry here",
        None,
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_was_altered_shows_and_where(opened: Open, name: str) -> None:
    change, where, row = ALTERED[name]
    page = opened(change)
    assert verdict(page).startswith("✗ NOT VERIFIED.")
    assert page.locator("#verification").get_attribute("class") == "bad"
    assert where in page.locator("#verification .problems").inner_text()
    if row is not None:
        assert marks(page)[row].startswith("✗ ")


def test_what_does_not_hold_is_not_shown_as_recorded(opened: Open) -> None:
    page = opened(put(layout.proof_name(8), b"index 8", b"index 9"))
    assert page.locator("[data-recorded]").inner_text() == ""


def test_other_words_show_and_no_mark_stands_beside_them(
    page: Page, packed: Packed, tmp_path: Path
) -> None:
    place = tmp_path / "report.html"
    written = checking_page(bundle_element(packed.made.files))
    place.write_bytes(written.replace(b"The finding", b"No finding"))
    page.goto(place.as_uri())
    page.evaluate("answerable.done")
    assert verdict(page) == "✗ NOT VERIFIED. 1 thing does not hold in this page."
    told = page.locator("#verification .problems").inner_text()
    assert told == "this page: the part “Findings & more” does not read as it was written"
    otherwise = "✗ this part of the page does not read as it was written"
    assert page.locator("article > .mark").inner_text() == otherwise
    assert marks(page)["8"] == PROVED


HOSTILE = """<p>&amp;lt; &#34;x&#34; a&nbsp;b \u202eRTL 汉字 😀 e\u0301 \u2028 \x85 \ufffd</p>
<section class="z" id="a&amp;b"><table><tr><td>1</td></tr></table><pre>
 x</pre><svg><title>t</title><text>drawn</text></svg></section>
<section><template>no</template><noscript>no</noscript><textarea> y</textarea></section>
<section id="a&amp;b">again</section>"""


def test_a_browser_reads_the_words_that_python_reads(opened: Open) -> None:
    page = opened(body=f"{BODY}{HOSTILE}<section id='quoted'>\x00</section>")
    assert page.evaluate("answerable.alteredParts()") == []


def test_a_browser_reads_any_words_that_python_reads(opened: Open) -> None:
    random = Random(65)
    signs = [*range(0xD800), *range(0xE000, 0x110000)]
    odd = [*range(0xA1), 0x2028, 0xFEFF, 0xFFFD, 0xFFFF]
    sections = []
    for number in range(99):
        text = "".join(map(chr, random.choices(odd, k=40) + random.choices(signs, k=40)))
        sections.append(f'<section id="n{number}"><p>{escape(text)}</p></section>')
    assert opened(body=f"{BODY}{''.join(sections)}").evaluate("answerable.alteredParts()") == []


OTHER = '<script type="application/json" id="bundle">{}</script>'


@pytest.mark.parametrize("more", [OTHER, '<p id="BUNDLE"></p>', "<p id='&#98;undle'>"])
def test_a_second_element_is_refused(opened: Open, more: str) -> None:
    page = opened(more=more)
    assert verdict(page) == "✗ NOT VERIFIED: this page carries no record, or more than one."
    assert marks(page)["8"] == "? not proved here"


def test_hostile_texts_are_inert(opened: Open, packed: Packed) -> None:
    """The record of who has the keys is true, and may say anything."""
    hostile = b'"><img src=x onerror=alert(1)>\\u202e</dd>'
    files = packed.made.files
    entries = entries_of(dict(files))
    entries[8] = entries[8].replace(b'"direct"', b'"%b"' % hostile.replace(b'"', b'\\"'))
    made = forged(dict(files), entries, texts_of(dict(files)), packed.signers)
    told = page_files(made)
    page = opened(lambda files: files.update(told))
    page.get_by_text("As it was recorded").click()
    expect(page.locator("[data-recorded]")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img").count() == 0
    assert found_by_answerable(checking_page(f"{OPENING}{embedded(told)}{CLOSING}"), []) == {}


# Where it cannot check.


@pytest.fixture
def element(packed: Packed) -> str:
    return f"{OPENING}{embedded(page_files(packed.made.files))}{CLOSING}"


UNABLE = {
    "no Web Crypto": "Object.defineProperty(crypto, 'subtle', { value: undefined });",
    "one that fails": "SubtleCrypto.prototype.digest = () => Promise.reject(new Error('full'));",
}


@pytest.mark.parametrize("name", UNABLE)
def test_what_cannot_check_says_that_nothing_was_checked(
    browser: Browser, element: str, tmp_path: Path, name: str
) -> None:
    place = tmp_path / "report.html"
    place.write_bytes(checking_page(element))
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.add_init_script(UNABLE[name])
        page.goto(place.as_uri())
        page.evaluate("answerable.done.catch(() => null)")
        assert verdict(page).startswith("NOTHING ON THIS PAGE WAS CHECKED")
        assert PROVED not in marks(page).values()
        assert "answerable verify report.html" in page.locator("#verification").text_content()  # type: ignore[operator]


def test_without_scripts_the_page_says_what_it_said(
    browser: Browser, element: str, tmp_path: Path
) -> None:
    place = tmp_path / "report.html"
    place.write_bytes(checking_page(element))
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(place.as_uri())
        told = page.locator("#verification").inner_text()
        assert told == "Nothing on this page was checked."


def test_nothing_is_asked_for_but_the_file_itself(
    browser: Browser, element: str, tmp_path: Path
) -> None:
    place = tmp_path / "report.html"
    place.write_bytes(checking_page(element))
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    with browser.new_context() as context:
        context.route("**/*", note)
        page = context.new_page()
        page.goto(place.as_uri())
        page.evaluate("answerable.done")
    assert asked == [place.as_uri()]
