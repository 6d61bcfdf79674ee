"""Read a model of pm4py as the rules of a policy."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator, Mapping
from json import dumps
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from answerable.domain.errors import AnswerableError
from answerable.domain.kinds import FAMILY
from answerable.domain.mistyped.nearest import did_you_mean, nearest
from answerable.domain.policy.rules import ALONE, PAST, Declare, Template
from answerable.projections.interchange.declare_names import NAMES, OTHERWISE, OURS

LONGEST_ID = 64
"""The most letters that the id of a rule has."""

LONGEST_KEY = 1_000
"""The most characters of a key that is read as a tuple of Python."""


class InvalidModel(AnswerableError):
    """A model of pm4py that no rules can be made of: what is wrong, and where."""


class ModelRead(NamedTuple):
    """The rules that a model of pm4py is read as.

    Attributes:
        rules: them, in the order of the model.
        warnings: the templates that mean something else to pm4py, and what.
    """

    rules: tuple[Declare, ...]
    warnings: tuple[str, ...]


def rules_from(told: Any) -> ModelRead:
    """Read the rules of a model of pm4py.

    Args:
        told: values of JSON: the document that `declare_model` makes, or the model alone. The
            constraints of a template may be a dictionary, too, whose keys are activities, or
            tuples as Python writes them: `"('A', 'B')"`.

    Raises:
        InvalidModel: it is no model, or has a template or an activity that nothing here is called.
    """
    model = told.get("model", told) if isinstance(told, dict) else told
    if not isinstance(model, dict) or not model:
        raise InvalidModel(
            "this is no model of pm4py.",
            hint='A model names templates: {"response": [[["A", "B"], {"confidence": 1}]]}.',
        )
    rules: dict[str, Declare] = {}
    for name, constraints in model.items():
        template = _template(name)
        for place, (key, numbers) in enumerate(_constraints(name, constraints)):
            rule = _rule(template, key, numbers, f"{name}.{place}")
            rules.setdefault(rule.id, rule)
    if not rules:
        raise InvalidModel("this model has no constraints, and a policy has at least one rule.")
    warnings = tuple(f"{name}: {why}" for name, why in OTHERWISE.items() if name in model)
    return ModelRead(tuple(rules.values()), warnings)


def _template(name: str) -> Template:
    found = OURS.get(name)
    if found is None:
        ours = name if name in get_args(Template) else None
        meant = NAMES.get(ours) if ours is not None else None  # type: ignore[call-overload]
        raise InvalidModel(
            f"{name!r:.80} is no template of pm4py.",
            field=name,
            hint=did_you_mean([meant] if meant else nearest(name, OURS))
            or f"It knows {', '.join(OURS)}.",
        )
    return found


def _constraints(name: str, told: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(told, dict):
        yield from ((_unwritten(key), value) for key, value in told.items())
        return
    if not isinstance(told, list):
        raise InvalidModel(
            "its constraints are a list of pairs, or a dictionary.",
            field=name,
            hint='As [[["A", "B"], {"confidence": 1}]].',
        )
    for place, pair in enumerate(told):
        if not isinstance(pair, list) or len(pair) != 2:
            raise InvalidModel(
                "a constraint is a pair: its activities, and its numbers.",
                field=f"{name}.{place}",
                hint='As [["A", "B"], {"confidence": 1}].',
            )
        yield pair[0], pair[1]


def _unwritten(key: str) -> Any:
    """Read a key that Python wrote of a tuple: `"('A', 'B')"`."""
    if not key.startswith("(") or len(key) > LONGEST_KEY:
        return key
    try:
        return [*literal_eval(key)]
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return key


def _rule(template: Template, key: Any, numbers: Any, path: str) -> Declare:
    wanted = 1 if template in ALONE else 2
    activities = [key] if isinstance(key, str) else key
    if (
        not isinstance(activities, list)
        or len(activities) != wanted
        or not all(isinstance(each, str) for each in activities)
    ):
        asked = "one activity" if wanted == 1 else "two activities"
        raise InvalidModel(f"{NAMES[template]} takes {asked}.", field=path)
    for activity in activities:
        if activity not in FAMILY:
            near = did_you_mean(nearest(activity, FAMILY))
            raise InvalidModel(
                f"{activity!r:.80} is no kind of event.",
                field=path,
                hint=near or "An activity of a policy is a kind of event.",
                cli_hint=near or "`answerable append --help` lists the kinds, which they are.",
            )
    names = ("first", "then") if template in PAST else ("when", "then")
    selectors = dict(zip(names, activities, strict=False))
    return Declare(
        id=_id(template, activities),
        kind="declare",
        template=template,
        text=_text(template, activities),
        source=_source(numbers),
        **selectors,
    )


def _id(template: Template, activities: list[str]) -> str:
    """Name a rule by its template and activities, in at most as many letters as an id has."""
    long = "-".join((template, *activities))
    if len(long) <= LONGEST_ID:
        return long
    from hashlib import sha256

    return f"{long[: LONGEST_ID - 9]}-{sha256(long.encode()).hexdigest()[:8]}"


def _source(numbers: Any) -> str:
    confidence = numbers.get("confidence") if isinstance(numbers, dict) else None
    if isinstance(confidence, int | float) and not isinstance(confidence, bool):
        return f"a model of pm4py, with confidence {confidence:.4g}"
    return "a model of pm4py"


TEXTS: Mapping[Template, str] = MappingProxyType(
    {
        "response": "Every {0} is followed by {b}.",
        "precedence": "Before every {1} there is {a}.",
        "succession": "Every {0} is followed by {b}, and before every {1} there is {a}.",
        "alternate-response": "Every {0} is followed by {b}, before the next {0}.",
        "alternate-precedence": "Before every {1} there is {a}, since the last {1}.",
        "alternate-succession": "Every {0} is followed by {b}, and each of them by the other.",
        "chain-response": "Every {0} is directly followed by {b}.",
        "chain-precedence": "Directly before every {1} there is {a}.",
        "chain-succession": "Every {0} is directly followed by {b}, and directly before every {1} "
        "there is {a}.",
        "responded-existence": "Where there is {a}, there is {b}, before or after.",
        "co-existence": "Where there is {a}, there is {b}, and the other way round.",
        "not-co-existence": "There are never both {a} and {b}.",
        "not-succession": "No {0} is ever followed by {b}.",
        "not-chain-succession": "No {0} is directly followed by {b}.",
        "existence": "There is {a}.",
        "absence": "There is no {0}.",
        "exactly": "There is exactly one {0}.",
        "init": "Every case begins with {a}.",
    }
)
"""A sentence of each template that pm4py has, over its activities in words."""


def _text(template: Template, activities: list[str]) -> str:
    said = [f"“{each.replace('-', ' ')}”" for each in activities]
    one, other = (
        f"{_article(each)} {words}"
        for each, words in zip((activities[0], activities[-1]), (said[0], said[-1]), strict=True)
    )
    return TEXTS[template].format(*said, a=one, b=other)


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


HEAD = """\
# Read from a model of pm4py. Say in `source` why each rule holds, and whose cases it is for.
format = "answerable-policy/1"
id = {id}
version = "1"
title = {title}
jurisdictions = ["*"]
"""


def document_of(read: ModelRead, policy_id: str, title: str) -> bytes:
    """Write a policy of these rules, as TOML in UTF-8; what is warned of stands above its rule.

    Args:
        read: the rules.
        policy_id: the id of the policy.
        title: what it is called.
    """
    warned = {warning.partition(":")[0]: warning for warning in read.warnings}
    parts = [HEAD.format(id=_quoted(policy_id), title=_quoted(title))]
    for rule in read.rules:
        warning = warned.get(NAMES[rule.template])
        parts.append((f"# {warning}.\n" if warning else "") + toml_of((rule,)))
    return "\n".join(parts).encode()


def toml_of(rules: tuple[Declare, ...]) -> str:
    """Write rules as the end of a policy document: every value of theirs is a text.

    Args:
        rules: such as `rules_from` reads.
    """
    return "\n".join(_toml(rule) for rule in rules)


def _toml(rule: Declare) -> str:
    names = ("id", "kind", "template", "when", "first", "then", "text", "source")
    told = ((name, getattr(rule, name)) for name in names)
    lines = [f"{name} = {_quoted(value)}" for name, value in told if value is not None]
    return "\n".join(("[[rule]]", *lines, ""))


def _quoted(text: str) -> str:
    """Write a text as a basic string of TOML, which escapes as JSON does."""
    return dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
