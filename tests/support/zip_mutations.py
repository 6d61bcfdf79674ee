"""Zips changed by chance, field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.support.bundles import Files
from tests.support.zips import END, LISTED, LOCAL, LONG, Part, extra, written


def mutated_zip(random: Random, files: Files) -> bytes:
    """A zip of these files, one field of which is another."""
    parts = [Part(name, content) for name, content in files.items()]
    number = random.randrange(len(parts))
    part = parts[number]
    field: Callable[[Sequence[str]], dict[str, int]] = lambda names: {  # noqa: E731
        random.choice(names): random.choice(
            (0, 1, 8, 20, 0xFFFF, 0xFFFFFFFF, random.getrandbits(16))
        )
    }
    more = extra(random.choice((1, 10, 0x5455, 0x7075, 0x9901)), bytes(random.choice((0, 8, 16))))
    odd: dict[str, Any] = random.choice(
        (
            *({"before": field(LOCAL)}, {"listed": field(LISTED)}, {"pad": random.randrange(3)}),
            *({"extra": more}, {"extra_listed": more}, {"behind": bytes(random.randrange(30))}),
        )
    )
    both = field(LISTED[4:12])
    if random.random() < 0.2:
        odd = {"before": both, "listed": both}
    parts[number] = part._replace(**odd)
    end = field(END) if random.random() < 0.2 else {}
    long = field((*LONG, "locator", "disks", "none")) if random.random() < 0.2 else None
    for told in (*(odd.get(key, {}) for key in ("before", "listed")), end, long or {}):
        # What has two bytes of room.
        for name in told:
            if name not in ("crc", "packed", "unpacked", "mode", "at", "size", "place", "inside"):
                told[name] &= 0xFF if name in ("made", "system", "reserved", "version") else 0xFFFF
    if "inside" in odd.get("listed", {}):
        odd["listed"]["inside"] &= 0xFFFF
    return written(parts, end=end, long=long)
