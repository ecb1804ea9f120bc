"""Generates programs: small functions with declared parameters, local statements and one declared result.

Half are grown to mean something: what an operator is given is drawn again if it leads nowhere. The others are
grown so and then get one fault: another declaration of the result, another operand, or an operator between
sorts drawn blindly, so that all rows of operator x sort x sort are seen.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random
from typing import Final

import attrs

from tests.differential.expressions import COMPARISONS, Node, build, flows, is_alike, leaf, named, number
from tests.differential.facts import FACTS, RECORD, Fact, spelled
from tests.differential.transformations import ITEMS, Degenerate, Law
from tests.differential.valuations import PLAIN, values_of

DEPTH: Final = 6
BINARY: Final = ("+", "-", "*", "/", "//", "%", "**", *sorted(COMPARISONS))
IN_PLACE: Final = ("+", "-", "*", "/", "//", "%", "**")
ALONE: Final = ("neg", "pos", "abs", "round", "int", "float")
THEMES: Final = {
    "units": ["Km", "M", "Mile", "Hour", "Minute", "Second", "Kg", "Usd", "Eur", "Speed", "Kph", "Fare",
              "Area", "Newton", "Joule", "Frequency", "Number"],
    "shares": ["Probability", "Proportion", "Churn", "Odds", "Similarity", "UnitInterval", "LogProbability",
               "ZScore", "Weight", "ScaleFactor", "Count", "Logit", "Cut", "Number"],
    "points": ["Celsius", "Fahrenheit", "Kelvin", "Warming", "EpochSeconds", "EpochMillis", "Duration",
               "Second", "Latitude", "Altitude", "Decibel", "Gain", "Span", "Width", "Height", "M"],
    "names": ["Score", "UserId", "Label", "Count", "Cut", "Probability"],
}  # fmt: skip
LITERALS: Final = ("0", "0.0", "1", "2", "3", "0.5", "0.3", "2.0", "10", "-1", "1.0", "1.8", "60", "100")
CONVERSIONS: Final = (
    ("Km", "M", "km", "m"), ("Mile", "Km", "mile", "km"), ("Hour", "Minute", "hour", "minute"),
    ("Minute", "Second", "minute", "second"), ("Celsius", "Fahrenheit", "degC", "degF"),
    ("M", "Mile", "m", "mile"),
)  # fmt: skip
MARKS: Final = {
    "Probability": "PROBABILITY", "Odds": "ODDS", "ZScore": "ZSCORE", "Celsius": "CELSIUS", "Score": "SCORE",
    "Km": 'Unit("km")', "Hour": 'Unit("hour")', "Altitude": "ALTITUDE", "Logit": "LOGIT",
}  # fmt: skip


@attrs.frozen(eq=False)
class Statement:
    """One statement: its text, the expression in it, the declaration that it flows into, if any."""

    text: str
    node: Node
    fact: Fact | None = None
    fault: str | None = None
    declared: bool = True
    operator: tuple[str, str, str] | None = None


@attrs.frozen(eq=False)
class Program:
    """A function: its text, its statements, and what its parameters are."""

    seed: int
    text: str
    statements: tuple[Statement, ...]
    parameters: tuple[tuple[str, str], ...]
    mistake: str | None

    @property
    def faults(self) -> list[str]:
        """Return what the oracle finds wrong, in order."""
        found = []
        for statement in self.statements:
            found += [node.fault for node in statement.node.walk() if node.fault is not None]
            found += [statement.fault] if statement.fault is not None else []
        return found

    @property
    def nodes(self) -> list[Node]:
        return [node for statement in self.statements for node in statement.node.walk()]


class Garden:
    """Grows one program."""

    def __init__(self, seed: int, trial: int = 0) -> None:
        self.seed, self.rng = seed, Random(seed + trial * 1_000_003)
        self.mistake: str | None = None
        self.parameters: list[tuple[str, str]] = []
        self.scope: list[Node] = []
        self.lists: list[Node] = []
        self.statements: list[Statement] = []
        self.fresh = 0
        self.wild = 0.0

    def name(self) -> str:
        self.fresh += 1
        return f"v{self.fresh}"

    # Parameters

    def declare(self, facts: list[str]) -> None:
        for kind in facts:
            self.parameter(kind)
        if self.rng.random() < 0.25:
            self.record()
        if self.rng.random() < 0.25:
            self.plain()

    def parameter(self, kind: str) -> None:
        fact, name = FACTS[kind], self.name()
        shape = self.rng.random()
        if shape < 0.68:
            self.bind(name, fact.annotation)
            self.scope.append(_input(name, fact, self.rng))
        elif shape < 0.86:
            self.bind(name, f"list[{fact.annotation}]")
            values = values_of(fact, self.rng, items=ITEMS)
            self.lists.append(leaf(name, values, fact.sort, is_int=fact.integral, fact=fact))
        elif shape < 0.93:
            self.bind(name, f"tuple[{fact.annotation}, {fact.annotation}]")
            self.scope += [_input(f"{name}[{i}]", fact, self.rng) for i in (0, 1)]
        else:
            self.bind(name, f"dict[str, {fact.annotation}]")
            self.scope += [_input(f'{name}["{key}"]', fact, self.rng) for key in "ab"]

    def record(self) -> None:
        name = self.name()
        self.bind(name, "Leg")
        for attribute in self.rng.sample(sorted(RECORD), 2):
            self.scope.append(_input(f"{name}.{attribute}", FACTS[RECORD[attribute]], self.rng))

    def plain(self) -> Node:
        name = self.name()
        self.bind(name, "float")
        node = leaf(name, values_of(PLAIN, self.rng), "plain")
        self.scope.append(node)
        return node

    def bind(self, name: str, annotation: str) -> None:
        self.parameters.append((name, annotation))

    # Expressions

    def grow(self, depth: int) -> Node:
        """Return an expression, with luck one that means something."""
        if depth <= 0 or self.rng.random() < 0.12:
            return self.leaf()
        node = self.leaf()
        for _ in range(4):
            try:
                node = self.rng.choices(PRODUCTIONS, WEIGHTS)[0](self, depth)
            except Degenerate:
                continue
            if not node.is_wrong or self.rng.random() < self.wild:
                return node
        return node if node.is_wrong and self.wild else self.leaf()

    def leaf(self) -> Node:
        if self.lists and (not self.scope or self.rng.random() < 0.15):
            return self.item(0)
        if self.scope and self.rng.random() < 0.93:
            return self.rng.choice(self.scope)
        return self.literal()

    def literal(self) -> Node:
        text = self.rng.choice(LITERALS)
        return number(float(text) if "." in text else int(text), text)

    def like(self, node: Node, depth: int) -> Node:
        """Return another expression that may stand beside it, if there is one."""
        if self.rng.random() < self.wild:
            return self.grow(depth)
        for _ in range(3):
            other = self.grow(depth)
            if not other.is_wrong and not other.pending and is_akin(node, other):
                return other
        fitting = [each for each in self.scope if is_akin(node, each)]
        if fitting and self.rng.random() < 0.9:
            return self.rng.choice(fitting)
        return number(0) if node.sort == "vector" and self.rng.random() < 0.3 else node

    def operation(self, depth: int) -> Node:
        op = self.rng.choices(("+", "-", "*", "/", "//", "%", "**"), (28, 22, 25, 17, 2, 2, 4))[0]
        left = self.grow(depth - 1)
        if op in ("+", "-", "%", "//"):
            right = self.beside(op, left, depth - 1)
        elif op == "**":
            whole = ((2, "2"), (3, "3"), (1, "1"))
            # Of a plain number mypy takes other powers for `Any`: they may be complex.
            known = (
                whole
                if left.loose or left.sort in ("plain", "number")
                else (*whole, (0.5, "0.5"), (-1, "-1"))
            )
            right = number(*self.rng.choice(known))
        else:
            right = self.grow(depth - 1)
        return binary(op, left, right)

    def beside(self, op: str, left: Node, depth: int) -> Node:
        """Return what may be added: beside a point its step, which is a difference of such points."""
        if left.sort == "torsor" and op in "+-" and (op == "+" or self.rng.random() < 0.4):
            steps = [n for n in self.scope if n.sort == "vector" and n.law.exponents == left.law.exponents]
            if steps and self.rng.random() < 0.7:
                return self.rng.choice(steps)
            return binary("-", self.like(left, depth - 1), self.like(left, 0))
        return self.like(left, depth)

    def mixture(self, depth: int) -> Node:
        """Return an average: of points too."""
        left = self.grow(depth - 2)
        right = self.like(left, depth - 2)
        form = self.rng.randrange(3)
        if form == 0:
            return binary("/", binary("+", left, right), number(2, "2"))
        if form == 1:
            first = binary("*", number(0.3, "0.3"), left)
            return binary("+", first, binary("*", number(0.7, "0.7"), right))
        step = binary("*", number(0.5, "0.5"), binary("-", right, left))
        return binary("+", left, step)

    def complement(self, depth: int) -> Node:
        return binary("-", number(1, self.rng.choice(("1", "1.0"))), self.grow(depth - 1))

    def scaled(self, depth: int) -> Node:
        return binary(self.rng.choice("*/"), self.grow(depth - 1), self.literal())

    def alone(self, depth: int) -> Node:
        op = self.rng.choices(ALONE, (20, 5, 40, 15, 8, 12))[0]
        return unary(op, self.grow(depth - 1))

    def function(self, depth: int) -> Node:
        op = self.rng.choices(("sqrt", "fabs", "exp", "log"), (45, 25, 15, 15))[0]
        part = self.grow(depth - 1)
        if op in ("exp", "log") and part.law != Law() and self.rng.random() >= self.wild:
            part = binary("/", part, self.like(part, depth - 2))
        return build(op, part, text=f"math.{op}({part.text})")

    def extreme(self, depth: int) -> Node:
        op = self.rng.choice(("min", "max"))
        left = self.grow(depth - 1)
        right = self.like(left, depth - 1)
        return build(op, left, right, text=f"{op}({left.text}, {right.text})")

    def ternary(self, depth: int) -> Node:
        left = self.grow(depth - 1)
        right = self.like(left, depth - 1)
        condition = self.condition(depth - 1)
        return build(
            "if", condition, left, right, text=f"({left.text} if {condition.text} else {right.text})"
        )

    def condition(self, depth: int) -> Node:
        left = self.grow(depth - 1)
        op = self.rng.choice(("<", "<=", ">", ">=", "==", "!="))
        return binary(op, left, self.like(left, depth - 1))

    def item(self, depth: int) -> Node:
        """Return an item of a list, or what all its items give."""
        if not self.lists:
            return self.display(depth)
        items = self.rng.choice(self.lists)
        form = self.rng.randrange(6)
        if form == 0:
            first = attrs.evolve(items, values=items.values[:, :1], text=f"{items.text}[0]", parts=())
            return attrs.evolve(first, op="name")
        if form == 1:
            return build("len", items, text=f"len({items.text})")
        if form == 2:
            op = self.rng.choice(("min", "max"))
            return build(f"f{op}", items, text=f"{op}({items.text})")
        if form == 3:
            total = build("sum", items, text=f"sum({items.text})")
            return binary("/", total, build("len", items, text=f"len({items.text})"))
        if form == 4:
            return build("sum", items, text=f"sum({items.text})")
        return self.comprehension(items, depth)

    def comprehension(self, items: Node, depth: int) -> Node:
        name = self.name()
        each = attrs.evolve(items, text=name)
        inner = self.within(each, depth - 1)
        source = f"[{inner.text} for {name} in {items.text}]"
        op = self.rng.choice(("sum", "min", "max"))
        # Without the item in it, a display has as many equal items as the list; the oracle would see one.
        if not any(node is each for node in inner.walk()):
            inner, source = items, items.text
        return build("sum" if op == "sum" else f"f{op}", inner, text=f"{op}({source})")

    def within(self, each: Node, depth: int) -> Node:
        scope, lists = self.scope, self.lists
        self.scope, self.lists = [*scope, each, each, each], []
        try:
            return self.operation(min(depth, 2)) if depth > 0 else each
        finally:
            self.scope, self.lists = scope, lists

    def display(self, depth: int) -> Node:
        left = self.grow(depth - 1)
        right = self.like(left, depth - 1)
        # What is alike and yet of another type makes a list of plain numbers, which the oracle does not know.
        differ = (left.law, left.sort, left.is_int, left.roots) != (
            right.law,
            right.sort,
            right.is_int,
            right.roots,
        )
        if differ and (is_alike(left, right) or self.rng.random() >= self.wild):
            right = left
        return build("pick", left, right, text=f"[{left.text}, {right.text}][0]")

    def conversion(self, depth: int) -> Node:
        source, target, before, after = self.rng.choice(CONVERSIONS)
        if self.rng.random() >= self.wild:
            fitting = [n for n in self.scope if flows(n, FACTS[source]) is None]
            if not fitting:
                return self.operation(depth)
            part = self.like(self.rng.choice(fitting), depth - 1)
        else:
            part = self.grow(depth - 1)
        text = f'convert({part.text}, "{before}", "{after}")'
        return build("convert", part, text=text, data=(FACTS[source], FACTS[target]))

    def left(self, depth: int) -> Node:
        """Leave the meaning, and perhaps take another."""
        part = self.grow(depth - 1)
        plain = build("raw", part, text=f"raw({part.text})")
        kind = self.rng.choice(sorted(MARKS))
        return build("mark", plain, text=f"{MARKS[kind]}({plain.text})", data=FACTS[kind])

    # Statements

    def statement(self) -> None:
        choice = self.rng.random()
        if choice < 0.45:
            self.assigned()
        elif choice < 0.6:
            self.annotated()
        elif choice < 0.75:
            self.accumulated()
        elif choice < 0.85:
            self.in_place()
        elif choice < 0.95:
            self.unpacked()
        else:
            node = self.condition(2)
            self.statements.append(Statement(f"assert {node.text}", node))

    def assigned(self) -> None:
        name, node = self.name(), self.grow(self.rng.randint(1, 4))
        self.statements.append(Statement(f"{name} = {node.text}", node, None, flows(node, None), False))
        self.keep(name, node)

    def annotated(self) -> None:
        name, node = self.name(), self.grow(self.rng.randint(1, 3))
        annotation, fact = self.declaration(node)
        fault = flows(node, fact)
        if node.op == "literal" and fact is not None and fact.low <= node.values[0].min() <= fact.high:
            fault = None  # its author just said so
        self.statements.append(Statement(f"{name}: {annotation} = {node.text}", node, fact, fault))
        # Declared as a plain float, it is one from here on.
        self.keep(name, build("raw", node, text=name) if annotation == "float" else node, fact)

    def keep(self, name: str, node: Node, fact: Fact | None = None) -> None:
        if node.is_wrong or node.sort == "bool" or node.pending or node.values.shape[1] > 1:
            return
        if node.op == "literal" and not node.law.zero:
            return  # by its name nobody sees that it is one
        known = named(node) if node.scaled else node
        sort = "plain" if known.sort == "number" else known.sort
        self.scope.append(
            attrs.evolve(known, op="local", parts=(), text=name, sort=sort, fact=fact, data=node)
        )

    def accumulated(self) -> None:
        if not self.lists:
            return self.assigned()
        total, each, items = self.name(), self.name(), self.rng.choice(self.lists)
        inner = self.within(attrs.evolve(items, text=each), self.rng.randint(0, 2))
        if inner.values.shape[1] == 1 or inner.is_int:
            return self.assigned()
        node = build("sum", inner, text=total)
        lines = f"{total} = 0.0\nfor {each} in {items.text}:\n    {total} += {inner.text}"
        self.statements.append(Statement(lines, node, None, flows(node, None), False))
        self.keep(total, node)
        return None

    def in_place(self, op: str | None = None, right: Node | None = None) -> None:
        """Change a declared variable: what comes out must be of its declaration again."""
        names = [n for n in self.scope if n.text.isidentifier() and n.fact is not None and n.op == "name"]
        if not names:
            return self.assigned()
        left = self.rng.choice(names)
        sign = op or self.rng.choice(IN_PLACE)
        if right is None:
            right = self.beside(sign, left, 2) if sign in "+-%" else self.grow(2)
        node = binary(sign, left, right)
        text = f"{left.text} {sign}= {right.text}"
        rows = (f"{sign}=", left.sort, right.sort)
        self.statements.append(Statement(text, node, left.fact, flows(node, left.fact), operator=rows))
        if not node.is_wrong and flows(node, left.fact) is None:
            changed = attrs.evolve(left, values=node.values, roots=left.roots | node.roots)
            self.scope[self.scope.index(left)] = changed
        return None

    def unpacked(self) -> None:
        left, right = self.grow(2), self.grow(2)
        if "bool" in (left.sort, right.sort):
            return self.assigned()
        first, second = self.name(), self.name()
        node = build("pair", left, right, text=f"{left.text}, {right.text}")
        fault = "part" if left.pending or right.pending else None
        self.statements.append(Statement(f"{first}, {second} = {node.text}", node, None, fault, False))
        self.keep(first, left)
        self.keep(second, right)
        return None

    def declaration(self, node: Node) -> tuple[str, Fact | None]:
        """Return how to declare what an expression is."""
        if node.sort == "bool":
            return "bool", None
        fitting = [name for name, fact in FACTS.items() if flows(node, fact) is None]
        related = [name for name in fitting if not FACTS[name].names or node.roots & {*FACTS[name].names}]
        if node.sort in ("plain", "number"):
            related = []
        if related and self.rng.random() < 0.9:
            name = self.rng.choice(related)
            return FACTS[name].annotation, FACTS[name]
        if node.law.is_meaningful and node.sort == "vector" and node.law.exponents:
            fact = Fact("", exponents=node.law.exponents)
            return f'Annotated[float, Unit("{spelled(node.law.exponents)}")]', fact
        return "float", None

    def wrong_declaration(self) -> tuple[str, Fact | None]:
        name = self.rng.choice(sorted(FACTS))
        return FACTS[name].annotation, FACTS[name]

    # Mistakes

    def blind(self) -> None:
        """Put an operator between operands whose sorts are drawn, and nothing else."""
        sorts = ("vector", "torsor", "opaque", "number", "plain")
        left = self.of_sort(self.rng.choice(sorts))
        right = self.of_sort(self.rng.choice(sorts))
        form = self.rng.random()
        if form < 0.2 and left.sort in ("vector", "torsor", "opaque") and left.op == "name":
            sign = self.rng.choice(IN_PLACE)
            node = binary(sign, left, right)
            text = f"{left.text} {sign}= {right.text}"
            rows = (f"{sign}=", left.sort, right.sort)
            self.statements.append(Statement(text, node, left.fact, flows(node, left.fact), operator=rows))
            return
        if form < 0.3:
            node = unary(self.rng.choice(ALONE), left)
        elif form < 0.36:
            op = self.rng.choice(("min", "max"))
            node = build(op, left, right, text=f"{op}({left.text}, {right.text})")
        else:
            bare = {left.sort, right.sort} <= {"plain", "number"}
            node = binary(self.rng.choice("+-*/") if bare else self.rng.choice(BINARY), left, right)
        self.statements.append(
            Statement(f"{self.name()} = {node.text}", node, None, flows(node, None), False)
        )

    def of_sort(self, sort: str) -> Node:
        if sort == "number":
            return self.literal()
        have = [
            node
            for node in self.scope
            if node.sort == sort and node.text.isidentifier() and node.op == "name"
        ]
        if have and self.rng.random() < 0.7:
            return self.rng.choice(have)
        if sort == "plain":
            return self.plain()
        kind = self.rng.choice([name for name, fact in FACTS.items() if fact.sort == sort])
        name = self.name()
        self.bind(name, FACTS[kind].annotation)
        node = _input(name, FACTS[kind], self.rng)
        self.scope.append(node)
        return node

    def program(self) -> Program:
        """Return the program of the seed."""
        rng = self.rng
        theme = rng.choice(sorted(THEMES))
        pool = rng.sample(THEMES[theme], 2 if theme != "units" else 3)
        if rng.random() < 0.3:
            pool.append(rng.choice(sorted(FACTS)))
        self.declare([*pool, *rng.choices(pool, k=2)])
        self.mistake = rng.choice((None, None, None, "result", "blind", "wild", "wild", "blind"))
        self.wild = 0.5 if self.mistake == "wild" else 0.0
        for _ in range(rng.randint(0, 3)):
            self.statement()
        if self.mistake == "blind":
            self.blind()
        node = self.grow(rng.randint(1, DEPTH))
        annotation, fact = self.wrong_declaration() if self.mistake == "result" else self.declaration(node)
        self.statements.append(Statement(f"return {node.text}", node, fact, flows(node, fact)))
        return Program(
            self.seed, self.render(annotation), tuple(self.statements), tuple(self.parameters), self.mistake
        )

    def render(self, result: str) -> str:
        parameters = ", ".join(f"{name}: {annotation}" for name, annotation in self.parameters)
        lines = [line for statement in self.statements for line in statement.text.split("\n")]
        return "\n".join([f"def f{self.seed}({parameters}) -> {result}:", *(f"    {line}" for line in lines)])


def is_akin(left: Node, right: Node) -> bool:
    """Say whether two values may stand beside one another, by law and, as a rule, by name."""
    strange = left.roots and right.roots and left.roots != right.roots
    return not strange and is_alike(left, right)


def _input(text: str, fact: Fact, rng: Random) -> Node:
    return leaf(text, values_of(fact, rng), fact.sort, is_int=fact.integral, fact=fact)


def binary(op: str, left: Node, right: Node) -> Node:
    """Return `left op right`."""
    return build(op, left, right, text=f"({left.text} {op} {right.text})")


def unary(op: str, part: Node) -> Node:
    """Return `-x`, `abs(x)` and so on."""
    signs = {"neg": "-", "pos": "+"}
    text = f"({signs[op]}{part.text})" if op in signs else f"{op}({part.text})"
    return build(op, part, text=text)


PRODUCTIONS: Final[tuple[Callable[[Garden, int], Node], ...]] = (
    Garden.operation, Garden.mixture, Garden.complement, Garden.scaled, Garden.alone, Garden.function,
    Garden.extreme, Garden.ternary, Garden.item, Garden.conversion, Garden.left, Garden.display,
)  # fmt: skip
WEIGHTS: Final = (46, 3, 3, 8, 8, 5, 6, 5, 9, 3, 2, 2)


def generate(seed: int) -> Program:
    """Return the program of a seed, always the same."""
    for trial in count():
        try:
            return Garden(seed, trial).program()
        except Degenerate:
            continue
    raise AssertionError
