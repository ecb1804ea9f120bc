"""The kinds of other systems' cases, as a user of ours declares them: the text of one module.

The tables are those of the algebra's conformance tests; points are kinds of their own.
"""

from __future__ import annotations

from typing import Any, Final

from tests.algebra.conformance import CASES
from tests.algebra.conformance_kinds import CHILDREN, DECLARED, REGISTRY_TEXT, ROOTS
from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import marker_name

HEAD: Final = '''\
"""Kinds of a project's own."""

from math import inf

from typedml.algebra.ranges import Range
from typedml.declare.aliases import *
from typedml.declare.markers import Kind

POSITIVE = Kind("Positive", range=Range(0, inf, low_open=True))
NON_NEGATIVE = Kind("NonNegative", range=(0, None))
ST_MAGNITUDE = Kind("STMagnitude", sort="torsor", unit="mag", origin="ST")
'''
REGISTRY: Final = REGISTRY_TEXT
MARKERS: Final = {"STMagnitude": "ST_MAGNITUDE"}


def marker(name: str) -> str:
    """Return the constant of a kind, theirs or ours."""
    assert name in DECLARED or name in KINDS, name
    return MARKERS.get(name, marker_name(name))


def point_marker(spec: dict[str, Any]) -> str:
    """Return the constant of the points that begin at an origin, in a unit, with their differences' kind."""
    words = [spec.get("kind", "Any"), "At", spec["point"], "In", spec["unit"]]
    return "".join(each if each.isalnum() else "_" for each in "_".join(words)).upper()


def _points() -> dict[str, dict[str, Any]]:
    specs = [spec for case in CASES for spec in [*case.get("inputs", {}).values(), case.get("into", {})]]
    return {point_marker(spec): spec for spec in specs if "point" in spec}


POINTS: Final = _points()
"""The places on a scale that cases are about, by the name of their kind."""


def module() -> str:
    """Return the text of the module that declares all of them."""
    lines = [f'{marker(name)} = Kind("{name}", unit="{unit}", any_unit=True)' for name, unit in ROOTS.items()]
    lines += [f'{marker(name)} = Kind("{name}", parent={marker(of)})' for name, of in CHILDREN.items()]
    lines += [_point(name, spec) for name, spec in POINTS.items()]
    return "\n".join([HEAD, *lines, ""])


def _point(name: str, spec: dict[str, Any]) -> str:
    delta = f", delta={marker(spec['kind'])}" if "kind" in spec else ""
    unit, origin = spec["unit"], spec["point"]
    return f'{name} = Kind("{name}", sort="torsor", unit="{unit}", origin="{origin}"{delta})'
