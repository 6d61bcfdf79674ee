"""Who did something, and whom it is about."""

from answerable.projections.facts.roles import PartyRole, parts


def test_announcing_is_not_deciding_and_being_accused_is_not_acting() -> None:
    assert parts("sanction-imposed", {"subject": "p-1", "announced_by": "p-2"}) == (
        PartyRole("announced_by", "p-2", "announcer"),
        PartyRole("subject", "p-1", None),
    )
    assert parts("decision-taken", {"deciders": ["p-3", "p-4", "p-3"]}) == (
        PartyRole("deciders", "p-3", "decider"),
        PartyRole("deciders", "p-4", "decider"),
    )
