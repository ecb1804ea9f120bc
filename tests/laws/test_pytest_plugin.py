"""The pytest plugin, in pytest runs of their own: what it collects, what it tells, what it does not load."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

FEATURES = """\
from typing import Annotated
from typedml import Unit, feature

Mile, Minute = Annotated[float, Unit("mile")], Annotated[float, Unit("minute")]
Mph = Annotated[float, Unit("mile/hour")]

@feature
def right(distance: Mile, time: Minute) -> Mph:
    return distance / (time / 60.0)

@feature(waive={"scale": "a limit of the airport"})
def wrong(distance: Mile, time: Minute) -> Mph:
    return distance / time
"""

TESTS = """\
import pytest
from pipeline import features
from typedml.laws import laws_of

@pytest.mark.parametrize(("law", "feature"), laws_of(features.right, features.wrong))
def test_features_keep_their_laws(law, feature):
    law(feature)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two features, in which the plugin is installed as a wheel would install it."""
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "__init__.py").write_text("")
    (tmp_path / "pipeline" / "features.py").write_text(FEATURES)
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\ntypedml_laws = pipeline.features\naddopts = -p no:cacheprovider\n"
    )
    if not any(point.value == "typedml.pytest" for point in metadata.entry_points(group="pytest11")):
        info = tmp_path / "installed" / "typedml_plugin-0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: typedml-plugin\nVersion: 0\n")
        (info / "entry_points.txt").write_text("[pytest11]\ntypedml = typedml.pytest\n")
    return tmp_path


def run(project: Path, *arguments: str, program: str = "") -> subprocess.CompletedProcess[str]:
    paths = [str(project / "installed"), str(project), str(Path(__file__).parents[2])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "160", "PY_COLORS": "0"}
    environment.pop("TYPEDML_LAWS", None)
    command = ["-c", program] if program else ["-m", "pytest"]
    return subprocess.run(
        [sys.executable, *command, *arguments],
        cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_modules_of_the_configuration_are_tested_without_a_test_file(project: Path) -> None:
    done = run(project, "-rsf")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "pipeline.features" in done.stdout
    assert "coherent: wrong = 0.0166667 x its coherent value (1/60: minute -> hour?)." in done.stdout
    assert "1 <--" in done.stdout
    assert "Repeat: typedml laws pipeline.features:wrong --law coherent --seed 0 --tables 8" in done.stdout
    assert "Traceback" not in done.stdout
    assert "def runtest" not in done.stdout
    assert "FAILED pipeline.features::wrong-coherent - coherent: wrong = 0.0166667" in done.stdout
    assert "permute wants a table" in done.stdout
    assert "scale: waived: a limit of the airport" in done.stdout
    summary = done.stdout[done.stdout.index("- laws -") :]
    assert " held, 1 broken, " in summary


def test_laws_are_listed_and_chosen_by_name(project: Path) -> None:
    listed = run(project, "--collect-only", "-q")
    assert "pipeline.features::right-scale" in listed.stdout
    assert "pipeline.features::wrong-coherent" in listed.stdout
    chosen = run(project, "-k", "right and scale")
    assert chosen.returncode == 0
    assert "1 passed" in chosen.stdout


def test_a_test_file_of_laws_shows_the_counterexample_only(project: Path) -> None:
    (project / "test_laws.py").write_text(TESTS)
    done = run(project, "test_laws.py")
    assert done.returncode == 1
    assert "test_features_keep_their_laws[wrong-coherent]" in done.stdout
    assert "coherent: wrong = 0.0166667" in done.stdout
    assert "law(feature)" not in done.stdout
    # Other tests were asked for by name, so that the modules are left out.
    assert "pipeline.features::" not in done.stdout
    assert " held, 1 broken" in done.stdout


def test_thorough_runs_try_a_hundred_tables(project: Path) -> None:
    done = run(project, "--typedml-laws=thorough", "-k", "coherent or call")
    assert "--law coherent --seed 0 --tables 100" in done.stdout


def test_a_module_that_is_none_is_told_without_a_traceback(project: Path) -> None:
    done = run(project, "-o", "typedml_laws=no_such_module")
    assert done.returncode == 4
    assert "typedml_laws: no_such_module cannot be imported" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_declaration_that_cannot_be_read_is_told_without_a_traceback(project: Path) -> None:
    wrong = FEATURES.replace('waive={"scale"', 'waive={"scael"')
    (project / "pipeline" / "features.py").write_text(wrong)
    done = run(project, "--collect-only")
    assert done.returncode == 4, done.stdout
    assert "names no law 'scael'" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_nothing_heavy_is_loaded_before_it_is_needed(project: Path) -> None:
    program = (
        "import sys, pytest\n"
        "pytest.main(['--markers'])\n"
        "assert 'typedml.pytest' in sys.modules\n"
        "print(sorted({'numpy', 'pandas', 'polars', 'hypothesis', 'pint', 'mypy'} & set(sys.modules)))"
    )
    done = run(project, program=program)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
