"""State the kinds of the house's own registers, and of what the record says of itself.

Imports what a row says, `kind`; the catalogue imports it.
"""

from answerable.domain.kinds.catalogue.kind import Duty, Kind

ROWS = (
    Kind("party-registered", "house", about=("party",)),
    Kind(
        "role-assigned",
        "house",
        thing="role",
        about=("party", "reports_to"),
        begins="in force",
        becomes={"role-ended": "ended"},
    ),
    Kind(
        "role-ended",
        "house",
        acts_upon="assignment",
        not_after=("role-ended",),
        doers={"ended_by": "ender"},
    ),
    Kind(
        "authority-granted",
        "house",
        thing="authority",
        about=("party",),
        begins="in force",
        becomes={"authority-revoked": "revoked"},
        periods=(("from", "until"),),
    ),
    Kind(
        "authority-revoked",
        "house",
        acts_upon="authority",
        not_after=("authority-revoked",),
        doers={"revoked_by": "revoker"},
    ),
    Kind("policy-adopted", "house", thing="policy"),
    Kind("correction", "record", acts_upon="target", revises=True, quoted=("reason",)),
    Kind("retraction", "record", acts_upon="target", revises=True, quoted=("reason",)),
    Kind("dispute", "record", acts_upon="target", doers={"by": "disputant"}, quoted=("ground",)),
    Kind("personal-data-erased", "record", cites=("events",), about=("subject",)),
    Kind(
        "legal-hold-set",
        "record",
        thing="legal-hold",
        about=("subject",),
        leaves_open=(Duty("legal hold", ("legal-hold-lifted",), "subject"),),
        begins="in force",
        becomes={"legal-hold-lifted": "lifted"},
    ),
    Kind("legal-hold-lifted", "record", acts_upon="hold", not_after=("legal-hold-lifted",)),
    Kind("disclosure-made", "record", cites=("events",), about=("to",)),
    Kind("key-rotated", "record"),
)
