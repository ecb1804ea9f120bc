"""Where the verdicts of mypy and of the oracle differ: not in which program, but at which expression of it.

A fault that the oracle finds is noticed by an error at the same expression, in it or around it; an error is
warranted by such a fault. What is left on either side is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from tests.differential.checker import Finding
from tests.differential.expressions import Node
from tests.differential.generate import Program, Statement

ARGUMENT: Final = re.compile(r'Argument \d+ to "(?P<name>\w+)"')


@attrs.frozen(eq=False)
class Difference:
    """An expression that one side refuses and the other does not: by a finding of mypy's, or by a fault."""

    program: Program
    statement: Statement
    nodes: tuple[Node, ...]
    finding: Finding | None
    fault: str | None
    compromised: bool
    """Whether mypy has refused something that the expression is made of."""
    refused: tuple[Node, ...] = ()
    """What else of the statement mypy has refused."""

    @property
    def node(self) -> Node:
        return self.nodes[0]

    @property
    def text(self) -> str:
        return "" if self.finding is None else self.finding.text

    @property
    def is_outermost(self) -> bool:
        """Say whether it is what flows into the declaration of the statement."""
        return any(node is self.statement.node for node in self.nodes)

    def __str__(self) -> str:
        if self.finding is not None:
            return f"mypy alone, at `{self.finding.source}`: {self.finding.text}  [{self.finding.code}]"
        return f"the oracle alone, at `{self.node.text}`: {self.fault}"


@attrs.frozen(eq=False)
class _Report:
    """A finding with the nodes that it stands at, and the nodes that refuse: the call, of its argument."""

    finding: Finding
    nodes: tuple[Node, ...]
    refusing: tuple[Node, ...]


def differences(program: Program, said: Sequence[Finding]) -> list[Difference]:
    """Return every difference between the two verdicts on a program, in order of its statements."""
    found: list[Difference] = []
    refused: set[int] = set()
    for statement, findings in _by_statement(program, said):
        reports = [_placed(statement, finding) for finding in findings]
        faulty = [*_faults(statement)]
        before = {*refused}
        refused |= _made(reports)
        for each in reports:
            if not _near(each.refusing, [node for node, _ in faulty]):
                made = _is_made_of(
                    each.nodes[0], before | _made(other for other in reports if other is not each)
                )
                found.append(Difference(program, statement, each.nodes, each.finding, None, made))
        reported = tuple(node for each in reports for node in each.refusing)
        for node, fault in faulty:
            if not _near(reported, [node]):
                made = _is_made_of(node, refused)
                found.append(Difference(program, statement, (node,), None, fault, made, reported))
    return found


def _made(reports: Iterable[_Report]) -> set[int]:
    """Return the expressions that were refused; a name is what it was, wherever it was refused."""
    return {id(node) for each in reports for node in each.refusing if node.parts}


def _by_statement(program: Program, said: Sequence[Finding]) -> Iterator[tuple[Statement, list[Finding]]]:
    line = 1
    for statement in program.statements:
        end = line + statement.text.count("\n") + 1
        yield statement, [each for each in said if line <= each.line < end]
        line = end
    lost = [each for each in said if not 1 <= each.line < line]
    if lost:
        raise RuntimeError(lost)


def _faults(statement: Statement) -> Iterator[tuple[Node, str]]:
    for node in statement.node.walk():
        if node.fault is not None:
            yield node, node.fault
    if statement.fault is not None and statement.node.fault is None:
        yield statement.node, statement.fault


def located(statement: Statement, finding: Finding) -> tuple[Node, ...]:
    """Return the nodes that an error stands at: what is written alike in one statement means the same."""
    nodes = statement.node.walk()
    place = _bare(finding.source)
    found = [node for node in nodes if _bare(node.text) == place]
    if not found:
        around = [node for node in nodes if place in node.text]
        found = sorted(around, key=lambda node: len(node.text))[:1]
    return tuple(found) or (statement.node,)


def _placed(statement: Statement, finding: Finding) -> _Report:
    nodes = located(statement, finding)
    match = ARGUMENT.match(finding.text)
    calls = [
        node
        for node in statement.node.walk()
        if match is not None
        and node.op in (match["name"], f"f{match['name']}")
        and any(part is each for part in node.parts for each in nodes)
    ]
    return _Report(finding, nodes, tuple(calls) or nodes)


def _bare(text: str) -> str:
    """Return a text without the parentheses around it, of which mypy's positions know nothing."""
    return text.lstrip("(").rstrip(")")


def _near(nodes: Iterable[Node], others: Iterable[Node]) -> bool:
    """Say whether one of the nodes is one of the others, or in it, or around it."""
    others = list(others)
    return any(
        any(each is other for each in node.walk()) or any(each is node for each in other.walk())
        for node in nodes
        for other in others
    )


def origins(node: Node) -> Iterator[Node]:
    """Yield a node with all that it is made of, in the statements before it, too."""
    yield node
    for part in node.parts:
        yield from origins(part)
    if node.op == "local" and isinstance(node.data, Node):
        yield from origins(node.data)


def _is_made_of(node: Node, refused: set[int]) -> bool:
    return any(id(each) in refused for each in origins(node))
