"""The kinds of events: which there are, what they tell, and what of it is sealed."""

from hashlib import sha256
from typing import Any

import pytest
from pydantic import ValidationError

from answerable.domain import kinds
from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event, Source
from answerable.domain.kinds import FAMILIES, FAMILY, STEPS, TARGETS, kind_named, model
from answerable.domain.record import LEDGERS_OWN

COMMON = ("case_id", "kind", "event_id", "standing", "occurred", "basis", "sources")
ID = "019b8a5e-7c00-7000-8000-000000000001"

FIELDS = {
    "case-opened": "title* summary* organisation jurisdiction zone owner earliest",
    "case-closed": "disposition reason* retain_until",
    "case-reopened": "reason*",
    "contact-made": "counterparty purpose* initiators channel stage",
    "backlash-observed": "audience* channel claim* size size_unit",
    "apology-issued": "speaker on_behalf_of addressed_to* channel statement* content_standing "
    "admits* commits_to*",
    "statement-published": "speaker on_behalf_of acts channel statement* content_standing",
    "engagement-terminated": "counterparty stage_reached scope* terminated_by announced_by "
    "announced",
    "counterparty-barred": "counterparty scope* imposed_by from until term notice_date",
    "bar-lifted": "bar reason*",
    "report-received": "reporter reporter_is channel route issue report*",
    "report-acknowledged": "report acknowledged_by",
    "feedback-given": "report feedback*",
    "verification-completed": "question* performer result",
    "investigation-opened": "lead mandate_giver scope*",
    "allegation-made": "subject made_by conduct* conduct_occurred clause",
    "subject-heard": "subject allegation form account*",
    "evidence-registered": "digest media_type size description* location* collected_by",
    "custody-transferred": "evidence from to location*",
    "finding-proposed": "subject allegation conduct* conduct_occurred offence_class clause "
    "severity outcome responsibility grade proposed_by",
    "finding-made": "subject allegation conduct* conduct_occurred offence_class clause severity "
    "outcome responsibility grade contradicts proposal difference*",
    "blame-withdrawn": "blame withdrawn_by effective reassigned_to reason*",
    "investigation-concluded": "investigation result*",
    "step-taken": "term who upon note*",
    "decision-taken": "question* outcome deciders authority clause reasons* alternatives* "
    "mitigating* aggravating* mitigating_factors aggravating_factors",
    "decision-withdrawn": "decision withdrawn_by effective replaced_by reason*",
    "conflict-declared": "party subject interest*",
    "recused": "party conflict reason*",
    "conflict-waived": "conflict waived_by reason*",
    "representatives-notified": "body representing subject decision reason* answer*",
    "sanction-proposed": "subject role_then* measure measure_text* period amount days effective "
    "until proposed_by reason*",
    "sanction-imposed": "subject role_then* measure measure_text* period amount days effective "
    "until due imposed_by announced_by announced reason* proposal difference*",
    "sanction-executed": "sanction executed_by note*",
    "sanction-not-executed": "sanction cause reason*",
    "sanction-suspended": "sanction until reason*",
    "sanction-lifted": "sanction reason*",
    "interim-measure-taken": "subject measure measure_text* until imposed_by reason*",
    "interim-measure-ended": "interim_measure ended_by manner effective replaced_by reason*",
    "appeal-lodged": "against appellant ground*",
    "appeal-decided": "appeal outcome deciders becomes_measure becomes_text* becomes_amount "
    "becomes_days reasons*",
    "commitment-made": "promise* by due amount agreement",
    "commitment-fulfilled": "commitment note*",
    "commitment-breached": "commitment found_by effective reason*",
    "commitment-released": "commitment released_by effective replaced_by reason*",
    "remediation-opened": "owner due cause* action*",
    "remediation-verified": "remediation verified_by note*",
    "lesson-recorded": "lesson*",
    "incident-occurred": "what involving harm size size_unit amount description*",
    "agreement-made": "type between monitor from until matter*",
    "agreement-accepted": "agreement accepted_by reason*",
    "agreement-rejected": "agreement rejected_by reason*",
    "agreement-breached": "agreement breached_by found_by reason*",
    "agreement-ended": "agreement manner ended_by reason*",
    "proceeding-opened": "subject accuser forum type charge clause particulars*",
    "proceeding-concluded": "proceeding outcome deciders amount sentence* reasons*",
    "party-registered": "party type size name* aliases* titles*",
    "role-assigned": "party role* area raci reports_to grade from",
    "role-ended": "assignment manner ended_by effective reason*",
    "authority-granted": "party measures grades clause from until",
    "authority-revoked": "authority revoked_by effective reason*",
    "policy-adopted": "policy policy_version text* digest format requires from",
    "correction": "target fields sealed_fields* reason*",
    "retraction": "target reason*",
    "dispute": "target by ground*",
    "personal-data-erased": "subject legal_basis events fields",
    "legal-hold-set": "subject reason*",
    "legal-hold-lifted": "hold reason*",
    "disclosure-made": "to recipient* events withheld legal_basis",
    "key-rotated": "retired adopted reason*",
}
"""The fields of each kind that are its own; those with a star are sealed."""


def test_there_are_the_kinds_of_the_domain() -> None:
    assert set(FAMILY) == set(FIELDS)
    assert [kind for family in FAMILIES.values() for kind in family] == list(FAMILY)
    assert list(STEPS) == [
        *("contact", "backlash", "apology", "termination", "investigation", "sanction")
    ]
    assert set(STEPS) <= set(FAMILIES)
    assert all(FAMILY[kind] == word for word, kind in STEPS.items())


@pytest.mark.parametrize("kind", FIELDS)
def test_a_kind_has_its_fields_and_seals_some(kind: str) -> None:
    own = FIELDS[kind].split()
    made = model(kind)
    assert set(made.attributes) == {*COMMON, *(name.rstrip("*") for name in own)}
    assert set(made.sealed) == {"sources", *(name[:-1] for name in own if name.endswith("*"))}
    assert set(made.long) <= set(made.sealed)
    assert made.model_fields["kind"].default == kind


@pytest.mark.parametrize("kind", FIELDS)
def test_a_kind_says_what_it_and_its_fields_mean(kind: str) -> None:
    made = model(kind)
    assert (made.__doc__ or "").split("\n")[0].endswith(".")
    for name, attribute in made.attributes.items():
        assert name == "kind" or made.model_fields[attribute].description


@pytest.mark.parametrize("kind", FIELDS)
def test_no_field_is_called_as_one_of_the_ledgers(kind: str) -> None:
    assert not set(model(kind).attributes) & LEDGERS_OWN


def test_references_name_kinds_that_exist() -> None:
    for kind in FAMILY:
        for refers in model(kind).references.values():
            assert set(refers.kinds) <= set(FAMILY)


@pytest.mark.parametrize("kind", FIELDS)
def test_an_event_is_frozen_and_takes_no_other_fields(kind: str) -> None:
    made = model(kind)
    assert made.model_config["frozen"]
    assert made.model_config["extra"] == "forbid"
    with pytest.raises(ValidationError, match="extra_forbidden"):
        made.model_validate({"case_id": "acme", "colour": "red"})


def test_an_event_that_is_made_does_not_change() -> None:
    event = model("contact-made").model_validate({"case_id": "acme", "counterparty": "kol-1"})
    with pytest.raises(ValidationError, match="frozen"):
        setattr(event, "case_id", "acne")  # noqa: B010 - mypy knows that it is frozen
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Source(title="post"), "title", "another")  # noqa: B010


def test_a_kind_by_its_name_or_its_word() -> None:
    assert kind_named("sanction") == "sanction-imposed"
    assert kind_named("sanction-lifted") == "sanction-lifted"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("sanctoin", "Did you mean sanction"),
        ("finding", "Did you mean finding-made"),
        ("zzz", "`answerable append --help` has them."),
        ("", "`answerable append --help` has them."),
    ],
)
def test_an_unknown_kind_and_the_nearest(word: str, hint: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        kind_named(word)
    assert caught.value.message == f"there is no kind {word!r}."
    assert (caught.value.cli_hint or "").startswith(hint)
    with pytest.raises(InvalidEvent):
        model(word)


def test_a_word_is_not_a_model() -> None:
    with pytest.raises(InvalidEvent, match="there is no kind 'sanction'"):
        model("sanction")


def party(**fields: Any) -> Event:
    return model("party-registered").model_validate({"case_id": "house", "type": "person"} | fields)


@pytest.mark.parametrize(
    ("pseudonym", "fields"),
    [
        ("xu-fei", {"name": "Xu Fei"}),
        ("p.fei", {"name": "FEI Xu"}),
        ("boss-li", {"name": "Wang Na", "aliases": ["Na", "Li-Na"]}),
    ],
)
def test_a_persons_pseudonym_must_not_tell_the_name(pseudonym: str, fields: Any) -> None:
    with pytest.raises(ValidationError, match="tells part of the name"):
        party(party=pseudonym, **fields)


@pytest.mark.parametrize(
    ("pseudonym", "fields"),
    [
        ("p-7k2m", {"name": "Xu Fei"}),
        ("person-1", {}),
        ("p-1", {"name": "P."}),
        ("xiaomi", {"name": "Xiaomi", "type": "organisation"}),
    ],
)
def test_a_pseudonym_that_tells_nothing(pseudonym: str, fields: Any) -> None:
    assert getattr(party(party=pseudonym, **fields), "party") == pseudonym  # noqa: B009


def test_a_measure_that_is_other_is_told() -> None:
    sanction = {"case_id": "acme", "subject": "p-1", "measure": "other"}
    with pytest.raises(ValidationError, match="needs measure_text"):
        model("sanction-imposed").model_validate(sanction)
    model("sanction-imposed").model_validate({**sanction, "measure_text": "a public letter"})


def test_a_policys_digest_is_that_of_its_text() -> None:
    policy = {"case_id": "house", "policy": "conduct", "policy_version": "2", "text": "id = 1\n"}
    digest = "sha256:" + sha256(b"id = 1\n").hexdigest()
    as_rules = {**policy, "format": "answerable-policy/1"}
    made = model("policy-adopted")
    made.model_validate({**as_rules, "digest": digest})
    made.model_validate(as_rules)
    with pytest.raises(ValidationError, match=f"whose own is {digest}"):
        made.model_validate({**as_rules, "digest": "sha256:" + "0" * 64})
    # Of a text that is not the document itself, as a title is not, nobody can tell.
    made.model_validate({**policy, "digest": "sha256:" + "0" * 64})
    erased = {name: value for name, value in as_rules.items() if name != "text"}
    made.model_validate({**erased, "digest": "sha256:" + "0" * 64})


def test_the_registry_is_read_only() -> None:
    for registry in (FAMILIES, FAMILY, STEPS, TARGETS):
        assert not hasattr(registry, "__setitem__")
    assert kinds.model("correction") is kinds.model("correction")
