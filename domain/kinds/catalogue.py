"""State of every kind of event, in one row, all that is declared of it beside its fields.

Tables that name kinds are made of these rows where they are used, so that nobody has to look for
them. The catalogue knows no pydantic: it is imported in about a millisecond, where loading all
models takes some forty.

To add a kind:

1. its model, in the module of its family (`answerable.domain.kinds.<family>`);
2. its row, in `ROWS`: rows stand in the order in which `answerable append --help` lists them;
3. its sentence, in `answerable.projections.wording.sentence`;
4. its fields, in `tests/unit/domain/kinds/test_kinds.py`, and a test of whatever else is new.

`tests/unit/domain/kinds/test_catalogue.py` holds these together, and finds tables of kinds that
are not made of the rows.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

ANNOUNCER = "announcer"
PRINCIPAL = "principal"
"""The party in whose name another one spoke."""

OpenItem = Literal[
    "sanction to execute",
    "appeal to decide",
    "allegation without a finding",
    "investigation to conclude",
    "report to acknowledge",
    "report without feedback",
    "commitment to fulfil",
    "remediation to verify",
    "legal hold",
    "case to close",
]
"""The things that an event can leave open."""

NONE: Mapping[str, str] = MappingProxyType({})


class Duty(NamedTuple):
    """Something that an event leaves open: the kinds that end it, and the field of who owes it.

    The party is who owes it, or whom it is about; "" where no field names one.
    """

    what: OpenItem
    ended_by: tuple[str, ...]
    party: str = ""


class Kind(NamedTuple):
    """A kind of event.

    Attributes:
        name: as events tell it.
        family: the module that its model is in.
        step: whether it is one of the six steps of an incident, which go by their family's name.
        acts_upon: the field that holds the event of its own case that it acts upon.
        cites: the fields, `basis` apart, that hold events of any case.
        not_after: the steps upon the same event that leave no room for it.
        revises: whether it changes how an earlier event reads, or that it stands.
        about: the fields that name whom it is about.
        doers: the fields that name who did it, and in which role.
        deeds: of these, who must not be the subject of the case, and what they did, in words.
        announcing: of these, who merely announced it, and what they did, in words.
        accuses: whether it makes whom it is about a subject of the case.
        accountability: whether it is part of what a case says of the person that it is about.
        held_against: whether it is held against whom it is about, and so needs a derivation.
        act: what it does to a party, in a word: such an act rests on a decision.
        carried: whether it falls with the decision that it rests on.
        links: what must be told of it or stand behind it.
        supports: whether it can bear a decision that does not name it: it tells of the conduct or
            of what followed, of who was heard or may decide, of what was found or decided before.
        decides: whether somebody settles something by it, by weighing what there is, and others
            stand otherwise for it. Reporting, announcing and carrying out settle nothing.
        leaves_open: what is to be done after it.
        begins: how it stands at first, where it runs on.
        becomes: what the kinds that act upon it make of it; of several, the last of them.
        milestones: the points in the course of a case that the first of its kind marks.
        quoted: the sealed fields that a report quotes.
        reasons: the sealed fields that can tell a reason for a measure.
    """

    name: str
    family: str
    step: bool = False
    acts_upon: str = ""
    cites: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    revises: bool = False
    about: tuple[str, ...] = ()
    doers: Mapping[str, str] = NONE
    deeds: Mapping[str, str] = NONE
    announcing: Mapping[str, str] = NONE
    accuses: bool = False
    accountability: bool = False
    held_against: bool = False
    act: str = ""
    carried: bool = False
    links: tuple[str, ...] = ()
    supports: bool = False
    decides: bool = False
    leaves_open: tuple[Duty, ...] = ()
    begins: str | None = None
    becomes: Mapping[str, str] = NONE
    milestones: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


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
        doers={"announced_by": ANNOUNCER},
        announcing={"announced_by": "announced the termination"},
        act="termination",
        links=("decision",),
        decides=True,
        milestones=("termination",),
        quoted=("scope",),
    ),
    Kind(
        "counterparty-barred",
        "termination",
        about=("counterparty",),
        held_against=True,
        act="bar",
        carried=True,
        links=("decision",),
        decides=True,
        begins="in force",
        becomes={"bar-lifted": "lifted"},
    ),
    Kind(
        "bar-lifted",
        "termination",
        acts_upon="bar",
        not_after=("bar-lifted",),
        decides=True,
    ),
    Kind(
        "report-received",
        "investigation",
        doers={"reporter": "reporter"},
        supports=True,
        leaves_open=(
            Duty("report to acknowledge", ("report-acknowledged",)),
            Duty("report without feedback", ("feedback-given",)),
        ),
        begins="not acknowledged",
        becomes={"report-acknowledged": "acknowledged", "feedback-given": "answered"},
        milestones=("first signal",),
    ),
    Kind(
        "report-acknowledged",
        "investigation",
        acts_upon="report",
        doers={"acknowledged_by": "acknowledger"},
        milestones=("acknowledgement",),
    ),
    Kind("feedback-given", "investigation", acts_upon="report"),
    Kind(
        "verification-completed",
        "investigation",
        doers={"performer": "performer"},
        deeds={"performer": "carried out the verification"},
        supports=True,
        quoted=("question",),
    ),
    Kind(
        "investigation-opened",
        "investigation",
        step=True,
        doers={"lead": "lead", "mandate_giver": "mandate-giver"},
        deeds={"lead": "led the investigation", "mandate_giver": "ordered the investigation"},
        leaves_open=(Duty("investigation to conclude", ("investigation-concluded",), "lead"),),
        begins="under way",
        becomes={"investigation-concluded": "concluded"},
        milestones=("investigation",),
        quoted=("scope",),
    ),
    Kind(
        "allegation-made",
        "investigation",
        about=("subject",),
        accuses=True,
        supports=True,
        leaves_open=(Duty("allegation without a finding", ("finding-made",), "subject"),),
        begins="not disposed of",
        becomes={"finding-made": "answered by a finding"},
        quoted=("conduct",),
    ),
    Kind(
        "subject-heard",
        "investigation",
        acts_upon="allegation",
        about=("subject",),
        supports=True,
        quoted=("account",),
    ),
    Kind(
        "evidence-registered",
        "investigation",
        doers={"collected_by": "collector"},
        links=("collector", "collected"),
        supports=True,
    ),
    Kind(
        "custody-transferred",
        "investigation",
        acts_upon="evidence",
        doers={"from": "former-keeper", "to": "keeper"},
    ),
    Kind(
        "finding-made",
        "investigation",
        acts_upon="allegation",
        about=("subject",),
        accuses=True,
        accountability=True,
        held_against=True,
        links=("evidence", "clause", "hearing"),
        supports=True,
        decides=True,
        milestones=("findings",),
        quoted=("conduct",),
    ),
    Kind(
        "investigation-concluded",
        "investigation",
        acts_upon="investigation",
        not_after=("investigation-concluded",),
        supports=True,
        milestones=("investigation's end",),
        quoted=("result",),
    ),
    Kind(
        "decision-taken",
        "decision",
        cites=("authority",),
        doers={"deciders": "decider"},
        deeds={"deciders": "decided"},
        links=("deciders", "authority"),
        supports=True,
        decides=True,
        quoted=("reasons", "alternatives", "mitigating", "aggravating"),
        reasons=("reasons", "mitigating", "aggravating"),
    ),
    Kind(
        "conflict-declared",
        "decision",
        about=("subject",),
        doers={"party": "declarant"},
        supports=True,
        begins="neither recused nor waived",
        becomes={"recused": "recused", "conflict-waived": "waived"},
    ),
    Kind(
        "recused",
        "decision",
        acts_upon="conflict",
        doers={"party": "recused"},
        supports=True,
    ),
    Kind(
        "conflict-waived",
        "decision",
        acts_upon="conflict",
        doers={"waived_by": "waiver"},
        supports=True,
        decides=True,
    ),
    Kind(
        "sanction-imposed",
        "sanction",
        step=True,
        about=("subject",),
        doers={"announced_by": ANNOUNCER},
        announcing={"announced_by": "announced the sanction"},
        accuses=True,
        accountability=True,
        held_against=True,
        act="sanction",
        carried=True,
        links=("decision", "finding", "coverage"),
        decides=True,
        leaves_open=(
            Duty("sanction to execute", ("sanction-executed", "sanction-lifted"), "subject"),
        ),
        becomes={
            "sanction-executed": "executed",
            "sanction-suspended": "suspended",
            "sanction-lifted": "lifted",
        },
        milestones=("sanctions",),
        quoted=("measure_text", "reason"),
        reasons=("reason",),
    ),
    Kind(
        "sanction-executed",
        "sanction",
        acts_upon="sanction",
        not_after=("sanction-executed", "sanction-lifted"),
        doers={"executed_by": "executor"},
        milestones=("execution",),
    ),
    Kind(
        "sanction-suspended",
        "sanction",
        acts_upon="sanction",
        not_after=("sanction-lifted",),
        decides=True,
    ),
    Kind(
        "sanction-lifted",
        "sanction",
        acts_upon="sanction",
        not_after=("sanction-lifted",),
        decides=True,
        quoted=("reason",),
        reasons=("reason",),
    ),
    Kind(
        "interim-measure-taken",
        "sanction",
        about=("subject",),
        accountability=True,
        decides=True,
    ),
    Kind(
        "appeal-lodged",
        "appeal",
        acts_upon="against",
        doers={"appellant": "appellant"},
        supports=True,
        leaves_open=(Duty("appeal to decide", ("appeal-decided",), "appellant"),),
        quoted=("ground",),
    ),
    Kind(
        "appeal-decided",
        "appeal",
        acts_upon="appeal",
        not_after=("appeal-decided",),
        doers={"deciders": "decider"},
        deeds={"deciders": "decided the appeal"},
        links=("deciders",),
        supports=True,
        decides=True,
        quoted=("reasons",),
    ),
    Kind(
        "commitment-made",
        "remedy",
        doers={"by": "promisor"},
        leaves_open=(Duty("commitment to fulfil", ("commitment-fulfilled",), "by"),),
        begins="open",
        becomes={"commitment-fulfilled": "fulfilled"},
        quoted=("promise",),
    ),
    Kind(
        "commitment-fulfilled",
        "remedy",
        acts_upon="commitment",
        not_after=("commitment-fulfilled",),
    ),
    Kind(
        "remediation-opened",
        "remedy",
        doers={"owner": "owner"},
        leaves_open=(Duty("remediation to verify", ("remediation-verified",), "owner"),),
        begins="open",
        becomes={"remediation-verified": "verified"},
        quoted=("cause", "action"),
    ),
    Kind(
        "remediation-verified",
        "remedy",
        acts_upon="remediation",
        not_after=("remediation-verified",),
        doers={"verified_by": "verifier"},
        supports=True,
    ),
    Kind("lesson-recorded", "remedy", quoted=("lesson",)),
    Kind("party-registered", "house", about=("party",)),
    Kind(
        "role-assigned",
        "house",
        about=("party", "reports_to"),
        begins="in force",
        becomes={"role-ended": "ended"},
    ),
    Kind("role-ended", "house", acts_upon="assignment", not_after=("role-ended",)),
    Kind(
        "authority-granted",
        "house",
        about=("party",),
        begins="in force",
        becomes={"authority-revoked": "revoked"},
    ),
    Kind("authority-revoked", "house", acts_upon="authority", not_after=("authority-revoked",)),
    Kind("policy-adopted", "house"),
    Kind("correction", "record", acts_upon="target", revises=True, quoted=("reason",)),
    Kind("retraction", "record", acts_upon="target", revises=True, quoted=("reason",)),
    Kind(
        "dispute",
        "record",
        acts_upon="target",
        doers={"by": "disputant"},
        quoted=("ground",),
    ),
    Kind("personal-data-erased", "record", about=("subject",)),
    Kind(
        "legal-hold-set",
        "record",
        about=("subject",),
        leaves_open=(Duty("legal hold", ("legal-hold-lifted",), "subject"),),
        begins="in force",
        becomes={"legal-hold-lifted": "lifted"},
    ),
    Kind("legal-hold-lifted", "record", acts_upon="hold", not_after=("legal-hold-lifted",)),
    Kind("disclosure-made", "record", cites=("events",), about=("to",)),
    Kind("key-rotated", "record"),
)
"""Every kind, family by family, in the order in which they are listed."""

CATALOGUE: Mapping[str, Kind] = MappingProxyType({row.name: row for row in ROWS})
"""Every kind by its name."""
