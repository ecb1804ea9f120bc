"""Notes about a feature that no law forbids: it prints, it sleeps, it reads more than its arguments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from typedml.declare.declared import DeclaredParameter
from typedml.laws.case import Case
from typedml.laws.clock import TELLING
from typedml.laws.feature import Feature, complete
from typedml.laws.outcome import Outcome, Output
from typedml.laws.placing import BASE
from typedml.renderings.finding import counted

SLOW = 0.1
SHOWN = 3


def remarks(feature: Feature, case: Case) -> Iterator[str]:
    """What to say of a feature, seen on one case."""
    outcome, seen = feature.outcome(case), feature.observe(case).watched
    yield from _printed("standard output", outcome.printed)
    if isinstance(outcome, Outcome):
        yield from _printed("standard error", outcome.printed_errors)
    called = f"it was called {counted(feature.calls, 'time')}"
    if seen.slept:
        yield f"it sleeps: {seen.slept:.2g} s in one call, and {called}"
    elif seen.seconds > SLOW:
        yield f"it is slow: {seen.seconds:.2g} s for one call, and {called}"
    for what, names in (
        ("the file", seen.files),
        ("the environment variable", seen.variables),
        ("the address", seen.addresses),
    ):
        yield from (f"it reads {what} {name!r}, which is no argument of it" for name in _few(names))
    yield from (f"it starts the program {name!r}" for name in _few(seen.programs))
    if not seen.clocks and _names_a_clock(feature):
        yield "its code says `now` or `today`: whether its result depends on the clock was not seen"


def missing(feature: Feature) -> Iterator[str]:
    """What to say of Series and arrays with values that are missing where every input is there.

    Their declaration cannot say whether a value may be missing, so that no law refutes one.
    """
    if feature.options.nulls is not None:
        return
    gaps: dict[str, set[int]] = {}
    seen = [(case, outcome) for case, outcome in feature.seen if not case.signed]
    for case, outcome in seen:
        for output in outcome.outputs:
            if _is_plain(output) and _is_missing_alone(case, output) and not output.null.all():
                gaps.setdefault(output.label, set()).add(case.number)
    tables = len({case.number for case, _ in seen})
    for label, numbers in gaps.items():
        yield (
            f"`{label}` has missing values in {len(numbers)} of {tables} tables, "
            "where no input is: "
            'handle them, or say that they are meant: @feature(nulls="propagate")'
        )


def several(feature: Feature) -> Iterator[str]:
    """What to say of an array with several values for each row, of which a declaration says one thing."""
    for _, outcome in feature.seen if feature.options.rows == "each" else ():
        counts = Counter(id(output.declared) for output in outcome.outputs if _is_measured_array(output))
        if counts and max(counts.values()) > 1:
            yield (
                f"`{feature.name}` returns {max(counts.values())} values for each row, and nothing declares "
                "how many: return a frame with a schema, or one array"
            )
            return


def apart(feature: Feature) -> Iterator[str]:
    """What to say of arrays and lists beside a frame that nothing but the answers tells from columns.

    A row that reads the values of others through one of them leaks, and no law sees it.
    """
    for parameter in feature.declared.parameters:
        if not parameter.aligned:
            yield (
                f"`{parameter.name}` was taken for values of its own, as `{feature.name}` answers for other "
                "numbers of them than rows; if it has one for each row, make it a column of the schema or a "
                "Series"
            )


def _is_measured_array(output: Output) -> bool:
    """True for an array with a unit; chances of several classes stand together by their nature."""
    declared, meaning = output.declared, output.meaning
    plain = output.label.endswith("]") and meaning is not None and meaning.kind is None
    return plain and isinstance(declared, DeclaredParameter) and declared.carrier == "array"


def _is_missing_alone(case: Case, output: Output) -> bool:
    """Whether a value is missing where no input is; of a result that is not by row, no input at all."""
    whole = complete(case)
    if any(column.null.any() for column in case.columns if column.input.table != BASE):
        return False
    return bool(
        (output.null & whole).any() if len(output.null) == case.rows else whole.all() and output.null.any()
    )


def _is_plain(output: Output) -> bool:
    """True for a Series or an array whose declaration does not say what may be missing."""
    declared = output.declared
    return isinstance(declared, DeclaredParameter) and not (declared.nullable or output.scalar)


def _printed(where: str, text: str) -> Iterator[str]:
    lines = text.strip().splitlines()
    if lines:
        yield f"it prints to {where}: {lines[0]!r}"


def _few(names: Iterable[str]) -> list[str]:
    return list(names)[:SHOWN]


def _names_a_clock(feature: Feature) -> bool:
    """True where a compiled clock may be called, such as that of pandas, which nothing tells of."""
    code = getattr(feature.function, "__code__", None)
    return code is not None and not set(TELLING).isdisjoint(code.co_names)
