"""A house's own template: what it is told, what it cannot do, and what is said where it fails."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from answerable.projections.pages.own.errors import TemplateFails
from answerable.projections.pages.own.loading import LARGEST
from answerable.projections.pages.own.own_page import own_page
from answerable.projections.pages.own.sandbox import time_bounded

META = '<meta http-equiv="Content-Security-Policy" content="{{ content_policy }}">'
TOLD: dict[str, Any] = {
    "title": Markup("<b>Gifts</b>"),
    "title_text": "<script>",
    "sections": [1, 2],
    "language": "en",
    "version": "1",
    "style": "p {}",
    "scripts": [Markup("shipped()")],
}


def rendered(folder: Path, text: str, **more: Any) -> str:
    place = folder / "own.html"
    place.write_text(text)
    return own_page(place, {**TOLD, **more}, ("shipped()",))


def page(folder: Path, body: str, **more: Any) -> str:
    return rendered(folder, f"<head>{META}</head>\n{body}", **more)


def refused(folder: Path, body: str) -> TemplateFails:
    with pytest.raises(TemplateFails) as refusal:
        page(folder, body)
    return refusal.value


def test_it_is_told_what_the_shipped_page_is_and_all_texts_are_escaped(tmp_path: Path) -> None:
    told = page(tmp_path, "{{ title }} {{ title_text }} {{ sections|length }}")
    assert "<b>Gifts</b> &lt;script&gt; 2" in told


def test_it_frames_itself_by_a_shipped_part_and_takes_one_beside_it(tmp_path: Path) -> None:
    (tmp_path / "beside.html").write_text("beside it")
    (tmp_path / "page.html").write_text("never taken")
    own = '{% extends "page.html" %}{% block body %}{% include "beside.html" %}{% endblock %}'
    told = rendered(tmp_path, own)
    assert "beside it" in told
    assert "never taken" not in told
    assert "script-src 'sha256-" in told
    assert "<script>shipped()</script>" in told


def test_its_styles_are_allowed_by_their_hashes_and_pictures_as_data(tmp_path: Path) -> None:
    plain = page(tmp_path, "<style>p { color: red }</style>")
    assert "style-src 'sha256-" in plain
    assert "img-src" not in plain
    pictured = page(tmp_path, '<img src="data:image/png;base64,AAAA" alt="">')
    assert "img-src data:" in pictured
    assert "style-src 'none'" in pictured


def test_a_recorded_text_cannot_stand_for_the_policy(tmp_path: Path) -> None:
    told = page(tmp_path, "{{ said }}", said='content="answerable-content-policy"')
    assert "content=&#34;answerable-content-policy&#34;" in told


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<script>own()</script>", "a script of its own: 'own()'"),
        ('<script type="module">shipped ()</script>', "a script of its own"),
        ('<p onclick="x()">', "line 2 of the page: <p onclick=…> would run a script"),
        ('<p style="color: red">', "put it into a <style> element"),
        ('<img src="https://example.com/a.png">', "would be fetched from elsewhere"),
        ('<link rel="stylesheet" href="a.css">', "would be fetched from elsewhere"),
        ('<iframe src="a.html"></iframe>', "would be fetched from elsewhere"),
        ('<iframe srcdoc="<p>"></iframe>', "would be fetched from elsewhere"),
        ('<META content="0;url=//a.example" HTTP-EQUIV=refresh>', "or lead there"),
        ('<meta name="a" http-equiv="refresh" content="0;url=//a.example">', "or lead there"),
        ('<base href="//a.example">', "or lead there"),
        ("<!--><link rel=dns-prefetch href=//a.example>-->", "not all browsers read it alike"),
        ("<p></></p>", "not all browsers read it alike"),
        ("<?p?>", "not all browsers read it alike"),
        (META, "no content security policy, or more than one"),
    ],
)
def test_a_page_that_would_not_keep_to_itself_is_refused(
    tmp_path: Path, body: str, said: str
) -> None:
    assert said in refused(tmp_path, body).message


@pytest.mark.parametrize(
    "text",
    [
        "<p>no policy</p>",
        f"<style>p {{}}</style>{META}",
        f"<!doctype html><html><head><!--><script>own()</script>-->{META}",
        f"<title>of a case</title>{META}",
    ],
)
def test_a_page_has_its_policy_and_has_it_first(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateFails, match="content security policy"):
        rendered(tmp_path, text)


@pytest.mark.parametrize(
    "body",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ sections.append(3) }}",
        "{{ range(10001)|list }}",
        "{{ 'x' * 1000001 }}",
        "{{ [1] * 1000001 }}",
        "{{ ['a' * 1000] * 1000 }}",
        "{{ ('a,' * 5000).split(',')|join('x' * 1000) }}",
        "{{ ['a' * 600000, 'a' * 600000]|join }}",
        "{{ 10 ** 1000 }}",
        "{{ '%9999999d' % 1 }}",
        "{{ '{:>9999999}'.format(1) }}",
        "{{ title_text.ljust(9999999) }}",
        "{{ 'x'|center(9999999) }}",
        "{{ ('a' * 10000)|replace('a', 'b' * 1000) }}",
        "{{ ('a' * 10000).replace('a', 'b' * 1000) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ _('{a.__globals__}', a=_) }}",
        "{{ _('{a[0]}', a=sections) }}",
        "{{ _('{a!r}', a=sections) }}",
        "{{ _('{a:>9999999}', a='a') }}",
        "{{ _('{a}' * 2000, a='a' * 1000) }}",
        "{{ _('{a} {b}', b=1) }}",
        "{{ _('{', a=1) }}",
        "{{ 'a'.translate({97: 'b' * 1000000}) }}",
        "{{ 'a'.encode() }}",
        "{{ (1).to_bytes(9999999, 'big') }}",
        "{{ [1]|slice(9999999)|list }}",
        "{{ sections|tojson(indent=9999999) }}",
        "{{ 'a'|unknown }}",
        '{% include "a\0b" %}',
        '{% include "' + "a" * 5000 + '" %}',
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        '{% include "own.html" %}',
        '{% include "../own.html" %}',
        '{% include "/etc/passwd" %}',
        "{{ 1 / 0 }}",
    ],
)
def test_it_reaches_and_takes_nothing_beyond_its_bounds(tmp_path: Path, body: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "own.html").write_text("outside")
    said = refused(folder, body).message
    assert said.startswith("own.html")
    assert not said.endswith("..")
    assert " at 0x" not in said


def test_a_file_that_a_link_leads_to_is_not_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret").write_text("outside")
    (folder / "link.html").symlink_to(tmp_path / "secret")
    error = refused(folder, '{% include "link.html" %}')
    assert "there is no template 'link.html' beside it, or shipped" in error.message
    assert "page.html" in (error.hint or "")


def test_a_sentence_is_said_with_what_is_told_in_it(tmp_path: Path) -> None:
    """Say a sentence of ours, in which a text that looks like markup is none."""
    text = page(tmp_path, "{{ _('Contact with {party}', party=title_text) }}")
    assert "Contact with &lt;script&gt;" in text


def test_an_error_says_where_and_what_there_is_instead(tmp_path: Path) -> None:
    error = refused(tmp_path, "\n\n{{ titel }}")
    assert error.message == "own.html, line 4: 'titel' is undefined."
    assert (error.hint or "").startswith("Did you mean title")
    assert "scripts, sections, style" in (error.hint or "")
    assert "own.html, line 3: " in refused(tmp_path, "\n{% endfor %}").message
    (tmp_path / "part.html").write_text("\n{{ titel }}")
    assert "part.html, line 2: " in refused(tmp_path, '{% include "part.html" %}').message


def test_a_template_is_a_text_of_a_mebibyte_at_the_most(tmp_path: Path) -> None:
    place = tmp_path / "own.html"
    for data, said in ((b"\xff", "no text in UTF-8"), (b"x" * (LARGEST + 1), "larger than 1 MiB")):
        place.write_bytes(data)
        with pytest.raises(TemplateFails, match=said):
            own_page(place, TOLD, ())


def test_rendering_is_interrupted_where_it_goes_on_for_too_long() -> None:
    with pytest.raises(SecurityError, match="too long"), time_bounded(0.02):
        sum(1 for _ in itertools.count())
