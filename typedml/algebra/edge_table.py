"""Named edges: functions that lead from one kind to another, ours and those that users define.

>>> edge("Logit", "Probability")
'expit'
>>> edges_through("logit")[0].monotone
'rising'
"""

from __future__ import annotations

from typedml.algebra.catalogue import KINDS
from typedml.algebra.errors import KindError
from typedml.algebra.kind import Kind
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

RISING, FALLING = "rising", "falling"
LARGEST_NUMBER = 1000
"""How many edges users may define: a loop that defines them does not fill the memory."""

TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
AGGREGATES = frozenset(
    "sum cumsum mean median quantile var std min max prod len count nunique mode argmin argmax sort sorted "
    "diff average first last".split()
)
"""Functions of many values, which lead nowhere value by value."""


class Edge(Value):
    """One way across: from the kind `source` to the kind `target`, by `function`.

    `function` is a name, or a formula in x: `x / (1 - x)`. A threshold follows an edge that is `monotone`,
    "rising" or "falling"; it is None of functions that see more than one value, as softmax does. `inverse` is
    the function that leads back.
    """

    __slots__ = ("function", "inverse", "monotone", "source", "target")
    source: str
    target: str
    function: str
    monotone: str | None
    inverse: str | None

    def __init__(
        self,
        source: str,
        target: str,
        function: str,
        monotone: str | None = None,
        inverse: str | None = None,
    ) -> None:
        self._fill(source=source, target=target, function=function, monotone=monotone, inverse=inverse)

    @property
    def reached(self) -> Kind:
        """Return the kind of what the function gives."""
        return kind_named(self.target)

    def comparison(self, op: str) -> str:
        """Return the comparison of images that says what `op` says of the values: a falling edge turns it.

        >>> Edge("ZScore", "Probability", "sf", FALLING).comparison(">=")
        '<='
        """
        return TURNED.get(op, op) if self.monotone == FALLING else op

    def __str__(self) -> str:
        return f"{written(self.function, 'x')}: {self.source} -> {self.target}"


SHIPPED: tuple[Edge, ...] = (
    Edge("Logit", "Probability", "expit", RISING, "logit"),
    Edge("Probability", "Logit", "logit", RISING, "expit"),
    Edge("Logit", "Simplex", "softmax"),
    Edge("Logit", "Odds", "exp", RISING, "log"),
    Edge("Odds", "Logit", "log", RISING, "exp"),
    Edge("Logit", "LogProbability", "log_softmax"),
    Edge("Logit", "LogProbability", "log_expit", RISING),
    Edge("Probability", "LogProbability", "log", RISING, "exp"),
    Edge("LogProbability", "Probability", "exp", RISING, "log"),
    Edge("Probability", "Odds", "x / (1 - x)", RISING, "x / (1 + x)"),
    Edge("Odds", "Probability", "x / (1 + x)", RISING, "x / (1 - x)"),
    Edge("ZScore", "Probability", "ndtr", RISING, "ndtri"),
    Edge("Probability", "ZScore", "ndtri", RISING, "ndtr"),
    Edge("ZScore", "LogProbability", "log_ndtr", RISING, "ndtri_exp"),
    Edge("LogProbability", "ZScore", "ndtri_exp", RISING, "log_ndtr"),
)
"""The edges that typedml ships; of two with the same ends, hints name the first."""

_defined: dict[tuple[str, str], Edge] = {}
_kinds: dict[str, Kind] = {}
_through: dict[str, tuple[Edge, ...]] = {}
_forget: list[Callable[[], None]] = []


def edges() -> tuple[Edge, ...]:
    """Return every edge: the shipped ones, then those that users defined."""
    return (*SHIPPED, *_defined.values())


def edges_through(function: str) -> tuple[Edge, ...]:
    """Return the edges of one function."""
    if not _through:
        for each in edges():
            _through[each.function] = (*_through.get(each.function, ()), each)
    return _through.get(function, ())


def edges_from(kind: Kind) -> tuple[Edge, ...]:
    """Return the edges that leave a kind or an ancestor of it."""
    return tuple(each for each in edges() if kind.is_named(each.source))


def edge_of(function: str, kind: Kind) -> Edge | None:
    """Return the edge of a function that leaves a kind or its nearest ancestor that has one."""
    leaving = {each.source: each for each in edges_through(function)}
    return next((leaving[above.name] for above in kind.lineage if above.name in leaving), None)


def edge(source: str, target: str) -> str | None:
    """Return the function that leads from one kind to another, by their names."""
    found = edge_between(source, target)
    return None if found is None else found.function


def edge_between(source: str, target: str) -> Edge | None:
    """Return the first edge from one kind to another, by their names."""
    return next((each for each in edges() if (each.source, each.target) == (source, target)), None)


def crossing(source: Kind | None, target: Kind | None) -> Edge | None:
    """Return the edge that leads from a kind to another, or between ancestors of theirs."""
    if source is None or target is None:
        return None
    # Of two edges with the same ends the first is kept.
    known = {(each.source, each.target): each for each in reversed(edges())}
    pairs = ((a.name, b.name) for b in target.lineage for a in source.lineage)
    return next((known[pair] for pair in pairs if pair in known), None)


def written(function: str, operand: str) -> str:
    """Return the code that crosses an edge: `expit(z)`, or the formula of an edge in `z`."""
    if function.isidentifier():
        return f"{function}({operand})"
    inner = operand if operand.isidentifier() else f"({operand})"
    return inner.join(function.split("x"))


def define_edge(
    source: Kind | str,
    target: Kind | str,
    function: str,
    *,
    monotone: str | None = None,
    inverse: str | None = None,
) -> Edge:
    """Define a way from one kind to another; an edge of the same function and source replaces itself only.

    Raises: KindError if the definition contradicts itself or another edge.
    """
    made = Edge(_name_of(source), _name_of(target), function, monotone, inverse)
    if len(_defined) >= LARGEST_NUMBER and (made.source, made.function) not in _defined:
        raise KindError(
            f"More than {LARGEST_NUMBER} edges are defined.", "define each edge once, in a module."
        )
    _kinds.update({given.name: given for given in (source, target) if isinstance(given, Kind)})
    _check(made)
    _defined[made.source, made.function] = made
    _renew()
    return made


def remove_edge(made: Edge) -> None:
    """Take back an edge that `define_edge` returned."""
    _defined.pop((made.source, made.function), None)
    _renew()


def forgotten_with_edges(forget: Callable[[], None]) -> None:
    """Have answers that were remembered dropped whenever the edges change."""
    _forget.append(forget)


def _renew() -> None:
    _through.clear()
    for forget in _forget:
        forget()


def _name_of(kind: Kind | str) -> str:
    name = kind.name if isinstance(kind, Kind) else kind
    if not isinstance(kind, Kind) and name not in _kinds and name not in KINDS:
        raise KindError(
            f'"{name}" is no kind that is known.',
            f'give the kind itself, as Kind("{name}") returns it, or the name of a shipped one.',
        )
    return name


def kind_named(name: str) -> Kind:
    """Return a kind that edges know: a shipped one, or one that an edge of a user's has at an end."""
    return _kinds.get(name) or KINDS[name]


def _check(made: Edge) -> None:
    if not made.function.isidentifier():
        raise KindError(
            f"{made.function!r} is not the name of a function.",
            'name the function that leads across: "calibrate".',
        )
    if made.source == made.target:
        raise KindError(
            f'The edge {made.function} leads from "{made.source}" to itself.',
            "a function within one kind needs no edge: closure says what it gives.",
        )
    if made.monotone not in (RISING, FALLING, None):
        raise KindError(
            f'The edge {made.function} is declared "{made.monotone}".',
            f'monotone is "{RISING}" or "{FALLING}"; leave it out where the function is neither.',
        )
    if made.function in AGGREGATES:
        raise KindError(
            f'"{made.function}" is a function of many values, and no edge.',
            "what it gives follows from the kind's sort and range; name the function that maps one value.",
        )
    _check_others(made)


def _check_others(made: Edge) -> None:
    """Refuse another target of one function on one kind: an ancestor's edge is the child's as well."""
    for other in edges_through(made.function):
        related = _is_related(other.source, made.source)
        if related and other.target != made.target and not _is_related(other.target, made.target):
            raise KindError(
                f'"{made.function}" leads from "{other.source}" to "{other.target}" already, '
                f'and cannot lead from "{made.source}" to "{made.target}".',
                "give one of the two functions another name.",
            )
    back = edge_of(made.inverse, made.reached) if made.inverse else None
    if back is not None and not _is_related(back.target, made.source):
        raise KindError(
            f'"{made.inverse}" leads from "{back.source}" to "{back.target}", '
            f'and is not the way back of "{made.function}" from "{made.source}".',
            "name the function that leads back, or leave inverse= out.",
        )


def _is_related(one: str, other: str) -> bool:
    """Say whether one kind is the other or an ancestor of it, by their names."""
    if one == other:
        return True
    first, second = (_kinds.get(name) or KINDS.get(name) for name in (one, other))
    return first is not None and second is not None and (first.is_named(other) or second.is_named(one))
