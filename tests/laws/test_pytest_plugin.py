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


def run(
    project: Path, *arguments: str, program: str = "", variable: str = ""
) -> subprocess.CompletedProcess[str]:
    paths = [str(project / "installed"), str(project), str(Path(__file__).parents[2])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "160", "PY_COLORS": "0"}
    environment.pop("TYPEDML_LAWS", None)
    environment |= {"TYPEDML_LAWS": variable} if variable else {}
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
    summary = done.stdout[done.stdout.index("- laws -") :]
    assert " held, 1 broken" in summary
    assert "permute, local, rows, replicate, additive, split, chunk want a table (pipeline" in summary
    assert "pipeline.features:wrong: scale waived: a limit of the airport" in summary
    assert "SKIPPED" not in done.stdout
    assert "right-permute" not in run(project, "--collect-only", "-q").stdout


def test_features_that_want_a_worked_example_are_told_with_the_command_that_proposes_one(
    project: Path,
) -> None:
    features = project / "pipeline" / "features.py"
    features.write_text(
        f"{FEATURES}\n@feature\ndef greater(a: Mile, b: Mile) -> Mile:\n    return max(a, b)\n"
    )
    done = run(project)
    asked = done.stdout[done.stdout.index("proposes an example:") :].splitlines()
    assert asked[1] == "  typedml laws pipeline.features:greater"
    assert not asked[2].startswith(" ")
    assert "want a word of a declaration, which -rs tells" in done.stdout
    # Only where all laws of a feature were asked it is known whether they determine it.
    assert "proposes an example" not in run(project, "-k", "greater and scale").stdout


def test_features_of_test_files_and_of_several_processes_are_summed_up_alike(project: Path) -> None:
    pytest.importorskip("xdist")
    features = project / "pipeline" / "features.py"
    features.write_text(
        f"{FEATURES}\n@feature\ndef greater(a: Mile, b: Mile) -> Mile:\n    return max(a, b)\n"
    )
    tests = TESTS.replace("features.wrong", "features.greater")
    (project / "test_laws.py").write_text(tests)
    done = run(project, "test_laws.py", "-n2")
    assert done.returncode == 0, done.stdout
    assert "\n  typedml laws pipeline.features:greater\n" in done.stdout


def test_a_law_that_could_not_be_judged_is_skipped_at_its_feature(project: Path) -> None:
    (project / "pipeline" / "features.py").write_text(
        FEATURES.replace("return distance / time\n", "raise ValueError\n")
    )
    skipped = [line for line in run(project, "-rs").stdout.splitlines() if line.startswith("SKIPPED")]
    assert skipped
    assert all("pipeline/features.py:" in line for line in skipped)


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


def test_a_module_that_is_none_fails_and_the_others_are_tested(project: Path) -> None:
    (project / "raising.py").write_text("raise ValueError('no table.')\n")
    (project / "empty.py").write_text("")
    modules = "no_such_module raising empty pipeline.features"
    done = run(project, "-o", f"typedml_laws={modules}")
    assert done.returncode == 1
    assert "no_such_module cannot be imported: No module named 'no_such_module'\nHint: " in done.stdout
    assert "raising cannot be imported: ValueError: no table (raising.py, line 1: " in done.stdout
    assert "empty has no features.\nHint: mark its functions with @feature." in done.stdout
    assert "FAILED pipeline.features::wrong-coherent" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "4 failed, " in done.stdout


def test_an_effort_that_there_is_not_is_refused(project: Path) -> None:
    done = run(project, "--typedml-laws=more")
    assert done.returncode == 4
    assert "choose from" in done.stderr
    done = run(project, variable="more")
    assert done.returncode == 4
    assert "TYPEDML_LAWS=more is no effort.\nHint: it is quick or thorough." in done.stderr


def test_a_declaration_that_cannot_be_read_is_told_without_a_traceback(project: Path) -> None:
    wrong = FEATURES.replace('waive={"scale"', 'waive={"scael"')
    (project / "pipeline" / "features.py").write_text(wrong)
    done = run(project)
    assert done.returncode == 1, done.stdout
    assert "names no law 'scael'.\nHint: Did you mean \"scale\"?" in done.stdout
    assert "FAILED pipeline.features::wrong" in done.stdout
    assert "1 failed, " in done.stdout
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
