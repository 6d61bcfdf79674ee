"""Where a redirect may lead, and what is said of one that may not be followed."""

from __future__ import annotations

import pytest

from answerable.ledger.errors import RedirectRefused
from answerable.ledger.system.origin import Origin, pointed_at, redirected

HERE = "https://log.example/a/checkpoint"


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("b", "https://log.example/a/b"),
        ("/b", "https://log.example/b"),
        ("//log.example/b", "https://log.example/b"),
        ("https://LOG.example:443/b", "https://LOG.example:443/b"),
        ("https://jane:secret@log.example/b", "https://jane:secret@log.example/b"),
    ],
)
def test_within_its_origin_a_page_may_be_elsewhere(location: str, there: str) -> None:
    assert redirected(HERE, location, follow=False) == there


@pytest.mark.parametrize(
    ("location", "origin"),
    [
        ("https://other.example/a", "https://other.example"),
        ("//other.example:8443/a", "https://other.example:8443"),
        ("https://log.example:444/a", "https://log.example:444"),
        ("https://log.example.other.example/", "https://log.example.other.example"),
        ("https://log.example@other.example/", "https://other.example"),
        ("https://[::1]/a", "https://[::1]"),
        ("https://10.0.0.1/", "https://10.0.0.1"),
    ],
)
def test_another_origin_has_to_be_allowed(location: str, origin: str) -> None:
    with pytest.raises(RedirectRefused) as refused:
        redirected(HERE, location, follow=False)
    assert f"https://log.example redirects to {origin}, " in refused.value.message
    assert "--follow" in refused.value.cli_text()
    assert "follow=True" in str(refused.value)
    assert Origin.of(redirected(HERE, location, follow=True)) == Origin.of(origin)


@pytest.mark.parametrize("follow", [True, False])
@pytest.mark.parametrize("host", ["log.example", "other.example", "log.example:443"])
def test_tls_is_never_left(host: str, follow: bool) -> None:
    with pytest.raises(RedirectRefused, match="never followed") as refused:
        redirected(HERE, f"http://{host}/a", follow=follow)
    assert "--follow" not in refused.value.cli_text()


def test_to_tls_is_another_origin() -> None:
    with pytest.raises(RedirectRefused):
        redirected("http://log.example/a", "https://log.example/a", follow=False)
    there = redirected("http://log.example/a", "https://log.example/a", follow=True)
    assert there == "https://log.example/a"


def test_what_is_said_is_short_and_printable() -> None:
    with pytest.raises(RedirectRefused) as refused:
        redirected("http://log.example/", "http://a'b" + "x" * 999 + "/", follow=False)
    assert refused.value.cli_text().isprintable()
    assert len(refused.value.message) < 400
    assert pointed_at(HERE, "/\x1b[31m" + "x" * 999).isprintable()


def test_where_a_post_is_pointed_to() -> None:
    assert "'/b', at its own origin." in pointed_at(HERE, "/b")
    said = pointed_at(HERE, "http://other.example/b")
    assert "http://other.example, which is another origin than https://log.example" in said
    for nowhere in (None, "", "http://[", "http://a:99999/"):
        assert "nowhere" in pointed_at(HERE, nowhere)
