"""A register as a table of HTML, in which cases, parties and events lead to their pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from markupsafe import Markup

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.blocks.spans import line
from answerable.projections.output.markdown_text import seen
from answerable.projections.output.readable import Read, shown, unstopped
from answerable.projections.output.register import TRUTHS, Party, Register, Row, members
from answerable.projections.output.register_markdown import RIGHT
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.parts import woven
from answerable.projections.pages.markup import Links, breakable, name_code
from answerable.projections.registers.columns import DIGEST
from answerable.projections.registers.written import BESIDE, MOST_COLUMNS

TABLE = Markup(
    '<div class="table" tabindex="0" role="group" aria-label="{name}"><table><thead><tr>{heads}'
    "</tr></thead><tbody>{rows}</tbody></table></div>"
)
HEAD = Markup('<th scope="col"{look}>{title}</th>')
CELL = Markup('<td data-head="{title}"{look}>{said}</td>')
ROW = Markup("<tr>{}</tr>")
NUMBER = Markup(' class="number"')
LINK = Markup('<a href="{}"{}>{}</a>')
REST = Markup(' class="rest"')
RESULT = Markup(" data-result")
NONE = Markup()
ISOLATED = Markup("<bdi>{}</bdi>")
EVENT = Markup('<a class="event" href="{}">#{}</a>')

CASE, TITLE = "case", "title"
"""Name the columns of a case: its slug, and its title, which stand in one cell."""

LINKED = frozenset(("event", "party"))
"""The kinds that lead somewhere, and so stand in each row."""

CASES, MORE = "cases", "…"
"""Name the column of several cases, and say in it that there are more."""


def register_table(
    register: Register,
    rows: Iterable[Row],
    *,
    without: Collection[str] = (),
    leading: bool = False,
    title_of: Callable[[str], str | None] | None = None,
) -> Markup:
    """Write a register as a table; what each row would say again stands above it, once.

    Args:
        register: which.
        rows: its rows, one at least.
        without: the names of columns that are left out.
        leading: whether the arrow keys go from case to case, or from party to party; then each row
            says all, since a list has the same columns on each of its pages.
        title_of: tells what a case is called, where the register does not; None: nothing does.
    """
    told = list(rows)
    names = {column.name: at for at, column in enumerate(register.columns)}
    joined = {TITLE} if CASE in names else set()
    found = shown(register, told, whole=True)
    columns = (
        *found.columns,
        *(each for each in found.always if leading or each.column.kind in LINKED),
    )
    again = [each for each in found.always if each not in columns]
    left_out = {*without, *joined}
    kept = [each for each in columns if each.column.name not in left_out]
    own, beside = _beside(sorted(kept, key=lambda each: each.at))
    at = names.get(TITLE)

    def titled(case_id: str, row: Row) -> str | None:
        told_there = None if at is None else row.cells[at]
        if isinstance(told_there, str):
            return told_there
        return None if title_of is None else title_of(case_id)

    return _always(again, told[0], left_out, titled) + TABLE.format(
        name=say(register.title),
        heads=Markup("").join(HEAD.format(look=_look(each), title=say(each.title)) for each in own)
        + (HEAD.format(look=REST, title=say(BESIDE)) if beside else NONE),
        rows=Markup("\n").join(
            ROW.format(
                Markup("").join(
                    CELL.format(
                        title=say(each.title),
                        look=_look(each),
                        said=_said(each, row, titled, RESULT if leading else Markup()),
                    )
                    for each in own
                )
                + _besides(beside, row, titled)
            )
            for row in told
        ),
    )


def _beside(columns: Sequence[Read]) -> tuple[Sequence[Read], Sequence[Read]]:
    """Part the columns that stand beside each other from those that a last cell tells by name."""
    if len(columns) <= MOST_COLUMNS:
        return columns, ()
    return columns[: MOST_COLUMNS - 1], columns[MOST_COLUMNS - 1 :]


def _besides(columns: Sequence[Read], row: Row, titled: Callable[[str, Row], str | None]) -> Markup:
    """Write the last cell of a row: what the columns tell that no table has room for."""
    if not columns:
        return NONE
    told = [
        woven(TOLD, title=Markup.escape(say(each.title)), told=_said(each, row, titled, NONE))
        for each in columns
        if each.tells(row) and not each.is_usual(row)
    ]
    return CELL.format(title=say(BESIDE), look=REST, said=Markup("<br>").join(told))


def _look(read: Read) -> Markup:
    return NUMBER if read.column.kind in RIGHT and not read.column.many else Markup()


def _always(
    again: Iterable[Read],
    row: Row,
    left_out: Collection[str],
    titled: Callable[[str, Row], str | None],
) -> Markup:
    """Say what each row would say again; of a case, what it is called."""
    told = [
        woven(TOLD, title=Markup.escape(say(each.title)), told=_once(each, row, titled))
        for each in again
        if each.column.name not in left_out
    ]
    return Markup("<p>{}</p>").format(Markup.escape(punctuation("; ")).join(told)) if told else NONE


TOLD = to_say("{title}: {told}")
"""Says what each row would say again."""


def _once(read: Read, row: Row, titled: Callable[[str, Row], str | None]) -> Markup:
    cell = row.cells[read.at]
    if read.column.name == CASE and isinstance(cell, str):
        return case_link(cell, titled(cell, row))
    return Markup.escape(unstopped(visible(read.said(row))))


def _said(read: Read, row: Row, titled: Callable[[str, Row], str | None], mark: Markup) -> Markup:
    """Write what a column says of a row."""
    column, cell = read.column, row.cells[read.at]
    if column.name == CASE and isinstance(cell, str):
        return case_link(cell, titled(cell, row), mark)
    if column.name == CASES:
        return Markup("; ").join(
            Markup.escape(each) if each == MORE else case_link(each, titled(each, row))
            for each in members(cell)
            if isinstance(each, str)
        )
    if column.kind == "event":
        return Markup(" ").join(
            EVENT.format(addresses.event(each), each)
            for each in members(cell)
            if isinstance(each, int)
        )
    if column.kind == "party":
        return Markup("; ").join(
            party_link(each, mark) for each in members(cell) if isinstance(each, Party)
        )
    if column.kind == "truth" and isinstance(cell, str | bool):
        return Markup.escape(say(TRUTHS.get(cell, str(cell))))
    told = visible(read.said(row))
    if column.name == DIGEST.name and told:
        return name_code(told)
    if column.kind in ("date", "moment"):
        # No line ends within a day.
        return Links().line(line(told))
    return ISOLATED.format(breakable(told)) if told else Markup()


def case_link(case_id: str, title: str | None, mark: Markup = Markup()) -> Markup:  # noqa: B008
    """Lead to a case, by its title where that is told."""
    told = ISOLATED.format(breakable(visible(title or case_id)))
    slug = Markup("") if title is None else Markup(" ") + name_code(case_id)
    return LINK.format(addresses.case(case_id), mark, told) + slug


def party_link(party: Party, mark: Markup = Markup()) -> Markup:  # noqa: B008
    """Lead to a party, by its name where that is told."""
    told = ISOLATED.format(breakable(visible(party.name)))
    slug = Markup("")
    if party.name != party.party:
        slug = Markup(" ") + name_code(party.party)
    return LINK.format(addresses.party(party.party), mark, told) + slug


def heading(words: str, code: str) -> Markup:
    """Write what a case or a party is called as the title of its page.

    A name that is written from the right is kept from turning round the code behind it.

    Args:
        words: its name with its code, as sentences have them.
        code: its slug or its pseudonym.
    """
    before, _, after = visible(words).rpartition(code)
    name = before.rstrip(" (（")
    if not name:
        return ISOLATED.format(visible(words))
    return ISOLATED.format(name) + before[len(name) :] + name_code(code) + after


def visible(text: str) -> str:
    """Spell out what cannot be seen in a text."""
    return seen(" ".join(text.split()))
