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
        homes: for each public name, the module of answerable that has it.
    """

    def getattribute(name: str) -> object:
        if name not in homes:
            # As the interpreter says it; `import package.module` relies on this error.
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        import sys
        from importlib import import_module

        value: object = getattr(import_module(f"answerable.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return getattribute, lambda: sorted(homes)
