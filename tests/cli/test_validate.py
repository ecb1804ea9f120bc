"""`typedml validate`: a data file against a schema, and everything that can be wrong with either."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner, Result

from typedml.cli.commands import main

SCHEMA = """\
from typing import Annotated
from typedml import FeatureSchema, Probability, Unit, field

class Leg(FeatureSchema):
    name: str = field(unique=True)
    distance: Annotated[float, Unit("mile")] = field(gt=0)
    p_late: Probability
"""
GOOD: dict[str, list[Any]] = {"name": ["a", "b", "c"], "distance": [1.0, 2.5, 3.0], "p_late": [0.1, 0.2, 0.3]}
BAD: dict[str, list[Any]] = {"name": ["a", "b", "b"], "distance": [1.0, -2.5, 3.0], "p_late": [0.1, 0.2, 1.3]}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a schema module of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path), *__import__("sys").path])
    monkeypatch.delitem(__import__("sys").modules, "legs_declared", raising=False)
    (tmp_path / "legs_declared.py").write_text(SCHEMA)
    return tmp_path


def validate(*arguments: str, schema: str = "legs_declared:Leg") -> Result:
    return CliRunner().invoke(main, ["validate", *arguments, "--schema", schema], env={"COLUMNS": "120"})


def write(data: dict[str, list[Any]], name: str) -> str:
    frame = pl.DataFrame(data)
    match Path(name).suffix:
        case ".parquet":
            frame.write_parquet(name)
        case ".csv":
            frame.write_csv(name)
        case _:
            pd.DataFrame(data).to_json(name, orient="records")
    return name


@pytest.mark.parametrize("name", ["legs.parquet", "legs.csv", "legs.json"])
def test_a_file_that_keeps_its_schema_is_fine(name: str) -> None:
    done = validate(write(GOOD, name))
    assert done.exit_code == 0, done.output + done.stderr
    assert "Leg" in done.output


@pytest.mark.parametrize("name", ["legs.parquet", "legs.csv", "legs.json"])
def test_every_failure_is_told_at_once(name: str) -> None:
    done = validate(write(BAD, name))
    assert done.exit_code == 1, done.output + done.stderr
    assert [column for column in ("name", "distance", "p_late") if column not in done.output] == []
    assert "-2.5" in done.output
    assert "1.3" in done.output


def test_machines_read_the_same_counts() -> None:
    done = validate(write(BAD, "legs.parquet"), "--output", "json")
    assert done.exit_code == 1
    told = json.loads(done.output)
    failing = {(c["column"], c["rule"]): c["failing"] for c in told["counts"] if c["failing"]}
    assert failing == {("name", "unique"): 2, ("distance", "gt"): 1, ("p_late", "range"): 1}
    assert (told["ok"], told["rows"], told["file"]) == (False, 3, "legs.parquet")


def test_json_has_no_colours_and_nothing_else() -> None:
    assert json.loads(validate(write(GOOD, "legs.csv"), "--output", "json").output)["ok"] is True


def test_the_number_of_rows_shown_is_the_user_s() -> None:
    many: dict[str, list[Any]] = {
        "name": [str(i) for i in range(50)],
        "distance": [-1.0 - i for i in range(50)],
        "p_late": [0.5] * 50,
    }
    file = write(many, "legs.parquet")
    for wanted in (0, 3, 20):
        told = json.loads(validate(file, "--output", "json", "--rows", str(wanted)).output)
        (failure,) = told["failures"]
        assert (failure["count"], len(failure["rows"])) == (50, wanted)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("absent.parquet", None),
        ("torn.parquet", b"PAR1 and then nothing"),
        ("empty.csv", b""),
        ("torn.json", b'[{"name": "a", '),
        ("legs.xyz", b"?"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_without_a_traceback(name: str, content: bytes | None) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    done = validate(name)
    assert done.exit_code == 2, done.output
    assert name in done.stderr
    assert "Hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert "typedml-internal" not in done.stderr


def test_a_folder_is_no_file() -> None:
    Path("folder.parquet").mkdir()
    done = validate("folder.parquet")
    assert done.exit_code == 2
    assert "Hint:" in done.stderr
    assert "typedml-internal" not in done.stderr


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("legs_declared", "does not name an object"),
        ("legs_absent:Leg", 'no module "legs_absent"'),
        ("legs_declared:Lag", 'did you mean "Leg"?'),
        ("legs_declared:Unit", "Unit"),
        ("json:dumps", "schema"),
    ],
)
def test_a_reference_that_is_no_schema_is_told(schema: str, said: str) -> None:
    done = validate(write(GOOD, "legs.csv"), schema=schema)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Hint:" in done.stderr
    assert "typedml-internal" not in done.stderr


def test_a_schema_that_contradicts_itself_is_told(here: Path) -> None:
    (here / "legs_odd.py").write_text(SCHEMA.replace("gt=0", "gt=10, lt=5"))
    done = validate(write(GOOD, "legs.csv"), schema="legs_odd:Leg")
    assert done.exit_code == 2
    assert "legs_odd" in done.stderr
    assert "Hint:" in done.stderr


def test_a_missing_column_is_a_finding() -> None:
    done = validate(write({"name": ["a"], "distance": [1.0]}, "legs.parquet"))
    assert done.exit_code == 1
    assert "p_late" in done.output


def test_an_empty_file_of_the_right_columns_is_fine() -> None:
    pl.DataFrame(schema={"name": pl.String, "distance": pl.Float64, "p_late": pl.Float64}).write_parquet(
        "none.parquet"
    )
    assert validate("none.parquet").exit_code == 0


def test_the_schema_must_be_named() -> None:
    refused = CliRunner().invoke(main, ["validate", "legs.csv"])
    assert refused.exit_code == 2
    assert "--schema" in refused.stderr


def test_a_file_without_rows_says_that_no_row_was_judged(here: Path) -> None:
    pl.DataFrame(GOOD).clear().write_parquet(here / "none.parquet")
    found = validate("none.parquet")
    assert found.exit_code == 0
    assert "no row was judged" in found.output
    assert "no row was judged" in validate("none.parquet", "--output", "json").output


@pytest.mark.parametrize("name", ["noise.csv", "noise.tsv", "noise.parquet"])
def test_a_file_of_bytes_is_unreadable_and_no_byte_of_it_reaches_the_terminal(here: Path, name: str) -> None:
    (here / name).write_bytes(b"\x1b[31m\x00\xff\xfe\x07name,distance\n\x00\x01\x02\x9b\n" * 4)
    found = validate(name)
    assert found.exit_code == 2, found.output
    assert "Hint:" in found.output
    assert not set(found.output) & set("\x00\x07\x1b\x9b\xff")


@pytest.mark.parametrize(
    "arguments",
    [["validate"], ["validate", "x.csv", "--schema", "a:B", "--output", "z"], ["laws", "--no"], ["--no"]],
)
def test_every_usage_error_ends_with_a_hint(arguments: list[str]) -> None:
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == 2
    assert found.output.strip().splitlines()[-1].startswith("Hint:")


def test_a_schema_that_contradicts_itself_is_told_at_its_own_line(here: Path) -> None:
    body = SCHEMA.replace("field(gt=0)", "field(gt=2, lt=1)")
    (here / "legs_wrong.py").write_text(body)
    found = validate("x.csv", schema="legs_wrong:Leg")
    assert found.exit_code == 2
    assert f"legs_wrong.py:{body.splitlines().index('class Leg(FeatureSchema):') + 1}" in found.output
    assert "class_reading.py" not in found.output
    assert "contradictions.py" not in found.output


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("markdown", "| ❌ | distance &gt; 0 failed in 1 of 3 rows |"),
        ("sarif", '"ruleId": "typedml-value"'),
        ("github", "::error file=legs_declared.py,line=6,title=Leg  distance%3A gt"),
        ("html", "distance &gt; 0 failed in 1 of 3 rows"),
        ("junit", '<failure type="typedml-value" message="distance &gt; 0 failed in 1 of 3 rows">'),
    ],
)
def test_every_output_tells_the_same_and_ends_with_the_same_status(output: str, said: str) -> None:
    done = validate(write(BAD, "legs.parquet"), "--output", output)
    assert done.exit_code == 1, done.output
    assert said in done.output
    fine = validate(write(GOOD, "legs.parquet"), "--output", output)
    assert fine.exit_code == 0
    assert said not in fine.output


def test_no_value_is_shown_where_the_values_are_to_be_withheld() -> None:
    file = write(BAD, "legs.parquet")
    for output in ("text", "json", "markdown", "sarif", "github", "junit", "html"):
        done = validate(file, "--output", output, "--redact")
        assert done.exit_code == 1
        assert "distance: gt" in done.output or output in ("json", "junit")
        assert "-2.5" not in done.output
        assert "-2.5" in validate(file, "--output", output).output


def test_no_value_is_shown_of_a_file_that_cannot_be_read_where_values_are_to_be_withheld() -> None:
    Path("legs.csv").write_text('name,distance,fuel\n"SECRET,-77.25,2\n')
    Path("legs.json").write_text('[{"name": "a"}, SECRET-77.25]')
    for file, said in (("legs.csv", "legs.csv cannot be read"), ("legs.json", "legs.json cannot be read")):
        done = validate(file, "--redact")
        assert done.exit_code == 2
        assert said in done.output
        assert "SECRET" not in done.output
        assert "77.25" not in done.output
    assert "SECRET" in validate("legs.csv").output


def test_a_split_that_is_refused_shows_no_value_where_values_are_to_be_withheld() -> None:
    write({**GOOD, "distance": ["-77.25", "SECRET", "3"]}, "legs.parquet")
    done = validate("legs.parquet", "--good", "good.parquet", "--bad", "bad.parquet", "--redact")
    assert done.exit_code == 2
    assert "rules failed" in done.output
    assert "SECRET" not in done.output
    assert "77.25" not in done.output


def test_a_folder_and_a_pattern_are_one_table() -> None:
    Path("legs").mkdir()
    write(GOOD, "legs/1.parquet")
    write({**GOOD, "name": ["c", "d", "e"]}, "legs/2.parquet")
    for source in ("legs", "legs/*.parquet", "legs/1.parquet legs/2.parquet"):
        done = validate(*source.split(), "--output", "json")
        assert done.exit_code == 1, done.output
        told = json.loads(done.output)
        assert told["rows"] == 6
        assert [(each["rule"], each["count"]) for each in told["failures"]] == [("unique", 2)]


def test_a_file_of_several_that_cannot_be_read_is_a_finding() -> None:
    Path("legs").mkdir()
    write(GOOD, "legs/1.parquet")
    Path("legs/2.parquet").write_bytes(b"PAR1")
    done = validate("legs")
    assert done.exit_code == 1
    assert "2.parquet cannot be read" in done.output


def test_good_and_bad_rows_are_written_apart() -> None:
    done = validate(write(BAD, "legs.parquet"), "--good", "good.parquet", "--bad", "bad.parquet")
    assert done.exit_code == 1, done.output
    assert pl.read_parquet("good.parquet")["name"].to_list() == ["a"]
    assert pl.read_parquet("bad.parquet")["__reasons__"].to_list() == [
        ["name: unique", "distance: gt"],
        ["name: unique", "p_late: range"],
    ]
    assert validate(write(GOOD, "fine.csv"), "--good", "good.parquet", "--bad", "bad.parquet").exit_code == 0
    assert (pl.read_parquet("good.parquet").height, pl.read_parquet("bad.parquet").height) == (3, 0)


def test_good_goes_with_bad() -> None:
    done = validate(write(GOOD, "legs.parquet"), "--good", "good.parquet")
    assert done.exit_code == 2
    assert "--bad" in done.stderr


def test_no_bar_is_drawn_where_nobody_looks() -> None:
    assert validate(write(GOOD, "legs.parquet")).stderr == ""


def test_annotations_stand_where_the_column_is_declared(here: Path) -> None:
    file = write(BAD, "legs.parquet")
    lines = validate(file, "--output", "github").output.splitlines()
    source = SCHEMA.splitlines()
    for column in ("name", "distance", "p_late"):
        number = next(at for at, line in enumerate(source, 1) if line.startswith(f"    {column}:"))
        (told,) = [line for line in lines if f",title=Leg  {column}%3A" in line]
        assert told.startswith(f"::error file=legs_declared.py,line={number},")
        assert "%0Ain legs.parquet" in told
    (run,) = json.loads(validate(file, "--output", "sarif").output)["runs"]
    assert run["results"][0]["analysisTarget"] == {"uri": "legs.parquet"}
    assert (
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "legs_declared.py"
    )


def test_a_schema_that_is_not_in_this_folder_is_annotated_at_the_data(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "work").mkdir()
    monkeypatch.chdir(here / "work")
    assert (
        "::error file=legs.parquet,title=Leg"
        in validate(write(BAD, "legs.parquet"), "--output", "github").output
    )


def test_a_column_of_a_base_class_is_annotated_there(here: Path) -> None:
    (here / "legs_derived.py").write_text(
        "from legs_declared import Leg\n\n\nclass Long(Leg):\n    extra: str | None\n"
    )
    told = validate(write(BAD, "legs.parquet"), "--output", "github", schema="legs_derived:Long").output
    assert "::error file=legs_declared.py,line=6,title=Long  distance%3A gt" in told
    assert "::error file=legs_derived.py,line=5,title=Long  extra%3A missing" in told


def test_a_rule_of_the_table_is_annotated_where_it_is_written(here: Path) -> None:
    source = """\
from typedml import FeatureSchema, field, rule

class Leg(
    FeatureSchema,
    key=("name",),
    rows=(9, None),
):
    name: str
    distance: float = field(gt=0)

    @rule
    def short(c):
        return c.distance <= 2

    @rule(
        severity="warn",
    )
    def shorter(c):
        return c.distance <= 1

    quick = rule(lambda c: c.distance * 1 <= 2)

class Longer(Leg, rows=(99, None)):
    more: float | None = field(optional=True)
"""
    (here / "legs_ruled.py").write_text(source)
    file = write({"name": ["a", "a"], "distance": [3.0, 4.0]}, "legs.parquet")
    lines = source.splitlines()
    for schema, rows in (("Leg", "    rows=(9"), ("Longer", "class Longer")):
        told = validate(file, "--output", "github", schema=f"legs_ruled:{schema}").output
        for name, starts in {
            "key": "    key",
            "rows": rows,
            "short": "    def short(",
            "shorter": "    def shorter",
            "quick": "    quick",
        }.items():
            number = next(at for at, line in enumerate(lines, 1) if line.startswith(starts))
            assert f"file=legs_ruled.py,line={number},title={schema}  {name}" in told, name
