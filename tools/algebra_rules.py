"""The tables of docs/rules.md: operators, closure, shapes, edges, statistics, functions, levels, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from tools.algebra_tables import NO, Row, markdown, said
from typedml.algebra.catalogue import KINDS
from typedml.algebra.edge_table import FALLING, SHIPPED
from typedml.algebra.functions import FUNCTIONS, OF_MANY, apply
from typedml.algebra.judgement import judged
from typedml.algebra.kind import Kind, Sort
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import CODES_OF, KIND, Mismatch, Reason
from typedml.algebra.reading import read
from typedml.algebra.registry import default_registry
from typedml.algebra.roles import FITTED, SPLITS, TOUCHED, clash
from typedml.algebra.rules import TABLE, Shape
from typedml.algebra.scales import Scale, scale_of
from typedml.algebra.shapes import BY_THEMSELVES, EDGES
from typedml.algebra.shapes import FUNCTIONS as WRITTEN_OUT
from typedml.algebra.statistics import CELLS
from typedml.algebra.strictness import (
    ACCEPTED,
    MEANING_DROPPED,
    UNKNOWN_ADDED,
    UNKNOWN_FACTOR_KEEPS,
    Level,
)
from typedml.cli.explain_examples import asked, named
from typedml.cli.explain_reading import meaning_named, question
from typedml.messages import spell
from typedml.messages.grounds import ground
from typedml.messages.reasons import WHY

LEGEND = {
    "p": "Probability", "q": "Probability", "n": "Count", "a": "km", "b": "km", "t": "hour",
    "d": "delta_degC", "c": "Celsius", "k": "Celsius", "z": "Logit", "y": "Logit", "h": "HourOfDay",
    "s": "Score", "r": "Score", "label": "Label", "cut": "Threshold[Probability]",
}  # fmt: skip
"""The values of the examples, and what they are."""

OF_OPERATORS = {
    Sort.VECTOR: (
        "{x} + {y}", "{x} - {y}", "{x} * {y}", "{x} / {y}", "2 * {x}", "{x} / 2", "1 - {x}", "{x} + 1",
        "-{x}", "{x} ** 2", "({x} + {y}) / 2", "{x} / ({x} + {y})",
    ),
    Sort.TORSOR: (
        "{x} - {y}", "{x} + {y}", "{x} + {d}", "{d} - {x}", "2 * {x}", "-{x}", "({x} + {y}) / 2", "{x} < {y}",
    ),
    Sort.OPAQUE: ("{x} == {y}", "{x} < {y}", "{x} + {y}", "2 * {x}"),
}  # fmt: skip
"""What the tables of operators ask, by sort."""

SCALED = (
    "km",
    "Count",
    "Probability",
    "Celsius",
    "Logit",
    "Bearing",
    "ClockHHMM",
    "Score",
    "Identifier",
    "Label",
)
"""Of what the table of statistics is made: each scale of measurement is there."""

FUNCTIONS_OF = ("1", "km", "radian", "degree", "Probability", "LogProbability", "Logit", "Celsius", "Score")
"""Of what the table of functions is made."""


def legend() -> str:
    """Return what the names in the examples stand for."""
    meanings: dict[str, list[str]] = {}
    for name, meaning in LEGEND.items():
        meanings.setdefault(meaning, []).append(f"`{name}`")
    return ", ".join(f"{', '.join(names)}: {meaning}" for meaning, names in meanings.items())


def operators() -> str:
    """Return a table for every operator: from the shapes of both operands to an example of each answer."""
    grids: dict[str, list[str]] = {}
    for op in dict.fromkeys(op for op, _, _ in TABLE):
        rows = [[f"**{left.value}**", *(_cell(op, left, right) for right in Shape)] for left in Shape]
        # Operators whose cells differ in nothing but the operator share a table, which shows the first.
        shape = "\n".join("|".join(row).replace(f" {op} ", " op ") for row in rows)
        grids.setdefault(shape, []).append(op)
    return "\n\n".join(map(_grid, grids.values()))


def _grid(ops: Sequence[str]) -> str:
    header = [" ".join(f"`{op}`" for op in ops), *(shape.value for shape in Shape)]
    rows = ([f"**{left.value}**", *(_cell(ops[0], left, right) for right in Shape)] for left in Shape)
    return markdown(header, rows)


@cache
def _cell(op: str, left: Shape, right: Shape) -> str:
    """Return the first example that is accepted and the first that is refused."""
    given, refused = "", ""
    for text in _examples(op, left, right):
        answer = judged(read(text, _meanings())).answer
        if isinstance(answer, Mismatch):
            refused = refused or f"✗ `{text}`: {answer.reason.value}"
        else:
            given = given or f"`{text}`: {said(answer)}"
    return "<br>".join(filter(None, (given, refused)))


def _examples(op: str, left: Shape, right: Shape) -> Iterator[str]:
    for one in _of_shape(left):
        yield from (f"{one} {op} {each}" for each in _of_shape(right) if one != each or one == "2")


def _of_shape(shape: Shape) -> list[str]:
    if shape is Shape.NUMBER:
        return ["2"]
    return [name for name, meaning in _meanings().items() if meaning.sort.value == shape.value]


@cache
def _meanings() -> dict[str, Meaning]:
    return {name: meaning_named(text) for name, text in LEGEND.items()}


def closure(sort: Sort) -> str:
    """Return what operators make of two values of each kind of a sort."""
    templates = OF_OPERATORS[sort]
    header = ["kind", *(f"`{each.format(x='x', y='y', d='d')}`" for each in templates)]
    return markdown(header, (_closed(kind, templates) for kind in KINDS.values() if kind.sort is sort))


def _closed(kind: Kind, templates: Sequence[str]) -> Row:
    answers = asked(templates, named(Meaning(kind)))
    return [f"`{kind}`", *(said(each.answer, str(kind)) for each in answers)]


def vectors() -> str:
    """Return the closure of quantities and numbers."""
    return closure(Sort.VECTOR)


def torsors() -> str:
    """Return what may be done with points."""
    return closure(Sort.TORSOR)


def opaque() -> str:
    """Return what may be done with names and scores."""
    return closure(Sort.OPAQUE)


def examples(texts: Iterable[str]) -> str:
    """Return expressions with what they mean and by which rule, or why they are refused."""
    return markdown(["expression", "means", "because"], map(_example, texts))


def _example(text: str) -> Row:
    found = judged(question(text).expression)
    if isinstance(found.answer, Mismatch):
        return [f"`{text}`", "✗", WHY[found.answer.reason]]
    return [f"`{text}`", f"`{spell(found.answer)}`", ground(found)]


def functions_written_out() -> str:
    """Return the expressions that are another spelling of a function."""
    return markdown(["written", "is"], ([f"`{left}`", f"`{right}`"] for left, right in WRITTEN_OUT))


def parts() -> str:
    """Return the quotients of values by a statistic of their own."""
    rows = ([f"`{text}`", kind, "any" if signed else "not negative"] for text, kind, signed in BY_THEMSELVES)
    return markdown(["expression", "is a", "values"], rows)


def named_edges() -> str:
    """Return the edges that typedml ships, with or without a name."""
    follows = {None: "no: it sees all values", FALLING: "yes, and the comparison turns round"}
    rows = [
        [
            each.source,
            each.target,
            f"`{_code(each.function)}`",
            follows.get(each.monotone, "yes"),
            _back(each.inverse),
        ]
        for each in SHIPPED
    ]
    formulas = [[source, target, f"`{text}`", "", ""] for text, source, target in EDGES]
    return markdown(["from", "to", "by", "a threshold follows", "back"], [*rows, *formulas])


def _code(function: str) -> str:
    return f"{function}(x)" if function.isidentifier() else function


def _back(function: str | None) -> str:
    return f"`{_code(function)}`" if function else ""


def statistics() -> str:
    """Return what each group of statistics makes of values on each scale of measurement."""
    meanings = [meaning_named(name) for name in (*SCALED, "Threshold[Probability]")]
    missing = set(Scale) - {scale_of(meaning) for meaning in meanings}
    if missing:
        raise SystemExit(f"no example of {missing}\nHint: add a kind of that scale to SCALED")
    header = ["statistics", *(f"{meaning}<br>({scale_of(meaning).value})" for meaning in meanings)]
    return markdown(header, ([names, *_cells(names.split(), meanings)] for names in CELLS))


def _cells(names: Sequence[str], meanings: Sequence[Meaning]) -> list[str]:
    return [
        " or ".join(dict.fromkeys(said(apply(name, meaning), str(meaning)) for name in names))
        for meaning in meanings
    ]


def functions() -> str:
    """Return what functions of one value give; those that agree on everything share a row."""
    meanings = [meaning_named(name) for name in FUNCTIONS_OF]
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in FUNCTIONS:
        cells = tuple(said(apply(name, meaning), str(meaning)) for meaning in meanings)
        if name not in OF_MANY and set(cells) != {"plain"}:
            groups.setdefault(cells, []).append(f"`{name}`")
    header = ["functions", *("a number" if name == "1" else name for name in FUNCTIONS_OF)]
    return markdown(header, ([", ".join(names), *cells] for cells, names in groups.items()))


def levels() -> str:
    """Return what each level accepts of numbers whose meaning nobody declared."""
    rows: list[Row] = [
        [f"{given.value} {place.value}", *_accepted(levels)] for (given, place), levels in ACCEPTED.items()
    ]
    rows.append(["a meaning where a plain number is declared", *_accepted(MEANING_DROPPED)])
    rows.append(["`distance + x`, x a plain variable", *_accepted(UNKNOWN_ADDED)])
    kept = ["distance" if level in UNKNOWN_FACTOR_KEEPS else "unknown" for level in Level]
    rows.append(["`distance * x`, x a plain variable", *kept])
    texts = ("distance + 5.0", "distance > 5.0", "distance * 2.0", "distance > 0")
    rows += [[f"`{text}`", *(_at(text, level) for level in Level)] for text in texts]
    return markdown(["", *(level.value for level in Level)], rows)


def _accepted(levels: frozenset[Level]) -> list[str]:
    return ["accepted" if level in levels else "error" for level in Level]


def _at(text: str, level: Level) -> str:
    distance = Meaning(None, default_registry().unit("km"))
    answer = judged(read(text, {"distance": distance}), level=level).answer
    if isinstance(answer, Mismatch):
        return "error"
    return "distance" if answer == distance else "accepted"


def roles() -> str:
    """Return which rows may be touched by what was fitted on others, and which rows meet."""
    splits = [split for split in TOUCHED if split in SPLITS]

    def met(role: Callable[[str], str], row: str) -> list[str]:
        clashes = (clash("-", frozenset({role(row)}), frozenset({split})) for split in splits)
        return ["yes" if reason is None else NO for reason in clashes]

    rows = [[f"rows of {row}", *met(str, row)] for row in splits]
    rows += [[f"{FITTED}{row}", *met(lambda split: FITTED + split, row)] for row in splits]
    return markdown(["", *splits], rows)


def reasons() -> str:
    """Return every reason for a refusal, with its error code."""
    rows = ([each.value, WHY[each], f"`{CODES_OF.get(each, KIND)}`"] for each in Reason)
    return markdown(["reason", "in one sentence", "code"], rows)
