"""What is in the wheel, and that it is enough."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the tree, unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(built, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files(folder: Path, pattern: str) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob(pattern) if path.is_file()}


def test_the_wheel_has_every_module_and_data_file_of_the_package(unpacked: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "typedml"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    missing = {name for name in tracked if (ROOT / name).is_file()} - files(unpacked, "*")
    assert not missing
    assert "typedml/py.typed" in files(unpacked, "*")


def test_the_wheel_has_the_stubs_and_finds_them(unpacked: Path) -> None:
    assert files(ROOT / "stubs", "*") == files(unpacked / "typedml" / "_stubs", "*")
    assert run_wheel(unpacked, "print(stubs_folder())") == str(unpacked / "typedml" / "_stubs")


def test_the_wheel_leaves_tests_and_benchmarks_behind(unpacked: Path) -> None:
    assert {path.name.split("-")[0] for path in unpacked.iterdir()} == {"typedml"}


def run_wheel(unpacked: Path, code: str) -> str:
    program = f"from typedml.shipped import stubs_folder; {code}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=unpacked.parent,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_checkout_finds_its_stubs_beside_the_package() -> None:
    from typedml.shipped import stubs_folder

    assert stubs_folder() == ROOT / "stubs"


def test_the_core_needs_no_checker_and_no_frame_library() -> None:
    core = {re.split(r"[<>=\[]", line)[0] for line in PROJECT["dependencies"]}
    assert core == {"attrs", "numpy", "narwhals", "pint", "click", "rich"}


def test_the_extras_are_those_of_the_design() -> None:
    single = {
        "mypy",
        "laws",
        "pydantic",
        "pandera",
        "sklearn",
        "pandas",
        "polars",
        "spark",
        "dask",
        "duckdb",
        "files",
        "report",
        "bench",
    }
    assert set(EXTRAS) == single | {"all", "dev"}
    assert included("all") == single
    assert included("dev") == single - {"spark", "bench"}


def included(extra: str) -> set[str]:
    """The extras of typedml itself that an extra includes."""
    (line,) = (line for line in EXTRAS[extra] if line.startswith("typedml["))
    return set(line.removeprefix("typedml[").rstrip("]").split(","))


def test_mypy_is_capped_where_the_plugin_was_tested() -> None:
    assert EXTRAS["mypy"] == ["mypy>=2.4,<2.5"]


def test_the_installed_version_is_the_one_of_the_tree() -> None:
    assert metadata.version("typedml") == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_change_fragments_are_named_by_what_they_say() -> None:
    named = re.compile(r"[a-z0-9-]+\.(added|changed|fixed|removed)\.md|README\.md")
    assert [path.name for path in (ROOT / "changelog.d").iterdir() if not named.fullmatch(path.name)] == []
