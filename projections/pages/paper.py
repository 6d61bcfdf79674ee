"""The report on a case as it is printed: pages with numbers, and the head of the log on each."""

from __future__ import annotations

from markupsafe import Markup

from answerable.domain.language.saying import figures, say, say_count, to_say
from answerable.projections.pages.content import Content
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.markup import Links
from answerable.projections.pages.sealed_page import content_policy
from answerable.projections.pages.sections import context, long

ELSEWHERE = to_say(
    "Each of the {number} events has its line in the timeline. So many are not shown whole on "
    "paper: all that is on record of each is in this report as a page (HTML) and as data (JSON)."
)
"""Says where the events of a long case are shown whole."""


def case_paper(content: Content) -> str:
    """Write a report as HTML to be printed. Nothing of it is folded away, and nothing moves.

    Of a long case each event has its row in the timeline, to which its number leads, and is not
    shown whole besides: that took half of the time and of the memory, for hundreds of sheets. The
    section says where it is.

    Args:
        content: what is printed.
    """
    style = paper_style()
    header, links, elsewhere = content.header, None, ""
    if long(content):
        links = Links(content.tracks.rows.keys(), in_rows=True)
        elsewhere = say(ELSEWHERE, number=figures(len(content.events)))
        content = content._replace(events=())
    return (
        environment()
        .get_template("paper.html")
        .render(
            context(content, folding=False, links=links),
            elsewhere=elsewhere,
            content_policy=content_policy((), (style,)),
            style=style,
            scripts=(),
            head=say_count(
                "{number} entry, root {root}",
                "{number} entries, root {root}",
                header.tree_size,
                root=header.root,
            ),
        )
    )


def paper_style() -> Markup:
    """Return the style of what is printed."""
    return Markup(asset("page.css") + asset("paper.css"))  # noqa: S704 - our own
