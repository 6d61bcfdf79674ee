"""List what a word may become: cases, parties, events and exhibits on record, with titles.

Options and arguments say what they take by the word that stands for it in the help: CASE, PARTY.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from answerable.cli.shared.case_named import VARIABLE as CASE_VARIABLE
from answerable.cli.shared.options import DEFAULT_LEDGER
from answerable.cli.shared.output import visible
from answerable.domain.errors import AnswerableError
from answerable.domain.kinds import FAMILY, LINKS, STEPS
from answerable.domain.search.folding import plain_key

if TYPE_CHECKING:
    from answerable.ledger.indexes.reader import IndexedReader

MOST = 60
"""The most that are offered: of events, the latest."""

MOST_READ = 5_000
"""The most events or registrations that are looked through."""

WIDEST = 60
"""The longest title, in characters."""

Item = CompletionItem[str]
Words = Callable[[click.Context, click.Parameter, str], Iterable[Item]]


def cases(ctx: click.Context, _: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the cases whose slug begins with a word, else those whose title has it."""
    from answerable.projections.titles import Titles

    with _ledger(ctx) as ledger:
        ids = (each.case_id for each in ledger.cases())
        begun = [*islice((each for each in ids if each.startswith(word)), MOST)]
        titles = Titles(ledger)
        for each in begun or islice(_titled(ledger, plain_key(word)), MOST):
            yield _item(each, titles.of(each))


def _titled(ledger: IndexedReader, wanted: str) -> Iterator[str]:
    """Yield the cases that were opened by a title with a word in it, those opened last first."""
    opened = [*ledger.events(kinds={"case-opened"})][-MOST_READ:]
    texts = ledger.opened(each.position for each in opened)
    for each in reversed(opened):
        if wanted in plain_key(str(texts[each.position].fields.get("title", ""))):
            yield each.case_id


def parties(ctx: click.Context, _: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the parties whose pseudonym begins with a word, or a word of whose name does."""
    from answerable.projections.facts.names import names

    *before, last = word.split(",")
    wanted = plain_key(last)
    with _ledger(ctx) as ledger:
        registered = islice(ledger.events(kinds={"party-registered"}), MOST_READ)
        known = names(ledger)
        found = dict.fromkeys(event.fields["party"] for event in registered)
        told = known.of_each(found)
        begun = [each for each in told if each.party.startswith(last)] or [
            each
            for each in told
            if any(part.startswith(wanted) for part in _parts(each.name, each.aliases))
        ]
        for each in begun[:MOST]:
            yield _item(",".join((*before, each.party)), each.name or each.type)


def events(ctx: click.Context, parameter: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the events that an option can take, the latest first, by their numbers."""
    yield from _events(ctx, word, _kinds(ctx, parameter), _case(ctx))


def exhibits(ctx: click.Context, _: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the exhibits, the latest first, by the numbers of their registrations."""
    yield from _events(ctx, word, ("evidence-registered",), None)


def persons_and_events(ctx: click.Context, parameter: click.Parameter, word: str) -> Iterator[Item]:
    """Yield parties, and where a number is typed, events."""
    if word.lstrip("#").isdigit():
        yield from events(ctx, parameter, word)
    else:
        yield from parties(ctx, parameter, word)


def someone(ctx: click.Context, parameter: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the parties, where it is not asked who records: that is anybody."""
    if parameter.name != "actor":
        yield from parties(ctx, parameter, word)


def zones(_: click.Context, __: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the zones of time that begin with a word, or have a part that does."""
    from zoneinfo import available_timezones

    wanted = word.casefold()
    return (
        Item(each)
        for each in sorted(available_timezones())
        if any(part.startswith(wanted) for part in (each.casefold(), *each.casefold().split("/")))
    )


def files(_: click.Context, __: click.Parameter, word: str) -> Iterator[Item]:
    """Have the shell offer files."""
    yield Item(word, type="file")


def policies(ctx: click.Context, _: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the policies that begin with a word: those adopted, and those that come with this.

    Where none does, the shell offers files.
    """
    from answerable.domain.policy.shipped import PROFILES

    adopted: list[tuple[str, str]] = []
    with suppress(AnswerableError), _ledger(ctx) as ledger:
        told = islice(ledger.events(kinds={"policy-adopted"}), MOST_READ)
        adopted = [(each.fields["policy"], each.fields["policy_version"]) for each in told]
    known = {f"{policy}@{version}": "adopted" for policy, version in adopted}
    known |= dict.fromkeys((policy for policy, _ in adopted), "adopted")
    known |= {each: "comes with this program" for each in PROFILES if each not in known}
    found = [_item(name, where) for name, where in known.items() if name.startswith(word)]
    yield from found[:MOST] or (Item(word, type="file"),)


def profiles(_: click.Context, __: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the policies that come with this program, of which a name begins with a word."""
    from answerable.domain.policy.shipped import PROFILES

    return (Item(each) for each in PROFILES if each.startswith(word))


def kinds(_: click.Context, __: click.Parameter, word: str) -> Iterator[Item]:
    """Yield the kinds of events that begin with a word."""
    return (Item(each) for each in (*STEPS, *FAMILY) if each.startswith(word))


WORDS_ON_RECORD: Mapping[str, Words] = {
    "CASE": cases,
    "PARTY": parties,
    "PERSON": parties,
    "WHO": someone,
    "PARTY|WORDS": parties,
    "EVENT": events,
    "EVENT|STEP": events,
    "EVIDENCE": exhibits,
    "PERSON|EVENT": persons_and_events,
    "KIND": kinds,
    "ZONE": zones,
    "POLICY": policies,
    "PROFILE": profiles,
    "FILE": files,
    "FILE|-": files,
}
"""Map what stands for a value in the help to what it may become."""


def _events(ctx: click.Context, word: str, of: tuple[str, ...], case: str | None) -> Iterator[Item]:
    from answerable.projections.facts.names import names
    from answerable.projections.wording.sentence import sentence

    *before, last = word.split(",")
    number, named = last.lstrip("#"), {each.lstrip("#") for each in before}
    with _ledger(ctx) as ledger:
        since = 0 if case else max(0, len(ledger) - MOST_READ)
        called = names(ledger).called
        found = [
            each
            for each in ledger.events(case=case, kinds={*of} or None, since=since)
            if (position := str(each.position)).startswith(number) and position not in named
        ][-MOST:]
        for each in reversed(found):
            text = sentence(each.kind, each.fields, called)
            yield _item(",".join((*before, str(each.position))), text)


def _kinds(ctx: click.Context, parameter: click.Parameter) -> tuple[str, ...]:
    """Return the kinds of events that an option takes; none where it takes any."""
    name = parameter.name or ""
    if name.startswith("link_"):
        return (LINKS[name.removeprefix("link_")],)
    kind = STEPS.get(ctx.command.name or "", ctx.command.name or "")
    if kind not in FAMILY:
        return ()
    from answerable.domain.kinds import model

    refers = model(kind).references.get(name)
    return () if refers is None else refers.kinds


def _case(ctx: click.Context) -> str | None:
    """Return the case that is typed before, if one is, or else stands in the environment."""
    if "case_id" not in ctx.params:
        return None
    told: str | None = ctx.params["case_id"]
    return told or os.environ.get(CASE_VARIABLE) or None


def _parts(name: str | None, aliases: Iterable[str]) -> Iterator[str]:
    for each in (name, *aliases):
        if each:
            yield from (plain_key(each), *plain_key(each).split())


def _item(value: str, title: str | None) -> Item:
    told = visible(title or "").replace("\t", " ")
    return Item(value, help=f"{told[: WIDEST - 1]}…" if len(told) > WIDEST else told or None)


@contextmanager
def _ledger(ctx: click.Context) -> Iterator[IndexedReader]:
    """Open the ledger to be read, and only that: of an earlier version, it is not upgraded.

    Raises:
        AnswerableError: there is none, or it cannot be read.
    """
    from answerable.ledger.indexes.reader import IndexedReader
    from answerable.ledger.store.opening import open_store

    with IndexedReader(open_store(_place(ctx))) as opened:
        yield opened


def _place(ctx: click.Context) -> str:
    at: click.Context | None = ctx
    while at is not None:
        if given := at.params.get("ledger"):
            return str(given)
        at = at.parent
    return os.environ.get("ANSWERABLE_LEDGER") or DEFAULT_LEDGER
