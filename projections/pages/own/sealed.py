"""Keep the page of a house's own template to itself, as the shipped page is.

Its content security policy is worked out from the page: styles are allowed by their hashes, and of
scripts those that are shipped. A page with another script is refused, for what checks the page runs
beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

from answerable.projections.pages.own.errors import TemplateFails
from answerable.projections.pages.sealed_page import content_policy

PLACE = "answerable-content-policy"
"""Stands for the policy until the page is there to work it out from."""

META = f'http-equiv="Content-Security-Policy" content="{PLACE}"'
"""The attributes by which a page has a policy, letter for letter as `page.html` has them."""

OPENING = re.compile(
    r"\s*(?:<!doctype html>\s*)?(?:<html[^<>]*>\s*)?(?:<head[^<>]*>\s*)?"
    rf'(?:<meta charset="utf-8">\s*)?<meta {META}>',
    re.IGNORECASE,
)
"""Match the beginning of a page, as every browser reads it: the policy holds for all behind it."""

BARE = re.compile(
    r"<(?:(?:meta|link|base|i?frame|object|embed|portal)[\s/>]|!|\?|/[^a-z])", re.IGNORECASE
)
"""Match what is looked for in the page as it is written: elements that a policy does not keep from
naming an address elsewhere, and what browsers end elsewhere than parsers do, comments among it."""

PLAIN_META = re.compile(
    r'<meta(?:\s+(?:charset|name|property|content)="[^"<>]*")+\s*/?>', re.IGNORECASE
)
"""Match what merely tells of the page, and leads nowhere."""

DATA = ("application/json",)
"""The types of script elements that hold data, and do not run."""

FETCHED = {"src", "srcset", "poster", "background", "data"}
"""The attributes by which an element fetches something."""


class _Found(HTMLParser):
    """Collects what a page has that could run, fetch or look like something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.refused: list[str] = []
        self.pictures = False
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        if tag == "script" and dict(attrs).get("type") not in DATA:
            self._into = self.scripts
            self.scripts.append("")
        elif tag == "style":
            self._into = self.styles
            self.styles.append("")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        line = self.getpos()[0]
        if name.startswith("on"):
            self.refused.append(f"line {line} of the page: <{tag} {name}=…> would run a script")
        elif name == "style":
            self.refused.append(
                f"line {line} of the page: <{tag} style=…>; put it into a <style> element"
            )
        elif name in FETCHED or (tag in ("image", "use") and "href" in name):
            if value.startswith("data:image/"):
                self.pictures = True
            elif not value.startswith("#"):
                self.refused.append(
                    f"line {line} of the page: <{tag} {name}=…> would be fetched from elsewhere; a "
                    "picture can stand in it as data:image/…"
                )

    def handle_data(self, data: str) -> None:
        """Take in a text."""
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag in ("script", "style"):
            self._into = None


def _bare(page: str, start: int) -> Iterator[str]:
    """Yield what is written in a page, from a place on, that a policy may not hold for."""
    for each in BARE.finditer(page, start):
        if not PLAIN_META.match(page, each.start()):
            line = page.count("\n", 0, each.start()) + 1
            yield (
                f"line {line} of the page has {page[each.start() : each.start() + 30]!r}: it "
                "would be fetched from elsewhere or lead there, or not all browsers read it alike; "
                "remarks stand in {# … #}"
            )


def sealed(page: str, scripts: Collection[str]) -> str:
    """Return a page with its content security policy in it.

    Args:
        page: the page, in which `PLACE` stands for the policy.
        scripts: the shipped scripts, one of which each of its scripts must be.

    Raises:
        TemplateFails: the page does not begin with a place for a policy; or something in it would
            run, be fetched, or lead elsewhere by itself.
    """
    begun = OPENING.match(page)
    if page.count(META) != 1:
        raise TemplateFails(
            "the page has no content security policy, or more than one.",
            hint='Begin with {% extends "page.html" %}; or put <meta '
            'http-equiv="Content-Security-Policy" content="{{ content_policy }}"> first into its '
            "<head>.",
        )
    if begun is None:
        raise TemplateFails(
            "something stands before the content security policy, which it may not hold for.",
            hint='Begin with <!doctype html>, <html lang="…">, <head>, <meta charset="utf-8">; '
            "then the policy. A template's own remarks stand in {# … #}.",
        )
    for refused in _bare(page, begun.end()):
        raise TemplateFails(f"the page would not keep to itself: {refused}.")
    found = _Found()
    found.feed(page)
    found.close()
    strange = [each for each in found.scripts if each not in scripts]
    if strange:
        raise TemplateFails(
            f"the page has a script of its own: {strange[0].strip()[:60]!r}.",
            hint="A page runs the shipped scripts alone: {% for script in scripts %}<script>"
            "{{ script }}</script>{% endfor %}.",
        )
    if found.refused:
        raise TemplateFails(f"the page would not keep to itself: {found.refused[0]}.")
    policy = content_policy(found.scripts, found.styles)
    pictures = "; img-src data:" if found.pictures else ""
    return page.replace(META, META.replace(PLACE, policy + pictures))
