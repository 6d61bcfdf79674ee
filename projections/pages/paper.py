"""The report on a case as it is printed: pages with numbers, and the head of the log on each."""

from __future__ import annotations

from markupsafe import Markup

from answerable.domain.language.saying import say_count
from answerable.projections.pages.content import Content
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.sealed_page import content_policy
from answerable.projections.pages.sections import context


def case_paper(content: Content) -> str:
    """Write a report as HTML to be printed. Nothing of it is folded away, and nothing moves.

    Args:
        content: what is printed.
    """
    style = asset("page.css") + asset("paper.css")
    header = content.header
    return (
        environment()
        .get_template("paper.html")
        .render(
            context(content, folding=False),
            content_policy=content_policy((), (style,)),
            style=Markup(style),  # noqa: S704 - our own
            scripts=(),
            head=say_count(
                "{number} entry, root {root}",
                "{number} entries, root {root}",
                header.tree_size,
                root=header.root,
            ),
        )
    )
