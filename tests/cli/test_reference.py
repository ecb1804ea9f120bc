"""`module:Name` on the command line: found, or a clear reason why not."""

from pathlib import Path

import pytest

from typedml.cli.failure import Failure
from typedml.cli.reference import load


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder; modules are named apart, since each is imported once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    return tmp_path


def refusal(reference: str) -> tuple[str, str]:
    with pytest.raises(Failure) as caught:
        load(reference)
    assert caught.value.exit_code == 2
    return caught.value.message, caught.value.hint or ""


def test_a_name_in_a_module_of_the_current_folder_is_found(here: Path) -> None:
    (here / "mod_found.py").write_text("class A:\n    inner = 7\n")
    assert load("mod_found:A.inner") == 7


@pytest.mark.parametrize("reference", ["", ":", "mod", "mod:", ":Name"])
def test_a_reference_without_both_parts_is_malformed(reference: str) -> None:
    fact, hint = refusal(reference)
    assert "does not name an object" in fact
    assert "package.module:Name" in hint


def test_a_path_is_answered_with_its_module(here: Path) -> None:
    fact, hint = refusal("./src/pipeline.py:Flight")
    assert fact == '"./src/pipeline.py" is not the name of a module'
    assert '"src.pipeline:Flight"' in hint


def test_an_absent_module_is_named(here: Path) -> None:
    assert 'no module "mod_absent"' in refusal("mod_absent:X")[0]


def test_a_missing_dependency_of_the_module_is_not_taken_for_the_module(here: Path) -> None:
    (here / "mod_needs.py").write_text("import mod_not_there\n")
    fact, _ = refusal("mod_needs:X")
    assert 'module "mod_needs" failed' in fact
    assert "mod_not_there" in fact
    assert "mod_needs.py:1" in fact


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("mod_raises", "x = 1\nraise RuntimeError('no weather')\n", "RuntimeError: no weather"),
        ("mod_syntax", "x = \n", "SyntaxError"),
        ("mod_exits", "import sys\nsys.exit(3)\n", "SystemExit: 3"),
        ("mod_unit", "from typedml import Unit\nUnit('kmm/hour')\n", "kmm"),
    ],
)
def test_a_module_that_fails_at_import_is_told_with_its_place(
    here: Path, name: str, body: str, said: str
) -> None:
    (here / f"{name}.py").write_text(body)
    fact, hint = refusal(f"{name}:X")
    assert said in fact
    assert hint


def test_a_misspelt_name_gets_the_nearest(here: Path) -> None:
    (here / "mod_near.py").write_text("class Flight: ...\n")
    assert refusal("mod_near:Fligth")[1] == 'did you mean "Flight"?'


def test_an_unlike_name_gets_the_list(here: Path) -> None:
    (here / "mod_list.py").write_text("class Flight: ...\nclass Airport: ...\n")
    assert refusal("mod_list:Xyz")[1] == "it defines Flight, Airport"
