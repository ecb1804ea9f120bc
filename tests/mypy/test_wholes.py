"""Whole expressions wherever mypy asks more than once: caches, the daemon, deferred functions, unions."""

from __future__ import annotations

from typing import Final

import pytest

from tests.mypy.conftest import Answer, Mypy
from tests.mypy.test_production import FORMATS, lines

UNITS: Final = """\
from typing import Annotated
from typedml import Unit

Reading = Annotated[float, Unit("degC")]
"""
AVERAGES: Final = """\
from units import Reading

def ema(w: float, x: Reading, level: Reading) -> Reading:
    return w * x + (1 - w) * level

def twice(x: Reading) -> float:
    return 2 * x

def mean(xs: list[Reading]) -> Reading:
    return sum(xs) / len(xs)
"""
USE: Final = """\
from typing import Annotated
from typedml import Unit
from averages import ema
from units import Reading

def use(x: Reading, other: Annotated[float, Unit("degC")]) -> None:
    reveal_type(ema(0.5, x, other))
    (x + other) / 2
"""
FILES: Final = ("averages.py", "units.py", "use.py")


def project(mypy: Mypy) -> None:
    mypy.write(units=UNITS, averages=AVERAGES, use=USE)


def measure_in_fahrenheit(mypy: Mypy) -> None:
    # Of another length: of two edits within a second the daemon sees only what changes the size of a file.
    mypy.write(units=UNITS.replace("degC", "degF") + "\n")


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    mypy = Mypy(tmp_path_factory.mktemp("cold"))
    project(mypy)
    return mypy.run(*FILES)


@pytest.fixture(scope="module")
def cold_in_fahrenheit(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    mypy = Mypy(tmp_path_factory.mktemp("cold"))
    project(mypy)
    measure_in_fahrenheit(mypy)
    return mypy.run(*FILES)


def test_one_scale_mixes_and_two_do_not(cold: Answer, cold_in_fahrenheit: Answer) -> None:
    assert {name: list(said) for name, said in cold.said.items()} == {"averages.py": [7], "use.py": [7]}
    assert list(cold_in_fahrenheit.said["averages.py"]) == [7]
    assert list(cold_in_fahrenheit.said["use.py"]) == [7, 8]


@pytest.mark.parametrize("form", FORMATS)
def test_caches_give_what_a_cold_run_gives(
    form: str, mypy: Mypy, cold: Answer, cold_in_fahrenheit: Answer
) -> None:
    project(mypy)
    for _ in ("cold", "warm"):
        assert mypy.run(*FILES, form, incremental=True).output == cold.output
    measure_in_fahrenheit(mypy)
    assert mypy.run(*FILES, form, incremental=True).output == cold_in_fahrenheit.output


def test_the_daemon_says_what_a_run_says(mypy: Mypy, cold: Answer, cold_in_fahrenheit: Answer) -> None:
    project(mypy)
    mypy.configure()
    daemon = ["mypy.dmypy", "--status-file", "status.json"]
    flags = ["--cache-dir", ".cache", "--no-error-summary"]
    try:
        first = mypy.command(*daemon, "run", "--timeout", "60", "--", *flags, *FILES)
        again = mypy.command(*daemon, "recheck")
        measure_in_fahrenheit(mypy)
        edited = mypy.command(*daemon, "recheck")
        project(mypy)
        back = mypy.command(*daemon, "recheck")
    finally:
        mypy.command(*daemon, "stop")
    assert lines(first) == lines(again) == lines(back) == lines(cold)
    assert lines(edited) == lines(cold_in_fahrenheit)


AGAIN: Final = """\
from typing import Annotated
from typedml import Celsius, Unit

Km = Annotated[float, Unit("km")]

class Later:
    def early(self, t: Celsius) -> None:
        reveal_type(0.5 * t + 0.5 * self.known)

    def late(self) -> None:
        self.known = self.first()

    def first(self) -> Celsius:
        return 20.0

def either(t: Celsius | Km, u: Celsius, w: float) -> None:
    w * t + (1 - w) * u
"""


def test_what_is_checked_several_times_is_judged_by_the_types_of_each(mypy: Mypy) -> None:
    mypy.write(again=AGAIN)
    said = mypy.run("again.py").said["again.py"]
    assert said[8] == ["R: float[Celsius]"]
    assert "E" in {text[0] for text in said[17]}


TOLD_ONCE: Final = """\
from typedml import Celsius

def wrong(w: float, t: Celsius, u: Celsius) -> None:
    w * t + w * u
    w * t + (1 - w) * u + 5 * (t + u)
"""


def test_one_fault_is_told_once_with_one_hint(mypy: Mypy) -> None:
    mypy.write(told=TOLD_ONCE)
    said = mypy.run("told.py").said["told.py"]
    assert [text[0] for text in said[4]] == ["E", "N"]
    assert [text for text in said[5] if text[0] == "E"] == [
        'E: Unsupported operand types for + ("float[Celsius]" and "float[Celsius]")  [typedml-kind]'
    ]
