"""Show what vouches for the record: the head that was signed, and a check of all, when asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from answerable.domain.language.saying import figures, say, say_count, spoken, to_say
from answerable.domain.record import TreeHead
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import link, said
from answerable.projections.pages.sections import Shown
from answerable.projections.wording.counts import capital

ASK = Markup('<form class="ask" action="{}" method="get"><button type="submit">{}</button></form>')

PLACE = "<!--the check-->"
"""Mark the place of a page where a check goes on."""


class Signed(NamedTuple):
    """Hold what was signed of the log.

    Attributes:
        origin: the name of the log, as it was signed.
        size: how many entries the last signed head is of.
        wrong: what does not hold of it; empty where its signature and its root do.
    """

    origin: str
    size: int
    wrong: str = ""


def signed_words(head: TreeHead, signed: Signed | None) -> Markup:
    """Say what the head is, what was signed of it, and that this is no check of the entries."""
    told = [
        said(
            say_count(
                "{number} entry, under the root {root}.",
                "{number} entries, under the root {root}.",
                head.size,
                root=head.root.hex(),
            )
        )
    ]
    if signed is None:
        told.append(said(say(UNSIGNED)))
    elif signed.wrong:
        told.append(Markup('<p class="answer bad">{}</p>').format(capital(signed.wrong)))
    elif signed.size == head.size:
        told.append(said(say(SIGNED, origin=signed.origin)))
    else:
        told.append(
            said(
                say(
                    SIGNED_BEFORE,
                    origin=signed.origin,
                    size=figures(signed.size),
                    more=figures(head.size - signed.size),
                )
            )
        )
    told.append(
        Markup("<p>{} {}</p>").format(
            say(UNCHECKED), link(addresses.VERIFICATION, say("Check the record"))
        )
    )
    return Markup("\n").join(told)


UNSIGNED = to_say(
    "No head of the log was signed: whoever can write the file could have made all of it anew. "
    "`answerable checkpoint` signs the head."
)
SIGNED = to_say("All of it is signed by {origin}; the signature holds, and the tree has that root.")
SIGNED_BEFORE = to_say(
    "The first {size} entries are signed by {origin}; the signature holds, and the tree had that "
    "root. {more} came later: `answerable checkpoint` signs them, too."
)
UNCHECKED = to_say("Whether each entry is what the tree was made of is not checked before you ask.")


def verification_page(head: TreeHead, signed: Signed | None, frame: Frame) -> str:
    """Write the page that says what vouches for the record, and leads to the check.

    Args:
        head: the head of the log.
        signed: what was signed of it.
        frame: what all pages share.
    """
    check = said(
        say(
            "The check reads every entry, hashes it again, and holds it against the tree, what was "
            "signed, and all that questions are answered from."
        )
    ) + Markup(
        '<form class="ask" action="{}" method="get"><button type="submit">{}</button></form>'
    ).format(addresses.CHECK, say("Check everything now"))
    elsewhere = said(
        say(
            "A ledger that was made anew, keys and all, looks whole here: hold it against a key "
            "that you got elsewhere, by `answerable verify --key FILE`."
        )
    )
    page = Page(
        at=addresses.VERIFICATION,
        kind=say("What vouches for the record"),
        title=Markup.escape(say("Verification")),
        title_text=say("Verification"),
        sections=(
            Shown("head", say("The head of the log"), signed_words(head, signed)),
            Shown("check", say("Check everything"), check + elsewhere),
        ),
    )
    return framed(page, frame)


def check_page(frame: Frame) -> tuple[str, str]:
    """Write the page of a check, parted where the check goes on: what comes before, and after.

    Args:
        frame: what all pages share.
    """
    page = Page(
        at=addresses.VERIFICATION,
        kind=say("What vouches for the record"),
        title=Markup.escape(say("Checking the record")),
        title_text=say("Checking the record"),
        sections=(Shown("check", say("The check"), Markup(PLACE)),),  # noqa: S704 - our own
    )
    before, _, after = framed(page, frame).partition(PLACE)
    return before, after


HOLDS = to_say("The record is what it was.")
HOLDS_NOT = to_say("NOT VERIFIED: the record is not what it was.")


def progress_words(done: int, size: int) -> Markup:
    """Say how far a check has come."""
    return said(say("{done} of {size} entries.", done=figures(done), size=figures(size)))


def verified_words(told: Iterable[str], unchecked: Iterable[str]) -> Markup:
    """Say that everything is as it should be.

    Args:
        told: what was verified, a sentence each.
        unchecked: what was not.
    """
    not_checked = Markup("<p>{}</p>").format(say("Not checked here:")) + _items(unchecked)
    return _came_to(HOLDS, "ok") + _items(told) + not_checked


def not_verified_words(problems: Iterable[str]) -> Markup:
    """Say what is not as it should be: in English, as the program tells it, and marked as that."""
    told = Markup('<div lang="en">{}</div>').format(_items(problems))
    if spoken() is not None:
        told = said(say(IN_ENGLISH)) + told
    return _came_to(HOLDS_NOT, "bad") + told


IN_ENGLISH = to_say("The program says so, in English:")


def _items(told: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(each) for each in told)
    )


def _came_to(answer: str, look: str) -> Markup:
    return Markup('<p class="answer {}" role="status"><strong>{}</strong></p>').format(
        look, say(answer)
    )
