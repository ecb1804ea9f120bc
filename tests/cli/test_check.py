"""`typedml check`: the plugin without any configuration, mypy's own options and exit status."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from typedml.cli.commands import main
from typedml.cli.mypy_run import run_mypy

RIGHT = """\
from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]
def speed(d: Km, t: Hour) -> Annotated[float, Unit("km/hour")]:
    return d / t
"""
SOURCES = {
    "right.py": RIGHT,
    "wrong.py": RIGHT.replace("d / t", "d"),
    "loose.py": RIGHT + "def f(x: float) -> Km:\n    return x\n",
    "untyped.py": "def f(x): return x\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def check(project: Path, *arguments: str) -> tuple[int, list[str]]:
    done = run_mypy([*arguments, "--no-incremental"], capture=True, cwd=project)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def found(said: list[str]) -> list[tuple[str, str]]:
    """The files and codes of the errors."""
    errors = [line for line in said if ": error: " in line]
    return sorted((line.partition(":")[0], line.rpartition("[")[2].rstrip("]")) for line in errors)


def test_without_configuration_what_is_wrong_is_found_and_nothing_else(project: Path) -> None:
    status, said = check(project, *SOURCES)
    assert status == 1
    assert [(file, code.partition("-")[0]) for file, code in found(said)] == [
        ("loose.py", "typedml"),
        ("wrong.py", "typedml"),
    ]
    assert any('got "float[km]", expected "float[km/hour]")  [typedml-unit]' in line for line in said)


def test_the_project_s_own_configuration_and_level_are_kept(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[tool.mypy]\ndisallow_untyped_defs = true\n[tool.typedml]\nlevel = "gradual"\n'
    )
    status, said = check(project, *SOURCES)
    assert (status, found(said)) == (1, [("untyped.py", "no-untyped-def"), ("wrong.py", "typedml-unit")])


def test_a_level_beside_the_configuration_of_mypy_is_kept_too(project: Path) -> None:
    (project / "mypy.ini").write_text("[mypy]\n")
    (project / "pyproject.toml").write_text('[tool.typedml]\nlevel = "gradual"\n')
    assert check(project, "loose.py", "right.py") == (0, ["Success: no issues found in 2 source files"])


def test_a_plugin_that_is_named_already_is_not_named_twice_and_options_are_mypy_s(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.mypy]\nplugins = ["typedml.mypy"]\n')
    status, said = check(project, "wrong.py", "--output=json")
    assert (status, len(said)) == (1, 1)
    assert '"code": "typedml-unit"' in said[0]


def test_an_absent_source_is_a_usage_error(project: Path) -> None:
    status, said = check(project, "absent.py")
    assert status == 2
    assert any("absent.py" in line for line in said)


def test_without_mypy_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    refused = CliRunner().invoke(main, ["check", "src"])
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: mypy is not installed\nHint: pip install")


def test_the_exit_status_of_mypy_is_the_command_s_and_the_cache_its_own(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert CliRunner().invoke(main, ["check", "wrong.py"]).exit_code == 1
    assert (project / ".mypy_cache" / "typedml").is_dir()


PYDANTIC = """\
from typing import Annotated
from pydantic import BaseModel
from typedml import Unit
class Reading(BaseModel):
    distance: Annotated[float, Unit("km")]
    number: int
def wrong(h: Annotated[float, Unit("hour")], d: Annotated[float, Unit("km")]) -> None:
    Reading(distance=h, number=1)
    Reading(distance=d, number="1")
    Reading(distance=d, number=1, other=2)
"""
OPTIONS = "[{}]\ninit_typed = true\ninit_forbid_extra = true\n"
PYDANTIC_CONFIGURATIONS = {
    "mypy.ini": "[mypy]\nplugins = pydantic.mypy\n" + OPTIONS.format("pydantic-mypy"),
    "pyproject.toml": '[tool.mypy]\nplugins = ["pydantic.mypy"]\n' + OPTIONS.format("tool.pydantic-mypy"),
    "elsewhere/other.ini": OPTIONS.format("pydantic-mypy") + "[mypy]\nplugins = pydantic.mypy\n",
}


@pytest.mark.parametrize("name", PYDANTIC_CONFIGURATIONS)
def test_another_plugin_is_configured_as_without_us(name: str, project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / name).write_text(PYDANTIC_CONFIGURATIONS[name])
    (project / "models.py").write_text(PYDANTIC)
    named = str(project / name) if name.startswith("elsewhere") else None
    done = run_mypy(["models.py", "--no-incremental"], config_file=named, capture=True, cwd=project)
    codes = [code for _, code in found(done.stdout.splitlines())]
    assert codes == ["arg-type", "call-arg", "typedml-unit"], done.stdout + done.stderr


def test_files_paths_and_modules_mean_what_they_mean_in_the_file_itself(project: Path) -> None:
    (project / "src").mkdir()
    (project / "src" / "wrong.py").write_text(SOURCES["wrong.py"] + "def old(x): return x\n")
    (project / "src" / "user.py").write_text("import wrong\ndef f(x): return wrong.speed(1, 2)\n")
    (project / "mypy.ini").write_text(
        "[mypy]\nfiles = src/user.py, src/wrong.py\nmypy_path = $MYPY_CONFIG_FILE_DIR/src\n"
        "[mypy-wrong]\ndisallow_untyped_defs = True\n"
    )
    assert found(check(project)[1]) == [("src/wrong.py", "no-untyped-def"), ("src/wrong.py", "typedml-unit")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mypy]\n[typedml]\nlevel = loud\n", "mypy.ini: 'loud' is not a level"),
        ("[mypy]\nno_such_option = 1\n", "mypy.ini: [mypy]: Unrecognized option: no_such_option = 1"),
        ("[mypy]\nstrict = True\nplugins = absent.plugin\n", "mypy.ini:3: error: "),
    ],
)
def test_what_is_wrong_in_the_configuration_names_the_user_s_file(
    text: str, said: str, project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    (project / "mypy.ini").write_text(text)
    run_mypy(["right.py", "--no-incremental"])
    told = capfd.readouterr().err
    assert said in told.splitlines()[0]
    assert "typedml-" not in told
