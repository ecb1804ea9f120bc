"""The documentation: its examples run, mypy says of them what the pages say, its links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.markdown import PAGES, ROOT, Page, read

WITH_CODE = [page for page in map(read, PAGES) if any(page.runs)]
EXPECTED = re.compile(r"# error: (.*)$")
REPORTED = re.compile(r"^(\w+)\.py:(\d+): error: (.*)$")
LONGEST = 300
LINK = re.compile(r"\[[^]]*\]\(([^)#]+)(?:#([^)]*))?\)")


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType(page.name)
    monkeypatch.setitem(sys.modules, page.name, module)
    exec(compile("\n".join(page.runs), str(page.path), "exec", dont_inherit=True), module.__dict__)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], str]:
    """What mypy with the plugin says of all pages: the message at each page and line."""
    folder = tmp_path_factory.mktemp("pages")
    for page in WITH_CODE:
        (folder / f"{page.name}.py").write_text("\n".join(page.checked), encoding="utf-8")
    (folder / "mypy.ini").write_text(
        "[mypy]\nplugins = typedml.mypy\n# Pages import as they go, and later blocks repeat a name.\n"
        "disable_error_code = no-redef\n"
        # It ships no types.
        "[mypy-sklearn.*]\nignore_missing_imports = True\n"
    )
    command = [sys.executable, "-m", "mypy", "--no-incremental", *(f"{page.name}.py" for page in WITH_CODE)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=LONGEST)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = [REPORTED.match(line) for line in done.stdout.splitlines()]
    return {(m[1], int(m[2])): m[3] for m in found if m}


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.name)
def test_mypy_refuses_what_a_page_says_it_refuses_and_nothing_else(
    page: Page, said: dict[tuple[str, int], str]
) -> None:
    here = {line: message for (name, line), message in said.items() if name == page.name}
    expected = {n: m[1] for n, line in enumerate(page.checked, 1) if (m := EXPECTED.search(line))}
    surprises = {n: here[n] for n in here if n not in expected or expected[n] not in here[n]}
    assert surprises == {}
    assert set(here) == set(expected)


def test_some_refusals_are_shown() -> None:
    assert sum("# error: " in line for page in WITH_CODE for line in page.checked) >= 3


def test_a_message_of_the_readme_is_the_one_that_mypy_gives(tmp_path: Path) -> None:
    page = read(ROOT / "README.md")
    code = "\n".join(page.runs).replace('convert(air_time, "minute", "hour")', "air_time")
    (tmp_path / "readme.py").write_text(code, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = typedml.mypy\n")
    command = [sys.executable, "-m", "mypy", "--no-incremental", "--hide-error-context", "readme.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=LONGEST)
    given = [line.split(": ", 1)[1] for line in done.stdout.splitlines() if line.startswith("readme.py:")]
    text = page.path.read_text(encoding="utf-8")
    assert given
    assert [line for line in given if line not in text] == []


@pytest.mark.parametrize("path", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    assert list(broken_links(path.read_text(encoding="utf-8"), path.parent)) == []


def broken_links(text: str, folder: Path) -> list[str]:
    """The targets of links that are not there: files, and headings in them."""
    local = [(target, anchor) for target, anchor in LINK.findall(text) if "://" not in target]
    return [
        t + (f"#{a}" if a else "") for t, a in local if not (folder / t).exists() or not has(folder / t, a)
    ]


def has(target: Path, anchor: str) -> bool:
    if not anchor:
        return True
    headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# Some heading\n")
    assert broken_links("[a](there.md) [b](there.md#some-heading) [c](https://x.org)", tmp_path) == []
    assert broken_links("[a](gone.md) [b](there.md#gone)", tmp_path) == ["gone.md", "there.md#gone"]


def test_the_first_screen_of_the_readme_has_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:24]
    setup = 'python3 -m venv .venv && .venv/bin/pip install -e ".[dev]" && .venv/bin/typedml demo'
    assert setup in first
    assert ".venv/bin/python -m pytest" in first


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [
        p.name for p in (ROOT / "docs").glob("*.md") if p.name != "README.md" and f"({p.name})" not in listed
    ] == []
