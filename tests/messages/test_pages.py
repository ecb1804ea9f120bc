"""Each error code has its page, with a failing and a fixed case that Python can read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import typedml
from typedml.errors import CODES, page_of

FOLDER = Path(typedml.__file__).parent / "messages" / "pages"
EXPECTATION = re.compile(r"# E: .+?  \[(typedml-[a-z]+)\]$", re.MULTILINE)


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


@pytest.mark.parametrize("code", [code for code in CODES if code != "typedml-internal"])
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
        assert "# E:" not in block
