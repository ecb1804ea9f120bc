"""`typedml validate --references`: the tables that a schema refers to are files of their own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from typedml.cli.commands import main

SCHEMA = """\
from typedml import FeatureSchema, field

class Airport(FeatureSchema):
    faa: str = field(unique=True)

class Leg(FeatureSchema):
    origin: str = field(references=Airport.c.faa)
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a schema module and two tables."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path), *__import__("sys").path])
    monkeypatch.delitem(__import__("sys").modules, "legs_referring", raising=False)
    (tmp_path / "legs_referring.py").write_text(SCHEMA)
    (tmp_path / "airports.csv").write_text("faa\nEWR\nJFK\n")
    (tmp_path / "good.csv").write_text("origin\nEWR\nEWR\n")
    (tmp_path / "bad.csv").write_text("origin\nEWR\nXXX\n")
    return tmp_path


def validate(*arguments: str) -> Result:
    fixed = ["validate", *arguments, "--schema", "legs_referring:Leg"]
    return CliRunner().invoke(main, fixed, env={"COLUMNS": "120"})


AIRPORTS = ("--references", "legs_referring:Airport=airports.csv")


def test_values_are_looked_for_in_the_other_file() -> None:
    assert validate("good.csv", *AIRPORTS).exit_code == 0
    done = validate("bad.csv", *AIRPORTS, "--output", "json")
    assert done.exit_code == 1
    assert "references" in done.stdout
    assert json.loads(done.stdout)


def test_without_the_other_file_nobody_looked() -> None:
    done = validate("good.csv")
    assert done.exit_code == 1
    assert "no frame of Airport was handed in" in done.stdout


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("airports.csv", "does not name a schema and a file"),
        ("legs_referring:Airport=", "does not name a schema and a file"),
        ("legs_referring:Airprot=airports.csv", "names nothing"),
        ("legs_referring:Airport=nope.csv", "nope.csv"),
    ],
)
def test_what_cannot_be_read_is_a_wrong_call(said: str, reason: str) -> None:
    done = validate("good.csv", "--references", said)
    assert done.exit_code == 2
    assert reason in done.output


def test_rows_are_divided_by_what_they_refer_to(here: Path) -> None:
    done = validate("bad.csv", *AIRPORTS, "--good", "kept.parquet", "--bad", "left.parquet")
    assert done.exit_code == 1
    assert (here / "kept.parquet").exists()
    assert (here / "left.parquet").exists()
