"""`answerable policy new --from-declare`: a policy from a model of pm4py, and back into one."""

import json

import pytest
from tests.unit.cli.conftest import Here

MODEL = {
    "precedence": [[["subject-heard", "finding-made"], {"support": 3, "confidence": 1}]],
    "nonsuccession": {"('case-closed', 'finding-made')": {"support": 3, "confidence": 1}},
}


def test_a_model_becomes_a_policy_and_the_policy_that_model(here: Here) -> None:
    (here.folder / "model.json").write_text(json.dumps(MODEL))
    made = here("policy", "new", "--from-declare", "model.json", "mined.toml", "--id", "mined")
    assert made.out.startswith("Wrote mined.toml.")
    assert made.err.startswith("nonsuccession: pm4py negates")
    here("policy", "validate", "mined.toml")
    back = json.loads(here("policy", "show", "mined.toml", "--format", "pm4py").out)
    assert back["policy"] == "mined@1"
    assert {name: [key for key, _ in pairs] for name, pairs in back["model"].items()} == {
        "precedence": [["subject-heard", "finding-made"]],
        "nonsuccession": [["case-closed", "finding-made"]],
    }


def test_it_goes_to_a_file_of_its_id_or_is_written_out(here: Here) -> None:
    (here.folder / "model.json").write_text(json.dumps(MODEL))
    here("policy", "new", "--from-declare", "model.json")
    assert (here.folder / "declare.toml").exists()
    out = here("policy", "new", "--from-declare", "model.json", "-", "--id", "mined").out
    assert '\nid = "mined"\n' in out


@pytest.mark.parametrize(
    ("content", "arguments", "code", "said"),
    [
        ('{"responce": []}', (), 3, "'responce' is no template of pm4py. Did you mean response"),
        ("{", (), 3, "model.json is not JSON"),
        ("{}", (), 3, "this is no model of pm4py."),
        (json.dumps(MODEL), ("generic", "x.toml"), 2, "give a FILE alone"),
        (json.dumps(MODEL), ("x.toml", "--id", "No Id"), 2, "is no id"),
    ],
)
def test_what_is_refused(
    here: Here, content: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    (here.folder / "model.json").write_text(content)
    told = here("policy", "new", "--from-declare", "model.json", *arguments, code=code)
    assert said in " ".join(told.err.split())
    assert not list(here.folder.glob("*.toml"))


def test_what_cannot_be_said_whole_is_said_loosely_where_that_is_asked_for(here: Here) -> None:
    show = ("policy", "show", "generic", "--format", "pm4py")
    strict, loose = here(*show), here(*show, "--loosely")
    assert "heard-first: same subject" in strict.err
    pair = ["subject-heard", "finding-made"]
    told = {name: [key for key, _ in found] for name, found in _model(loose.out).items()}
    assert pair in told["precedence"]
    assert pair not in [key for key, _ in _model(strict.out).get("precedence", [])]
    assert "Said without: heard-first: same subject" in loose.err
    assert "Left out: custody" in loose.err
    refused = here("policy", "show", "generic", "--loosely", code=2)
    assert "--loosely needs --format pm4py" in refused.err


def _model(text: str) -> dict[str, list[tuple[list[str], object]]]:
    found: dict[str, list[tuple[list[str], object]]] = json.loads(text)["model"]
    return found
