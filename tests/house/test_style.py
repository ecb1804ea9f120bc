"""What STYLE asks of the source and a linter does not see."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
WITHOUT_A_NOUN = {"utils", "helpers", "common", "misc", "base", "util", "helper"}


def sources() -> Iterator[Path]:
    yield from (p for p in (ROOT / "typedml").rglob("*.py") if "demo_data" not in p.parts)


def is_generated(path: Path) -> bool:
    return "generated" in path.read_text(encoding="utf-8")[:300].lower()


def test_no_module_is_too_long() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in sources()
               if not is_generated(p)}  # fmt: skip
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    assert [found for path in sources() for found in long_functions(path.read_text(encoding="utf-8"))] == []


def test_a_long_function_is_found() -> None:
    body = "    x = 1\n" * LONGEST_FUNCTION
    assert long_functions(f"def long():\n{body}") == ["long"]
    assert long_functions("def short():\n    return 1\n") == []


def long_functions(source: str) -> list[str]:
    functions = [
        n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > LONGEST_FUNCTION]


def test_every_module_is_named_by_a_noun() -> None:
    assert [p for p in sources() if p.stem in WITHOUT_A_NOUN] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        p
        for p in sources()
        if p.name != "__init__.py" and ast.get_docstring(ast.parse(p.read_text())) is None
    ]
    assert silent == []


def test_every_exception_in_the_configuration_has_a_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("ignore = [")
    ignored = lines[start + 1 : lines.index("]", start)]
    assert ignored
    assert [line for line in ignored if "#" not in line] == []
