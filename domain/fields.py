"""Declare the types that event fields are made of.

Markers ride along in the annotations and are read once, when a kind is declared:

- `SEALED`: the value never enters the chain; the entry carries a commitment to it.
- `LONG`: text that one would rather write in an editor.
- `PARTY`: the value names a party by its pseudonym, so what is sealed beside it is about them.
- `TERM`: a word of the producer's choice that stands in the open, and so must not tell a name.
- `DATE`: a date, as precisely as it is known (EDTF).
- `Refers`: the value is the id of another event, of one of the kinds listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from answerable.domain import edtf
from answerable.domain.terms.citation import check_citation
from answerable.domain.terms.currency import check_currency
from answerable.domain.terms.form import EARLIER_CITATION, EARLIER_TERM, Form
from answerable.domain.terms.jurisdiction import check_jurisdiction
from answerable.domain.terms.placeholder import told
from answerable.domain.terms.provision import VERSION, Provision, provision
from answerable.domain.terms.several import OneOrSeveral
from answerable.domain.terms.term import check_term
from answerable.domain.zone.zone import check_zone


class Marker(Enum):
    """A mark in a field's annotation that says more of it than its type."""

    SEALED = "sealed"
    LONG = "long"
    PARTY = "party"
    TERM = "term"
    DATE = "date"


SEALED = Marker.SEALED
LONG = Marker.LONG
PARTY = Marker.PARTY
TERM = Marker.TERM
DATE = Marker.DATE


@dataclass(frozen=True)
class Refers:
    """A mark: the field holds the id of an event of one of these kinds (none listed: of any kind).

    `here`: the event referred to belongs to the same case. A basis may lie in another case; what
    is executed, lifted, answered or corrected may not.
    """

    kinds: tuple[str, ...] = ()
    here: bool = True


def markers(annotation: Any) -> Iterator[Any]:
    """Yield every metadata item in an annotation, however deep inside unions and tuples."""
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from markers(argument)


EVENT_ID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"

EventId = Annotated[str, StringConstraints(pattern=EVENT_ID)]
"""A UUID of version 7, or of version 8 where it is made of a key (RFC 9562), in lower case."""

CASE_ID = r"^[a-z0-9][a-z0-9._-]{0,63}$"

CaseId = Annotated[str, StringConstraints(pattern=CASE_ID)]
"""A slug: lower-case letters, digits, `.`, `_` and `-`, at most 64 characters."""

PartyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$"), PARTY]
"""The pseudonym of a person, an organisation or a body. It is public: it must not tell the name."""

Edtf = Annotated[str, AfterValidator(lru_cache(maxsize=4096)(edtf.check)), DATE]
"""A date as precisely as it is known: EDTF, ISO 8601-2. See `answerable.domain.dates`."""

Term = Annotated[str, AfterValidator(Form(check_term, EARLIER_TERM)), TERM]
"""A term of a classification: up to five words in lower case, as `social media`. Public."""

Jurisdictions = Annotated[
    str | tuple[str, ...],
    BeforeValidator(OneOrSeveral(Form(check_jurisdiction, EARLIER_TERM))),
    TERM,
]
"""Codes of countries, or of parts of one (ISO 3166): `cn`, `us-ca`, `eu`. Public.

One is a text, several are a list.
"""

ZoneName = Annotated[str, AfterValidator(check_zone)]
"""A zone of time, by its name in the IANA Time Zone Database: `Asia/Shanghai`. Public."""

Text = Annotated[
    str, StringConstraints(pattern=r"\S", max_length=1_000), AfterValidator(told), SEALED
]
"""A name, a title or a short phrase, at most 1,000 characters. Sealed."""

Narrative = Annotated[
    str, StringConstraints(pattern=r"\S", max_length=1_000_000), AfterValidator(told), SEALED, LONG
]
"""Free text in someone's words, at most 1,000,000 characters. Sealed."""

CITATION = Form(check_citation, EARLIER_CITATION)

Clause = Annotated[str, AfterValidator(CITATION), TERM]
"""A provision of a policy or a law, as it is cited: `code-of-conduct 4.2`. Public."""

Clauses = Annotated[
    str | Provision | tuple[str | Provision, ...],
    BeforeValidator(OneOrSeveral(CITATION, provision)),
    TERM,
]
"""Provisions of policies or laws, each as it is cited, or of a policy by its parts. Public.

One is a text or an object, several are a list.
"""

PolicyVersion = Annotated[str, StringConstraints(pattern=VERSION), TERM]
"""Called `policy_version` in events: an entry's `version` is its number within its case."""

VerifierKey = Annotated[
    str,
    StringConstraints(pattern=r"^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}$", max_length=3_000),
]
"""A public key to verify signed notes with (C2SP signed-note): `<name>+<id>+<base64>`. Public."""

Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
"""`sha256:` and 64 hexadecimal digits."""

Amount = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})? [A-Z]{3}$"),
    AfterValidator(Form(check_currency, ".*")),
]
"""An amount of money: a decimal number, a space, an ISO 4217 code, as in `12000.00 CNY`."""

Size = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,14})~?$")]
"""Counts how many: `346`, or `5300~` for about 5,300, by the sign that EDTF has for it. Public."""

Standing = Literal["asserted", "alleged", "verified", "disputed"]
"""The standing of an assertion: said by the recorder, by someone else, checked, or contested."""

Stage = Literal["contact", "negotiation", "contract"]
"""The stages of an engagement, earliest first."""
