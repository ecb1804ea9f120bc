"""`Kind(...)`: kinds of one's own."""

import sys
import types
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest

import typedml as t


def test_a_kind_takes_from_its_parent_what_it_leaves_out() -> None:
    chance = t.Kind("ChanceOfRain", parent=t.Probability)
    assert str(chance.definition.range) == "[0, 1]"
    assert chance.definition.parent == t.PROBABILITY.definition
    assert t.Kind("ChanceOfSnow", parent=t.PROBABILITY).definition.parent == chance.definition.parent


def test_a_kind_has_unit_range_and_sort_of_its_own() -> None:
    height = t.Kind("BodyHeight", parent=t.Distance, unit="m", range=(0, 3), extensive=False)
    assert str(height.meaning) == "BodyHeight"
    assert height(1.8) == 1.8
    with pytest.raises(t.CheckError, match="outside"):
        height(180.0)
    level = t.Kind("SeaLevel", sort="torsor", unit=t.Unit("m"), range=(None, 10))
    assert level.definition.sort.value == "torsor"
    assert level(-3.0) == -3.0
    seats = t.Kind("Seats", integral=True)
    with pytest.raises(t.CheckError, match="whole"):
        seats(1.5)


def test_an_alias_of_a_kind_is_a_parent_too() -> None:
    Height = Annotated[float, t.Kind("PersonHeight", unit="m")]
    assert t.Kind("ChildHeight", parent=Height).definition.is_named("PersonHeight")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: t.Kind("Wide", parent=t.PROBABILITY, range=(0, 2)), "wider"),
        (lambda: t.Kind("Vec", parent=t.LATITUDE, sort="vector"), "torsor"),
        (lambda: t.Kind("Odd", sort="vectr"), "not a sort"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", range=3), "not a lowest"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", range=(2, 1)), "not a lowest"),
        (lambda: t.Kind("Odd", range=(0, float("nan"))), "not a lowest"),
        (lambda: t.Kind("Odd", parent=float), "is not a kind"),
        (lambda: t.Kind("Odd", parent=Annotated[float, t.Unit("km")]), "is not a kind"),
        (lambda: t.Kind("a b"), "name of a kind"),
        (lambda: t.Kind(3), "name of a kind"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", range="ab"), "not a lowest"),  # type: ignore[arg-type]
        (lambda: t.Kind("Odd", unit="kmm"), "kmm"),
        (lambda: t.Kind("Probability", range=(0, 2)), "ships"),
    ],
)
def test_a_contradictory_kind_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        make()
    assert caught.value.hint


def run(source: str, module: str) -> Any:
    """Run source as the body of a module that is loaded."""
    made = sys.modules.setdefault(module, types.ModuleType(module))
    exec(compile(source, f"{module}.py", "exec"), made.__dict__)
    return made


@pytest.fixture
def modules() -> Iterator[tuple[str, str]]:
    """The names of two modules that are forgotten afterwards."""
    names = ("kinds_of_one", "kinds_of_another")
    yield names
    for name in names:
        sys.modules.pop(name, None)


def test_a_second_different_definition_of_one_name_is_refused_with_both_places(modules: Any) -> None:
    source = "import typedml as t\nA = t.Kind('Twice', range=(0, 1))\nB = t.Kind('Twice', range=(0, 2))"
    with pytest.raises(t.DeclarationError, match="Twice") as caught:
        run(source, modules[0])
    for part in ("range=[0, 1]", "kinds_of_one.py:2", "range=[0, 2]", "kinds_of_one.py:3"):
        assert part in str(caught.value)
    assert caught.value.hint


def test_modules_that_define_one_name_differently_are_refused(modules: Any) -> None:
    run("import typedml as t\nA = t.Kind('Shared', range=(0, 1))", modules[0])
    with pytest.raises(t.DeclarationError, match=r"kinds_of_one.py:2.*kinds_of_another.py:2"):
        run("import typedml as t\nA = t.Kind('Shared', parent=t.Probability)", modules[1])


def test_the_same_definition_again_is_the_same_kind(modules: Any) -> None:
    source = "import typedml as t\nA = t.Kind('Same', range=(0, 1))\nB = t.Kind('Same', range=(0, 1))"
    first, second = run(source, modules[0]), run(source, modules[1])
    assert first.A == first.B == second.A


def test_a_module_that_is_edited_and_loaded_again_replaces_its_kinds(modules: Any) -> None:
    run("import typedml as t\nA = t.Kind('Edited', range=(0, 1))", modules[0])
    again = run("import typedml as t\n\nA = t.Kind('Edited', range=(0, 2))", modules[0])
    assert again.A(1.5) == 1.5


def test_the_plugin_reads_definitions_anew_after_an_edit() -> None:
    from typedml.mypy.names import CONSTRUCTORS

    source = "def read(make, end):\n    return make('ReadTwice', range=(0, end))"
    read = run_as_plugin(source)
    make = CONSTRUCTORS["typedml.declare.markers.Kind"]
    assert read(make, 1).definition != read(make, 2).definition
    assert t.Kind("ReadTwice", range=(0, 3))(3.0) == 3.0


def run_as_plugin(source: str) -> Any:
    names: dict[str, Any] = {"__name__": "typedml.mypy.evaluation"}
    exec(source, names)
    return names["read"]


def test_a_kind_takes_every_property_that_the_algebra_knows() -> None:
    wind = t.Kind("WindFrom", sort="torsor", unit="degree", period=360)
    assert (str(wind.definition.range), wind.definition.period) == ("[0, 360]", 360)
    boot = t.Kind("SinceBoot", sort="torsor", unit="second", origin="boot", delta=t.Duration)
    assert (boot.definition.origin, boot.definition.delta) == ("boot", "Duration")
    assert t.Kind("SinceStart", sort="torsor", unit="second", delta=t.DURATION).definition.delta == "Duration"
    margin = t.Kind("MarginOfVotes", sort="torsor", scalable=True, mean=False)
    assert (margin.definition.scalable, margin.definition.mean) == (True, False)
    plate = t.Kind("Plate", sort="opaque", ordered=False)
    assert (plate.definition.ordered, plate.definition.ordinal) == (False, False)
    assert not t.Kind("ZipCode", sort="opaque", ordinal=False).definition.ordinal
    assert t.Kind("Shares", parent=t.Proportion, collective=True).definition.collective
    girth = t.Kind("Girth", unit="m", any_unit=True, extensive=True)
    assert str(t.Kind("SmallGirth", parent=girth, unit="cm").definition.unit) == "cm"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: t.Kind("Odd", period=360), "only points come round"),
        (lambda: t.Kind("Odd", sort="torsor", delta=t.Label), "is opaque"),
        (lambda: t.Kind("Odd", sort="torsor", delta=float), "is not a kind"),
        (lambda: t.Kind("Odd", sort="opaque", mean=True), "is opaque"),
        (lambda: t.Kind("Odd", parent=t.COUNT, integral=False), "integers only"),
        (lambda: t.Kind("Odd", integral=1), "True or False"),  # type: ignore[arg-type]
        (lambda: t.Kind("probability"), "looks like Probability"),
        (lambda: t.Kind("Prоbability"), "CYRILLIC"),  # a look-alike on purpose
        (lambda: t.Kind("Odd", any_unit=True), "dimension is not said"),
    ],
)
def test_a_kind_that_contradicts_itself_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        make()
    assert caught.value.hint


def test_two_definitions_are_told_by_the_properties_in_which_they_differ(modules: Any) -> None:
    run("import typedml as t\nA = t.Kind('Told', sort='opaque')", modules[0])
    with pytest.raises(t.DeclarationError, match=r"ordinal=True .*ordinal=False"):
        run("import typedml as t\nA = t.Kind('Told', sort='opaque', ordinal=False)", modules[1])


def test_the_parameters_of_a_kind_are_the_properties_of_the_algebra() -> None:
    import inspect

    from typedml.algebra.kind import define_kind

    assert set(inspect.signature(t.Kind).parameters) == set(inspect.signature(define_kind).parameters)
