"""pandera: schemas go there and back with the same verdicts, and a model stands wherever a schema may."""

import copy
import datetime as dt
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

with warnings.catch_warnings():
    # pandera looks for pyspark.pandas, which warns of pandas 3.
    warnings.simplefilter("ignore")
    import pandera.pandas as pa
    import pandera.polars as pp
    import pandera.typing as pt
    from pandera.errors import SchemaError, SchemaErrors

import typedml as t
from tests.boundary.tables import FRAMES, Table
from tests.boundary.test_conformance import cases
from typedml.boundary import FrameError, check, split, validate
from typedml.boundary.pandera import from_pandera, to_pandera
from typedml.declare.declared import DeclaredSchema
from typedml.declare.demands import RowCount
from typedml.declare.reader import read

Mph = Annotated[float, t.Unit("mile/hour")]
LIBRARIES = {name: name.partition("_")[0] for name in FRAMES}


def passes(schema: Any, frame: Any) -> bool:
    """Whether pandera finds nothing; a lazy frame is collected, for pandera looks at its dtypes only."""
    try:
        schema.validate(frame.collect() if isinstance(frame, pl.LazyFrame) else frame, lazy=True)
    except (SchemaError, SchemaErrors):
        return False
    except pl.exceptions.PolarsError:
        # It found something that it cannot show: a duration, or a check that says one word for all rows.
        return False
    return True


class Day(t.FeatureSchema, extra="forbid", key=("station", "day"), rows=(1, 9)):
    """One day of one station."""

    day: int = t.field(increasing="station", dtype="int64", severity="warn")

    station: str = t.field(
        pattern="[A-Z]{3}", min_length=3, max_length=4, unique=True, doc="where", examples=["JFK"]
    )
    speed: Mph = t.field(ge=0, lt=150, column="speed (mph)")
    gust: Mph | None = t.field(ge=0, null_fraction=0.6)
    flights: t.Count
    late: t.Train[t.Proportion]
    at: dt.datetime | None = t.field(optional=True, unique=True)
    price: Decimal = t.field(gt=0, optional=True)
    cut: t.Threshold[t.Probability] = t.field(optional=True)

    @t.rule
    def gust_at_least_speed(c: Any) -> Any:
        """A gust is not slower than the wind."""
        return c.gust >= c.speed


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_schema_comes_back_as_it_went(library: Any) -> None:
    written = to_pandera(Day, library)
    back = from_pandera(written)
    assert back.fields == Day.declared.fields
    assert (back.checks, back.key, back.rows) == (Day.declared.checks, ("station", "day"), RowCount(1, 9))
    assert (back.name, back.extra, back.doc, back.opaque) == ("Day", "forbid", "One day of one station.", ())


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_units_and_kinds_stand_in_the_metadata_for_everyone_to_read(library: Any) -> None:
    columns = to_pandera(Day, library).columns
    assert columns["speed (mph)"].metadata["x-unit"] == "mile/hour"
    assert columns["late"].metadata["x-kind"] == "Proportion"
    assert columns["station"].description == "where"
    assert [check.name for check in columns["speed (mph)"].checks][-2:] == [
        "greater_than_or_equal_to",
        "less_than",
    ]
    assert columns["speed (mph)"].checks[-1].statistics == {"max_value": 150}


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_written_schema_is_copied_and_pickled(library: Any) -> None:
    written = to_pandera(Day, library)
    for other in (copy.deepcopy(written), pickle.loads(pickle.dumps(written))):
        assert from_pandera(other).fields == Day.declared.fields


def agree(case: tuple[DeclaredSchema, Table]) -> None:
    """Both ways, on frames of both libraries, pandera and typedml say the same of a generated table."""
    declared, table = case
    for library, names in WRITTEN.items():
        written = to_pandera(declared, library)  # type: ignore[arg-type]
        back = from_pandera(written)
        for name in names:
            frame = FRAMES[name](table)
            report = check(declared, frame)
            assert passes(written, frame) == report.ok, name
            assert check(back, frame).counts == report.counts, name


WRITTEN = {
    "polars": ["polars_eager", "polars_categorical"],
    "pandas": ["pandas_numpy", "pandas_nullable", "pandas_arrow", "pandas_objects"],
}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_pandera_gives_the_verdicts_of_the_schema_it_was_written_from(
    case: tuple[DeclaredSchema, Table],
) -> None:
    agree(case)


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_pandera_gives_the_verdicts_of_many_schemas(case: tuple[DeclaredSchema, Table]) -> None:
    agree(case)


def odd(values: Any) -> Any:
    return values % 2 == 1


Check: Any = pa.Check


def col(dtype: Any = None, *checks: Any, **more: Any) -> Callable[[Any], Any]:
    """A column of either library's pandera."""
    return lambda p: p.Column(dtype, list(checks), **more)


def table(columns: Any = None, *, checks: Any = None, **more: Any) -> Callable[[Any], Any]:
    """A schema of either library's pandera; each column by its name."""
    options = {name: more.pop(name) for name in ("strict", "ordered", "unique", "dtype") if name in more}
    made = {**(columns or {}), **more}
    return lambda p: p.DataFrameSchema(
        {name: column(p) for name, column in made.items()}, checks=checks and checks[p], **options
    )


# Schemas as people write them, for either library.
SCHEMAS: dict[str, Callable[[Any], Any]] = {
    "bounds": table(x=col(float, Check.gt(0), Check.le(9))),
    "bounds, nullable": table(x=col(float, Check.gt(0), Check.le(9), nullable=True)),
    "lower bound, nullable": table(x=col(float, Check.ge(0), nullable=True)),
    "two of a side": table(x=col(float, Check.gt(0), Check.gt(1), nullable=True)),
    "contradiction": table(x=col(float, Check.gt(5), Check.lt(1))),
    "range": table(n=col(int, Check.in_range(0, 9, include_max=False))),
    "set": table(s=col(str, Check.isin(["a", "b"]))),
    "set of numbers": table(x=col(float, Check.isin([1.0, 2.0]), nullable=True)),
    "set of other numbers": table(x=col(float, Check.isin([1, 2]), nullable=True)),
    "equal": table(n=col(int, Check.eq(1))),
    "not in": table(s=col(str, Check.notin(["a"]))),
    "pattern": table(s=col(str, Check.str_matches(r"a\d?$"), nullable=True)),
    "length": table(s=col(str, Check.str_length(1, 2), nullable=True)),
    "exact length": table(s=col(str, Check.str_length(exact_value=1))),
    "unique": table(n=col(int, unique=True)),
    "unique, nullable": table(s=col(str, unique=True, nullable=True)),
    "unique together": table(n=col(int), s=col(str, nullable=True), unique=["n", "s"]),
    "dtype": table(x=lambda p: p.Column("float32" if p is pa else pl.Float32, nullable=True)),
    "no dtype": table(x=col(nullable=True), n=col()),
    "dtype of all": table(x=col(nullable=True), dtype=float),
    "optional": table(y=col(float, Check.gt(0), required=False), n=col(int)),
    "strict": table(x=col(float, nullable=True), n=col(int), strict=True),
    "filtering": table(n=col(int, Check.ge(0)), strict="filter"),
    "ordered": table(s=col(str, nullable=True), n=col(int), ordered=True),
    "regex": table({"^[xn]$": col(None, Check.lt(9), nullable=True, regex=True)}),
    "elements": table(n=col(int, Check(odd, element_wise=True))),
    "lambda": table(n=lambda p: p.Column(int, Check(BY_LIBRARY[p][0], name="odd"))),
    "lambdas": table(n=lambda p: p.Column(int, [Check(each) for each in BY_LIBRARY[p]])),
    "truth of all": table(n=col(int, Check(lambda data: False))),
    "raising": table(n=col(int, Check(lambda data: 1 / 0))),
    "across": lambda p: table(n=col(int), checks={p: Check(ACROSS[p], name="n_below_x")})(p),
}
BY_LIBRARY: dict[Any, Any] = {
    pa: [odd, lambda s: s > 0],
    pp: [
        lambda d: d.lazyframe.select(pl.col(d.key) % 2 == 1),
        lambda d: d.lazyframe.select(pl.col(d.key) > 0),
    ],
}
ACROSS: dict[Any, Any] = {
    pa: lambda frame: frame["n"] < frame["x"],
    pp: lambda data: data.lazyframe.select(pl.col("n") < pl.col("x")),
}
TABLES: list[dict[str, tuple[type, list[Any]]]] = [
    {"x": (float, [1.0, 2.0]), "n": (int, [1, 3]), "s": (str, ["a", "b"])},
    {"x": (float, [2.0, 2.0]), "n": (int, [1, 1]), "s": (str, ["a", "a1"])},
    {"x": (float, [None, 12.0]), "n": (int, [1, 9]), "s": (str, ["a\n", None])},
    {"x": (float, [float("nan"), float("inf")]), "n": (int, [-1, 0]), "s": (str, [None, None])},
    {"x": (float, [-1.0, 0.0]), "n": (int, [3, 5]), "s": (str, ["", "abc"])},
    {"x": (float, [3.0, float("nan")]), "n": (int, [1, 1]), "s": (str, ["b", "b"])},
    {"x": (float, []), "n": (int, []), "s": (str, [])},
    {"s": (str, ["a", "b"]), "n": (int, [1, 3])},
    {"x": (float, [1.0, 3.0]), "n": (int, [1, 3])},
    {"x": (int, [1, 2]), "n": (float, [1.0, 3.0]), "s": (int, [1, 2])},
    {"x": (str, ["1", "2"]), "n": (int, [1, 3]), "s": (str, ["a", "b"])},
    {"x": (bool, [True, False]), "n": (bool, [True, False]), "s": (str, ["a", "b"]), "z": (int, [1, 1])},
]


ENGINES = {pp: ["polars_eager", "polars_lazy"], pa: ["pandas_text", "pandas_numpy"]}


@pytest.mark.parametrize("library", [pa, pp], ids=["pandas", "polars"])
@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_of_pandera_gives_pandera_s_verdicts(name: str, library: Any) -> None:
    schema = SCHEMAS[name](library)
    for number, table in enumerate(TABLES):
        make = FRAMES[ENGINES[library][number % 2]]
        report = check(schema, make(table))
        assert report.ok == passes(schema, make(table)), (table, str(report))


def test_some_schemas_pass_and_some_fail() -> None:
    for library, engine in ((pa, "pandas_text"), (pp, "polars_eager")):
        for name, make in SCHEMAS.items():
            told = {passes(make(library), FRAMES[engine](table)) for table in TABLES}
            never = name in ("contradiction", "truth of all", "raising", "dtype", "set of other numbers")
            assert told >= ({False} if never else {True, False}), name


class Model(pa.DataFrameModel):
    """One leg."""

    distance: pt.Series[float] = pa.Field(gt=0, metadata={"typedml": t.Unit("mile")})
    late: float = pa.Field(nullable=True, metadata={"x-kind": "Probability"})
    carrier: pt.Series[str] = pa.Field(alias="Carrier code", isin=["AA", "UA"], description="who flew")

    @pa.check("distance")
    def is_short(cls, distance: Any) -> Any:
        return distance < 5000

    @pa.dataframe_check
    def never_both(cls, frame: Any) -> Any:  # type: ignore[misc]  # pandera makes a class method of it
        return (frame["distance"] < 1000) | (frame["late"] < 0.5)

    class Config:
        strict = True


GOOD = pd.DataFrame({"distance": [10.0, 20.0], "late": [0.1, None], "Carrier code": ["AA", "UA"]})
BAD = pd.DataFrame({"distance": [9e3, -1.0], "late": [0.9, 1.5], "Carrier code": ["AA", "DL"]})


def test_a_model_is_read_with_its_meanings() -> None:
    declared = read(Model)
    assert declared is read(Model)
    assert [str(field.meaning) for field in declared.fields] == ["mile", "Probability", "None"]
    assert declared.field("Carrier code").rules.isin == ("AA", "UA")
    assert declared.field("Carrier code").doc == "who flew"
    assert (declared.name, declared.extra) == ("Model", "forbid")
    assert [rule.name for rule in declared.opaque if rule.name != "dtype_of_pandera"] == [
        "is_short",
        "never_both",
    ]


def test_what_typedml_cannot_read_is_run_by_pandera_with_counts_and_rows() -> None:
    report = check(Model, BAD)
    failing = {key: count for key, count in report.counts.items() if count}
    assert failing == {
        ("distance", "gt"): 1,
        ("late", "range"): 1,
        ("Carrier code", "isin"): 1,
        ("distance", "is_short"): 1,
        (None, "never_both"): 1,
    }
    shown = {failure.rule: [row.values for row in failure.rows] for failure in report.failures}
    assert shown["is_short"] == [{"distance": 9000.0}]
    good, bad = split(Model, pd.concat([GOOD, BAD], ignore_index=True))
    assert good.equals(GOOD)
    assert list(bad["__reasons__"]) == [
        ["distance: is_short", "never_both"],
        ["distance: gt", "late: range", "Carrier code: isin"],
    ]


def test_a_label_that_many_rows_share_is_no_matter() -> None:
    frame = BAD.set_axis([7, 7])
    assert check(Model, frame).counts == check(Model, BAD).counts


def test_a_model_stands_wherever_a_schema_may() -> None:
    @t.checked
    def annotated(legs: Annotated[pd.DataFrame, Model]) -> float:
        return float(legs["distance"].sum())

    @t.checked
    def by_instance(legs: Annotated[pd.DataFrame, Model.to_schema()]) -> float:
        return float(legs["distance"].sum())

    @t.checked
    def in_pandera_s_way(legs: "pt.DataFrame[Model]") -> float:
        return float(legs["distance"].sum())

    assert validate(Model, GOOD) is GOOD
    functions: list[Any] = [annotated, by_instance, in_pandera_s_way]
    for function in functions:
        assert function(GOOD) == 30
        with pytest.raises(t.TypedmlError):
            function(BAD)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_the_command_line_takes_a_model(library: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from typedml.cli import main

    lines = (
        f"import pandera.{library} as pa",
        "class Leg(pa.DataFrameModel):",
        "    distance: float = pa.Field(gt=0)",
        "schema = Leg.to_schema()",
    )
    (tmp_path / f"legs_of_{library}.py").write_text("\n".join(lines))
    (tmp_path / "legs.csv").write_text("distance\n1.5\n-2.0\n")
    (tmp_path / "good.csv").write_text("distance\n1.5\n")
    monkeypatch.chdir(tmp_path)
    for name in ("Leg", "schema"):
        option = ["--schema", f"legs_of_{library}:{name}"]
        assert CliRunner().invoke(main, ["validate", "good.csv", *option]).exit_code == 0
        assert CliRunner().invoke(main, ["validate", "legs.csv", *option]).exit_code == 1


def test_a_frame_of_another_library_is_not_taken_for_fine() -> None:
    report = check(Model, pl.from_pandas(GOOD))
    assert not report.ok
    assert {rule.because for rule in report.not_run} == {"it is written for frames of pandas"}


def test_a_check_that_warns_warns() -> None:
    schema = pp.DataFrameSchema({"n": pp.Column(int, pp.Check.gt(0, raise_warning=True))})
    report = check(schema, pl.DataFrame({"n": [0]}))
    assert (report.ok, [failure.rule for failure in report.warnings]) == (True, ["greater_than"])


def test_nothing_is_switched_off_by_pandera_s_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from pandera.config import config_context

    with config_context(validation_enabled=False):
        assert not check(Model, BAD.assign(distance=1e4)).ok
        assert check(Model, BAD).counts["distance", "is_short"] == 1


KM = t.Unit("km")
UNREAD: dict[str, tuple[Callable[[], Any], str]] = {
    "parser": (lambda: pa.DataFrameSchema({"n": pa.Column(int)}, parsers=pa.Parser(list)), "parser"),
    "parser of a column": (lambda: pa.DataFrameSchema({"n": pa.Column(parsers=pa.Parser(list))}), "parser"),
    "no marker": (lambda: pa.DataFrameSchema({"n": pa.Column(metadata={"typedml": "km"})}), "no marker"),
    "no unit": (lambda: pa.DataFrameSchema({"n": pa.Column(metadata={"x-unit": "kmm"})}), "kmm"),
    "no kind": (lambda: pa.DataFrameSchema({"n": pa.Column(metadata={"x-kind": "Chance"})}), "Chance"),
    "two units": (
        lambda: pa.DataFrameSchema({"n": pa.Column(metadata={"typedml": KM, "x-unit": "mile"})}),
        "both",
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_refused_with_a_hint(name: str) -> None:
    make, said = UNREAD[name]
    with pytest.raises(t.DeclarationError, match=said) as caught:
        from_pandera(make())
    assert caught.value.hint


def test_what_pandera_cannot_say_is_refused() -> None:
    with pytest.raises(t.DeclarationError, match="rule of another library"):
        to_pandera(read(Model))
    with pytest.raises(t.DeclarationError, match="library='spark'"):
        to_pandera(Day, library="spark")  # type: ignore[arg-type]
    with pytest.raises(FrameError):
        check(pa.Column(int), GOOD)


def test_a_schema_that_is_changed_after_it_was_written_says_what_it_says_now() -> None:
    written = to_pandera(Day, "polars")
    looser = written.update_column("late", nullable=True).remove_columns(["station"])
    back = from_pandera(looser)
    assert back.field("late").nullable
    assert "station" not in back.columns


def test_pandera_is_imported_only_where_it_is_in_play() -> None:
    code = (
        "import sys, typedml as t, polars as pl\n"
        "class A(t.FeatureSchema):\n    x: t.Probability\n"
        "A.validate(pl.DataFrame({'x': [0.5]}))\nprint('pandera' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.stdout == "False\n"
