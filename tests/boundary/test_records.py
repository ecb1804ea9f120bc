"""Records one by one: dicts, pydantic models, attrs classes, dataclasses, TypedDicts and NamedTuples."""

import dataclasses
import inspect
from typing import Annotated, Any, NamedTuple, TypedDict

import attrs
import pydantic
import pytest
from hypothesis import HealthCheck, given, settings

import typedml as t
from tests.boundary.tables import FRAMES, Table
from tests.boundary.test_conformance import cases
from tests.boundary.test_pydantic import about_many_rows, one_row
from typedml.attrs import validated
from typedml.boundary import FrameError, check, check_record
from typedml.declare.declared import DeclaredSchema

Miles = Annotated[float, t.Unit("mile")]


@dataclasses.dataclass
class Data:
    distance: Miles
    late: t.Proportion
    carrier: str = "AA"


@attrs.define
class Attrs:
    distance: Miles
    late: t.Proportion
    carrier: str = "AA"


class Named(NamedTuple):
    distance: Miles
    late: t.Proportion
    carrier: str = "AA"


class Typed(TypedDict):
    distance: Miles
    late: t.Proportion
    carrier: str


class Model(pydantic.BaseModel):
    distance: Miles
    late: t.Proportion
    carrier: str = "AA"


class Leg(t.FeatureSchema, key=("distance", "carrier"), rows=(10, None)):
    distance: Miles = t.field(increasing=True)
    late: t.Proportion
    carrier: str = t.field(unique=True, min_length=2)

    @t.rule
    def short_is_never_late(c: Any) -> Any:
        return (c.distance > 10) | (c.late < 0.9)

    @t.rule
    def few_are_late(c: Any) -> Any:
        return c.late.mean() < 0.5


# A pydantic model refuses what is wrong by itself.
MADE: list[Any] = [Data, Attrs, Named, Model.model_construct, Typed]


@pytest.mark.parametrize("make", MADE, ids=lambda make: str(make)[-30:])
def test_a_record_of_any_kind_is_judged_alike_one_by_one_and_in_batches(make: Any) -> None:
    schema = getattr(make, "__self__", make)
    good = make(distance=100.0, late=0.5, carrier="AA")
    bad = make(distance=100.0, late=5.0, carrier="AA")
    assert check_record(schema, good).ok
    report = check_record(schema, bad)
    assert {key for key, count in report.counts.items() if count} == {("late", "range")}
    assert report.failures[0].rows[0].values == {"late": 5.0}
    assert check(schema, [good, bad]).counts["late", "range"] == 1
    assert check_record(Leg, bad).counts["late", "range"] == 1


def test_rules_about_other_rows_are_told_and_do_not_block() -> None:
    report = check_record(Leg, {"distance": 100.0, "late": 0.95, "carrier": "AA"})
    assert report.ok, str(report)
    assert report.counts["carrier", "min_length"] == 0
    assert {(rule.column, rule.rule) for rule in report.not_run} == {
        (None, "rows"), (None, "key"), (None, "few_are_late"),
        ("distance", "increasing"), ("carrier", "unique"),
    }  # fmt: skip
    assert not check_record(Leg, {"distance": 1.0, "late": 0.95, "carrier": "AA"}).ok


def test_a_record_of_its_own_model_is_judged_with_the_names_of_the_columns() -> None:
    class Named(t.FeatureSchema):
        copy: float = t.field(column="a copy")
        more: t.Probability = t.field(optional=True)
        _hidden: float

    made = Named.record(**{"a copy": 1.0, "_hidden": 2.0})
    assert check_record(Named, made).ok
    assert check(Named, [made, Named.record(**{"a copy": 1.0, "_hidden": 2.0, "more": 0.5})]).ok
    assert made.model_dump() == {"a copy": 1.0, "_hidden": 2.0}


@pytest.mark.parametrize("record", [None, 3, "text", [1.0], Data])
def test_what_is_no_record_is_refused(record: Any) -> None:
    with pytest.raises(FrameError):
        check_record(Leg, record)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_a_record_is_judged_as_a_frame_of_one_row_is(case: tuple[DeclaredSchema, Table]) -> None:
    declared, table = case
    for at in range(len(next(iter(table.values()))[1])):
        row = one_row(table, at)
        report = check_record(declared, {name: cells[0] for name, (_, cells) in row.items()})
        frame = check(declared, FRAMES["polars_eager"](row))
        alone = {key: count for key, count in frame.counts.items() if key in report.counts}
        assert dict(report.counts) == alone
        assert set(frame.counts) - set(alone) <= about_many_rows(declared)


@attrs.define(field_transformer=validated)
class Checked:
    p: t.Probability
    distance: Miles | None = attrs.field(default=None, metadata={"typedml": t.field(gt=0)})
    many: "t.Count" = attrs.field(default=1, validator=attrs.validators.lt(100))


@attrs.define(field_transformer=validated)
class CheckedMore(Checked):
    late: t.Proportion = 0.0


def test_a_class_of_attrs_takes_what_it_declares() -> None:
    made: Any = CheckedMore(0.5, 3.0, 7, late=0.1)
    made.p = 0.25
    assert (made.p, made.distance, CheckedMore(1).distance) == (0.25, 3.0, None)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"p": 1.5}, r"Checked(More)?.p: p=1.5 breaks p in \[0, 1\] \(Probability\)"),
    ({"p": "0.5"}, 'column "p" is str'),
    ({"p": True}, "is bool"),
    ({"p": None}, "p is missing"),
    ({"p": float("nan")}, "p is missing"),
    ({"p": 0.5, "distance": -1.0}, "breaks distance > 0"),
    ({"p": 0.5, "many": 1.5}, "whole number"),
]


@pytest.mark.parametrize(("values", "said"), WRONG, ids=str)
@pytest.mark.parametrize("cls", [Checked, CheckedMore])
def test_a_class_of_attrs_refuses_what_breaks_its_meanings(
    cls: Any, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(t.CheckError, match=said):
        cls(**values)


def test_validators_of_ones_own_stay_and_setting_is_checked() -> None:
    with pytest.raises(ValueError, match="100"):
        Checked(0.5, None, 100)
    made: Any = CheckedMore(0.5)
    with pytest.raises(t.CheckError):
        made.p = 2.0
    with pytest.raises(t.CheckError):
        made.late = 2.0
    with pytest.raises(t.CheckError):
        attrs.evolve(made, p=-1.0)


def test_a_field_that_cannot_be_read_is_told_at_the_first_instance() -> None:
    @attrs.define(field_transformer=validated)
    class Both:
        p: Annotated[float, t.PROBABILITY, t.COUNT]  # type: ignore[typedml-unread]

    with pytest.raises(t.DeclarationError, match="both"):
        Both(0.5)


@t.checked
@dataclasses.dataclass(frozen=True)
class Frozen:
    p: t.Probability
    distance: Miles = dataclasses.field(default=1.0, metadata={"typedml": t.field(gt=0)})


def test_a_checked_dataclass_refuses_what_breaks_its_meanings() -> None:
    assert Frozen(0.5) == Frozen(0.5, 1.0)
    assert dataclasses.replace(Frozen(0.5), p=0.25).p == 0.25
    wrong: list[Any] = [{"p": 1.5}, {"p": 0.5, "distance": 0.0}, {"p": "0.5"}]
    for values in wrong:
        with pytest.raises(t.CheckError):
            Frozen(**values)
    two: Any = 2.0
    with pytest.raises(t.CheckError):
        dataclasses.replace(Frozen(0.5), p=two)
    assert list(inspect.signature(Frozen).parameters) == ["p", "distance"]
