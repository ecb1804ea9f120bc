"""Turns the words of a hint into edits of the source that it is about.

A hint that holds code has one of the forms in `FORMS`; all others are advice. What a piece of code replaces
is the largest of its own parts that stands in the refused expression: `convert(t, "minute", "hour")`
replaces t.
"""

from __future__ import annotations

import ast
import builtins
import re
from itertools import pairwise

import attrs

import typedml
from tests.mypy.hinted_source import Edit, Place, Source, parsed
from typedml.algebra.edge_table import SHIPPED

# What the code of a hint may name that is neither the author's nor ours: crossings, from a stub of the test.
CROSSINGS = sorted({each.function for each in SHIPPED if each.function.isidentifier()} - {"exp", "log"})


@attrs.frozen
class Form:
    """How hints of one form are worded, and what their code replaces: a part, all of it, or something else.

    After a first step the same expression may want a second one, as what `t - reference` gives is no point.
    """

    pattern: re.Pattern[str]
    replaces: str
    is_first_step: bool = False


def form(pattern: str, replaces: str = "part") -> Form:
    return Form(re.compile(pattern + r"(?P<rest>.*)$"), replaces)


def first_step(pattern: str, replaces: str = "part") -> Form:
    return Form(re.compile(pattern + r"(?P<rest>.*)$"), replaces, is_first_step=True)


FORMS = [
    form(r"^(?P<code>.+?) instead of (?P<found>.+?): ", "found"),
    form(r'^convert to "(?P<target>[^"]+)" at once, instead of to "(?P<source>[^"]+)"', "target"),
    form(r"^(?P<verb>multiplying|dividing) by (?P<operand>.+) instead of \w+ by it", "flip"),
    first_step(r'^(?P<code>[^;:]+?) is (?:a|their) (?:difference|point), "[^"]*"', "whole"),
    first_step(r'^subtract a reference first: (?P<code>.+?) is "[^"]*"'),
    form(r'^add it to a reference: (?P<code>.+?) is "(?P<point>[^"]*)"'),
    form(r"^(?P<code>.+?) adds the powers", "whole"),
    form(r"^turn it round: (?P<code>.+)", "whole"),
    form(r"^divide by a value in the same unit first: (?P<code>.+?) is a number"),
    form(r"^write the exponent as a number, (?P<code>.+?), or", "whole"),
    first_step(r"^decode it first: (?P<code>.+?) is the hour"),
    form(r"^(?P<found>.+?) is (?:in )?\S+ already: use it as it is", "call"),
    form(r'^(?P<code>.+?) makes (?:it|each) "[^"]*"'),
    form(r"^(?P<code>.+?) is the plain number"),
    form(r'^(?:did you mean|write) "(?P<code>[^"]*)"', "unit"),
    form(r'^convert before taking the logarithm: (?P<code>.+?) is in "[^"]*"', "whole"),
]
DEFINED = re.compile(r'with (?P<name>\w+) = (?P<value>(?:Unit|Kind)\("[^"]*"(?:, \.\.\.)?\))')
IMPORTED = re.compile(r"with (?P<name>\w+) from (?P<module>[\w.]+)$")


def form_of(hint: str) -> tuple[Form, re.Match[str]] | None:
    """Return the form of a hint whose words hold code."""
    for each in FORMS:
        match = each.pattern.match(hint)
        if match is not None and not any(_is_broken(code) for code in _code(match)):
            return each, match
    return None


def _code(match: re.Match[str]) -> list[str]:
    found = match.groupdict()
    return [found[name] for name in ("code", "found") if found.get(name) and "unit" not in found]


def _is_broken(code: str) -> bool:
    try:
        parsed(code)
    except SyntaxError:
        return True
    return False


def edits(source: Source, place: Place, hint: str) -> list[Edit]:
    """Return the edits that a hint may mean, one for each place where its code fits."""
    found = form_of(hint)
    assert found is not None
    form, match = found
    return _REPLACING[form.replaces](source, place, match)


def _same(node: ast.AST, code: str) -> bool:
    return isinstance(node, ast.expr) and ast.unparse(node) == ast.unparse(parsed(code))


def _named_part(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    """The code stands instead of a text that the hint names, which may be more than what is refused."""
    here = [n for n in ast.walk(source.tree) if isinstance(n, ast.expr) and n.lineno == place.line]
    return [source.edit(n, match["code"]) for n in here if _same(n, match["found"])]


def _call_around(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    """The operand stands instead of the call that it is given to."""
    if "which this spells out" in place.fact:
        return [source.edit(source.within(place)[0], match["found"])]
    around = [source.parents[n] for n in source.within(place) if _same(n, match["found"])]
    return [source.edit(n, match["found"]) for n in around if isinstance(n, ast.Call)]


def _target(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    return [
        source.edit(node.args[2], f'"{match["target"]}"')
        for node in source.within(place)
        if isinstance(node, ast.Call) and len(node.args) == 3 and _same(node.args[2], f'"{match["source"]}"')
    ]


def _unit(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    """The text of a unit, or a name in it, is spelled otherwise."""
    wrong = re.findall(r'"([^"]*)"', place.fact)
    named = [wrong[0] if place.fact.startswith("Unknown unit") else wrong[-1]]
    here = [n for n in ast.walk(source.tree) if isinstance(n, ast.Constant) and n.lineno == place.line]
    return [
        Edit(*source.range(node), f'"{node.value.replace(name, match["code"])}"')
        for node in here
        for name in named
        if isinstance(node.value, str) and name in node.value
    ]


def _flipped(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    sign = {"multiplying": "*", "dividing": "/"}[match["verb"]]
    products = [n for n in source.within(place) if isinstance(n, ast.BinOp)]
    return [
        source.edit(n, f"{ast.unparse(n.left)} {sign} {ast.unparse(n.right)}")
        for n in products
        if _same(n.right, match["operand"])
    ]


def _whole(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    """The code stands instead of the operation that has its operands."""
    parts = {ast.unparse(n) for n in ast.walk(parsed(match["code"])) if isinstance(n, ast.expr)}
    statement = source.statement(place)
    if isinstance(statement, ast.AugAssign) and ast.unparse(statement.target) in parts:
        return [Edit(*source.range(statement), f"{ast.unparse(statement.target)} = {match['code']}")]
    for node in source.within(place):
        operands = [ast.unparse(n) for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr)]
        if isinstance(node, ast.BinOp | ast.Call) and any(each in parts for each in operands):
            return [source.edit(node, match["code"])]
    return []


def _part(source: Source, place: Place, match: re.Match[str]) -> list[Edit]:
    """The code stands instead of the largest part of it that is there already."""
    code = parsed(match["code"])
    parts = sorted((n for n in ast.walk(code) if isinstance(n, ast.expr)), key=lambda n: -len(ast.unparse(n)))
    statement = source.statement(place)
    for part in parts:
        text = ast.unparse(part)
        if isinstance(statement, ast.AugAssign) and text == _spelled_out(statement):
            made = f"{ast.unparse(statement.target)} = {match['code']}"
            return [Edit(*source.range(statement), made)]
        fitting = [n for n in source.within(place) if ast.unparse(n) == text]
        if fitting:
            return [source.edit(n, _completed(match, text)) for n in fitting]
    return _left_out(source, place, match["code"])


def _left_out(source: Source, place: Place, code: str) -> list[Edit]:
    """The code is a last argument that the call goes without."""
    call = source.within(place)[0]
    if not isinstance(call, ast.Call) or not call.args:
        return []
    end = source.range(call.args[-1])[1]
    return [Edit(end, end, f", {code}")]


def _spelled_out(statement: ast.AugAssign) -> str:
    return ast.unparse(ast.BinOp(statement.target, statement.op, statement.value))


def _completed(match: re.Match[str], operand: str) -> str:
    """Return the code with what the author has to choose: a reference of the same meaning."""
    point = match.groupdict().get("point")
    reference = f"({operand})"
    if point:
        reference = _value(point)
    elif "for each in" in match["code"]:
        reference = f"list({operand})[0]"
    return re.sub(r"\breference\b", reference, match["code"])


def _value(printed: str) -> str:
    """Return code for some value of a printed meaning."""
    meaning = printed.partition("[")[2].removesuffix("]")
    marker = re.sub("(?<=[a-z])(?=[A-Z])", "_", meaning).upper()
    return f"{marker}(2.0)" if meaning in typedml.__all__ else f'Unit("{meaning}")(2.0)'


_REPLACING = {
    "part": _part,
    "found": _named_part,
    "call": _call_around,
    "target": _target,
    "flip": _flipped,
    "unit": _unit,
    "whole": _whole,
}


def needed(source: Source, made: list[tuple[Edit, str]]) -> list[str]:
    """Return the statements that bring the names of some code into a file."""
    known = {name.id for name in ast.walk(source.tree) if isinstance(name, ast.Name)} | _imported(source)
    lines = []
    for edit, hint in made:
        defined = DEFINED.search(hint)
        if defined and not _is_bound(source, defined["name"]):
            value = _in_full(source, defined["value"])
            lines += ["from typedml import Kind, Unit", f"{defined['name']} = {value}"]
        imported = IMPORTED.search(hint)
        if imported:
            lines.append(f"from {imported['module']} import {imported['name']}")
        for name in re.findall(r"(?<![\w.\"'])[A-Za-z_]\w*", re.sub(r'"[^"]*"', '""', edit.text)):
            if name in typedml.__all__ and not _is_bound(source, name):
                lines.append(f"from typedml import {name}")
            elif name in known or hasattr(builtins, name):
                continue
            elif name in ("log", "exp", "log10", "log2", "log1p"):
                lines.append(f"from math import {name}")
            elif name in CROSSINGS and not (imported and imported["name"] == name):
                lines.append(f"from crossings import {name}")
    return list(dict.fromkeys(lines))


def _in_full(source: Source, value: str) -> str:
    """Return a declaration as the source has it, where a hint leaves its properties out."""
    begins = value.removesuffix(", ...)")
    texts = (ast.unparse(node) for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return (
        value
        if begins == value
        else next(each for each in texts if each.startswith(begins.replace('"', "'")))
    )


def _is_bound(source: Source, name: str) -> bool:
    bound = {n.id for n in ast.walk(source.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return name in bound | _imported(source)


def _imported(source: Source) -> set[str]:
    imports = [n for n in ast.walk(source.tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for each in imports for alias in each.names}


def mended(source: Source, made: list[tuple[Edit, str]]) -> str:
    """Return a file with edits made and what they need imported, on the lines that it had."""
    text, ordered = source.text, sorted(made, key=lambda pair: pair[0].start)
    assert all(one.end <= two.start for (one, _), (two, _) in pairwise(ordered))
    for edit, _ in reversed(ordered):
        text = text[: edit.start] + edit.text + text[edit.end :]
    first = _first_import(source.tree)
    end = source.range(first)[1]
    return text[:end] + "".join(f"; {line}" for line in needed(source, made)) + text[end:]


def _first_import(tree: ast.Module) -> ast.stmt:
    """Return the first import that is none from the future."""
    return next(
        node
        for node in tree.body
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module != "__future__")
    )


def crossings_stub() -> str:
    """Return a module of the edges between kinds that are functions of no library at hand."""
    kinds = sorted({end for each in SHIPPED for end in (each.source, each.target)})
    lines = [f"from typedml import {', '.join(kinds)}"]
    for name in CROSSINGS:
        one = next(each for each in SHIPPED if each.function == name)
        lines.append(f"def {name}(x: {one.source}) -> {one.target}: ...")
    return "\n".join([*lines, ""])
