"""Exhibits that are files: where they are, what they are, and what became of them."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.domain.errors import AnswerableError
from answerable.ledger.evidence.errors import NotToldInText, OutsideRoot
from answerable.ledger.evidence.files import check_file, location_of, media_type, path_of, take_in


def digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


class TestPlaces:
    def test_a_place_is_told_as_its_path(self, tmp_path: Path) -> None:
        assert location_of(tmp_path / "a\nb.txt") == f"{tmp_path}/a\nb.txt"

    def test_below_a_root_it_is_told_from_there(self, tmp_path: Path) -> None:
        link = tmp_path / "mounted"
        link.symlink_to(tmp_path)
        assert location_of(tmp_path / "x" / "f", link) == "./x/f"

    @pytest.mark.parametrize("name", ["../f", "roots/f"])
    def test_outside_of_the_root_it_is_not_told(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(OutsideRoot):
            location_of(Path(os.path.normpath(tmp_path / "root" / ".." / name)), tmp_path / "root")

    def test_a_name_that_is_no_text_is_not_told(self, tmp_path: Path) -> None:
        with pytest.raises(NotToldInText, match="where it is kept"):
            location_of(tmp_path / os.fsdecode(b"\xff.pdf"))

    def test_what_is_told_is_found_again(self, tmp_path: Path) -> None:
        for root in (None, tmp_path):
            for name in ("f", " f", "./f", "a\nb", "..f", "é", "x/../f"):
                place = Path(os.path.normpath(tmp_path / name))
                found = path_of(location_of(place, root), root)
                assert found.place is not None
                assert os.path.normpath(found.place) == str(place)

    @pytest.mark.parametrize(
        ("location", "root", "why"),
        [
            ("safe 3", False, "in words"),
            ("safe 3", True, "no file below --root"),
            ("with\0nul", True, "no file below --root"),
            ("./f", False, "--root"),
            ("./../f", True, "outside"),
            ("../f", True, "outside"),
        ],
    )
    def test_where_a_place_is_not_told_as_a_path(
        self, tmp_path: Path, location: str, root: bool, why: str
    ) -> None:
        found = path_of(location, tmp_path if root else None)
        assert found.place is None
        assert why in found.why

    def test_words_that_a_file_below_the_root_is_called_by(self, tmp_path: Path) -> None:
        (tmp_path / "safe 3").touch()
        assert path_of("safe 3", tmp_path).place == tmp_path / "safe 3"


class TestMediaTypes:
    @pytest.mark.parametrize(
        ("name", "head", "expected"),
        [
            ("memo.pdf", b"%PDF-1.7", "application/pdf"),
            ("MEMO.PDF", b"%PDF-1.7", "application/pdf"),
            ("memo.pdf", b"MZ\x90\x00", None),
            ("memo.pdf", b"", None),
            ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
            ("a.png", b"\xff\xd8\xff", None),
            ("a.txt", b"hello", "text/plain"),
            ("a.txt", b"\x7fELF\x02\x01\x01\x00", None),
            ("a.tar.gz", b"\x1f\x8b\x08", "application/gzip"),
            ("a.tar.gz", b"no", None),
            ("a.tar.xz", b"\xfd7zXZ", None),
            ("a.unheard-of", b"x", None),
            ("memo", b"%PDF-1.7", None),
            ("data:image/png,x", b"x", None),
            ("a.pdf\n", b"%PDF-1.7", None),
            (".pdf", b"%PDF-1.7", None),
            ("a.pdf;x=y", b"%PDF-1.7", None),
            (os.fsdecode(b"\xff.pdf"), b"%PDF-1.7", "application/pdf"),
        ],
    )
    def test_a_name_is_believed_where_the_content_does_not_speak_against_it(
        self, name: str, head: bytes, expected: str | None
    ) -> None:
        assert media_type(Path("/x") / name, head) == expected


class TestTakingIn:
    def test_what_can_be_told_of_a_file(self, tmp_path: Path) -> None:
        place = tmp_path / "memo.pdf"
        place.write_bytes(b"%PDF-1.7")
        assert take_in(place).fields == {
            "digest": digest(b"%PDF-1.7"),
            "size": 8,
            "media_type": "application/pdf",
            "location": str(place),
        }

    def test_of_a_link_the_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "original").write_bytes(b"x")
        link = tmp_path / "link"
        link.symlink_to("original")
        assert take_in(link).fields["location"] == str(tmp_path / "original")

    def test_words_stand_for_the_place_of_any_file(self, tmp_path: Path) -> None:
        place = tmp_path / os.fsdecode(b"\xff")
        place.write_bytes(b"x")
        with pytest.raises(AnswerableError):
            take_in(place)
        assert take_in(place, location="safe 3").fields["location"] == "safe 3"


class TestChecking:
    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        found = tmp_path / "f"
        found.write_bytes(b"evidence")
        return found

    def test_the_same_bytes_are_good(self, place: Path) -> None:
        found = check_file(str(place), digest(b"evidence"), 8)
        assert (found.state, found.why, found.digest) == ("good", "", digest(b"evidence"))
        assert check_file(str(place), digest(b"evidence"), None).state == "good"

    def test_a_size_that_is_wrong_on_record_alters_nothing(self, place: Path) -> None:
        found = check_file(str(place), digest(b"evidence"), 9)
        assert found.state == "good"
        assert "9 bytes" in found.why

    def test_other_bytes_are_altered(self, place: Path) -> None:
        place.write_bytes(b"evidencE")
        found = check_file(str(place), digest(b"evidence"), 8)
        assert (found.state, found.why) == ("altered", "its digest is another")
        assert found.digest == digest(b"evidencE")
        place.write_bytes(b"evidence!")
        assert "9 bytes where it had 8" in check_file(str(place), digest(b"evidence"), 8).why

    def test_what_is_gone_is_missing(self, place: Path) -> None:
        place.unlink()
        assert check_file(str(place), digest(b"evidence"), 8).state == "missing"
        place.mkdir()
        found = check_file(str(place), digest(b"evidence"), 8)
        assert found.state == "missing"
        assert "is a directory" in found.why
        assert check_file(f"{place}/../f\0", digest(b"evidence"), 8).state == "missing"

    def test_what_changes_or_cannot_be_read_is_unreadable(self, place: Path) -> None:
        found = check_file(
            str(place), digest(b"evidence"), 8, advance=lambda _: place.write_bytes(b"other")
        )
        assert found.state == "unreadable"
        place.unlink()
        place.symlink_to(place)
        assert check_file(str(place), digest(b"evidence"), 8).state == "unreadable"

    def test_what_is_not_told_as_a_path_is_not_looked_for(self) -> None:
        assert check_file("safe 3", digest(b"x"), 1).state == "indeterminate"
