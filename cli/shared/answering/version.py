"""The version of answerable, as answers tell it."""

from __future__ import annotations


def version() -> str:
    """Return the version of answerable that is installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("answerable")
    except PackageNotFoundError:
        return "of a checkout"
