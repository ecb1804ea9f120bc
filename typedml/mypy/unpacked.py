"""What is unpacked into a call: `f(*hours)` where distances are wanted, `f(**by_name)`.

mypy shows the type of the whole, `*list[float[hour]]`, beside that of one parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import ARG_STAR, ARG_STAR2, CallExpr, Expression
from mypy.types import CallableType, Instance, TupleType, Type, get_proper_type

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning, Operand
from typedml.mypy.begun import held
from typedml.mypy.carrier import lower
from typedml.mypy.equations import callable_of
from typedml.mypy.index import index_of
from typedml.mypy.relabelled import displayed, item_of
from typedml.mypy.unnamed import formals_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.algebra.mismatch import Mismatch
    from typedml.mypy.session import Session

UNPACKED = (ARG_STAR, ARG_STAR2)


def fault(argument: Expression, wanted: Operand, session: Session) -> Mismatch | bool:
    """Return why what is unpacked does not fit the parameters that want this; False if nothing is known."""
    call = index_of(session.tree).enclosing.get(argument)
    signature = callable_of(session.type_of(call.callee)) if isinstance(call, CallExpr) else None
    if not isinstance(call, CallExpr) or not isinstance(signature, CallableType):
        return False
    place = call.args.index(argument)
    if call.arg_kinds[place] not in UNPACKED or not isinstance(wanted, Meaning):
        return False
    formals = [i for i, actuals in enumerate(formals_of(call, signature, session)) if place in actuals]
    answers = [
        flow(given, wanted, level=session.level)
        for given in _given(argument, [signature.arg_types[i] for i in formals], wanted, session)
    ]
    return next((each for each in answers if each is not None), bool(answers))


def _given(argument: Expression, formals: list[Type], wanted: Meaning, session: Session) -> Iterator[Operand]:
    """Yield what is given for the parameters that want a meaning."""
    typ = get_proper_type(session.type_of(argument))
    if isinstance(typ, TupleType):
        written = displayed(argument)
        # What is left of a tuple goes into the last parameter, `*legs`.
        for i, part in enumerate(typ.items):
            formal = formals[min(i, len(formals) - 1)]
            operand = session.operand(written[i] if len(written) > i else None, part)
            if lower(formal) == wanted and operand is not None:
                yield operand
        return
    item = item_of(typ) if typ is not None else None
    if isinstance(typ, Instance) and typ.type.has_base("typing.Mapping") and typ.args:
        item = typ.args[-1]
    operand = lower(item) if item is not None else None
    if operand is not None:
        yield operand if isinstance(operand, Meaning) else held(session.reader, argument, 1)
