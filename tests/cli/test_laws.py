"""`typedml laws`: the features of a module, or one function."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from typedml.cli.commands import main

FEATURES = """\
from typing import Annotated
from typedml import Unit, feature

Mile, Minute = Annotated[float, Unit("mile")], Annotated[float, Unit("minute")]
Mph = Annotated[float, Unit("mile/hour")]

@feature
def right(distance: Mile, time: Minute) -> Mph:
    return distance / (time / 60.0)

@feature
def wrong(distance: Mile, time: Minute) -> Mph:
    return distance / time

def unmarked(distance: Mile, time: Minute) -> Mph:
    return distance / time

NUMBER = 7
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import sys

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "feats_declared", raising=False)
    (tmp_path / "feats_declared.py").write_text(FEATURES)
    return tmp_path


def laws(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["laws", *arguments], env={"COLUMNS": "120"})


def test_a_right_feature_is_fine() -> None:
    done = laws("feats_declared:right")
    assert done.exit_code == 0, done.output + done.stderr
    assert "right" in done.output


def test_a_wrong_feature_is_refuted_with_its_law() -> None:
    done = laws("feats_declared:wrong")
    assert done.exit_code == 1
    assert "coherent" in done.output


def test_a_module_means_its_marked_functions() -> None:
    done = laws("feats_declared", "--output", "json")
    assert done.exit_code == 1
    assert [(told["feature"], told["ok"]) for told in json.loads(done.output)] == [
        ("right", True),
        ("wrong", False),
    ]


def test_several_features_are_summed_up() -> None:
    done = laws("feats_declared")
    rows = [line.split() for line in done.output.splitlines()]
    assert [row for row in rows if row[:2] == ["✓", "right"]][-1][2].isdigit()
    assert [row for row in rows if row[:2] == ["✗", "wrong"]][-1][-1] == "coherent"
    assert "1 of 2 features break a law" in done.output


def test_what_held_and_what_was_not_checked_is_told_of_one_feature() -> None:
    done = laws("feats_declared:right")
    assert "scale (8)" in done.output
    assert "permute" in done.output
    assert "because it wants a table" in done.output


def test_several_references_are_tested_together() -> None:
    done = laws("feats_declared:right", "feats_declared:unmarked")
    assert done.exit_code == 1
    assert "1 of 2 features break a law" in done.output


def test_single_laws_may_be_named_as_the_repeating_command_does() -> None:
    first = laws("feats_declared:wrong").output
    command = next(line for line in first.splitlines() if "Repeat: " in line).split("typedml laws ")[1]
    again = laws(*command.split())
    assert again.exit_code == 1
    assert "coherent: wrong = 0.0166667" in again.output
    assert "scale (" not in again.output
    unknown = laws("feats_declared:wrong", "--law", "coheren")
    assert unknown.exit_code == 2
    assert 'Did you mean "coherent"' in unknown.stderr


def test_thorough_means_more_tables_and_a_budget_cuts() -> None:
    assert "call (100)" in laws("feats_declared:right", "--thorough", "--law", "call").output
    cut = laws("feats_declared:right", "--tables", "5000", "--budget", "0.2")
    # Beyond quick mode each law is tried on all tables, so that none came to its end.
    assert cut.exit_code == 2, cut.output
    assert "of 5000 tables only: the budget of 0.2 s was spent" in cut.output


def test_what_could_not_be_tried_is_neither_fine_nor_broken() -> None:
    none = laws("feats_declared:right", "--law", "permute")
    assert none.exit_code == 2
    assert "right cannot be judged: permute wants a table" in none.stderr
    assert "Hint: without --law" in none.stderr
    cut = laws("feats_declared:right", "--budget", "0.000001")
    assert cut.exit_code == 2
    assert "the budget of 1e-06 s was spent" in cut.stderr
    assert "--budget 60" in cut.stderr


def test_the_catalogue_is_listed_with_its_statements_and_what_it_wants() -> None:
    from typedml.laws.catalogue import CATALOGUE

    done = laws("--list")
    assert done.exit_code == 0
    assert all(law.name in done.output for law in CATALOGUE)
    assert "scale  (wants units)" in done.output
    told = json.loads(laws("--list", "--output", "json").output)
    assert [each["law"] for each in told] == [law.name for law in CATALOGUE]
    assert all(each["statement"] for each in told)
    assert laws("--list", "--output", "sarif").exit_code == 2


def test_nothing_to_test_is_told() -> None:
    done = laws()
    assert done.exit_code == 2
    assert "Hint: typedml laws MODULE" in done.stderr


def test_the_same_seed_tells_the_same() -> None:
    runs = [laws("feats_declared:wrong", "--seed", "3", "--tables", "4").output for _ in range(2)]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("feats_absent", 'no module "feats_absent"'),
        ("feats_declared:NUMBER", "is not a function"),
        ("feats_declared:wong", 'did you mean "wrong"?'),
        ("feats_declared:nosuch", "its features are right, wrong"),
        ("json", "has no features"),
        ("feats_declared.py", 'Hint: write it as a module: "feats_declared"\n'),
        ("./feats_declared.py:right", 'Hint: write it as a module: "feats_declared:right"\n'),
        ("json:dumps", "dumps"),
    ],
)
def test_what_has_no_laws_is_told(reference: str, said: str) -> None:
    done = laws(reference)
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert "Hint:" in done.stderr
    assert "typedml-internal" not in done.stderr


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("markdown", "## ❌ wrong"),
        ("sarif", '"ruleId": "typedml-law"'),
        ("github", "::error file=feats_declared.py,line=11,title=wrong  coherent  [typedml-law]::coherent: "),
        ("junit", '<testcase classname="wrong" name="coherent">'),
        ("html", "<bdi>wrong</bdi>"),
    ],
)
def test_every_output_tells_of_the_broken_law(output: str, said: str) -> None:
    done = laws("feats_declared", "--output", output)
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert laws("feats_declared:right", "--output", output).exit_code == 0


def test_a_counterexample_is_in_every_output() -> None:
    for output in ("markdown", "sarif", "github", "junit", "html"):
        told = laws("feats_declared:wrong", "--output", output).output
        assert "typedml laws feats_declared:wrong --law coherent --seed 0 --tables 8" in told


def test_laws_for_code_scanning_and_test_reports_are_what_their_schemas_say() -> None:
    import jsonschema
    import xmlschema

    schemas = Path(__file__).parents[1] / "renderings" / "schemas"
    log = json.loads(laws("feats_declared", "--output", "sarif").output)
    jsonschema.validate(log, json.loads((schemas / "sarif-2.1.0.json").read_text()))
    assert [len(run["results"]) > 0 for run in log["runs"]] == [False, True]
    report = laws("feats_declared", "--output", "junit").output
    xmlschema.XMLSchema(str(schemas / "junit-10.xsd")).validate(report)


def test_a_feature_that_cannot_be_read_keeps_no_other_from_being_judged(here: Path) -> None:
    unreadable = (
        '\n@feature(waive={"gravity": "no such law"})\ndef waived(time: Minute) -> Minute:\n    return time\n'
    )
    (here / "feats_declared.py").write_text(FEATURES + unreadable)
    done = laws("feats_declared")
    assert done.exit_code == 2
    assert "1 of 2 features break a law" in done.stdout
    assert "gravity" in done.stderr
    assert laws("feats_declared:waived").stdout == ""
