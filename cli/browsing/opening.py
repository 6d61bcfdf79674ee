"""Opening the address in a browser, without telling the token to others on the machine.

What a program is called with, everybody on a machine can see. So the browser is given a file that
leads on to the address, and that nobody else may read, as Jupyter does it.
"""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={address}"><title>answerable</title></head>
<body><p><a href="{address}">answerable browse</a></p></body></html>
"""


@contextmanager
def opened_by_file(address: str, *, really: bool) -> Iterator[None]:
    """Have a browser open an address, and keep the file that leads there within the block.

    Args:
        address: which.
        really: whether one is to be opened at all.
    """
    if not really:
        yield
        return
    with TemporaryDirectory(prefix="answerable-") as folder:
        place = Path(folder) / "open.html"
        place.write_text(PAGE.format(address=escape(address)), encoding="utf-8")
        # A browser in the terminal would not return before it is left.
        Thread(target=webbrowser.open, args=(place.as_uri(),), daemon=True).start()
        yield
