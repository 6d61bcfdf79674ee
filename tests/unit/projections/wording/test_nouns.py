"""Fields are said as a reader would say them, also those whose names are no nouns."""

from answerable.domain.kinds import model
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.wording.lines.nouns import field_of_it, field_of_thing


def test_who_did_something_is_no_noun_of_the_field() -> None:
    assert field_of_it("collected_by") == "who collected it"
    assert field_of_thing("collected_by", "the phone (#2)") == "who collected the phone (#2)"
    assert field_of_it("due") == "the due date"
    assert field_of_thing("from", "the bar (#12)") == "the beginning of the bar (#12)"


def test_no_field_of_any_kind_is_said_by_a_word_that_is_no_noun() -> None:
    fields = [each for kind in CATALOGUE for each in model(kind).model_fields.items()]
    said = {field_of_it(field.alias or name) for name, field in fields}
    nouns = {each.removeprefix("the ") for each in said if each.startswith("the ")}
    ends = {each.rpartition(" ")[2] for each in nouns - {"event that it belongs to"}}
    assert ends.isdisjoint({"by", "from", "to", "until", "upon", "of"})
