"""State the kinds of what the handling answers to: incidents, agreements, other forums.

Imports what a row says, `kind`; the catalogue imports it.
"""

from answerable.domain.kinds.catalogue.kind import Kind

ROWS = (
    Kind(
        "incident-occurred",
        "outside",
        about=("involving",),
        supports=True,
        milestones=("incident",),
        quoted=("description",),
        lasts=True,
        followed_by=("report-received", "investigation-opened"),
    ),
    Kind(
        "agreement-made",
        "outside",
        about=("between",),
        doers={"monitor": "monitor"},
        supports=True,
        begins="proposed",
        becomes={
            "agreement-accepted": "in force",
            "agreement-breached": "breached",
            "agreement-ended": "ended",
            "agreement-rejected": "rejected",
        },
        periods=(("from", "until"),),
        quoted=("matter",),
    ),
    Kind(
        "agreement-accepted",
        "outside",
        acts_upon="agreement",
        not_after=("agreement-rejected", "agreement-ended"),
        doers={"accepted_by": "acceptor"},
        supports=True,
        quoted=("reason",),
    ),
    Kind(
        "agreement-rejected",
        "outside",
        acts_upon="agreement",
        not_after=("agreement-rejected", "agreement-ended"),
        doers={"rejected_by": "rejector"},
        supports=True,
        quoted=("reason",),
    ),
    Kind(
        "agreement-breached",
        "outside",
        acts_upon="agreement",
        not_after=("agreement-rejected",),
        about=("breached_by",),
        doers={"found_by": "finder"},
        supports=True,
        quoted=("reason",),
    ),
    Kind(
        "agreement-ended",
        "outside",
        acts_upon="agreement",
        not_after=("agreement-rejected", "agreement-ended"),
        doers={"ended_by": "ender"},
        supports=True,
        quoted=("reason",),
    ),
    Kind(
        "proceeding-opened",
        "outside",
        about=("subject",),
        doers={"accuser": "accuser", "forum": "forum"},
        accountability=True,
        supports=True,
        begins="open",
        becomes={"proceeding-concluded": "concluded"},
        quoted=("particulars",),
    ),
    Kind(
        "proceeding-concluded",
        "outside",
        acts_upon="proceeding",
        doers={"deciders": "judge"},
        carries=True,
        supports=True,
        quoted=("sentence", "reasons"),
    ),
)
