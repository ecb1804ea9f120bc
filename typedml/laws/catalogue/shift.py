"""The law `shift`: where a zero is a convention, nothing may hang on it.

The zero of degC, the meridian of Greenwich and 1 January 1970 were agreed upon. A feature that gives
something else when all points are moved together holds a hidden point of its own, or took one for a quantity.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs
import numpy as np

from typedml.algebra.base_dimensions import dimension_name
from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Row
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.comparison import same_shape, unlike
from typedml.laws.cross_rules import holds
from typedml.laws.feature import Feature
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.outcome import Outcome, Output, Raised, differing
from typedml.laws.physical import size
from typedml.laws.renaming import is_nominal, is_text
from typedml.laws.standing import unmoved
from typedml.laws.torsors import (
    CALENDAR,
    INSTANT,
    SECOND,
    TIME_OF_DAY,
    UNEVEN,
    Move,
    is_same_point,
    moves,
    shifted,
    torsor_of,
)

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning

ABSOLUTE = "K"
CLOSE = 1e-3
# What hangs on one point may be a fact of it, such as the hour of an instant: nothing there can be refuted.
ALONE = "two points that are compared, or a result that is a point: what hangs on one point alone is let pass"


def shift(feature: Feature, case: Case) -> Verdict:
    """Moving all points of one torsor (instants, temperatures, longitudes, times of a day) moves the results
    that are points of it by as much, and no other result."""
    if isinstance(feature.outcome(case), Raised):
        return Wanting("a table on which it does not raise")
    verdict: Verdict = Wanting("points that may all be moved")
    for move in _allowed(feature, case):
        found = _moved(feature, case, move)
        if isinstance(found, Breach):
            return unmoved(feature, move.torsor) or found
        verdict = found if isinstance(verdict, Wanting) else verdict
    return verdict


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which there is nothing to move."""
    points = [s for s in inputs_of(declared) if torsor_of(s.base, s.meaning) is not None]
    if not points:
        return "a point: an instant, a temperature, a longitude"
    pinned = declared.options.pinned if declared.options else ()
    return None if any(not _is_pinned(source, pinned) for source in points) else "a torsor that is not pinned"


def _is_pinned(source: Input, pinned: tuple[str, ...]) -> bool:
    if torsor_of(source.base, source.meaning) in (INSTANT, TIME_OF_DAY):
        return SECOND in pinned
    return source.meaning is not None and any(atom in pinned for atom in source.meaning.unit.dimension.atoms)


def _allowed(feature: Feature, case: Case) -> list[Move]:
    """The moves that leave a table as its declaration wants it."""
    pinned = feature.options.pinned
    members = {torsor_of(s.base, s.meaning) for s in feature.inputs if not _is_pinned(s, pinned)}
    found = []
    for move in moves(case):
        # A date and a clock make one instant, and kelvins are temperatures too: moved alone they would tear.
        torn = move.torsor == TIME_OF_DAY and INSTANT in members
        torn = torn or any(
            _is_kelvin(source) for source in feature.inputs if move.name == "every temperature"
        )
        if move.torsor not in members or torn:
            continue
        inside = [each for each in (move, move.reversed()) if _keeps_rules(case, each)]
        found += inside[:1]
        if inside and _may_be_uneven(feature, move):
            found.append(attrs.evolve(move, by=UNEVEN))
    return found


def _keeps_rules(case: Case, move: Move) -> bool:
    moved = move.applied(case)
    return move.stays_inside(case) and all(bool(holds(moved, table).all()) for table in moved.tables)


def _is_kelvin(source: Input) -> bool:
    meaning = source.meaning
    return meaning is not None and not source.is_point and _may_be_kelvins(meaning)


def _may_be_kelvins(meaning: Meaning) -> bool:
    """True for what is a temperature or a difference of two, unless it is written as a difference."""
    return meaning.unit.dimension.items == ((ABSOLUTE, 1),) and not str(meaning.unit).startswith("delta_")


def _may_be_uneven(feature: Feature, move: Move) -> bool:
    """Five hours and 17 minutes more are another hour, and another day: fine for what two instants make."""
    mine = [source for source in feature.inputs if move.moves(source)]
    alone = isinstance(feature.options.scope, Row) or not any(source.tabular for source in feature.inputs)
    dates = any(torsor_of(s.base, s.meaning) == TIME_OF_DAY or _is_day(s) for s in feature.inputs)
    return move.torsor == INSTANT and len(mine) > 1 and alone and not dates


def _is_day(source: Input) -> bool:
    return source.is_instant and not issubclass(source.base, dt.datetime)


def _moved(feature: Feature, case: Case, move: Move) -> Verdict:
    before, moved = feature.outcome(case), move.applied(case)
    after = feature.outcome(moved)
    assert isinstance(before, Outcome)
    if isinstance(after, Raised):
        return _breach(feature, case, moved, move, {}, ()) if _is_plural(feature, case, move, None) else None
    judged = [output for output in before.outputs if _is_judged(output, move)]
    if not judged:
        told = any(output.meaning is not None for output in before.outputs)
        return Wanting(ALONE if told else "a result with a meaning")
    expected = tuple(_expected(output, move) for output in judged)
    if not same_shape(before, after):
        marks = {judged[0].label: np.ones(len(judged[0].values), dtype=np.bool_)}
    else:
        marks = _come_round(unlike(feature, (case, moved), expected, after), expected, after)
    counted = {label: mask for label, mask in marks.items() if _counts(feature, case, move, judged, label)}
    if counted:
        return _breach(feature, case, moved, move, counted, expected)
    tried = any(output.label not in marks and _may_count(feature, move, output) for output in judged)
    return None if tried else Wanting(ALONE)


def _may_count(feature: Feature, move: Move, output: Output) -> bool:
    """Whether a change of an output could have been refuted, if it had been seen."""
    assert output.declared is not None
    if torsor_of(output.declared.base, output.meaning) == move.torsor:
        return output.values.dtype.kind in "iufM"
    if abs(move.by) == CALENDAR and output.meaning is not None:
        return True
    return sum(move.moves(source) for source in feature.inputs) > 1


def _is_judged(output: Output, move: Move) -> bool:
    """Whether the law speaks of an output; kelvins may be a temperature or a difference, nobody can tell."""
    if output.declared is None:
        return False
    torsor, meaning = torsor_of(output.declared.base, output.meaning), output.meaning
    if torsor is not None and torsor != move.torsor:
        return not {torsor, move.torsor} <= {INSTANT, TIME_OF_DAY}
    if meaning is not None and move.name == "every temperature":
        return torsor is not None or not _may_be_kelvins(meaning)
    return not (move.by == UNEVEN and (torsor is not None or meaning is None))


def _expected(output: Output, move: Move) -> Output:
    assert output.declared is not None
    if torsor_of(output.declared.base, output.meaning) != move.torsor:
        return output
    if output.values.dtype.kind not in "iufM":
        return output
    values = output.numbers if output.is_number else output.values
    return attrs.evolve(output, values=shifted(values, output.meaning, move.by))


def _come_round(marks: dict[str, Mask], expected: tuple[Output, ...], after: Outcome) -> dict[str, Mask]:
    """Without the cells that are only a turn away."""
    found = {output.label: output for output in after.outputs}
    for wanted in expected:
        if wanted.label in marks and wanted.is_number and len(marks[wanted.label]) == len(wanted.values):
            got = found[wanted.label]
            same = is_same_point(wanted.numbers, got.numbers, wanted.meaning, 1e-9 * _largest(wanted))
            marks[wanted.label] = marks[wanted.label] & ~same
    return {label: mask for label, mask in marks.items() if mask.any()}


def _largest(output: Output) -> float:
    return float(np.max(np.abs(output.numbers[np.isfinite(output.numbers)]), initial=1.0))


def _counts(feature: Feature, case: Case, move: Move, judged: list[Output], label: str) -> bool:
    """Whether an output that changed says something: one that hangs on one place alone may be a fact of it.

    The hour of an instant, and how humid air is at a temperature, are such facts; but points have to follow.
    """
    output = next(output for output in judged if output.label == label)
    assert output.declared is not None
    if torsor_of(output.declared.base, output.meaning) == move.torsor:
        return output.values.dtype.kind in "iufM"
    # A name may hold the year: of a quarter, of the cohort that somebody is of.
    named = is_nominal(output.meaning) or is_text(output.values)
    if abs(move.by) == CALENDAR and output.meaning is not None and not named:
        # The calendar is the same there, so only an age is a fact; it moves with its instant.
        return not _is_age(feature, case, move, output)
    return _is_plural(feature, case, move, output)


def _is_age(feature: Feature, case: Case, move: Move, output: Output) -> bool:
    """True for what counts time from a fixed instant, in whatever unit."""
    after = feature.outcome(move.applied(case))
    found = (
        [] if isinstance(after, Raised) else [each for each in after.outputs if each.label == output.label]
    )
    if not found or not output.is_number or output.meaning is None or not found[0].is_number:
        return False
    if len(found[0].values) != len(output.values) or SECOND not in output.meaning.unit.dimension.atoms:
        return False
    moved = (found[0].numbers - output.numbers)[~output.null]
    return bool(np.isclose(moved * size(output.meaning.unit), move.by, rtol=CLOSE).all())


def _is_plural(feature: Feature, case: Case, move: Move, output: Output | None) -> bool:
    """True where the points of two inputs or more reach an output, each on its own.

    Two parameters that are such points are asked for to be compared, whether both are or not.
    """
    mine = [source for source in feature.inputs if move.moves(source)]
    asked = [source for source in mine if source.field is None]
    if len(asked) > 1 and move.torsor not in (INSTANT, TIME_OF_DAY):
        return True
    return sum(_reaches(feature, case, move, source, output) for source in mine) > 1


def _reaches(feature: Feature, case: Case, move: Move, source: Input, output: Output | None) -> bool:
    """Whether an output changes where one input alone is moved, one way or the other."""
    if output is None:
        return True
    for way in (move, move.reversed()):
        after = feature.outcome(way.applied(case, only=source))
        found = [] if isinstance(after, Raised) else after.outputs
        same = [each for each in found if each.label == output.label]
        if not same or np.any(differing(output, same[0])):
            return True
    return False


def _breach(
    feature: Feature,
    case: Case,
    moved: Case,
    move: Move,
    marks: dict[str, Mask],
    expected: tuple[Output, ...],
) -> Breach:
    before, after = feature.outcome(case), feature.outcome(moved)
    source = next(source for source in feature.inputs if move.moves(source))
    label = next(iter(marks), feature.name)
    wanted = [output for output in expected if output.label == label]
    follows = any(
        output.declared is not None and torsor_of(output.declared.base, output.meaning) == move.torsor
        for output in wanted
    )
    must = f"move `{label}` by as much" if follows else f"leave `{label}` as it is"
    fact = f"; it raised {after}" if isinstance(after, Raised) else ""
    atom = next(iter(source.meaning.unit.dimension.atoms), SECOND) if source.meaning is not None else SECOND
    pinned = dimension_name(atom)
    return Breach(
        statement=f"Moving {move.name} ({move.text(source)}) must {must}{fact}.",
        sides=(Side("before", case, before), Side(f"after ({move.name} {move.text(source)})", moved, after)),
        marks=marks,
        expected=tuple(output for output in expected if output.label in marks),
        diagnosis="the code hides a point of its own, or adds, scales or compares points as numbers.",
        hint=f'subtract points before anything else; an empirical formula declares pinned=["{pinned}"].',
    )
