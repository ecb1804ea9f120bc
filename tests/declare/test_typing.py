"""The public names, as a type checker without our plugin sees them: plain types, and no error."""

import pathlib
import subprocess
import sys

GOOD = """
from typing import Annotated, Any, assert_type
import typedml as t
from typedml import FeatureSchema, Unit, UnitVar, checked, conversion, convert, edge, feature, field, raw
from typedml import rule

Km = Annotated[float, Unit("km")]
KM = Unit("km")
U = UnitVar("U")
HEIGHT = t.Kind("Height", parent=t.Distance, unit="m", range=(0, None))

class Flight(FeatureSchema, extra="forbid"):
    flight: str = field(unique=True, pattern="[A-Z]+")
    distance: Km = field(gt=0, column="Distance (km)")
    air_time: Annotated[float, Unit("minute")] | None = field(gt=0)
    seats: t.Count
    p_late: t.Probability

    @rule
    def far(c) -> bool:
        return c.distance >= 1.0

    near = rule(lambda c: c.air_time <= 100.0)

class Leg(
    Flight, key=("flight",), rows=(1, None), references={"carrier": Flight.c.flight}, extra="forbid"
):
    carrier: str = field(references=Flight.c.flight, min_length=2, max_length=3)
    number: int = field(dtype="int16", increasing="flight", severity="warn")

    @rule(severity="warn")
    def fair(c: Any) -> Any:
        return c.distance <= c.distance.sum(by=c.carrier)

Leg.plan()

def late(p: t.Probability, cut: t.Threshold[t.Probability]) -> bool:
    return p >= cut

def square(x: Annotated[float, U]) -> Annotated[float, U**2]:
    return x * x

@feature
def plain(x: Km) -> Km:
    return x

@feature(rows="each", examples=[((1.0,), 1.0)], waive={"permute": "because"})
def optioned(x: Km) -> Km:
    return x

@checked
async def later(x: Km) -> Km:
    return x

@conversion
def to_m(x: Km) -> Annotated[float, Unit("m")]:
    return x * 1000

@edge(monotone="rising", inverse="to_logit")
def to_probability(z: t.Logit) -> t.Probability:
    return z

@conversion("km", "m")
def to_m_too(x: Km) -> Annotated[float, Unit("m")]:
    return x * 1000

assert_type(KM(3.0), float)
assert_type(t.PROBABILITY(0.5), float)
assert_type(KM([1.0]), list[float])
assert_type(KM / Unit("hour"), Unit)
assert_type(1 / KM, Unit)
assert_type(convert(1.0, "km", "m"), float)
assert_type(convert(1, "km", "m"), float)
assert_type(convert([1.0], KM, "m"), list[float])
assert_type(raw(3), int)
assert_type(plain(1.0), float)
assert_type(Flight.validate([1]), list[int])
assert_type(Flight.split("x"), tuple[str, str])
name: str = Flight.c.distance
train: t.Train[list[int]] = [1]
"""

BAD = """
from typing import Annotated
from typedml import Kind, Unit, convert, edge, feature, field
field(uniqe=True)
Unit(3)
Unit("km") * 3
convert(1.0, "km")
feature(rows="some")
Kind("X", sort="vectr")
edge(monotone="up")
"""


def mypy(tmp_path: pathlib.Path, text: str) -> list[str]:
    file, config = tmp_path / "use.py", tmp_path / "mypy.ini"
    file.write_text(text)
    config.write_text("[mypy]\nstrict = True\nfollow_imports = silent\n")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        str(config),
        "--cache-dir",
        str(tmp_path),
        str(file),
    ]
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, cwd=pathlib.Path(__file__).parents[2]
    )
    return [line.split("error: ")[0].split(":")[-2] for line in done.stdout.splitlines() if "error: " in line]


def test_every_public_name_is_clean_and_every_misuse_is_seen(tmp_path: pathlib.Path) -> None:
    first = GOOD.count("\n")
    assert mypy(tmp_path, GOOD + BAD) == [str(first + line) for line in range(4, 11)]
