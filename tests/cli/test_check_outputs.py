"""`typedml check --output ...`: what mypy finds, in every form, with mypy's exit status."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema
from click.testing import CliRunner, Result

from typedml.cli.commands import main

SCHEMAS = Path(__file__).parents[1] / "renderings" / "schemas"
OUTPUTS = {
    "markdown": "`src/wrong.py:6`",
    "github": "::error file=src/wrong.py,line=6,col=12,title=typedml-unit::Incompatible",
    "sarif": '"startLine": 6',
    "junit": 'classname="src.src/wrong.py" name="typedml-unit in line 6"',
    "html": "src/wrong.py:6",
}
ROWS = [
    {
        "file": "src/wrong.py",
        "line": 6,
        "column": 11,
        "message": 'Incompatible return value type (got "float[km]", expected "float[km/hour]")',
        "hint": "Hint: divide by a time\nIt was declared here",
        "code": "typedml-unit",
        "severity": "error",
    },
    {
        "file": "src/wrong.py",
        "line": 9,
        "column": -1,
        "message": 'Revealed type is "int"',
        "hint": None,
        "code": "misc",
        "severity": "note",
    },
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "src", *arguments])


def mypy_says(monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]], status: int, *others: str) -> None:
    """Let mypy find these things, without running it."""
    said = "".join(f"{line}\n" for line in [*map(json.dumps, rows), *others])
    done = subprocess.CompletedProcess(["mypy"], status, said, "")
    monkeypatch.setattr("typedml.cli.check.run_mypy", lambda *_, **__: done)


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_tells_of_the_error(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mypy_says(monkeypatch, ROWS, 1)
    done = check("--output", output)
    assert done.exit_code == 1, done.output
    assert OUTPUTS[output] in done.stdout
    assert "divide by a time" in done.stdout
    assert "It was declared here" in done.stdout
    mypy_says(monkeypatch, ROWS[1:], 0)
    fine = check("--output", output)
    assert fine.exit_code == 0, fine.output
    assert OUTPUTS[output] not in fine.stdout
    assert "Revealed type is" in fine.stdout


def test_what_mypy_finds_is_what_the_schemas_of_its_readers_say(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    for rows, status in ((ROWS, 1), ([], 0), ([], 2)):
        mypy_says(monkeypatch, rows, status)
        log = json.loads(check("--output", "sarif").stdout)
        jsonschema.validate(log, schema)
        levels = [result["level"] for result in log["runs"][0]["results"]]
        assert levels == [row["severity"] for row in rows]
        xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd")).validate(check("--output", "junit").stdout)


@pytest.mark.parametrize(
    ("output", "said"),
    [("sarif", '"executionSuccessful": false'), ("junit", "<error "), ("markdown", "❌"), ("github", "✗")],
)
def test_a_run_that_could_not_check_everything_is_not_fine_in_any_output(
    output: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mypy_says(monkeypatch, [], 2, "mypy: cannot read src")
    done = check("--output", output)
    assert done.exit_code == 2
    assert said in done.stdout
    assert "mypy: cannot read src" in done.stderr
    assert "mypy: cannot read src" not in done.stdout


@pytest.mark.parametrize("output", OUTPUTS)
def test_known_findings_are_told_in_no_output(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mypy_says(monkeypatch, ROWS, 1)
    assert check("--write-baseline").exit_code == 0
    done = check("--output", output)
    assert (done.exit_code, OUTPUTS[output] in done.stdout) == (0, False)
    mypy_says(monkeypatch, [*ROWS, {**ROWS[0], "line": 70, "message": "new"}], 1)
    done = check("--output", output)
    assert (done.exit_code, "new" in done.stdout) == (1, True)


def test_mypy_s_own_rows_stay_what_programs_read_already(monkeypatch: pytest.MonkeyPatch) -> None:
    mypy_says(monkeypatch, ROWS, 1)
    assert check("--write-baseline").exit_code == 0
    mypy_says(monkeypatch, [{**ROWS[0], "message": "new"}], 1)
    assert json.loads(check("--output", "json").stdout)["message"] == "new"


def test_hostile_sources_and_messages_are_inert(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {**ROWS[0], "file": "a,b:<i>\x1b.py", "message": "::error::x\n<script>\x1b[2J"}
    mypy_says(monkeypatch, [row], 1)
    for output in OUTPUTS:
        told = check("--output", output).stdout
        assert "\x1b" not in told
        assert "<script>" not in told or output in ("github", "sarif")
        commands = [line for line in told.splitlines() if line.lstrip().startswith("::")]
        assert len(commands) == (1 if output == "github" else 0)


def test_coverage_has_the_outputs_that_it_has() -> None:
    refused = check("--coverage", "--output", "sarif")
    assert refused.exit_code == 2
    assert "Hint: --output text, or json" in refused.stderr


@pytest.mark.slow
def test_a_real_run_is_rendered(here: Path) -> None:
    (here / "src").mkdir()
    (here / "src" / "wrong.py").write_text(
        "from typing import Annotated\nfrom typedml import Unit\n"
        'Km = Annotated[float, Unit("km")]\nHour = Annotated[float, Unit("hour")]\n'
        'def speed(d: Km, t: Hour) -> Annotated[float, Unit("km/hour")]:\n    return d\n'
    )
    done = check("--output", "github")
    assert done.exit_code == 1, done.output
    assert OUTPUTS["github"] in done.stdout
