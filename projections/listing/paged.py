"""Cut a list into pages by its keys: what is asked for, and which pages lie beside the one read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from answerable.domain.record import Page

Item = TypeVar("Item")

LENGTH = 50
"""The number of items on a page."""


class Sought(NamedTuple):
    """Hold which page of a list is asked for.

    Attributes:
        after: the key behind which it begins; None: it is the first page.
        before: the key before which it ends, where one goes back.
        begins: only keys that begin so.
        descending: whether the list goes from its last key to its first.
    """

    after: str | None = None
    before: str | None = None
    begins: str = ""
    descending: bool = False


class Stretch(NamedTuple, Generic[Item]):
    """Hold a page of a list.

    Attributes:
        items: what is on it, in the order of the list.
        back: the key before which the page before ends; None: there is none.
        onward: the key behind which the next page begins; None: there is none.
    """

    items: Sequence[Item]
    back: str | None
    onward: str | None


def stretch(
    read: Callable[[Page], Sequence[Item]],
    key_of: Callable[[Item], str],
    sought: Sought,
    length: int = LENGTH,
) -> Stretch[Item]:
    """Read a page, and one item more, which tells whether there is another page.

    Args:
        read: reads items by their keys.
        key_of: tells the key of an item.
        sought: which page.
        length: the most items on it.
    """
    goes_back = sought.before is not None
    start = sought.before if goes_back else sought.after
    page = Page(length + 1, start, sought.begins, sought.descending is not goes_back)
    found = list(read(page))
    more, items = len(found) > length, found[:length]
    if goes_back:
        items.reverse()
    if not items:
        return Stretch((), None, None)
    first, last = key_of(items[0]), key_of(items[-1])
    if goes_back:
        return Stretch(items, first if more else None, last)
    return Stretch(items, None if start is None else first, last if more else None)
