"""Public names that are loaded when they are asked for (PEP 562).

A package of answerable says where its public names are at home, and imports none of them: whoever
imports the package pays for what they use. Imports nothing, not even `typing`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazily(
    package: str, homes: "Mapping[str, str]"
) -> "tuple[Callable[[str], object], Callable[[], list[str]]]":
    """Make the `__getattr__` and the `__dir__` of a package.

    Args:
        package: its `__name__`.
        homes: for each module within it, the public names that are at home there, with spaces
            between them; `public=name` where the module has another name for it.
    """
    found = {
        public: (f"{package}.{home}", name or public)
        for home, names in homes.items()
        for public, _, name in (each.partition("=") for each in names.split())
    }

    def getattribute(public: str) -> object:
        if public not in found:
            # As the interpreter says it; `from package import module` relies on this error.
            raise AttributeError(f"module {package!r} has no attribute {public!r}")
        import sys
        from importlib import import_module

        module, name = found[public]
        value: object = getattr(import_module(module), name)
        setattr(sys.modules[package], public, value)
        return value

    return getattribute, lambda: sorted(found)
