"""An append-only ledger of who was answerable for what, and what followed.

In use:

    from answerable import Ledger

    with Ledger.create("incidents.db") as ledger:
        event = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
        print(ledger.append(event, recorded_by="jane").position)

Further in are `answerable.ledger` (the record, its signatures and proofs), `answerable.domain`
(events, and what can be wrong with them) and `answerable.projections` (what the record amounts to).
"""

from answerable.exports import lazily

# As `typing` has it, which takes 3 ms to import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.domain.errors import AnswerableError as AnswerableError
    from answerable.ledger.ledger import Ledger as Ledger
    from answerable.version import __version__ as __version__
else:
    __getattr__, __dir__, __all__ = lazily(
        __name__,
        {
            "domain.errors": "AnswerableError",
            "ledger.ledger": "Ledger",
            "version": "__version__",
        },
    )
