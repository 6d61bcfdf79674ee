"""The first screen: the answer, its first sentence as a headline and the rest beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from answerable.domain.language.saying import say
from answerable.projections.blocks.blocks import Block, Bullets, Paragraph
from answerable.projections.pages.markup import Links

MOST = 6
"""The most items of a list that are shown at once; of a longer one the rest is folded away."""

GROUP = Markup('<div class="{}">{}</div>')
FOLDED = Markup("{}<details><summary>{}</summary>{}</details>")


def answer(links: Links, blocks: Iterable[Block], *, folding: bool = True) -> Markup:
    """Write the blocks of an answer in groups, each a paragraph with what follows it.

    Args:
        links: writes blocks, and links the events in them.
        blocks: the answer; the first paragraph is its headline.
        folding: whether the rest of a long list is folded away.
    """
    first, *others = (
        Markup("").join(_block(links, each, folding=folding) for each in group)
        for group in _groups(blocks)
    )
    beside = Markup("").join(GROUP.format("group", other) for other in others)
    headline = GROUP.format("headline", first)
    return headline + GROUP.format("groups", beside) if beside else headline


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and group:
            yield group
            group = []
        group.append(block)
    yield group


def _block(links: Links, block: Block, *, folding: bool) -> Markup:
    if folding and isinstance(block, Bullets) and len(block.items) > MOST:
        shown, folded = block.items[: MOST - 1], block.items[MOST - 1 :]
        more = say("{number} more", number=len(folded))
        return FOLDED.format(links.block(Bullets(shown)), more, links.block(Bullets(folded)))
    return links.block(block)
