"""State the kinds of incidents: the case, contacts, objections, what was said, terminations.

Imports what a row says, `kind`; the catalogue imports it.
"""

from answerable.domain.kinds.catalogue.kind import ANNOUNCER, IMPOSER, PRINCIPAL, Duty, Kind

ROWS = (
    Kind(
        "case-opened",
        "case",
        about=("organisation",),
        doers={"owner": "owner"},
        leaves_open=(Duty("case to close", ("case-closed",), "owner"),),
        quoted=("summary",),
    ),
    Kind("case-closed", "case", decides=True, quoted=("reason",)),
    Kind("case-reopened", "case", decides=True, quoted=("reason",)),
    Kind(
        "contact-made",
        "contact",
        step=True,
        about=("counterparty",),
        doers={"initiators": "initiator"},
        supports=True,
        milestones=("contact",),
        quoted=("purpose",),
    ),
    Kind(
        "backlash-observed",
        "backlash",
        step=True,
        supports=True,
        milestones=("backlash", "first signal"),
        quoted=("audience", "claim"),
    ),
    Kind(
        "apology-issued",
        "apology",
        step=True,
        doers={"speaker": "speaker", "on_behalf_of": PRINCIPAL},
        supports=True,
        milestones=("apology",),
        quoted=("addressed_to", "statement", "admits", "commits_to"),
    ),
    Kind(
        "statement-published",
        "apology",
        doers={"speaker": "speaker", "on_behalf_of": PRINCIPAL},
        announcing={"speaker": "announced what was decided"},
        supports=True,
        quoted=("statement",),
    ),
    Kind(
        "engagement-terminated",
        "termination",
        step=True,
        about=("counterparty",),
        doers={"terminated_by": "terminator", "announced_by": ANNOUNCER},
        announcing={"announced_by": "announced the termination"},
        act="termination",
        links=("decision",),
        decides=True,
        milestones=("termination",),
        quoted=("scope",),
        announced_in=("announced",),
    ),
    Kind(
        "counterparty-barred",
        "termination",
        about=("counterparty",),
        doers={"imposed_by": IMPOSER},
        held_against=True,
        act="bar",
        carried=True,
        links=("decision",),
        decides=True,
        begins="in force",
        becomes={"bar-lifted": "lifted"},
        periods=(("from", "until"),),
        announced_in=("notice_date",),
    ),
    Kind("bar-lifted", "termination", acts_upon="bar", not_after=("bar-lifted",), decides=True),
)
