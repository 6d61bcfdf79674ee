"""The letters of a page that nothing excuses, and the markup that an excused part may have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator

TOLD = ("in-short", "verdicts", "bars")
"""The parts whose lines may rest on more than a page carries."""

DATA = ("replay-data", "shown")
"""The data that tell verdicts, or follow from what the page shows."""

CUT = re.compile(
    rf'(<section id="({"|".join(TOLD)})" aria-labelledby="\2-title">\n)([^\0]*?)(</section>\n)'
    rf'|(<script type="application/json" id="({"|".join(DATA)})">)([^<]*)(</script>)'
)
RUNS = re.compile(r"<(script|style)>[^\0]*?</\1>")
ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
ODD = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,4000}>)")
ATTRIBUTE = re.compile(r"""[\s/]([^\s"'>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]*))?""")
TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>")
LINE = re.compile(r"</?(?:div|h2|h3|h4|li|p|table|tbody|td|th|thead|tr|ul|ol)(?: [^<>]*)?>")
EVENT = re.compile(r'<a class="event" href="#event-(\d+)">#\1</a>')
PLAIN = re.compile(
    r"</?(?:strong|em|p|ul|li|bdi|code|time|div|tr|td|table|tbody)>|</(?:span|a)>|"
    r'<span class="(?:good|bad|doubt|quiet)">|<div class="groups?">'
)


def frame(page: str) -> str:
    """Return a page without what verdicts may alter in it; the rest is equal to the letter."""
    return CUT.sub(lambda found: f"{found[1] or found[5]}\0{found[4] or found[8]}", page)


def is_odd(page: str, again: str) -> bool:
    """Tell whether a page has markup that answerable never writes, or is far too long.

    Args:
        page: a page by whoever; each sign of it is looked at a few times, at most.
        again: the page made again.
    """
    if len(page) > 2 * len(again):
        return True
    rest = page.removeprefix("<!doctype html>")
    for each in RUNS.finditer(again):
        rest = rest.replace(each[0], "", 1)
    return ODD.search(rest) is not None or "\0" in page


def twice(page: str, again: str) -> str:
    """Return an id of the page made again that stands more often at hand; "" if none does."""
    there, here = Counter(ID.findall(again)), Counter(ID.findall(page))
    return next((name for name, count in here.items() if name in there and count > there[name]), "")


HIDING = ("hidden", "style", "inert", "popover", "slot", "contenteditable", "aria-hidden")
"""The attributes that hide words, or have them shown otherwise than styles do."""

CLASS = re.compile(r'class="([^"]*)"')
SHAPES = ("rect", "circle", "line", "path")
TITLE = re.compile(r"<title>[^<]*</title>")


def hides(page: str, again: str) -> str:
    """Say by which attribute or class words may be hidden that no page has; "" if by none.

    Args:
        page: a page that has other rows than it would have, made again.
        again: the page made again.
    """
    known = {*_attributes(again)}
    for tag, name in _attributes(page):
        if name.startswith("on") or (name in HIDING and (tag, name) not in known):
            return f"its markup has a {tag} with {name:.40}, which may hide words"
    classes = {*_classes(again)}
    style = again[: again.find("</style>")]
    for each in _classes(page):
        if each not in classes and f".{each}" not in style:
            return f"its markup has the class {each:.40}, which no page has"
    return ""


def _attributes(page: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of the tags of a page, each with the name of its tag."""
    for each in TOKEN.finditer(page):
        for name in ATTRIBUTE.findall(each[3]):
            yield each[2], name.lower()


def _classes(page: str) -> Iterator[str]:
    """Yield the classes of what has words in a page: a shape of a drawing has none."""
    for each in TOKEN.finditer(page):
        if each[2] not in SHAPES:
            for told in CLASS.findall(each[3]):
                yield from told.split()


def same_runs(page: str, again: str) -> bool:
    """Tell whether scripts, styles and the head are the same, to the letter, but for the title.

    A part of a case may not carry what tells the title, and a log that grew may tell another.
    """
    page, again = TITLE.sub("<title></title>", page, 1), TITLE.sub("<title></title>", again, 1)
    head = again.find("</style>")
    names = ("<script", "<style", "<meta", "<base", "<link", "<iframe", "<object", "<embed")
    small = page.lower(), again.lower()
    return (
        page[:head] == again[:head]
        and [each[0] for each in RUNS.finditer(page)] == [each[0] for each in RUNS.finditer(again)]
        and all(small[0].count(each) == small[1].count(each) for each in names)
    )


def altered_markup(page: str, again: str) -> Iterator[str]:
    """Yield the parts whose markup is not one that other verdicts would give it.

    A line that reads as it would has to be written as it would; any other has nothing but the tags
    of the part, each closed, and leads where it says.
    """
    there = _bodies(again)
    for part, body in _bodies(page).items():
        if part in TOLD and body != there.get(part, "") and _altered(body, there.get(part, "")):
            yield part


def _bodies(page: str) -> dict[str, str]:
    return {each[2] or each[6]: each[3] or each[7] or "" for each in CUT.finditer(page)}


def _altered(body: str, again: str) -> bool:
    if _strange(body, PLAIN, {each[0] for each in TOKEN.finditer(again)}):
        return True
    forms = LINE.split(again)
    lines, twins = [*map(_said, LINE.split(body))], [*map(_said, forms)]
    odd = {*zip(lines, LINE.split(body), strict=True)} - {*zip(twins, forms, strict=True)}
    alike = [*filter(None, lines)] == [*filter(None, twins)]
    return alike or any(said in twins for said, _ in odd)


def _strange(body: str, plain: re.Pattern[str], known: Container[str]) -> bool:
    """Tell whether there are other tags than plain or known ones, or one that is not closed."""
    stack: list[str] = []
    for each in TOKEN.finditer(EVENT.sub("", body)):
        if each[0] not in known and not plain.fullmatch(each[0]):
            return True
        if each[2] == "br":
            continue
        if not each[1]:
            stack.append(each[2])
        elif not stack or stack.pop() != each[2]:
            return True
    return bool(stack)


def _said(line: str) -> str:
    return " ".join(TOKEN.sub("", line).split())
