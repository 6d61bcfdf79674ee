"""Run libFuzzer upon one surface, in a process of its own: `run.py` says how."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["answerable", "edtf", "tests.fuzz"]):
    from tests.fuzz.surface import surface


def main() -> None:
    """Look for harm until the time is up."""
    warnings.simplefilter("ignore")
    name = sys.argv.pop(1)
    sys.argv[0] = str(Path(".fuzz", f"{name}.sh").absolute())
    with atheris.instrument_imports(include=["answerable", "edtf", "tests.fuzz.surfaces"]):
        take = surface(name).take
    atheris.Setup(sys.argv, take)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
