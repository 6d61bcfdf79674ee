"""The sandbox that a house's own template is rendered in, and the bounds of what it may take.

Jinja2's sandbox keeps a template from what it is not told. It does not keep it from taking all the
time and memory there is: so ranges, texts that are multiplied or filled up, and the page are
bounded here, and the time is where a process can be interrupted by its clock (POSIX).
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from string import Formatter
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import sync_do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from answerable.domain.language.saying import punctuation, say
from answerable.projections.pages.environment import spelled

LONGEST_RANGE = 10_000
"""The most numbers in a range."""

LONGEST_TEXT = 1_000_000
"""The most signs that a text may be multiplied, joined or filled up to."""

GREATEST = 2**64
"""The greatest number that a power may come to, and the greatest that is multiplied further."""

LARGEST_PAGE = 128 * 1024 * 1024
"""The most signs of a page."""

SECONDS = 30
"""The seconds of processor time that rendering may take."""

FILLING = frozenset(
    (
        *("center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "replace"),
        *("join", "translate", "encode"),
    )
)
"""The methods of a text by which a few signs become as many as one likes, or what does that."""

LEFT_OUT = ("lipsum", "cycler", "joiner", "namespace")
"""The globals of Jinja2 that a report has no use for."""

FILTERS_LEFT_OUT = (
    *("batch", "center", "format", "indent", "wordwrap", "pprint", "random", "slice", "xmlattr"),
)
"""The filters by which a few signs become as many, or that show what is not told."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a house's own template: autoescape on, unknown names an error.

    Args:
        loader: finds the templates that it includes or extends.
    """

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            finalize=spelled,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for name in LEFT_OUT:
            self.globals.pop(name, None)
        for name in FILTERS_LEFT_OUT:
            self.filters.pop(name, None)
        self.filters["replace"] = _replaced
        self.filters["join"] = _joined
        self.filters["tojson"] = _as_json
        self.globals.update(range=_range, _=_said, punctuation=punctuation)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Work out a product, a power or a remainder within bounds.

        Raises:
            SecurityError: it would be too large; or a text would be formatted by `%`.
        """
        if operator == "*":
            _check_product(left, right)
        elif operator == "**":
            _check_power(left, right)
        elif not isinstance(left, int | float):
            raise SecurityError("a text is not formatted by %: put it beside the other")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """Return nothing in place of a text's `format`: it fills texts up."""

    def is_safe_callable(self, obj: Any) -> bool:
        """Tell whether something may be called: nothing that fills a text up, or of a number."""
        of = getattr(obj, "__self__", None)
        if isinstance(of, int | float) or (isinstance(of, str) and obj.__name__ in FILLING):
            return False
        return super().is_safe_callable(obj)

    def call(self, context: Context, obj: Any, /, *given: Any, **named: Any) -> Any:
        """Call something, if it may be called.

        Raises:
            SecurityError: it may not.
        """
        if not self.is_safe_callable(obj):
            raise SecurityError(f"{getattr(obj, '__name__', 'this')} is not for a template to call")
        return context.call(obj, *given, **named)


def _said(sentence: str, /, **told: Any) -> str:
    """Say a sentence, with what is told in it as it stands: a format would reach into that.

    Where nothing is told, it is said as it stands, and a script fills it.
    """
    if not told:
        return say(sentence)
    texts = {name: str(each) for name, each in told.items()}
    size = len(sentence)
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise SecurityError(f"a sentence has names alone in its braces, and not {name!r:.40}")
        if name not in told:
            raise SecurityError(f"what stands for {{{name}}} in the sentence is not given")
        size += len(texts[name])
    if size > LONGEST_TEXT:
        raise SecurityError(f"a sentence has {LONGEST_TEXT:,} signs at the most")
    return say(sentence, **texts)


def _as_json(value: Any) -> Markup:
    return htmlsafe_json_dumps(value)


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > LONGEST_RANGE:
        raise SecurityError(f"a range has {LONGEST_RANGE:,} numbers at the most")
    return found


def _replaced(text: Any, old: Any, new: Any) -> Any:
    """Replace what stands in a text; its own words are escaped, as texts that are shown are."""
    told, old, new = escape(text), escape(old), escape(new)
    if len(told) + told.count(old) * len(new) > LONGEST_TEXT:
        raise SecurityError(f"a text in which is replaced has {LONGEST_TEXT:,} signs at the most")
    return told.replace(old, new)


@pass_eval_context
def _joined(
    context: EvalContext, value: Iterable[Any], between: Any = "", attribute: str | None = None
) -> Any:
    """Join texts, as Jinja2 does."""
    parts = [*value]
    texts = sum(len(each) for each in parts if isinstance(each, str))
    if texts + len(parts) * len(str(between)) > LONGEST_TEXT:
        raise SecurityError(f"what is joined has {LONGEST_TEXT:,} signs at the most")
    return sync_do_join(context, parts, between, attribute)


def _check_product(left: Any, right: Any) -> None:
    for times, what in ((left, right), (right, left)):
        if isinstance(times, int):
            if isinstance(what, list | tuple):
                raise SecurityError("a list is not multiplied")
            if isinstance(what, str) and len(what) * times > LONGEST_TEXT:
                raise SecurityError(f"what is multiplied has {LONGEST_TEXT:,} signs at the most")
            if isinstance(what, int) and abs(what) > GREATEST:
                raise SecurityError("a number is too great to be multiplied")


def _check_power(base: Any, power: Any) -> None:
    small = isinstance(base, int | float) and isinstance(power, int | float)
    if not small or abs(power) > 64 or abs(base) ** abs(power) > GREATEST:
        raise SecurityError("a power is too great")


def bounded(pieces: Iterable[str]) -> str:
    """Join the pieces of a page.

    Raises:
        SecurityError: it grows too large.
    """
    page, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_PAGE:
            raise SecurityError(f"the page has more than {LARGEST_PAGE:,} signs")
        page.append(piece)
    return "".join(page)


@contextmanager
def time_bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Interrupt what goes on for too long, where a process can be.

    Args:
        seconds: of the processor's time.

    Raises:
        SecurityError: it took longer.
    """
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return
    before: Callable[[int, FrameType | None], Any] | int | None
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise SecurityError("it takes too long")
