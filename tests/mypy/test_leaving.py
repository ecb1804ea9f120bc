"""At the strict level nothing that the user's own code declares as a float takes what has a meaning."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.mypy.conftest import Answer, Mypy, expected

CASES: Final = Path(__file__).parent / "cases_strict"
FILES: Final = tuple(sorted(path.name for path in CASES.iterdir() if path.suffix == ".py"))
LEAVING: Final = (CASES / "leaving.py").read_text(encoding="utf-8")


def project(folder: Path, *options: str) -> Mypy:
    mypy = Mypy(folder)
    shutil.copytree(CASES, folder, dirs_exist_ok=True)
    mypy.configure("[typedml]", "level = strict", *options)
    return mypy


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    mypy = project(tmp_path_factory.mktemp("leaving"), "[typedml-legacy]", "level = standard")
    mypy.write(legacy=LEAVING)
    return mypy.run(*FILES, "legacy.py", "--warn-unused-ignores")


@pytest.mark.parametrize("name", FILES)
def test_only_raw_leaves_a_meaning_for_what_one_s_own_code_declares(answer: Answer, name: str) -> None:
    said = {line: sorted(texts) for line, texts in answer.said[name].items()}
    wanted = expected((CASES / name).read_text(encoding="utf-8"))
    assert said == {line: sorted(texts) for line, texts in wanted.items()}, answer.output


def test_at_the_standard_level_a_meaning_may_be_left_anywhere(answer: Answer) -> None:
    (line,) = answer.said["legacy.py"]
    assert answer.said["legacy.py"][line] == ['E: Unused "type: ignore" comment  [unused-ignore]']


def test_a_warm_run_and_workers_say_the_same(tmp_path: Path) -> None:
    mypy = project(tmp_path)
    cold, warm = (mypy.run(*FILES, incremental=True) for _ in range(2))
    assert cold.output == warm.output
    workers = mypy.command("mypy", "-n2", "--cache-dir", ".other", "--no-error-summary", *FILES)
    assert sorted(workers.output.splitlines()) == sorted(cold.output.splitlines())


def test_machines_read_where_each_value_stands(tmp_path: Path) -> None:
    said = project(tmp_path).run("leaving_silent.py", "--output=json").output.splitlines()
    rows = [json.loads(row) for row in said]
    assert [(r["column"], r["end_column"], r["code"]) for r in rows if r["severity"] == "error"] == [
        (15, 16, "typedml-kind"),
        (23, 24, "typedml-kind"),
    ]
