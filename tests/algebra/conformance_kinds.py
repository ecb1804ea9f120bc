"""The kinds and units that other systems define for their cases, declared as a user of ours would.

Most are mp-units' hierarchies of quantities: lengths, speeds, energies, and numbers of several sorts.
"""

from __future__ import annotations

from math import inf

from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.meaning import Meaning
from typedml.algebra.ranges import NON_NEGATIVE, Range
from typedml.algebra.registry import Registry
from typedml.algebra.unit import Unit

# A third of a googol of metres is a ratio that no machine word holds.
REGISTRY_TEXT = "photon = []\nmagnitude = [magnitude] = mag\ngoogol_third_metre = 1e100 / 3 * meter"
REGISTRY = Registry()
REGISTRY.define(REGISTRY_TEXT)

ROOTS: dict[str, str] = {
    "Length": "m",
    "Mass": "kg",
    "Time": "s",
    "Frequency": "Hz",
    "Activity": "Bq",
    "Speed": "m/s",
    "Acceleration": "m/s**2",
    "Force": "N",
    "MomentOfForce": "N*m",
    "Power": "W",
    "Energy": "J",
    "Stress": "Pa",
    "AngularMeasure": "rad",
    "AngularMeasureRate": "rad/s",
    "DimensionlessRate": "1/s",
    "Dimensionless": "1",
    "ItemCount": "1",
    "WidgetCount": "1",
    "AbsoluteMass": "kg",
    "Price": "USD/MWh",
}
"""Kinds without a parent, each with its default unit; every unit of the dimension is taken."""

CHILDREN: dict[str, str] = {
    "Height": "Length",
    "Width": "Length",
    "PathLength": "Length",
    "PositionVector": "Length",
    "TravelledDistance": "PathLength",
    "Velocity": "Speed",
    "SpecialSpeed": "Speed",
    "AccelerationOfFreeFall": "Acceleration",
    "Torque": "MomentOfForce",
    "MechanicalWork": "Energy",
    "MechanicalEnergy": "MechanicalWork",
    "PotentialEnergy": "MechanicalEnergy",
    "KineticEnergy": "MechanicalEnergy",
    "GravitationalPotentialEnergy": "PotentialEnergy",
    "Efficiency": "Dimensionless",
    "Strain": "Dimensionless",
    "PixelCount": "Dimensionless",
    "PixelX": "PixelCount",
    "PixelY": "PixelCount",
    "PixelArea": "Dimensionless",
}
"""Kinds and their parents, parents first."""


def _declared() -> dict[str, Kind]:
    kinds = {name: define_kind(name, unit=REGISTRY.unit(text), any_unit=True) for name, text in ROOTS.items()}
    for name, parent in CHILDREN.items():
        kinds[name] = define_kind(name, parent=kinds[parent])
    # Ranges that hold in every unit: coulomb refines any quantity.
    kinds["Positive"] = define_kind("Positive", range=Range(0, inf, low_open=True))
    kinds["NonNegative"] = define_kind("NonNegative", range=NON_NEGATIVE)
    kinds["STMagnitude"] = define_kind(
        "STMagnitude", sort=Sort.TORSOR, unit=REGISTRY.unit("mag"), origin="ST"
    )
    return kinds


DECLARED = _declared()


def kind_named(name: str) -> Kind:
    """A kind that another system defines, or one of ours."""
    return DECLARED[name] if name in DECLARED else KINDS[name]


def unit(text: str) -> Unit:
    """A unit, variables allowed."""
    return REGISTRY.unit(text, variables=True)


def point(unit: Unit, origin: str, delta: Kind | None) -> Meaning:
    """A place on the scale that begins at `origin`, whose differences are of the kind `delta`."""
    name = f"{'Any' if delta is None else delta}At_{origin}"
    return Meaning(define_kind(name, sort=Sort.TORSOR, unit=unit, origin=origin, delta=delta))
