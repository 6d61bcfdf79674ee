"""Read amounts of money as people write them into cells."""

from __future__ import annotations

import re

from answerable.ledger.transfer.sheet.files.cells import Number
from answerable.ledger.transfer.sheet.maps.model import Scalar

SIGNS = re.compile(r"[^\d.,'\s\u00a0\u202f-]+")
"""Match what may stand beside a number, as the sign of its currency."""

GROUPED = {
    ".": re.compile(r"\d{1,3}(?:[,'\s]\d{3})+(?:\.\d{1,4})?|\d+(?:\.\d{1,4})?"),
    ",": re.compile(r"\d{1,3}(?:[.'\s]\d{3})+(?:,\d{1,4})?|\d+(?:,\d{1,4})?"),
}


def amount_of(value: Scalar, decimal: str) -> str | None:
    """Return an amount as a decimal number; None for what is none.

    Args:
        value: as a cell has it: a number, or `$1,200.50`.
        decimal: the sign before the decimals of a text; a number has a point.
    """
    if isinstance(value, Number) or not isinstance(value, str):
        decimal = "."
    bare = SIGNS.sub("", str(value)).strip()
    if not GROUPED[decimal].fullmatch(bare):
        return None
    whole, _, fraction = bare.partition(decimal)
    digits = re.sub(r"\D", "", whole).lstrip("0") or "0"
    return f"{digits}.{fraction}" if fraction else digits
