"""Define what a row of the catalogue says of a kind of event."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

ANNOUNCER = "announcer"
IMPOSER = "imposer"
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
        thing: what it brings about that later events tell of, in a word: a finding, a sanction; ""
            where it brings about nothing that has a word of its own.
        acts_upon: the field that holds the event of its own case that it acts upon.
        cites: the fields, `basis` apart, that hold events of any case.
        not_after: the steps upon the same event that leave no room for it.
        revises: whether it changes how an earlier event reads, or that it stands.
        about: the fields that name whom it is about.
        doers: the fields that name who did it, and in which role.
        deeds: of these, who must not be the subject of the case, and what they did, in words.
        announcing: of these, who merely announced it, and what they did, in words.
        elsewhere: of these, who did it where that is not the house whose case it is.
        accuses: whether it makes whom it is about a subject of the case.
        accountability: whether it is part of what a case says of the person that it is about.
        held_against: whether it is held against whom it is about, and so needs a derivation.
        act: what it does to a party, in a word: such an act rests on a decision.
        carries: whether what it carries falls with it, where nothing else bears that.
        carried: whether it falls with the decisions, or the judgments outside, that it rests on.
        links: what must be told of it or stand behind it.
        linked_as: what it is called as a link of what rests on it; "" where it has no such word.
        claim: whether it is by its nature what someone says: being alleged takes nothing from it.
        supports: whether it can bear a decision that does not name it: it tells of the conduct or
            of what followed, of who was heard or may decide, of what was found or decided before.
        decides: whether somebody settles something by it, by weighing what there is, and others
            stand otherwise for it. Reporting, announcing and carrying out settle nothing.
        leaves_open: what is to be done after it.
        begins: how it stands at first, where it runs on.
        becomes: what the kinds that act upon it make of it; of several, the last of them.
        followed_by: the kinds that usually come next, the likeliest first; one of them is enough.
        milestones: the points in the course of a case that the first of its kind marks.
        lasts: whether an interval in `occurred` says that it went on from its beginning to its end.
            Of any other kind it says that the event happened on some day within.
        announced_in: the fields that hold a date by which it was told of, and so had happened.
        periods: the fields that begin and end a term, in pairs: none ends before it begins.
        quoted: the sealed fields that a report quotes.
        reasons: the sealed fields that can tell a reason for a measure.
    """

    name: str
    family: str
    step: bool = False
    thing: str = ""
    acts_upon: str = ""
    cites: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    revises: bool = False
    about: tuple[str, ...] = ()
    doers: Mapping[str, str] = NONE
    deeds: Mapping[str, str] = NONE
    announcing: Mapping[str, str] = NONE
    elsewhere: str = ""
    accuses: bool = False
    accountability: bool = False
    held_against: bool = False
    act: str = ""
    carries: bool = False
    carried: bool = False
    links: tuple[str, ...] = ()
    linked_as: str = ""
    claim: bool = False
    supports: bool = False
    decides: bool = False
    leaves_open: tuple[Duty, ...] = ()
    begins: str | None = None
    becomes: Mapping[str, str] = NONE
    followed_by: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    lasts: bool = False
    announced_in: tuple[str, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    quoted: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
