"""Meanings of other people's functions: shipped, one's own, and wrong."""

from __future__ import annotations

from typing import Final

import pytest

from tests.mypy.conftest import Mypy
from typedml.mypy.stubs import methods, read_stub
from typedml.shipped import stubs_folder

SLEEPING: Final = """\
import time
from typing import Annotated
from typedml import Unit

def wait(s: Annotated[float, Unit("second")], h: Annotated[float, Unit("hour")], x: float, n: int) -> None:
    time.sleep(0.1)
    time.sleep(1)
    time.sleep(x)
    time.sleep(n)
    time.sleep(s)
    time.sleep(2 * s)
    time.sleep(h)  # refused
    time.sleep(s * s)  # refused
    time.sleep("x")  # wrong anyhow
"""


def test_a_shipped_function_takes_any_plain_number_and_no_other_unit(mypy: Mypy) -> None:
    mypy.write(sleeping=SLEEPING)
    said = mypy.run("sleeping.py").said["sleeping.py"]
    assert list(said) == [12, 13, 14]
    refusal, hint = said[12]
    assert 'incompatible type "float[hour]"; expected "float[second]"  [typedml-unit]' in refusal
    assert hint == 'N: Hint: convert(h, "hour", "second") makes it "float[second]"'
    assert "[typedml-unit]" in said[13][0]
    assert "[arg-type]" in said[14][0]


THEIRS: Final = """\
def turn(angle: float) -> None: ...
def other(x: float) -> float: return x
"""
OURS: Final = """\
from typing import Annotated
from typedml import Unit
from theirs import other, turn

def use(d: Annotated[float, Unit("degree")], k: Annotated[float, Unit("km")], x: float) -> None:
    turn(d)
    turn(x)
    turn(k)
    reveal_type(other(d))
    other(k)
    d + k
"""
STUB: Final = """\
from typedml import Unit
Degree = Annotated[float, Unit("degree")]
def turn(angle: Degree) -> None: ...
def other(x: Degree) -> Degree: ...
"""


def with_stub(mypy: Mypy, stub: str) -> None:
    (mypy.folder / "meanings").mkdir(exist_ok=True)
    (mypy.folder / "meanings" / "theirs.pyi").write_text(stub, encoding="utf-8")
    mypy.write(theirs=THEIRS, ours=OURS)
    mypy.configure("[typedml]", "stubs = meanings")


def test_a_stub_of_ones_own_gives_meanings_to_their_functions(mypy: Mypy) -> None:
    with_stub(mypy, STUB)
    said = mypy.run("ours.py", "theirs.py").said["ours.py"]
    assert list(said) == [8, 9, 10, 11]
    assert said[9] == ["R: float[degree]"]


def test_a_change_in_a_stub_makes_the_cache_stale(mypy: Mypy) -> None:
    with_stub(mypy, STUB)
    mypy.run("ours.py", incremental=True)
    with_stub(mypy, STUB.replace("degree", "km"))
    said = mypy.run("ours.py", incremental=True).said["ours.py"]
    assert [n for n, texts in said.items() if texts[0].startswith("E:")] == [6, 9, 11]


BROKEN: Final = {
    "an unknown unit": (STUB.replace("degree", "dgree"), "theirs.pyi:2", "dgree"),
    "no Python": (STUB + "def (:\n", "theirs.pyi:", "invalid syntax"),
    "a name that is none": (STUB.replace(": Degree)", ": Dgree)"), "theirs.pyi:3", "Dgree"),
    "a name that typedml lacks": (STUB.replace("import Unit", "import Unitt"), "theirs.pyi:1", "Unitt"),
    "a statement that would have to be run": (STUB + "while True: pass\n", "theirs.pyi:5", "no place"),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_broken_stub_is_reported_and_the_rest_is_checked(mistake: str, mypy: Mypy) -> None:
    stub, place, fact = BROKEN[mistake]
    with_stub(mypy, stub)
    answer = mypy.run("ours.py")
    assert answer.status == 1, answer.output
    assert answer.output.count("[typedml-unread]") == 1
    (reported,) = [row for row in answer.output.splitlines() if "A stub of meanings cannot be read" in row]
    assert place in reported
    assert fact in reported
    assert "[typedml-unit]" in answer.said["ours.py"][11][0], answer.output
    assert "Traceback" not in answer.output


CLOCK_THEIRS: Final = """\
class Clock:
    def now(self) -> float: return 1.0
    @classmethod
    def of(cls, seconds: float) -> "Clock": return cls()
    @classmethod
    def seconds(cls, n: float = 0) -> float: return n
    @staticmethod
    def zero() -> float: return 0.0
def chance(x: float) -> float: return x
def chances(n: int) -> list[float]: return [0.5] * n
"""
CLOCK_STUB: Final = """\
from collections.abc import Sequence
from datetime import datetime
from typedml import EpochSeconds, Logit, Probability
def born() -> datetime: ...
def first() -> Clock: ...
class Clock:
    def now(self) -> EpochSeconds: ...
    @classmethod
    def of(cls, seconds: EpochSeconds) -> Clock: ...
    @classmethod
    def seconds(cls, n: EpochSeconds = 0) -> EpochSeconds: ...
    @staticmethod
    def zero() -> EpochSeconds: ...
def chance(x: Logit) -> Probability: ...
def chances(n: int) -> list[Probability]: ...
"""
CLOCK_OURS: Final = """\
from typing import Annotated
from typedml import EpochMillis, EpochSeconds, Probability
from theirs import Clock, chance, chances

def use(c: Clock, t: EpochMillis, s: EpochSeconds, x: float) -> EpochSeconds:
    reveal_type(c.now())
    reveal_type(chance(3.0))
    reveal_type(chance(x))
    reveal_type(chances(3))
    reveal_type(Clock.zero())
    reveal_type(Clock.seconds())
    Clock.of(s)
    Clock.of(x)
    Clock.of(t)
    Clock.seconds(t)
    c.of(t)
    return Clock.zero()

def wrong(c: Clock) -> Probability:
    return c.now()
"""


def with_clock(mypy: Mypy, ours: str) -> dict[int, list[str]]:
    (mypy.folder / "meanings").mkdir()
    (mypy.folder / "meanings" / "theirs.pyi").write_text(CLOCK_STUB, encoding="utf-8")
    mypy.write(theirs=CLOCK_THEIRS, ours=ours)
    mypy.configure("[typedml]", "stubs = meanings")
    return mypy.run("ours.py").said.get("ours.py", {})


def test_a_stub_of_ones_own_says_what_comes_out_whatever_is_given(mypy: Mypy) -> None:
    said = with_clock(mypy, CLOCK_OURS)
    shown = ["EpochSeconds", "Probability", "Probability", "", "EpochSeconds", "EpochSeconds"]
    revealed = [f"R: float[{name}]" if name else "R: list[float[Probability]]" for name in shown]
    assert [said[line][0] for line in range(6, 12)] == revealed
    assert "[typedml-unit]" in said[20][0] or "[typedml-kind]" in said[20][0]


def test_methods_of_classes_are_checked_and_may_name_their_class(mypy: Mypy) -> None:
    said = with_clock(mypy, CLOCK_OURS)
    refused = [line for line, texts in said.items() if texts[0].startswith("E:")]
    assert refused == [14, 15, 16, 20]
    assert 'Argument 1 to "of"' in said[14][0]
    assert 'expected "float[EpochSeconds]"' in said[14][0]


def test_code_that_declares_nothing_sees_plain_results(mypy: Mypy) -> None:
    plain = "from theirs import Clock, chance\nreveal_type(Clock().now())\nprint(chance(1.0) * 5 > 3)\n"
    assert with_clock(mypy, plain) == {2: ["R: float"]}


def test_the_methods_found_in_the_text_of_shipped_stubs_are_those_that_are_read_from_them() -> None:
    paths = list(stubs_folder().rglob("*.pyi"))
    read = {key.rpartition(".")[2] for path in paths for key in read_stub(path) if "." in key}
    assert methods() == read
    assert {"__or__", "uniform"} <= methods()
