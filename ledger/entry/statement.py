"""The statement that an actor signs: the entry, without what the ledger adds afterwards.

An entry is stored with the event's number in its case, the time of recording, in an erasure what it
destroyed, what a clock said that was accepted by hand, and a commitment to the signature itself,
none of which is known when the actor signs. So
the *statement* is the entry's own bytes with these cut out. It covers the event's id, case, kind,
all its public fields, and the commitments to all that is sealed, who records among it. Nothing is
serialised again to check a signature, and it holds however many of the sealed texts were erased.
"""

from __future__ import annotations

import re

from answerable.ledger.errors import NotVerified

HEAD = re.compile(
    rb'\{"event_id":"[0-9a-f-]{36}","case_id":"[a-z0-9._-]{1,64}",(?P<version>"version":[0-9]+,)'
    rb'"kind":"'
)
TAIL = re.compile(
    rb'(?P<own>("destroyed":\{"texts":[0-9]+,"digest":"sha256:[0-9a-f]{64}"\},)?'
    rb'("clock":\{"said":"[0-9TZ:.-]{27}","last":"[0-9TZ:.-]{27}"\},)?'
    rb'"recorded_at":"[0-9TZ:.-]{27}",)"_sd":\[(?P<commitments>[A-Za-z0-9_",-]+)\]\}'
)
TAIL_STARTS = (b'"destroyed":{', b'"clock":{', b'"recorded_at":"')


def statement(entry: bytes, signature: bytes | None = None) -> bytes:
    """Return the bytes that the actor signs, or signed, of an entry.

    Args:
        entry: the entry's bytes.
        signature: the commitment to the signature, which the entry carries; None where it carries
            none.

    Raises:
        NotVerified: it is not an entry that a ledger wrote, or carries no such commitment.
    """
    head = HEAD.match(entry)
    starts = (entry.rfind(start) for start in TAIL_STARTS)
    tail = TAIL.fullmatch(entry, next((start for start in starts if start >= 0), 0))
    if head is None or tail is None:
        raise NotVerified("this is not an entry that a ledger wrote.")
    commitments = tail["commitments"].split(b",")
    if signature is not None:
        own = b'"%b"' % signature
        if own not in commitments:
            raise NotVerified("the entry carries no commitment to this signature.")
        commitments.remove(own)
    return b'%b%b"_sd":[%b]}' % (
        entry[: head.start("version")],
        entry[head.end("version") : tail.start("own")],
        b",".join(commitments),
    )
