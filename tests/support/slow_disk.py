"""A disk whose flushes take as long as one says, for a server: two functions put before libc's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SOURCE = """
#include <time.h>
int fdatasync(int file) {
    (void)file;
    struct timespec taken = {0, NANOSECONDS};
    nanosleep(&taken, 0);
    return 0;
}
int fsync(int file) { (void)file; return 0; }
"""

SETTINGS = {"fsync": "on", "wal_sync_method": "fdatasync"}
"""Have a server flush by the function that is slowed."""


def compiler() -> str | None:
    """The C compiler; None where there is none."""
    return shutil.which("cc")


@contextmanager
def slow_flushes(folder: Path, milliseconds: int) -> Iterator[None]:
    """Slow the flushes of programs that are started within the block."""
    source, made = folder / "slow.c", folder / "slow.so"
    source.write_text(SOURCE.replace("NANOSECONDS", str(milliseconds * 1_000_000)))
    found = compiler()
    assert found is not None
    subprocess.run([found, "-shared", "-fPIC", "-o", made, source], check=True)
    for each in (folder, *folder.parents):
        if os.access(each, os.W_OK) and each.owner() == folder.owner() and each != Path("/tmp"):
            each.chmod(each.stat().st_mode | 0o055)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(made))
        yield
