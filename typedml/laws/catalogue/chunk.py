"""The law `chunk`: what does not hang together may be computed apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Past, Row
from typedml.laws.alignment import Placed, keys_of, placed
from typedml.laws.alterations import joined, part
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.comparison import unlike
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Raised
from typedml.laws.scopes import group_of, reach, result_keys, wanting_reach


def chunk(feature: Feature, case: Case) -> Verdict:
    """Two chunks equal one: rows are cut anywhere, groups between groups; an empty one gives nothing."""
    whole = feature.outcome(case)
    keys = result_keys(feature.declared)
    if isinstance(whole, Raised):
        return Wanting("a table on which it does not raise")
    was = placed(whole, case, keys, range(case.rows))
    if was is None:
        return Wanting("a result for each row, or one with the keys of its groups")
    seen = False
    for rows in _chunks(feature, case):
        taken = part(case, rows)
        outcome = None if taken is None else feature.outcome(taken)
        # Many a library refuses an empty table, and says so: nothing is wrong with that.
        if taken is None or outcome is None or (isinstance(outcome, Raised) and not rows):
            continue
        seen = True
        now = None if isinstance(outcome, Raised) else placed(outcome, taken, keys, rows)
        breach = _judge(feature, (case, was), (taken, now), rows)
        if breach is not None:
            return breach
    return None if seen else Wanting("a table that may be cut between its groups")


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which rows hang together."""
    scope = reach(declared)
    if isinstance(scope, Past) and not scope.by:
        return "groups that do not reach each other: `by=` in Past"
    return wanting_reach(declared)


def _chunks(feature: Feature, case: Case) -> Iterator[Sequence[int]]:
    """The rows of two parts, and for the first table those of an empty one."""
    scope = reach(feature.declared)
    if scope is None or case.rows < 1:
        return
    keys = range(case.rows) if isinstance(scope, Row) else keys_of(case, group_of(scope))
    groups = joined(case, keys)
    if isinstance(scope, Row):
        chosen = set(groups[: 1 + case.number % max(case.rows - 1, 1)])
    else:
        each = list(dict.fromkeys(groups))
        chosen = set(each[: (len(each) + 1) // 2])
    first = {row for row, group in enumerate(groups) if group in chosen}
    if len(first) < case.rows:
        yield sorted(first)
        yield [row for row in range(case.rows) if row not in first]
    if case.number == 0:
        yield []


def _judge(
    feature: Feature, whole: tuple[Case, Placed], chunk: tuple[Case, Placed | None], rows: Sequence[int]
) -> Breach | None:
    (case, was), (taken, now) = whole, chunk
    wanted = _wanted(was, case, rows, feature)
    if now is not None and set(now.places) == set(wanted):
        marks = unlike(feature, (case, taken), was.take(wanted), Outcome(now.take(wanted)))
        if not marks:
            return None
        spread = {label: now.spread(mask, wanted) for label, mask in marks.items()}
        expected = was.put_into(now, wanted)
        fact = "it is another one there"
    else:
        spread, expected = {}, was.take(wanted)
        what = "groups" if was.by_group else "rows"
        fact = f"it has other {what} there" if now is not None else _misshapen(feature.outcome(taken))
    outcome = feature.outcome(taken) if now is None else now.outcome
    return Breach(
        statement=f"What `{feature.name}` returns for a part of the table must be that part of what it "
        f"returns for all of it, but {fact}.",
        sides=(Side("all rows", case, was.outcome), Side(_title(rows, feature), taken, outcome)),
        marks=spread,
        expected=expected,
        is_scoped=True,
        hint="compute it from the row or group itself, or declare that it reads the whole table: "
        "`scope=Table()`.",
    )


def _misshapen(outcome: Outcome | Raised) -> str:
    return f"it raised {outcome}" if isinstance(outcome, Raised) else "it has another shape there"


def _wanted(was: Placed, case: Case, rows: Sequence[int], feature: Feature) -> list[Hashable]:
    """The places of the whole result that the part must give."""
    if not was.by_group:
        return list(rows)
    keys = keys_of(case, result_keys(feature.declared))
    return [key for key in dict.fromkeys(keys[row] for row in rows) if key in was.places]


def _title(rows: Sequence[int], feature: Feature) -> str:
    if not rows:
        return "an empty table"
    scope = reach(feature.declared)
    names = "" if scope is None else ", ".join(group_of(scope))
    return f"part ({f'some groups of {names}' if names else f'rows {_span(rows)}'})"


def _span(rows: Sequence[int]) -> str:
    return str(rows[0]) if len(rows) == 1 else f"{min(rows)} to {max(rows)}"
