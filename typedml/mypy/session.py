"""One module under check: what its expressions mean, how strict it is, and how to report."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from mypy.literals import literal_hash
from mypy.nodes import (
    CallExpr,
    Context,
    Expression,
    MemberExpr,
    MypyFile,
    NameExpr,
    OpExpr,
    RefExpr,
    SymbolTableNode,
    TypeAlias,
    Var,
)
from mypy.types import TupleType, Type, UnionType, get_proper_type

from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.messages import Rendered, describe, fact, render
from typedml.messages import argument as first_argument
from typedml.mypy import begun, offered
from typedml.mypy.bindings import number_of
from typedml.mypy.carrier import base_of, carries, lift, lower
from typedml.mypy.classes import said_by
from typedml.mypy.clocks import clocked
from typedml.mypy.factors import factors
from typedml.mypy.index import index_of
from typedml.mypy.operands import Reader, may_be_of
from typedml.mypy.rates import value_in
from typedml.mypy.reports import fail, past_filter
from typedml.mypy.source import balanced, source_of
from typedml.mypy.surroundings import each_of, formula, own_function, own_name
from typedml.mypy.wholes import WholeFault, Wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mypy.plugin import MethodContext

    from typedml.algebra.mismatch import Mismatch
    from typedml.algebra.strictness import Level
    from typedml.mypy.carrier import Lookup
    from typedml.mypy.stored import Put

Leaf = tuple[str, Meaning, int]
Row = TypeVar("Row")


class Session:
    """What hooks and the judge of errors share while one module is checked."""

    def __init__(
        self, tree: MypyFile, level: Level, lookup: Lookup, checker: Any = None, program: Any = dict
    ) -> None:
        self.tree, self.level, self.lookup, self.checker = tree, level, lookup, checker
        self.modules: dict[str, MypyFile] = getattr(checker, "modules", None) or {tree.fullname: tree}
        # All modules that are known by now, in which hints look for names that are not imported here.
        self.program: Callable[[], dict[str, MypyFile]] = program
        self.reader = Reader(self.type_of, self._assigned, self._stored, self.number, level)
        # While mypy is asked what plain values give, operators are answered as they stand.
        self.is_asking = False

    @cached_property
    def wholes(self) -> Wholes:
        """What the whole expressions say that operators and calls are parts of."""
        return Wholes(self)

    @property
    def uses_meanings(self) -> bool:
        """Whether the module takes anything from typedml, or an alias with a meaning from elsewhere."""
        return any(map(_is_ours, self.tree.names.values()))

    def type_of(self, expression: Expression) -> Type | None:
        """Return the type that mypy found for an expression, or that a variable was declared with."""
        if self.checker is not None:
            for types in reversed(self.checker._type_maps):
                if expression in types:
                    found: Type = types[expression]
                    return found
        if isinstance(expression, NameExpr | MemberExpr) and isinstance(expression.node, Var):
            return expression.node.type
        return None

    def _assigned(self, variable: Var) -> Sequence[Expression]:
        index = index_of(self.tree)
        if not variable.info:
            return index.assigned.get(variable, ())
        return self._of_attribute(variable, index.attributes)

    def _of_attribute(self, variable: Var, rows: Mapping[Any, Sequence[tuple[Expression, Row]]]) -> list[Row]:
        """Return what is told of an attribute, by its name, where the place may be one of its class."""
        info = variable.info
        if info.module_name != self.tree.fullname:
            return []
        return [found for place, found in rows.get(variable.name, ()) if may_be_of(place, info, self.type_of)]

    def number(self, name: RefExpr) -> Literal | None:
        """Return the number that a name stands for, if nothing else is ever bound to it."""
        return number_of(name, self.tree)

    def _stored(self, variable: Var) -> Sequence[Put]:
        stored = index_of(self.tree).stored
        if not variable.info:
            return [put for _, put in stored.get(variable, ())]
        return self._of_attribute(variable, stored)

    def operand(self, expression: Expression | None, typ: Type | None = None) -> Operand | None:
        """Return what an expression of this type means; None where it is no number."""
        if expression is None:
            return lower(typ) if typ is not None else None
        return self.reader.operand(expression, typ)

    def has_type(self, expression: Expression, typ: Type) -> bool:
        """Whether mypy found an expression to be of this type, or of a union with it."""
        found = self.type_of(expression)
        proper = get_proper_type(found) if found is not None else None
        members = proper.items if isinstance(proper, UnionType) else [proper]
        return any(lower(m) == lower(typ) for m in members if m is not None) if proper is not None else False

    def carrier(self, expression: Expression | None) -> str:
        """Return the plain name of an expression's number type."""
        found = self.type_of(expression) if expression is not None else None
        return base_of(found).rpartition(".")[2] if found is not None else "float"

    def text(self, expression: Expression | None) -> str:
        """Return the source of an expression."""
        if expression is None or expression.end_line is None:
            return ""
        if isinstance(expression, OpExpr) and expression in index_of(self.tree).steps:
            right = self.text(expression.right)
            bracketed = f"({right})" if isinstance(expression.right, OpExpr) else right
            return f"{self.text(expression.left)} {expression.op} {bracketed}"
        source, end = source_of(self.tree.path), expression.end_column or 0
        # An expression begins and ends with its operands, without the parentheses around them.
        return balanced(source.snippet(expression.line, expression.column, expression.end_line, end))

    def report_operator(
        self,
        ctx: MethodContext,
        mismatch: Mismatch,
        sides: tuple[Expression | None, Expression | None],
        types: tuple[Type, ...],
    ) -> None:
        """Report that an operator has no meaning for its operands."""
        if any(map(self._is_told, sides, types, (mismatch.left, mismatch.right))):
            return
        names = (self.text(sides[0]) or None, self.text(sides[1]) or None)
        carriers = tuple(base_of(t).rpartition(".")[2] for t in types)
        whole = formula(ctx.context, self)
        sentence = fact(mismatch, (carriers[0], (*carriers, "float")[1]))
        refused, names = clocked(offered.towards(mismatch, self), sides, names, self)
        rendered = self.rendered(
            refused, ctx.context, names=names, carriers=carriers, sentence=sentence, whole=whole
        )
        text, hint = rendered.text, offered.of_operator(ctx.context, sides, mismatch, self) or rendered.hint
        for typ, carrier in zip(types, carriers, strict=True):
            if not carries(typ):
                # What a plain class says by itself nobody declared.
                text = text.replace(describe(said_by(base_of(typ)), carrier), f'"{carrier}"')
        # Of `count + (leg if is_far else 0)` mypy tries a way next that no hook is asked about.
        with past_filter(ctx.api.msg.errors) if _is_of_union(ctx) else nullcontext():
            fail(ctx.api, mismatch.code, text, hint, ctx.context)

    def _is_told(self, side: Expression | None, typ: Type, operand: Operand | None) -> bool:
        """Whether what an operand means is that of another member of its union, of which it is told too."""
        found = get_proper_type(self.type_of(side)) if side is not None and not carries(typ) else None
        members = found.items if isinstance(found, UnionType) and isinstance(operand, Meaning) else ()
        return any(lower(member) == operand for member in members)

    def rendered(self, mismatch: Mismatch, at: Context | None = None, **places: Any) -> Rendered:
        """Return the message of a mismatch, in which markers and functions are those of this module."""
        return render(
            mismatch,
            constants=lambda meaning: own_name(meaning, self),
            functions=lambda source, target, name: own_function(source, target, name, at, self),
            rates=lambda unit: value_in(unit, at, self),
            **places,
        )

    def report(
        self,
        ctx: Any,
        mismatch: Mismatch,
        expressions: Sequence[Expression | None],
        callee: str,
        *,
        argument: bool = False,
        types: Sequence[Type] = (),
    ) -> None:
        """Report that a call has no meaning for what it is given, or that its first argument is another."""
        if len(expressions) == 1 and isinstance(mismatch.right, Literal):
            mismatch = mismatch.towards(None)  # the exponent of a root, which nobody wrote
        shown, (left, right) = [*expressions, None, None], mismatch.positions
        names, among = [self.text(shown[place]) or None for place in (left, right)], ""
        if isinstance(mismatch.right, Literal) and self.operand(shown[right]) != mismatch.right:
            names[1] = None  # what is left out, as the step of a range is
        if isinstance(ctx.context, CallExpr) and expressions and expressions[left] is None:
            names[0], among = each_of(ctx.context.args[0], self)
        plain = [base_of(typ).rpartition(".")[2] for typ in types] or [self.carrier(e) for e in shown]
        carriers = (plain[left], [*plain, "float"][right])
        sentence = first_argument(mismatch, 1, callee, carriers) if argument else None
        rendered = self.rendered(
            mismatch,
            ctx.context,
            names=names,
            carriers=carriers,
            sentence=sentence,
            among=among,
            whole=formula(ctx.context, self),
        )
        text = rendered.text.replace(f'"{mismatch.operation}"', f'"{callee}"')
        spelled = offered.of_call((shown[left], shown[right]), mismatch, self, argument=argument)
        fail(ctx.api, mismatch.code, text, spelled or rendered.hint, ctx.context)

    def report_whole(self, ctx: Any, fault: WholeFault, sign: str) -> None:
        """Report what is wrong with a whole expression, at the operator or call that completes it."""
        mismatch, names = fault.mismatch, (*fault.names, None, None)[:2]
        sentence = None
        if fault.function:
            sentence = first_argument(mismatch, 1, fault.function, ("float", "float"))
            sentence = sentence.replace(
                f'"{fault.function}"', f'"{fault.function}", which this spells out,', 1
            )
        sentence = sentence or fact(mismatch.within(sign))
        rendered = self.rendered(mismatch, ctx.context, names=(names[0], names[1]), sentence=sentence)
        fail(ctx.api, mismatch.code, rendered.text, rendered.hint, ctx.context)

    def settle(self, api: Any, expression: Expression, meaning: Meaning, base: str) -> None:
        """Give a variable that only ever held generic numbers the meaning it turns out to have."""
        holder = begun.holder_of(expression)
        if holder is not None:
            begun.settle(api, holder, meaning, self)
        if not isinstance(expression, NameExpr) or not isinstance(expression.node, Var):
            return
        variable = expression.node
        if not variable.is_inferred or variable.type is None or isinstance(lower(variable.type), Meaning):
            return
        values = self._assigned(variable)
        if not values or not all(_is_generic(self.reader.operand(value)) for value in values[:1]):
            return
        own = base_of(variable.type)
        settled = lift(self.lookup, meaning, base if own == "builtins.int" else own)
        if settled is not None and self.may_retype(api, variable):
            self.retype(api, expression, variable, settled)

    def may_retype(self, api: Any, variable: Var) -> bool:
        """Whether a variable is local, or settled where other modules see it: not from within a function."""
        is_seen = bool(variable.info) or "." in variable.fullname
        return not is_seen or api.scope.top_level_function() is None

    def retype(self, api: Any, expression: Expression, variable: Var, settled: Type) -> None:
        """Change what mypy inferred for a variable, and what it remembers of it on the paths so far."""
        variable.type = settled
        key = literal_hash(expression)
        binder = api.binder
        waiting = [frame for options in binder.options_on_return for frame in options]
        for frame in (*binder.frames, *waiting):
            if key in frame.types:
                frame.types[key] = type(frame.types[key])(settled, frame.types[key].from_assignment)

    def pair(self, quotient: Type, remainder: Type, default: Type) -> Type:
        """Return the type of `divmod`."""
        proper = get_proper_type(default)
        return proper.copy_modified(items=[quotient, remainder]) if isinstance(proper, TupleType) else default

    def leaves(self, expression: Expression) -> list[Leaf]:
        """Return the named factors of a product, for the hint that converts one of them."""
        found = []
        for leaf, exponent in factors(expression):
            operand = self.operand(leaf)
            if isinstance(operand, Meaning):
                found.append((self.text(leaf), operand, exponent))
        return found


def _is_ours(symbol: SymbolTableNode) -> bool:
    node = symbol.node
    if isinstance(node, TypeAlias):
        return carries(node.target)
    return node is not None and node.fullname.split(".")[0] == "typedml"


def _is_of_union(ctx: MethodContext) -> bool:
    given = ctx.arg_types[0][0] if ctx.arg_types and ctx.arg_types[0] else None
    return isinstance(get_proper_type(given), UnionType)


def _is_generic(operand: Operand | None) -> bool:
    return isinstance(operand, Literal) and operand.is_generic
