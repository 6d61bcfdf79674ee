"""Render a house's own template over what the shipped page of a report is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from answerable.domain.mistyped.nearest import nearest
from answerable.projections.pages.own.errors import TemplateFails
from answerable.projections.pages.own.loading import HouseLoader, shipped, text_in
from answerable.projections.pages.own.sandbox import Sandbox, bounded, time_bounded
from answerable.projections.pages.own.sealed import PLACE, sealed

SHIPPED = "shipped:"


def own_page(place: Path, told: Mapping[str, Any], scripts: Collection[str]) -> str:
    """Write a page by a house's own template.

    Args:
        place: the template.
        told: what it is told, by name.
        scripts: the shipped scripts, which alone may run in the page.

    Raises:
        TemplateFails: it cannot be read or rendered, or its page would not keep to itself.
    """
    text, sandbox = text_in(place), Sandbox(HouseLoader(place))
    try:
        with time_bounded():
            code = sandbox.compile(text, name=place.name, filename=str(place))
            template = sandbox.template_class.from_code(
                sandbox, code, sandbox.make_globals({}), None
            )
            page = bounded(template.generate({**told, "content_policy": PLACE}))
    except TemplateSyntaxError as error:
        where = f"{_name(error.filename, place)}, line {error.lineno}"
        raise TemplateFails(f"{where}: {_said(error)}.") from None
    except TemplateNotFound as error:
        raise TemplateFails(
            f"{_where(error, place)}: there is no template {error.name!r} beside it, or shipped.",
            hint=f"Shipped are {', '.join(shipped())}.",
        ) from None
    except UndefinedError as error:
        raise TemplateFails(
            f"{_where(error, place)}: {_said(error)}.", hint=_instead(error.message or "", told)
        ) from None
    except (SecurityError, TemplateError) as error:
        raise TemplateFails(f"{_where(error, place)}: {_said(error)}.") from None
    except RecursionError:
        raise TemplateFails(f"{place.name}: it includes or calls itself without end.") from None
    except MemoryError:
        raise TemplateFails(f"{place.name}: it takes more memory than there is.") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise TemplateFails(f"{_where(error, place)}: {_said(error)}.") from None
    return sealed(page, scripts)


def _said(error: BaseException) -> str:
    """Return what an error says, without its full stop: some have one."""
    return str(getattr(error, "message", None) or error).removesuffix(".")


def _where(error: BaseException, place: Path) -> str:
    """Say in which template an error came up, and in which line: the innermost of the house's."""
    told = extract_tb(error.__traceback__)
    frames = [each for each in told if _is_template(each.filename, place)]
    own = [each for each in frames if not each.filename.startswith(SHIPPED)] or frames
    return f"{_name(own[-1].filename, place)}, line {own[-1].lineno}" if own else place.name


def _is_template(filename: str, place: Path) -> bool:
    return filename.startswith(SHIPPED) or Path(filename).resolve().parent == place.resolve().parent


def _name(filename: str | None, place: Path) -> str:
    if filename is not None and filename.startswith(SHIPPED):
        return f"the shipped {filename.removeprefix(SHIPPED)}"
    return Path(filename).name if filename else place.name


def _instead(message: str, told: Mapping[str, Any]) -> str:
    """Say what there is in the place of what is not."""
    name = message.split("'")[1] if message.count("'") >= 2 else ""
    near = nearest(name, sorted(told), most=2, alike=0.5)
    likely = f"Did you mean {' or '.join(near)}? " if near else ""
    return f"{likely}There are: {', '.join(sorted(told))}. docs/templates.md says what each is."
