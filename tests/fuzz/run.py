"""Look for inputs that crash, hang, or are taken and should be refused, guided by coverage.

    python -m tests.fuzz.run                    each surface for a minute
    python -m tests.fuzz.run note --seconds 600

What is new and reaches something new is put beside the corpora, in `.fuzz/`, and is part of the
next run; with `--keep`, the fewest of these inputs that reach as much become part of the corpora.
An input that does harm is left in `.fuzz/`: put it into its corpus, and mend what it found.
Atheris (libFuzzer) does the looking; `make fuzz` installs it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from shlex import quote

from tests.fuzz.surface import CORPORA, surface, surface_names

FOUND = Path(".fuzz")

SECONDS_FOR_ONE = 20
"""The seconds that one input may take; one that takes longer hangs."""

MEGABYTES = 2_048
"""The most memory that a run may take."""


def _command(name: str, *flags: str) -> list[str]:
    new = FOUND / name
    new.mkdir(parents=True, exist_ok=True)
    # libFuzzer runs itself again for a merge, by the name that it was called by.
    itself = FOUND / f"{name}.sh"
    looking = f"{quote(sys.executable)} -m tests.fuzz.looking {name}"
    itself.write_text(f'#!/bin/sh\nexec {looking} "$@"\n')
    itself.chmod(0o755)
    limits = [f"-timeout={SECONDS_FOR_ONE}", f"-rss_limit_mb={MEGABYTES}"]
    most = f"-max_len={surface(name).longest}"
    harm = f"-artifact_prefix={FOUND}/{name}-"
    flags = (*limits, most, harm, "-verbosity=0", "-print_final_stats=1", *flags)
    return [str(itself.absolute()), *flags]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def look(name: str, seconds: int) -> int:
    """Look for harm that a surface comes to, for so long; return 0 where there was none."""
    kept = CORPORA / name
    _say(f"-- {name}")
    places = [str(FOUND / name), str(kept)]
    return subprocess.run(_command(name, f"-max_total_time={seconds}", *places)).returncode


def keep(name: str) -> int:
    """Take the fewest of the new inputs that reach something new into a corpus."""
    places = [str(CORPORA / name), str(FOUND / name)]
    return subprocess.run(_command(name, "-merge=1", *places)).returncode


def main() -> int:
    """Run as a command; return 1 where any surface came to harm."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="SURFACE", choices=[[], *surface_names()])
    parser.add_argument("--seconds", type=int, default=60, help="for each surface")
    parser.add_argument("--keep", action="store_true", help="take what is new into the corpora")
    given = parser.parse_args()
    names = given.names or surface_names()
    harmed = [name for name in names if look(name, given.seconds)]
    if given.keep:
        harmed += [name for name in names if keep(name)]
    _say(f"harm to: {', '.join(harmed)}" if harmed else f"no harm to {len(names)} surfaces")
    return 1 if harmed else 0


if __name__ == "__main__":
    sys.exit(main())
