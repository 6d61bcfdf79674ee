"""Public names that are loaded when they are asked for (PEP 562).

A package of answerable says where its public names are at home, and imports none of them: whoever
imports the package pays for what they use. For editors and type checkers it also imports each of
them as itself (`from module import name as name`), which exports a name without a list of names.
Imports nothing, not even `typing`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazily(
    package: str, homes: "Mapping[str, str]"
) -> "tuple[Callable[[str], object], Callable[[], list[str]], list[str]]":
    """Make the `__getattr__`, the `__dir__` and the `__all__` of a package.

    Args:
        package: its `__name__`.
        homes: for each module within it, the public names that are at home there, with spaces
            between them.
    """
    found = {name: f"{package}.{home}" for home, names in homes.items() for name in names.split()}
    public = sorted(found)

    def getattribute(name: str) -> object:
        if name not in found:
            # As the interpreter says it; `from package import module` relies on this error.
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        import sys
        from importlib import import_module

        value: object = getattr(import_module(found[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return getattribute, public.copy, public
