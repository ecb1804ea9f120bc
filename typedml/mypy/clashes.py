"""What mypy refuses without naming the meaning that is at fault: its message is ours where that is.

    pick(mile)         # No overload variant of "pick" matches argument type "float[mile]"
    vector + time      # Unsupported operand types for + ("Vector" and "float[hour]")
    use(Walker())      # Argument 1 to "use" has incompatible type "Walker"; expected "Goer"

mypy tries signatures and compares classes as wholes; here what was tried is looked at part by part.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from mypy.messages import get_conflict_protocol_types
from mypy.nodes import CallExpr, ComparisonExpr, Expression, OperatorAssignmentStmt, OpExpr, TypeInfo
from mypy.operators import op_methods, reverse_op_methods
from mypy.subtypes import find_member, is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    Type,
    TypeOfAny,
    UnionType,
    get_proper_type,
)

from typedml.algebra.flow import flow
from typedml.algebra.meaning import UNKNOWN, Meaning
from typedml.algebra.mismatch import Mismatch
from typedml.messages import describe, held
from typedml.mypy.begun import innermost
from typedml.mypy.carrier import base_of, lower
from typedml.mypy.equations import callable_of, equations
from typedml.mypy.held import without_meanings
from typedml.mypy.index import index_of
from typedml.mypy.shapes import spell
from typedml.mypy.unnamed import formals_of
from typedml.mypy.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typedml.mypy.session import Session

OPERATOR: Final = re.compile(r'^Unsupported operand types for (?P<sign>\S+) \("')
OVERLOAD: Final = "No overload variant of "
WANTED: Final = re.compile(r'(?:expected|variable has type|target has type) "(?P<wanted>\w+)"\)?$')


class Clash(NamedTuple):
    """A number that is not what a signature declares; of a class, that of one of its methods."""

    mismatch: Mismatch
    value: Expression | None

    def towards(self, message: str, wanted: tuple[int, int]) -> str:
        """Return a message with what is declared here in the place of what it says is wanted."""
        start, end = wanted
        carrier = message[start:end].partition("[")[0].lower()
        shown = describe(self.mismatch.right or UNKNOWN, carrier).strip('"')
        return message[:start] + shown + message[end:]


def clashing(message: str, expression: Expression | None, session: Session) -> Verdict | None:
    """Return what to say of an error of signatures or classes whose meanings clash; None of all others."""
    found = _clash(message, expression, session)
    if found is None:
        return None
    if found.value is None:
        return Verdict(text=message, code=found.mismatch.code)
    number = innermost(session.type_of(found.value))
    carrier = base_of(number[0]).rpartition(".")[2] if number is not None else "float"
    if number is not None and number[1]:
        return Verdict(text=spell(message), code=found.mismatch.code, hint=held(found.mismatch, carrier))
    rendered = session.rendered(
        found.mismatch,
        expression,
        names=(session.text(found.value) or None, None),
        carriers=(carrier, "float"),
        sentence=spell(message),
    )
    return Verdict(text=rendered.text, code=found.mismatch.code, hint=rendered.hint)


def _clash(message: str, expression: Expression | None, session: Session) -> Clash | None:
    """Return which meaning is at fault in an error that does not say so; None where none is."""
    found = list(_clashes(message, expression, session))
    # What can be converted is likeliest what was meant.
    return min(found, key=lambda each: each.mismatch.remedy is None) if found else None


def may_clash(message: str) -> bool:
    """Whether an error is of those that meanings may be behind, though it names none."""
    return message.startswith(OVERLOAD) or bool(OPERATOR.match(message) or WANTED.search(message))


def _clashes(message: str, expression: Expression | None, session: Session) -> Iterator[Clash]:
    operator = OPERATOR.match(message)
    wanted = WANTED.search(message)
    if operator is not None and expression is not None:
        yield from _of_operator(operator["sign"], expression, session)
    elif message.startswith(OVERLOAD) and isinstance(expression, CallExpr):
        yield from _of_overloads(expression, session)
    elif wanted is not None and expression is not None:
        yield from _of_protocol(wanted["wanted"], expression, session)


def _of_operator(sign: str, expression: Expression, session: Session) -> Iterator[Clash]:
    # mypy places the error at the operator, or at what it hands to the method that it tries.
    sides = _sides(sign, expression, session, handed=sign != "in")
    if sides is None:
        return
    left, right = reversed(sides) if sign == "in" else sides
    method = op_methods.get(sign, "")
    tried = ((left, method, right), (right, reverse_op_methods.get(method, ""), left))
    for owner, method, other in tried:
        typ = get_proper_type(session.type_of(owner))
        function = None
        if isinstance(typ, Instance) and method and lower(typ) is None:
            function = callable_of(find_member(method, typ, typ, is_operator=True))
        formals = (each.arg_types[0] for each in (function.items if function is not None else ()))
        answers = (_given(other, formal, session) for formal in formals)
        yield from (Clash(each, other) for each in answers if isinstance(each, Mismatch))


def _sides(
    sign: str, expression: Expression, session: Session, *, handed: bool
) -> tuple[Expression, Expression] | None:
    """Return the operands of an operator, by itself or by the right one of them; of `in` by the left one."""
    index = index_of(session.tree)
    nodes = (expression, index.enclosing.get(expression), *index.expressions.values())
    for node in nodes:
        for found, left, right in _operations(node):
            if found == sign and (node is expression or (right if handed else left) is expression):
                return left, right
    return None


def _operations(node: object) -> list[tuple[str, Expression, Expression]]:
    if isinstance(node, OpExpr):
        return [(node.op, node.left, node.right)]
    if isinstance(node, OperatorAssignmentStmt):
        return [(node.op, node.lvalue, node.rvalue)]
    if not isinstance(node, ComparisonExpr):
        return []
    pairs = zip(node.operators, pairwise(node.operands), strict=True)
    return [(sign, left, right) for sign, (left, right) in pairs]


def _of_overloads(call: CallExpr, session: Session) -> Iterator[Clash]:
    """Yield what of the arguments clashes with the overloads that take all the others."""
    function = callable_of(session.type_of(call.callee))
    for item in function.items if isinstance(function, Overloaded) else ():
        actuals = formals_of(call, item, session)
        pairs = [
            (call.args[i], formal) for formal, each in zip(item.arg_types, actuals, strict=True) for i in each
        ]
        answers = [_given(value, formal, session) for value, formal in pairs]
        if len(pairs) == len(call.args) and len(pairs) >= item.min_args and False not in answers:
            faults = zip(answers, pairs, strict=True)
            yield from [Clash(each, pair[0]) for each, pair in faults if isinstance(each, Mismatch)][:1]


def nearest(argument: Expression | None, session: Session) -> Clash | None:
    """Return what clashes with the overload that an argument comes nearest to; mypy tells of the first."""
    call = index_of(session.tree).enclosing.get(argument) if argument is not None else None
    found = list(_of_overloads(call, session)) if isinstance(call, CallExpr) else []
    return next((each for each in found if each.value is argument and each.mismatch.remedy is not None), None)


def _given(value: Expression, formal: Type, session: Session) -> Mismatch | bool:
    """Return why a value is not what is declared, if its meaning is why; otherwise whether it is."""
    wanted, typ = get_proper_type(formal), session.type_of(value) or AnyType(TypeOfAny.special_form)
    members = wanted.items if isinstance(wanted, UnionType) else [wanted]
    faults: list[Mismatch] = []
    for each in members:
        meaning, operand = lower(each), session.operand(value, typ)
        if isinstance(meaning, Meaning) and operand is not None and _is_alike(typ, each, session):
            fault = flow(operand, meaning, level=session.level)
            if fault is None:
                return True
            faults.append(fault)
        elif is_subtype(typ, each):
            return True
        elif _is_alike(typ, each, session):
            pairs = equations(each, typ)
            faults += filter(None, (flow(have, want, level=session.level) for want, have in pairs))
    return faults[0] if faults else False


def _is_alike(have: Type, want: Type, session: Session) -> bool:
    """Whether one type would be the other but for the meanings."""
    return is_subtype(_plain(have, session), _plain(want, session))


def _plain(typ: Type, session: Session) -> Type:
    proper = get_proper_type(typ)
    if not isinstance(proper, CallableType):
        return without_meanings(session.lookup, typ)
    types = [without_meanings(session.lookup, each) for each in proper.arg_types]
    return proper.copy_modified(arg_types=types, ret_type=without_meanings(session.lookup, proper.ret_type))


def _of_protocol(name: str, expression: Expression, session: Session) -> Iterator[Clash]:
    """Yield in what the members of an object differ in meaning from those of a protocol."""
    symbol, have = session.tree.names.get(name), get_proper_type(session.type_of(expression))
    info = symbol.node if symbol is not None else None
    if not isinstance(info, TypeInfo) or not info.is_protocol or info.type_vars or session.checker is None:
        return
    if not isinstance(have, Instance):
        return
    wanted = Instance(info, [])
    conflicts = get_conflict_protocol_types(have, have, wanted, options=session.checker.options)
    for _, got, expected, *_ in conflicts:
        fault = _member_fault(got, expected)
        if fault is None or not _is_alike(got, expected, session):
            return  # it is no protocol's member for other reasons too
        yield Clash(fault, None)


def _member_fault(got: Type, expected: Type) -> Mismatch | None:
    one, other = callable_of(got), callable_of(expected)
    pairs = [(expected, got)]
    if isinstance(one, CallableType) and isinstance(other, CallableType):
        pairs = [*zip(one.arg_types, other.arg_types, strict=False), (other.ret_type, one.ret_type)]
    for wanted, have in pairs:
        for want, given in equations(wanted, have):
            fault = flow(given, want)
            if fault is not None:
                return fault
    return None
