"""Say what a surface is: a place where bytes of strangers come in, and what must hold of each.

A surface either refuses what it is given, by an error that is meant for users, or takes it; then
what it took is held against what it was given. Anything else that is raised is a defect, be it a
crash or an assertion that something was taken that should have been refused.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent

CORPORA = HERE / "corpora"
"""Holds a folder of inputs for each surface: good ones, and all that ever found a defect."""

MATERIAL = HERE / "material"
"""Holds keys, and what was signed by them: a good input must stay one from run to run."""


class Surface(NamedTuple):
    """A place where bytes come in.

    Attributes:
        name: the name of its module, and of the folder of its corpus.
        take: takes bytes, or refuses them; raises if something is wrong with either.
        longest: the most bytes that a fuzzer tries.
    """

    name: str
    take: Callable[[bytes], None]
    longest: int

    @property
    def corpus(self) -> list[Path]:
        """Return its inputs, in the order of their names."""
        return sorted(CORPORA.joinpath(self.name).iterdir())


def surface_names() -> list[str]:
    """Return the names of all surfaces."""
    return sorted(each.stem for each in (HERE / "surfaces").glob("*.py"))


def surface(name: str) -> Surface:
    """Load a surface by its name."""
    module = import_module(f"tests.fuzz.surfaces.{name}")
    return Surface(name, module.take, module.LONGEST)


def material(name: str) -> bytes:
    """Read what the surfaces hold inputs against."""
    return (MATERIAL / name).read_bytes()
