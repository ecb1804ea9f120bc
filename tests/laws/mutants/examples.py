"""The examples that mutants are of: their features, and the real rows that each feature is called with."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, final
from unittest.mock import patch

import attrs

from typedml import FeatureSchema
from typedml.cli.demo import DATA

EXAMPLES = Path(__file__).parents[3] / "examples"
EXTRACT = DATA / "extract"
CALLS = 50  # of a feature of one row at a time; a feature of frames is called once or twice

Calls = Mapping[str, Sequence[tuple[Any, ...]]]


@final
@attrs.frozen
class Example:
    """One pipeline: its modules of features, the calls of its real run, the tables that others refer to."""

    name: str
    modules: tuple[str, ...]
    calls: Callable[[], Calls] = attrs.field(repr=False)
    referred: Callable[[], Mapping[type[FeatureSchema], Any]] = attrs.field(repr=False)

    @property
    def folder(self) -> Path:
        """Where its modules stand."""
        return EXAMPLES / self.name

    def on_path(self) -> None:
        """Let its modules be imported by their plain names."""
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))

    def features(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """Its features as they stand, each by its module and name."""
        self.on_path()
        for module in map(import_module, self.modules):
            for feature in module.FEATURES:
                yield f"{module.__name__}.{feature.__name__}", feature


@cache
def _flown() -> tuple[Any, Any]:
    """The module that prepares the flights' tables, and the extract as it prepares it, with all aircraft."""
    FLIGHTS.on_path()
    import compute
    from tables import installed_folder, pandas_table

    data = compute.read(EXTRACT)
    planes = pandas_table(installed_folder(), "planes")
    return compute, data._replace(planes=planes, seated=compute.seated(data.flights, planes))


@cache
def _calls_of_flights() -> Calls:
    compute, data = _flown()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for one in compute.SERVED_FEATURES:
        rows = data.served[one.columns.split()].itertuples(index=False)
        found[f"features.{one.function.__name__}"] = [tuple(row) for row in rows]
    for whole in compute.WHOLE_FEATURES:
        arguments = whole.arguments(data)
        found[f"{whole.function.__module__}.{whole.function.__name__}"] = [arguments]
    return {**found, **_served_one_by_one(data, compute)}


def _served_one_by_one(data: Any, compute: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The arguments of what takes no column as it stands: a cut, a score, an angle."""
    features = sys.modules["features"]
    delays, ends = data.served["dep_delay"], data.served[compute.ENDS.split()]
    scores = delays.map(features.late_score)
    return {
        "features.is_late": [(delay, compute.LATE) for delay in data.served["arr_delay"]],
        "features.late_chance": [(score,) for score in scores],
        "features.late_instead": list(zip(scores, scores[::-1], strict=True)),
        "features.great_circle": [
            (features.central_angle(*end),) for end in ends.itertuples(index=False, name=None)
        ],
    }


def _referred_of_flights() -> Mapping[type[FeatureSchema], Any]:
    compute, data = _flown()
    return {compute.Airport: data.airports, compute.Plane: data.planes}


@cache
def _calls_of_energy() -> Calls:
    """The first calls of each feature in the run of the whole example."""
    ENERGY.on_path()
    import energy_tables
    import run_energy

    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def noting(name: str, feature: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            if len(found[name]) < CALLS:
                found[name].append(arguments)
            return feature(*arguments)

        return noted

    with ExitStack() as patches:
        for name, feature in ENERGY.features():
            module = sys.modules[feature.__module__]
            patches.enter_context(patch.object(module, feature.__name__, noting(name, feature)))
        for _ in run_energy.computed(energy_tables.installed_folder()):
            pass
    return found


FLIGHTS = Example(
    "flights",
    ("features", "frames", "frames_polars", "windows", "joins", "arrays", "learned"),
    _calls_of_flights,
    _referred_of_flights,
)
ENERGY = Example("energy", ("house", "sky", "days", "power", "forecast"), _calls_of_energy, dict)
