"""The plans of schemas, each made once and kept."""

from __future__ import annotations

from typing import Any, NoReturn

from typedml.boundary.plan import Plan
from typedml.boundary.planning import compile_plan
from typedml.boundary.report import FrameError
from typedml.declare.declared import DeclaredSchema
from typedml.declare.plain import is_pandera, named

KEPT = 256
_plans: dict[int, Plan] = {}


def plan_of(schema: Any) -> Plan:
    """The plan of a schema class or a declared schema, made once for each.

    Raises: FrameError if this is neither.
    """
    declared = schema if isinstance(schema, DeclaredSchema) else _declared(schema)
    plan = _plans.get(id(declared))
    if plan is None or plan.schema is not declared:
        if len(_plans) >= KEPT:
            _plans.clear()
        # The plan holds its schema, so that the number stays its own while it is in this table.
        plan = _plans[id(declared)] = compile_plan(declared)
    return plan


def _declared(schema: Any) -> DeclaredSchema:
    from typedml.declare.reader import read

    if not isinstance(schema, type) and not is_pandera(schema):
        _refuse(schema)
    declared = read(schema)
    if not isinstance(declared, DeclaredSchema):
        raise FrameError(f"{schema.__name__} declares no columns", "derive it from FeatureSchema")
    return declared


def _refuse(given: object) -> NoReturn:
    # Of a frame nothing is shown: it may hold what should not be told.
    if given is None or isinstance(given, bool | int | float):
        raise FrameError(f"{given!r} is not a schema", "hand in the class: validate(Flight, frame)")
    fact = f"{named(given)} is not a schema; are the arguments swapped?"
    raise FrameError(fact, "the schema comes first: check(Flight, frame)")
