"""Hold that what is likely meant otherwise is refused: another name, a correction of nothing."""

from __future__ import annotations

from tests.end_to_end.conftest import Cli, Unchanged

P9 = ("party-registered", "--party", "p9", "--type", "person")
MARY = (*P9, "--name", "Mary Poe")


def test_a_registered_pseudonym_is_not_given_to_somebody_else(
    kept: Cli, unchanged: Unchanged
) -> None:
    first = kept.append(*P9, "--name", "Jane Doe")["position"]
    with unchanged(kept):
        said = kept("append", *MARY, code=3).err
        assert f"'p9' is registered already, under another name: #{first}." in said
        assert f"append correction --case house --target {first} --set name=…" in said
        assert "Jane" not in said
        assert kept("append", *MARY, "--json", code=3).error["error"] == "Renamed"
        kept("append", *MARY, "--dry-run", code=3)


def test_who_is_called_otherwise_now_is_the_same(kept: Cli) -> None:
    kept.append(*P9, "--name", "Jane Doe")
    kept.append(*MARY, "--aliases", "Jane  DOE")
    kept.append(*P9, "--name", "Jane Doe", "--titles", "a chair")
    kept.append(*P9, "--name", "Ann Lee", "--again")


def test_a_name_that_was_wrong_is_corrected_or_taken_back(kept: Cli) -> None:
    first = str(kept.append(*P9, "--name", "Jane Doe")["position"])
    kept.append("correction", "--case", "house", "--target", first, "--set", "name=Mary Poe")
    second = str(kept.append(*MARY, "--titles", "a chair")["position"])
    for each in (first, second):
        kept.append("retraction", "--case", "house", "--target", each, "--reason", "a slip")
    kept.append(*P9, "--name", "Ann Lee")


def test_a_correction_of_nothing_is_refused(kept: Cli, unchanged: Unchanged) -> None:
    contact = ("contact", "--case", "acme", "--counterparty", "kol-2", "--purpose", "a gift")
    at = str(kept.append(*contact, "--stage", "contact")["position"])
    correct = ("correction", "--case", "acme", "--target", at, "--set")
    with unchanged(kept):
        said = kept("append", *correct, "stage=contact", code=3).err
        assert f"#{at} says that already: stage." in said
        kept("append", *correct, "purpose=a gift", code=3)
    kept.append(*correct, "stage=negotiation", "--set", "purpose=a gift")
    kept("append", *correct, "stage=negotiation", code=3)
    back = str(kept.append(*correct, "stage=contact")["position"])
    kept("append", *correct, "stage=contact", code=3)
    kept.append("retraction", "--case", "acme", "--target", back, "--reason", "a slip")
    kept.append(*correct, "stage=contact")
    kept.append(*correct, "stage=contact", "--again")
