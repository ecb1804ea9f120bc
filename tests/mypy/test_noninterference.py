"""Code that does not use typedml gets from mypy, letter by letter, what it gets without the plugin."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.mypy import foreign_packages
from tests.mypy.conftest import Answer, Mypy

ORDINARY: Final = """\
from __future__ import annotations
import math
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Any, Callable, Generic, NamedTuple, Protocol, TypedDict, TypeVar, overload

T = TypeVar("T", int, float)
Length = Annotated[float, "km"]

class Old(TypedDict):
    a: float

class Row(NamedTuple):
    a: float = 1
    b: int = 2.0

@dataclass
class Point(Generic[T]):
    x: T
    def __add__(self, other: Point[T]) -> Point[T]:
        return Point(self.x + other.x, 1)

def numbers(a: float, b: int, c: str | None, d: Length, e: Any, f: float | int) -> int:
    reveal_type([a, b, d, f, a + b, b ** 2, a ** 2, 2 ** -1, divmod(a, b), round(a), round(a, 1), -a, abs(b)])
    reveal_type((max(a, b), min(a, c), sum([a, b]), sum([c]), math.sqrt(c), math.floor(a), pow(b, 2), int(a)))
    a + c, a < c, c < a, a == "x", b == a, a in ["x"], not a, a.hex, b.hex, +c
    a += "x"
    b += 1.5
    b *= a
    total = 0
    total += a
    x = a if b else None
    x + 1
    items = defaultdict(float)
    items["a"] += c
    if isinstance(a, int):
        reveal_type(a)
    else:
        reveal_type(a)
    return a

def clocks(a: float, named: dict[str, float]) -> None:
    reveal_type((time.time() - 5, time.sleep(a), named.get("x", 0.0), named.get("x", "y")))
    time.sleep("x")
    time.time() + "x"
    f: Callable[[str], float] = math.sqrt
    best = 0.0
    for value in named.values():
        best = max(best, value, len(named))
    reveal_type((best, [a, 1, None], map(math.sqrt, [a]), sorted(named, key=named.get)))

d: dict[str, float] = {"a": "b", 1: 2}
l: list[int] = [1.0, 2]
f: Callable[[float], int] = lambda x: x
numbers(1, 2.0, 3, "x", None, [])
Row(1, "x")
Old(a="x")
Point(1.0) + Point(2)
"""
USING: Final = (
    "from typing import Annotated\nfrom typedml import Unit\nKm = Annotated[float, Unit('km')]\nx: Km = 1.0\n"
)


def outputs(mypy: Mypy, *arguments: str) -> tuple[Answer, Answer]:
    """What mypy says without the plugin, and with it."""
    (mypy.folder / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    off = mypy.run(*arguments)
    mypy.configure()
    return off, mypy.run(*arguments)


@pytest.mark.parametrize("beside", ["", USING], ids=["alone", "beside a module that uses typedml"])
def test_ordinary_code_is_answered_as_without_the_plugin(beside: str, mypy: Mypy) -> None:
    mypy.write(ordinary=ORDINARY, beside=beside)
    off, on = outputs(mypy, "--strict", "ordinary.py", "beside.py")
    assert len(off.said["ordinary.py"]) >= 20
    assert on.output == off.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "beside"),
    [("click", ""), ("attr", ""), ("click", USING), ("attr", USING)],
    ids=["click alone", "attr alone", "click beside typedml", "attr beside typedml"],
)
def test_a_whole_package_is_answered_as_without_the_plugin(package: str, beside: str, mypy: Mypy) -> None:
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    # Under another name it is code under check, and not an installed library whose errors are silenced.
    shutil.copytree(Path(found.origin).parent, mypy.folder / f"copied_{package}")
    mypy.write(beside=beside)
    off, on = outputs(mypy, "--strict", "--allow-untyped-calls", f"copied_{package}", "beside.py")
    assert on.output == off.output
    assert f"copied_{package}" in off.output


@pytest.mark.campaign
@pytest.mark.parametrize("package", foreign_packages.PACKAGES)
def test_packages_of_others_get_the_same_answers_at_every_level(package: str, tmp_path: Path) -> None:
    """`python -m tests.mypy.foreign_packages` prints the table."""
    found = foreign_packages.compare(package, tmp_path)
    if found is None:
        pytest.skip(f"{package} is not installed")
    assert (found.differences, found.failures) == (0, 0), foreign_packages.row(found)


RECURSIVE: Final = """\
from typing import Union
Json = Union[float, str, list["Json"], dict[str, "Json"]]
def size(value: Json) -> int:
    if isinstance(value, list):
        return sum(map(size, value))
    return sum(map(size, value.values())) if isinstance(value, dict) else 1
size([1.0, {"a": [2.0]}])
"""


def test_types_that_hold_themselves_are_looked_at_once_at_the_strict_level(mypy: Mypy) -> None:
    mypy.write(recursive=RECURSIVE, beside=USING.replace("x: Km = 1.0", "def f(d: Km) -> Json: return d"))
    mypy.write(beside="from recursive import Json\n" + (mypy.folder / "beside.py").read_text())
    mypy.configure("[typedml]", "level = strict")
    answer = mypy.run("--strict", "recursive.py", "beside.py")
    assert list(answer.said["recursive.py"]) == []
    assert "[typedml-kind]" in answer.said["beside.py"][5][0], answer.output
