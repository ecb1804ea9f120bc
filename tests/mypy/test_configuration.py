"""Configuration: where it is read, what it changes, and how mistakes in it are told."""

from __future__ import annotations

from typing import Final

import pytest

from tests.mypy.conftest import Answer, Mypy

# Each line says at which levels it is refused.
LEVELS: Final = """\
from typing import Annotated, Any, overload
from typedml import Probability, Unit

Km = Annotated[float, Unit("km")]

def wants(d: Km) -> None: ...
def share(p: Probability) -> None: ...
def plain(x: float) -> None: ...
def unannotated(x): return x
@overload
def tried(d: Km) -> float: ...
@overload
def tried(d: str) -> str: ...
def tried(d: Any) -> Any: return d

def parameter(d: Km = 15.0) -> None: ...  # refused: strict
def outside(p: Probability = 1.5) -> None: ...  # refused: gradual standard strict

def use(x: float, d: Km, items: list[float], anything: Any) -> None:
    wants(x)  # refused: standard strict
    a: Km = x  # refused: standard strict
    wants(15.0)  # refused: standard strict
    wants(0.0)
    tried(15.0)  # refused: standard strict
    tried(0.0)
    b: Km = 15.0  # refused: strict
    b = 16.0  # refused: standard strict
    share(0.5)
    share(1.5)  # refused: gradual standard strict
    share(x)  # refused: standard strict
    d + 5.0  # refused: gradual standard strict
    d > 5.0  # refused: gradual standard strict
    d + x  # refused: standard strict
    d > x  # refused: standard strict
    d * 2.0
    d * x
    x * (d / d) + d  # refused: standard strict
    scaled = x * (d / d)
    scaled > d  # refused: standard strict
    plain(d)  # refused: strict
    c: float = d  # refused: strict
    wants(anything)
    wants(unannotated(d))
    kms: list[Km] = items  # refused: standard strict

def returned() -> Km:
    return 15.0  # refused: standard strict

def unknown(x: float) -> Km:
    return x  # refused: standard strict

def factor(d: Km, x: float) -> None:
    wants(d * x)
    reveal_type(d * x)

def left(d: Km) -> float:
    return d  # refused: strict
"""
NAMES: Final = ("gradual", "standard", "strict")


def refused(level: str) -> list[int]:
    rows = enumerate(LEVELS.splitlines(), 1)
    return [number for number, row in rows if level in row.partition("# refused: ")[2].split()]


def errors(answer: Answer, name: str) -> list[int]:
    said = answer.said[name].items()
    return sorted(line for line, texts in said if any(text.startswith("E:") for text in texts))


def test_the_levels_differ_as_the_table_says_and_are_set_per_module(mypy: Mypy) -> None:
    mypy.write(**{f"of_{name}": LEVELS for name in NAMES})
    mypy.configure(
        "[typedml]", "[typedml-of_gradual]", "level = gradual", "[typedml-of_str*]", "level = strict"
    )
    answer = mypy.run(*(f"of_{name}.py" for name in NAMES))
    for name in NAMES:
        assert errors(answer, f"of_{name}.py") == refused(name), f"{name}: {answer.output}"
        (shown,) = [t for texts in answer.said[f"of_{name}.py"].values() for t in texts if t[0] == "R"]
        assert shown == ("R: float" if name == "gradual" else "R: float[km]"), name


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    mypy = Mypy(tmp_path_factory.mktemp("strict"))
    mypy.write(code=LEVELS)
    (mypy.folder / "pyproject.toml").write_text('[tool.typedml]\nlevel = "strict"\n', encoding="utf-8")
    return mypy.run("code.py")


def test_the_level_of_the_run_is_read_from_pyproject(strict: Answer) -> None:
    assert errors(strict, "code.py") == refused("strict"), strict.output


def test_a_level_that_changes_is_noticed_by_the_cache(mypy: Mypy) -> None:
    mypy.write(
        code="from typing import Annotated\nfrom typedml import Unit\n"
        "def f(x: float) -> Annotated[float, Unit('km')]:\n    return x\n"
    )
    mypy.configure("[typedml]", "level = gradual")
    assert mypy.run("code.py", incremental=True).status == 0
    mypy.configure("[typedml]", "level = standard")
    assert mypy.run("code.py", incremental=True).status == 1


REGISTERED: Final = """\
from typing import Annotated
from typedml import Unit

def f(x: Annotated[float, Unit("smoot")]) -> Annotated[float, Unit("quire")]:
    return x
"""


def test_a_registry_gives_units_and_the_cache_depends_on_it(mypy: Mypy) -> None:
    registry = mypy.folder / "own.txt"
    registry.write_text("smoot = 1.7018 * meter\nquire = 1.7018 * meter\n", encoding="utf-8")
    mypy.write(code=REGISTERED)
    mypy.configure("[typedml]", "registry = own.txt")
    assert mypy.run("code.py", incremental=True).output == ""
    assert mypy.run("code.py", incremental=True).output == ""
    registry.write_text("smoot = 1.7018 * meter\nquire = 24 * sheet\nsheet = []\n", encoding="utf-8")
    answer = mypy.run("code.py", incremental=True)
    assert "[typedml-unit]" in answer.said["code.py"][5][0], answer.output


MISTAKES: Final = {
    "an unknown option": (["[typedml]", "levle = strict"], "", 'has no option "levle"', "level, registry"),
    "an unknown option of a module": (
        ["[typedml-code]", "registry = x"],
        "",
        'has no option "registry"',
        "level",
    ),
    "a level that is none": (["[typedml]", "level = hard"], "", "'hard' is not a level", "gradual"),
    "two files": (["[typedml]", "level = strict"], "[tool.typedml]\n", "configured twice", "keep one"),
    "a registry that is missing": (["[typedml]", "registry = no.txt"], "", "no.txt", "name a text file"),
    "a registry that is wrong": (["[typedml]", "registry = bad.txt"], "", "bad.txt", ""),
    "a file that is no TOML": ([], "[tool.typedml\n", "cannot be read", "mend the file"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_configuration_stops_mypy_with_a_hint(mistake: str, mypy: Mypy) -> None:
    lines, toml, fact, hint = MISTAKES[mistake]
    mypy.write(code="x: int = ''\n")
    (mypy.folder / "bad.txt").write_text("smoot = 1.7 * nonsense\n", encoding="utf-8")
    if toml:
        (mypy.folder / "pyproject.toml").write_text(toml, encoding="utf-8")
    mypy.configure(*lines)
    answer = mypy.run("code.py")
    assert answer.status == 2, answer.output
    first, *rest = answer.output.splitlines()
    assert fact in first
    assert any(row.startswith("Hint: ") and hint in row for row in rest), answer.output
    assert "Traceback" not in answer.output
