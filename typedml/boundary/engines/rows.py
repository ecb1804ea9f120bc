"""Lists of records: dicts, dataclasses, attrs classes, pydantic models, NamedTuples, mixed as they come.

A key that some records lack is a missing value there, and one that all lack a missing column; where the
declaration lets the column be absent, a record may lack it too. Any collection that can be read twice is
taken; what can be read once (a generator) would be used up by the check, so it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from typing import Any, final

import attrs

from typedml.boundary.engines import list_across
from typedml.boundary.engines.lists import ListCells, clean, find
from typedml.boundary.plan import Plan, Rule
from typedml.boundary.report import FrameError
from typedml.boundary.stage import Stage, Survey

NAME = "rows"
Record = Mapping[str, Any]


def takes(frame: object) -> bool:
    """Whether the object is a collection of records."""
    if isinstance(frame, (str, bytes, bytearray, Mapping, type)) or not isinstance(frame, Iterable):
        return False
    # What has columns of its own, or is one record that can be gone through, is no list of records.
    return not any(
        hasattr(type(frame), each) for each in ("columns", "dtype", "__array__", "_fields", "model_fields")
    )


def survey(plan: Plan, frame: Iterable[Any]) -> Survey:
    """What the records' fields are found to be."""
    table = _Table(plan, frame)
    wanted = [column.column for column in plan.columns if not table.rows or column.column in table.names]
    found = {}
    for name in wanted:
        seen = find(table.column(name), "")
        found[name] = attrs.evolve(seen, dtype=seen.family.value)
    return Survey(table.names or tuple(wanted), found, lacks=frozenset({"width"}))


def lists(stage: Stage, frame: Iterable[Any], names: Sequence[str]) -> dict[str, list[Any]] | None:
    """The fields as lists of Python values."""
    table = _Table(stage.plan, frame)
    return {name: table.column(name) for name in names}


def values(frame: Iterable[Any], name: str) -> list[Any]:
    """One field as a list of Python values, None where one is missing."""
    return _Table(None, frame).column(name)


def count(stage: Stage, frame: Iterable[Any]) -> tuple[int, list[int]]:
    """How many records there are, and how many break each rule of the stage."""
    judge = _Judge(stage, frame)
    return len(judge.table.rows), [sum(judge.bad(rule)) for rule in stage.rules]


def hold(frame: Iterable[Any], columns: Sequence[str]) -> Iterable[Any]:
    """The records as they can be asked for twice: themselves."""
    return frame


def locate(stage: Stage, frame: Iterable[Any], rules: Sequence[Rule], limit: int | None) -> list[list[int]]:
    """The positions of the first records that break each of the rules."""
    judge = _Judge(stage, frame)
    return [[at for at, bad in enumerate(judge.bad(rule)) if bad][:limit] for rule in rules]


def fetch(frame: Iterable[Any], columns: Sequence[str], positions: Sequence[int]) -> list[dict[str, object]]:
    """The values of some fields in some records."""
    table = _Table(None, pick(frame, positions))
    picked = {name: table.column(name) for name in columns}
    return [{name: cells[row] for name, cells in picked.items()} for row in range(len(positions))]


def divide(
    stage: Stage, frame: Iterable[Any], rules: Sequence[Rule], label: str
) -> tuple[list[Any], list[dict[str, Any]]]:
    """The records that keep every rule, as they are, and the others as dicts with their reasons."""
    judge, whole = _Judge(stage, frame), list(frame)
    broken: dict[int, list[str]] = {}
    for rule in rules:
        for at, bad in enumerate(judge.bad(rule)):
            if bad:
                broken.setdefault(at, []).append(rule.reason)
    good = [record for at, record in enumerate(whole) if at not in broken]
    return good, [{**judge.table.rows[at], label: broken[at]} for at in sorted(broken)]


def size(frame: Iterable[Any]) -> int:
    """How many records there are."""
    return len(frame) if isinstance(frame, Sized) else sum(1 for _ in frame)


def pick(frame: Iterable[Any], positions: Sequence[int]) -> list[Any]:
    """Some records, in this order."""
    whole = frame if isinstance(frame, Sequence) else list(frame)
    return [whole[at] for at in positions]


def distinct(frame: Iterable[Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of some fields, each once."""
    return list(dict.fromkeys(zip(*(values(frame, name) for name in names), strict=True)))


@final
class _Table:
    """Records as mappings; attributes that the plan knows by their field's name go by that of its column."""

    def __init__(self, plan: Plan | None, frame: Iterable[Any]) -> None:
        if isinstance(frame, Iterator):
            fact = f"a {type(frame).__name__} can be read once, so nothing would be left of it"
            raise FrameError(fact, "rows = list(rows) keeps them; check that")
        fields = () if plan is None else plan.schema.fields
        self.renamed = {field.name: field.column for field in fields if field.name != field.column}
        self.rows = [self._read(record, at) for at, record in enumerate(frame)]

    def _read(self, record: object, at: int) -> Record:
        if isinstance(record, dict):
            return record
        for fits, read in _READERS:
            if fits(record):
                made = read(record)
                return {self.renamed.get(name, name): made[name] for name in made}
        fact = f"row {at} is of type {type(record).__name__}, which is no record"
        raise FrameError(fact, "a record is a dict, NamedTuple, dataclass, attrs class or pydantic model")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, in the order in which they first occur."""
        seen: dict[Any, None] = {}
        for record in self.rows:
            if not seen.keys() >= record.keys():
                seen |= dict.fromkeys(record)
        return tuple(map(str, seen))

    def column(self, name: str) -> list[Any]:
        """The values of one field, None where one is missing."""
        return clean(record.get(name) for record in self.rows)


def _is_mapping(record: Any) -> bool:
    return isinstance(record, Mapping) or (hasattr(record, "keys") and hasattr(record, "__getitem__"))


def _of_pydantic(record: Any) -> Record:
    stated = {}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        # A default of None that nobody gave is an absent field, of a column that may be absent.
        if value is not None or name in record.model_fields_set:
            stated[field.alias or name] = value
    return stated | (record.model_extra or {})


# How a record of each kind is told by its class alone, and read; no library is imported to find out.
_READERS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Record]], ...] = (
    (_is_mapping, lambda record: {name: record[name] for name in record.keys()}),  # noqa: SIM118
    (lambda record: hasattr(type(record), "model_fields"), _of_pydantic),
    (
        lambda record: isinstance(record, tuple) and hasattr(record, "_fields"),
        lambda record: record._asdict(),
    ),
    (
        lambda record: hasattr(type(record), "__attrs_attrs__"),
        lambda record: {each.name: getattr(record, each.name) for each in type(record).__attrs_attrs__},
    ),
    (
        lambda record: hasattr(type(record), "__dataclass_fields__"),
        lambda record: {name: getattr(record, name) for name in type(record).__dataclass_fields__},
    ),
)


@final
class _Judge:
    """The records before the rules of a stage, each field read when it is first asked for."""

    def __init__(self, stage: Stage, frame: Iterable[Any]) -> None:
        self.stage, self.table = stage, _Table(stage.plan, frame)
        self.cells = {name: ListCells(self.table.column(name), found) for name, found in stage.found.items()}
        self.optional = {column.column for column in stage.plan.columns if not column.required}

    def bad(self, rule: Rule) -> list[bool]:
        """Whether each record breaks the rule."""
        if rule.is_across or rule.column is None:
            return list_across.broken_rows(self.stage, rule, self.cells)
        bad = self.cells[rule.column].bad(rule)
        if rule.name == "null" and rule.column in self.optional:
            return [broken and rule.column in row for broken, row in zip(bad, self.table.rows, strict=True)]
        return bad
