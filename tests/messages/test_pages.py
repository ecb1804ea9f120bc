"""Each error code has its page, with a failing and a fixed case that Python can read."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path

import pytest

import typedml
from typedml.errors import CODES, page_of

FOLDER = Path(typedml.__file__).parent / "messages" / "pages"
EXPECTATION = re.compile(r"# [ER]: .+?  \[(typedml-[a-z]+)\]$", re.MULTILINE)
"""`# E:` and `# N:` are what mypy says of a line, `# R:` what is found when it runs."""
SAID = re.compile(r"# (?P<tag>[EN]): (?P<text>.+?)(?=\s+# N: |$)")
SEVERITIES = {"E": "error", "N": "note"}
NOTED = {"typedml-factor"}
"""mypy does not show the codes of notes."""


def section(code: str, title: str) -> str:
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def blocks(text: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def test_pages_and_codes_are_the_same() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(CODES)
    assert all(Path(page_of(code)).name == f"{code}.md" for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_opens_with_its_code(code: str) -> None:
    first = (FOLDER / f"{code}.md").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(f"# {code}: ")


@pytest.mark.parametrize("code", sorted({*CODES} - {"typedml-internal", *NOTED}))
def test_a_page_has_a_case_that_fails_with_its_code(code: str) -> None:
    failing = blocks(section(code, "Failing"))
    assert failing
    for block in failing:
        ast.parse(block)
    assert code in EXPECTATION.findall("".join(failing))


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_a_case_that_is_right(code: str) -> None:
    fixed = blocks(section(code, "Fixed"))
    assert fixed
    for block in fixed:
        ast.parse(block)
        assert not EXPECTATION.search(block)
        exec(compile(block, code, "exec"), {"__name__": "page"})


@pytest.mark.parametrize("code", ["typedml-column", "typedml-role", "typedml-law"])
def test_what_a_page_says_is_found_at_run_time_is_found(code: str) -> None:
    for block in blocks(section(code, "Failing")):
        exec(compile(block, code, "exec"), {"__name__": "page"})


@pytest.mark.slow
def test_mypy_says_of_every_page_what_the_page_says(tmp_path: Path) -> None:
    from mypy import api

    expected = set()
    for code, title in product(CODES, ("Failing", "Fixed")):
        for number, block in enumerate(blocks(section(code, title))):
            path = tmp_path / f"{code.replace('-', '_')}_{title.lower()}_{number}.py"
            path.write_text(block)
            for line, text in enumerate(block.splitlines(), 1):
                for found in SAID.finditer(text):
                    expected.add(f"{path.name}:{line}: {SEVERITIES[found['tag']]}: {found['text']}")
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = typedml.mypy\n")
    options = ["--config-file", str(tmp_path / "mypy.ini"), "--cache-dir", str(tmp_path / "cache")]
    out, err, _ = api.run([*options, *map(str, tmp_path.glob("*.py"))])
    assert not err
    said = {line.removeprefix(f"{tmp_path}/") for line in out.splitlines()}
    assert {line for line in said if ": error: " in line} == {
        line for line in expected if ": error: " in line
    }
    assert expected <= said
    assert any(" is the factor " in line for line in expected)
    assert not any(" is the factor " in line for line in said - expected)
