"""No name in the chain: what is refused, what is allowed, and what is named afterwards."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.oracles import event_id

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.anonymity import check
from answerable.ledger.anonymity.errors import NameTold
from answerable.ledger.anonymity.open_names import OpenName, names_in_the_open
from answerable.ledger.indexes import names
from answerable.ledger.ledger import Ledger

IDS = itertools.count(1)


@pytest.fixture(params=["none kept", "kept"])
def ledger(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A ledger in which Xu Fei is registered, whether or not there is an index of names."""
    with Ledger.create(tmp_path / "a.db") as made:
        made.append(person("p-1", "Xu Fei", aliases=["Maria Grace"]), recorded_by="jane")
        if request.param == "kept":
            assert names.make_ready(made)
        yield made


def step(kind: str, case_id: str = "alpha", **fields: Any) -> Event:
    return parse({"kind": kind, "case_id": case_id, "event_id": event_id(next(IDS)), **fields})


def person(party: str, name: str | None, **fields: Any) -> Event:
    return step("party-registered", "house", party=party, type="person", name=name, **fields)


TELLING = {
    "a pseudonym": step("contact-made", counterparty="xu-1"),
    "one of several pseudonyms": step("contact-made", counterparty="o-1", initiators=["a", "fei"]),
    "a pseudonym of both": step("contact-made", counterparty="p-xufei"),
    "an alias": step("contact-made", counterparty="org-1", channel="at grace"),
    "a clause": step("allegation-made", subject="p-1", conduct="x", clause="Xu code 4"),
    "a clause by its parts": step(
        "allegation-made", subject="p-1", conduct="x", clause={"policy": "xu", "number": "4"}
    ),
    "one of several clauses by its parts": step(
        "allegation-made", subject="p-1", conduct="x",
        clause=["code 4", {"policy": "code", "version": "2-fei", "number": "4"}],
    ),
    "a factor": step("decision-taken", outcome="warn", mitigating_factors=["fei was young"]),
    "a grade": step("authority-granted", "house", party="p-1", grades=["clerk", "xu"]),
    "an outcome": step("decision-taken", outcome="warn fei"),
    "an area": step("role-assigned", "house", party="p-1", role="x", area="office-of-xu"),
    "a policy": step("policy-adopted", "house", policy="fei", policy_version="1"),
    "a version": step("policy-adopted", "house", policy="conduct", policy_version="2-xu"),
    "a media type": step("evidence-registered", digest=f"sha256:{'0' * 64}", media_type="text/xu"),
    "a legal basis": step("disclosure-made", recipient="x", legal_basis="xu law 3"),
    "a part of a country": step("case-opened", title="x", jurisdiction="cn-fei"),
    "a pseudonym with a number": step("contact-made", counterparty="fei2"),
    "the pseudonym of someone else": person("fei-2", "Li Na"),
    "the pseudonym of an organisation": step(
        "party-registered", "house", party="xu-ltd", type="organisation", name="Xu Ltd"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TELLING)
def test_an_event_that_tells_a_name_is_refused(ledger: Ledger, what: str) -> None:
    with pytest.raises(NameTold, match="part of the name of p-1") as raised:
        ledger.append(TELLING[what], recorded_by="jane")
    assert raised.value.field
    assert "allow_names" in str(raised.value)
    assert "--allow-name" in raised.value.cli_text()
    with pytest.raises(NameTold):
        ledger.preview(TELLING[what], recorded_by="jane")
    assert len(ledger) == 1


HIDDEN = {
    "Jörg Müller": ("jmueller", "muller-1", "joerg", "muellerjoerg2"),
    "José O’Brien": ("jose-x", "obrien", "o-brien", "jobrien"),
    "李娜": ("lina-1", "nali", "p-na"),
    "Юрий Щербаков": ("yuri-1", "shcherbakov", "yshcherbakov"),
}


@pytest.mark.parametrize(("name", "pseudonyms"), HIDDEN.items(), ids=[*HIDDEN])
@pytest.mark.parametrize("kept", [False, True])
def test_a_pseudonym_tells_a_name_in_no_other_way(
    tmp_path: Path, name: str, pseudonyms: tuple[str, ...], kept: bool
) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(person("p-1", name), recorded_by="jane")
        assert not kept or names.make_ready(ledger)
        for pseudonym in pseudonyms:
            with pytest.raises(NameTold, match=r"of p-1 \([a-z]"):
                ledger.append(step("contact-made", counterparty=pseudonym), recorded_by="jane")
        with pytest.raises(NameTold):
            ledger.append(person(pseudonyms[0], name), recorded_by="jane")
        with Ledger.open(ledger.path, allow_names=[pseudonyms[0]]) as other:
            other.append(step("contact-made", counterparty=pseudonyms[0]), recorded_by="jane")
            opened = other.append(step("case-opened", pseudonyms[0], title="x"), recorded_by="jane")
            noted = names_in_the_open(other, opened.position)
        assert {each.field for each in noted} == {"case_id"}


def test_a_term_is_no_name_because_an_initial_makes_it_one(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(person("p-1", "Paul Rice"), recorded_by="jane")
        ledger.append(step("contact-made", counterparty="org-1", channel="price"),
                      recorded_by="jane")  # fmt: skip
        with pytest.raises(NameTold):
            ledger.append(step("contact-made", counterparty="price-1"), recorded_by="jane")


@pytest.mark.parametrize(
    "event",
    [
        step("contact-made", counterparty="p-1", purpose="Xu Fei called", channel="e-mail"),
        step("case-opened", jurisdiction="mx", title="Xu"),
        step("case-opened", jurisdiction="ma-fes", title="Xu"),
        step("finding-made", subject="p-1", outcome="exonerated", responsibility="none",
             offence_class="coffei"),
        step("party-registered", "house", party="org-1", type="organisation", name="Fei Ltd"),
    ],
)  # fmt: skip
def test_what_is_sealed_or_another_word_is_not(ledger: Ledger, event: Event) -> None:
    ledger.append(event, recorded_by="Xu Fei")


def test_only_names_of_persons_count(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        for party, kind in (("org-1", "organisation"), ("b-1", "body"), ("g-1", "group")):
            ledger.append(
                step("party-registered", "house", party=party, type=kind, name="Acme Board"),
                recorded_by="jane",
            )
        ledger.append(step("contact-made", counterparty="acme"), recorded_by="jane")
        assert names_in_the_open(ledger, 0) == []


def test_a_word_that_means_something_else_is_allowed(ledger: Ledger) -> None:
    event = step("contact-made", counterparty="org-1", channel="at grace")
    with Ledger.open(ledger.path, allow_names=["grace"]) as other:
        other.append(event, recorded_by="jane")
        with pytest.raises(NameTold):
            other.append(step("contact-made", counterparty="xu-1"), recorded_by="jane")


def test_a_correction_tells_no_name_either(ledger: Ledger) -> None:
    contact = step("contact-made", counterparty="org-1")
    ledger.append(contact, recorded_by="jane")
    for fields in ({"channel": "fei"}, {"counterparty": "xu-1"}, {"initiators": ["p-2", "fei-2"]}):
        with pytest.raises(NameTold, match="fields\\."):
            ledger.append(
                step("correction", target=contact.event_id, fields=fields), recorded_by="jane"
            )
    ledger.append(
        step("correction", target=contact.event_id, fields={"purpose": "Xu Fei"}),
        recorded_by="jane",
    )


def test_a_name_that_a_correction_gives_counts(ledger: Ledger) -> None:
    unknown = person("p-5", None)
    ledger.append(unknown, recorded_by="jane")
    named = step("correction", "house", target=unknown.event_id, fields={"name": "Li Na"})
    ledger.append(named, recorded_by="jane")
    with pytest.raises(NameTold, match="of p-5"):
        ledger.append(step("contact-made", counterparty="na-1"), recorded_by="jane")


def test_names_count_within_a_batch_from_where_they_are_given(ledger: Ledger) -> None:
    early = step("contact-made", "beta", counterparty="org-li")
    ledger.append_all([early, person("p-6", "Li Na")], recorded_by="jane")
    late = step("contact-made", "beta", counterparty="new-li")
    with pytest.raises(NameTold) as raised:
        ledger.append_all([person("p-7", "Na Li"), late], recorded_by="jane")
    assert raised.value.index == 1
    assert len(ledger) == 3


def test_a_country_is_not_called_after_anybody(ledger: Ledger) -> None:
    ledger.append(person("p-4", "Ma Li"), recorded_by="jane")
    for code in ("ma", "li", "ma-01"):
        event = step("case-opened", f"case-{code}", title="x", jurisdiction=code)
        ledger.append(event, recorded_by="jane")
    with pytest.raises(NameTold, match=r"jurisdiction: 'ma' tells part of the name of p-4"):
        ledger.append(step("case-opened", "us", title="x", jurisdiction="us-ma"),
                      recorded_by="jane")  # fmt: skip


def test_an_erased_name_is_nobodys(ledger: Ledger) -> None:
    ledger.append(
        step("personal-data-erased", "house", subject="p-1", legal_basis="gdpr art. 17"),
        recorded_by="jane",
    )
    ledger.append(step("contact-made", counterparty="xu-1"), recorded_by="jane")


def test_a_pseudonym_that_is_in_the_chain_cannot_be_unsaid(ledger: Ledger) -> None:
    ledger.append(step("contact-made", counterparty="li-1"), recorded_by="jane")
    first = len(ledger)
    ledger.append(person("p-8", "Li Na"), recorded_by="jane")
    found = names_in_the_open(ledger, first)
    assert found == [OpenName("li", "p-8", "counterparty", "li-1", 1)]
    ledger.append(step("contact-made", counterparty="li-1"), recorded_by="jane")
    with pytest.raises(NameTold):
        ledger.append(step("contact-made", counterparty="li-2"), recorded_by="jane")


def test_a_case_id_is_named_when_the_case_begins_and_when_the_person_is_registered(
    ledger: Ledger,
) -> None:
    ledger.append(step("contact-made", "xu-affair", counterparty="org-1"), recorded_by="jane")
    assert names_in_the_open(ledger, 1) == [OpenName("xu", "p-1", "case_id", "xu-affair", 1)]
    assert names_in_the_open(ledger, 2) == []
    ledger.append(person("p-9", "An Affair"), recorded_by="jane")
    assert names_in_the_open(ledger, 2) == [OpenName("affair", "p-9", "case_id", "xu-affair", 1)]


def test_a_case_id_that_signs_divide_is_named(ledger: Ledger) -> None:
    first = len(ledger)
    ledger.append(step("contact-made", "ma-ria-affair", counterparty="org-1"), recorded_by="jane")
    assert names_in_the_open(ledger, first) == [
        OpenName("maria", "p-1", "case_id", "ma-ria-affair", first)
    ]


def test_terms_on_record_are_named_when_the_person_is_registered(ledger: Ledger) -> None:
    contact = step("contact-made", counterparty="org-1", channel="at the fair")
    ledger.append(contact, recorded_by="jane")
    wrong = step("correction", target=contact.event_id, fields={"channel": "ann"})
    ledger.append(wrong, recorded_by="jane")
    ledger.append(person("p-3", "Ann Fair"), recorded_by="jane")
    assert names_in_the_open(ledger, 3) == [
        OpenName("fair", "p-3", "channel", "at the fair", 1),
        OpenName("ann", "p-3", "fields.channel", "ann", 2),
    ]


def test_the_index_is_kept_near_by_what_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "FAR", 3)
    with Ledger.create(tmp_path / "a.db") as ledger:
        for number in range(6):
            ledger.append(person(f"p-{number}", f"name{number} x"), recorded_by="jane")
        with ledger._reading() as cursor:
            assert (names._reflected(cursor) or 0) >= 3
        for number in range(6):
            with pytest.raises(NameTold, match=f"of p-{number}"):
                ledger.append(
                    step("contact-made", counterparty=f"name{number}"), recorded_by="jane"
                )


def test_a_party_that_turns_out_to_be_a_person_counts_as_one(ledger: Ledger) -> None:
    """Also where what told no name before it is remembered."""
    firm = step("party-registered", "house", party="o-1", type="organisation", name="Jane Doe")
    call = {"counterparty": "o-1", "channel": "doe"}
    ledger.append_all([firm, step("contact-made", **call)], recorded_by="jane")
    ledger.append(step("contact-made", **call), recorded_by="jane")
    first = len(ledger)
    typed = step("correction", "house", target=firm.event_id, fields={"type": "person"})
    ledger.append(typed, recorded_by="jane")
    assert names_in_the_open(ledger, first) == [OpenName("doe", "o-1", "channel", "doe", 2)]
    with pytest.raises(NameTold, match="of o-1"):
        ledger.append(step("contact-made", **call), recorded_by="jane")
    ledger.append(step("retraction", "house", target=typed.event_id), recorded_by="jane")
    ledger.append(step("contact-made", **call), recorded_by="jane")


def test_a_party_that_turns_out_to_be_no_person_has_no_name_to_keep(ledger: Ledger) -> None:
    firm = person("o-1", "Acme Works")
    typed = step("correction", "house", target=firm.event_id, fields={"type": "body"})
    call = {"counterparty": "o-1", "channel": "works"}
    ledger.append_all([firm, typed, step("contact-made", **call)], recorded_by="jane")
    ledger.append(step("contact-made", **call), recorded_by="jane")
    ledger.append(step("retraction", "house", target=typed.event_id), recorded_by="jane")
    with pytest.raises(NameTold, match="of o-1"):
        ledger.append(step("contact-made", **call), recorded_by="jane")


def test_a_person_whose_name_someone_shares_who_is_none_counts(ledger: Ledger) -> None:
    ledger.append(
        step("party-registered", "house", party="o-1", type="body", name="Fei Li"),
        recorded_by="jane",
    )
    ledger.append(person("p-3", "Na Li"), recorded_by="jane")
    with pytest.raises(NameTold, match="of p-3"):
        ledger.append(step("contact-made", counterparty="li-1"), recorded_by="jane")


def test_a_pseudonym_that_stands_is_no_news_in_a_batch_and_in_a_correction_either(
    ledger: Ledger,
) -> None:
    call = step("contact-made", counterparty="li-1")
    other = step("contact-made", counterparty="org-1")
    right = step("correction", target=other.event_id, fields={"counterparty": "li-1"})
    again = step("contact-made", counterparty="li-1")
    batch = [call, other, person("p-8", "Li Na"), again, right]
    ledger.append_all(batch, recorded_by="jane")
    right = step("correction", target=other.event_id, fields={"counterparty": "li-1"})
    ledger.append(right, recorded_by="jane")
    wrong = step("correction", target=other.event_id, fields={"channel": "li-1"})
    with pytest.raises(NameTold, match=r"fields\.channel"):
        ledger.append(wrong, recorded_by="jane")


def test_whether_a_pseudonym_stands_is_looked_up_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look it up is to read the whole log."""
    ledger.append(step("contact-made", counterparty="li-1"), recorded_by="jane")
    ledger.append(person("p-8", "Li Na"), recorded_by="jane")
    ledger.append(step("contact-made", counterparty="li-1"), recorded_by="jane")
    monkeypatch.setattr(check, "STANDS", "this is not looked up")
    ledger.append_all(
        [step("contact-made", counterparty="li-1") for _ in range(3)], recorded_by="jane"
    )


def test_the_remedy_names_every_word_that_a_value_tells(ledger: Ledger) -> None:
    event = step("contact-made", counterparty="fei-xu-fei2")
    with pytest.raises(NameTold, match=r"of p-1 \(fei, xu\)") as raised:
        ledger.append(event, recorded_by="jane")
    assert "add --allow-name fei --allow-name xu." in raised.value.cli_text()
    assert "allow_names=['fei', 'xu']" in str(raised.value)
    with Ledger.open(ledger.path, allow_names=["fei", "xu"]) as other:
        other.append(event, recorded_by="jane")


def test_the_remedy_names_no_word_that_another_allows(ledger: Ledger) -> None:
    ledger.append(person("p-4", "山田 太郎"), recorded_by="jane")
    event = step("allegation-made", subject="p-1", conduct="x", clause="山田太郎条例 3")
    with pytest.raises(NameTold, match=r"of p-4 \(山田太郎\)"):
        ledger.append(event, recorded_by="jane")
    with Ledger.open(ledger.path, allow_names=["山田太郎"]) as other:
        other.append(event, recorded_by="jane")


def test_two_persons_are_named_where_two_are_told(ledger: Ledger) -> None:
    ledger.append(person("p-4", "Li Na"), recorded_by="jane")
    with pytest.raises(NameTold, match=r"of p-1 and p-4 \(fei, na\)"):
        ledger.append(step("contact-made", counterparty="fei-na"), recorded_by="jane")


def test_each_word_of_a_value_is_named_once_whoever_shares_it(ledger: Ledger) -> None:
    ledger.append(person("p-4", "Fei Xu", aliases=["Fei", "the Fei"]), recorded_by="jane")
    first = len(ledger)
    ledger.append(step("contact-made", "fei-1", counterparty="org-1"), recorded_by="jane")
    (found,) = names_in_the_open(ledger, first)
    assert found == OpenName("fei", found.party, "case_id", "fei-1", first)
    assert names_in_the_open(ledger, first, {"fei"}) == []


def test_the_case_of_the_house_is_called_as_it_is(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(person("p-1", "Gregory House"), recorded_by="jane")
        ledger.append(step("contact-made", "the-house", counterparty="o-1"), recorded_by="jane")
        ledger.append(step("policy-adopted", "house", policy="conduct", policy_version="1"),
                      recorded_by="jane")  # fmt: skip
        assert [each.value for each in names_in_the_open(ledger, 0)] == ["the-house"]


@pytest.mark.parametrize(
    ("name", "clause"),
    [("Jörg Müller", "Müller-Erlass 7"), ("Xu Fei", "XU decree 7"), ("徐飞宇", "徐飞宇令 7"),
     ("Łucja", "Łucja act"), ("Kol7 Ann", "kol7 rules"), ("Fei", "act no.2fei")],
)  # fmt: skip
def test_what_stands_in_the_open_is_found_however_it_is_written(
    tmp_path: Path, name: str, clause: str
) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        said = step("allegation-made", subject="o-1", conduct="x", clause=clause)
        ledger.append_all([said, person("p-2", name)], recorded_by="jane")
        assert {each.value for each in names_in_the_open(ledger, 1)} == {clause}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("abc", marks=pytest.mark.sqlite_file("a server's column takes no text")),
        99,
        -5,
    ],
)
def test_an_index_that_says_what_cannot_be_is_done_without(
    tmp_path: Path, said: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "FAR", 1)
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(person("p-1", "Xu Fei"), recorded_by="jane")
        assert names.make_ready(ledger)
        with ledger._writing() as cursor:
            cursor.execute("UPDATE tracking SET notification_id = ?", (said,))
        ledger.append(person("p-2", "Li Na"), recorded_by="jane")
        ledger.append(step("contact-made", counterparty="org-1"), recorded_by="jane")
        for word in ("xu", "na"):
            with pytest.raises(NameTold):
                ledger.append(step("contact-made", counterparty=word), recorded_by="jane")
        with ledger._reading() as cursor:
            assert cursor.execute("SELECT notification_id FROM tracking").fetchall() == [(said,)]


def test_what_told_no_name_may_tell_one_that_someone_else_records(ledger: Ledger) -> None:
    fair = {"counterparty": "org-1", "channel": "at the fair"}
    ledger.append(step("contact-made", **fair), recorded_by="jane")
    with Ledger.open(ledger.path) as other:
        other.append(person("p-3", "Ann Fair"), recorded_by="jane")
    with pytest.raises(NameTold, match="of p-3"):
        ledger.append(step("contact-made", **fair), recorded_by="jane")


def test_what_a_rehearsal_was_told_is_forgotten(ledger: Ledger) -> None:
    fair = {"counterparty": "org-1", "channel": "at the fair"}
    with ledger.rehearsal(recorded_by="jane") as rehearse:
        rehearse([step("contact-made", **fair) for _ in range(5)])
        rehearse([step("contact-made", **fair)])
    with Ledger.open(ledger.path) as other:
        other.append(person("p-3", "Ann Fair"), recorded_by="jane")
    with pytest.raises(NameTold, match="of p-3"):
        ledger.append(step("contact-made", **fair), recorded_by="jane")
