"""Hold that nobody is let in but who was given the token, at our own address, and to read."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.unit.cli.browsing.conftest import DOOR, HERE

from answerable.cli.browsing.gate import HEADERS, Door, new_token, turned_away

PATHS = ("/", "/cases", "/case/xiaomi-kol", "/search?q=kol", "/verification/check", "/nothing")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_told_without_the_token(outside: TestClient, path: str) -> None:
    answer = outside.get(path)
    assert answer.status_code == 403
    assert "KOL" not in answer.text
    assert "answerable browse" in answer.text


@pytest.mark.parametrize(
    "token",
    [
        "",
        "wrong",
        DOOR.token[:-1],
        f"{DOOR.token}x",
        "é",
        "\ud800".encode("utf-16", "surrogatepass").hex(),
    ],
)
def test_a_wrong_token_lets_nobody_in(outside: TestClient, token: str) -> None:
    answer = outside.get("/", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_two_tokens_are_none(outside: TestClient) -> None:
    assert outside.get(f"/?token={DOOR.token}&token=other").status_code == 403


def test_the_token_gives_a_cookie_that_does_not_tell_it_and_leaves_the_address(
    outside: TestClient,
) -> None:
    answer = outside.get(f"/search?q=a%26b&token={DOOR.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=a%26b")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert DOOR.token not in cookie
    assert outside.get("/cases").status_code == 200


def test_the_cookie_of_another_port_or_token_lets_nobody_in(outside: TestClient) -> None:
    for other in (Door(DOOR.token, 1), Door("other", DOOR.port), Door("é", DOOR.port)):
        outside.cookies.set(DOOR.cookie, other.pass_)
        assert outside.get("/").status_code == 403


def test_a_token_leads_to_no_other_server(outside: TestClient) -> None:
    answer = outside.get(f"{HERE}//evil.example/?token={DOOR.token}")
    assert answer.headers["location"] == "/evil.example/"


def test_who_comes_from_another_page_is_led_on_by_a_page_of_ours(outside: TestClient) -> None:
    """A browser gives a strict cookie to no address that another page redirected to."""
    asked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    answer = outside.get(f"/cases?token={DOOR.token}", headers=asked)
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/cases">' in answer.text
    assert DOOR.cookie in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:8765",
        "[::1]:8765",
        "0.0.0.0:8765",
    ],
)
def test_another_name_is_turned_away_whoever_asks(inside: TestClient, host: str) -> None:
    """A name that somebody makes resolve to this machine (DNS rebinding)."""
    answer = inside.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "KOL" not in answer.text
    assert turned_away(DOOR, "GET", {"host": ["127.0.0.1:8765", host]}) == "host"
    assert turned_away(DOOR, "GET", {}) == "host"


def test_both_of_our_names_are_answered(inside: TestClient) -> None:
    for host in ("127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765"):
        assert turned_away(DOOR, "GET", {"host": [host]}) is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://127.0.0.1:8765"}, 403),
        ({"origin": HERE}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}, 200),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
    ],
)
def test_what_another_page_asks_is_turned_away(
    inside: TestClient, headers: dict[str, str], status: int
) -> None:
    assert inside.get("/cases", headers=headers).status_code == status


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]
)
def test_only_reading_is_answered(inside: TestClient, method: str) -> None:
    answer = inside.request(method, "/cases")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    elsewhere = inside.request(method, "/cases", headers={"origin": "http://evil.example"})
    assert elsewhere.status_code == 403


def test_the_head_of_a_page_is_that_of_the_page(inside: TestClient) -> None:
    head, page = inside.head("/cases"), inside.get("/cases")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(page.headers)


@pytest.mark.parametrize(
    "path", [*PATHS, "/event/21", "/case/xiaomi-kol/report.html", f"/?token={DOOR.token}"]
)
def test_every_answer_is_kept_to_itself(inside: TestClient, outside: TestClient, path: str) -> None:
    for asking in (inside, outside):
        answer = asking.get(path)
        assert HEADERS.items() <= dict(answer.headers).items()
        if answer.status_code != 303:
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 32
