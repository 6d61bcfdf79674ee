"""A real browser: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from playwright.sync_api import Browser, sync_playwright

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""Keep a browser to itself. Tests may run as root, where its sandbox does not."""


@contextmanager
def chromium(unavailable: Callable[[str], NoReturn]) -> Iterator[Browser]:
    """Chromium, as long as it is needed."""
    program = shutil.which("chromium")
    if program is None:
        unavailable("chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*QUIET])
        yield started
        started.close()
