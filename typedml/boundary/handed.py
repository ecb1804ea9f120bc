"""The frames at hand for foreign keys: those that were handed in, then those that the run has seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, final

from typedml.boundary.report import FrameError
from typedml.declare.declared import DeclaredSchema
from typedml.declare.plain import named

if TYPE_CHECKING:
    from typedml.boundary.runs import Run


@final
class Handed:
    """Frames by the schema that each of them keeps.

    Raises: FrameError for a key that is no schema.
    """

    __slots__ = ("_given", "_runs")

    def __init__(self, given: Mapping[Any, object] | None = None, runs: tuple[Run, ...] = ()) -> None:
        self._given = {_class_of(schema): frame for schema, frame in given.items()} if given else {}
        self._runs = runs

    def of(self, schema: type) -> object | None:
        """The frame of a schema, None if there is none, or none that could be meant."""
        if schema in self._given:
            return self._given[schema]
        # A schema that narrows another has its columns.
        narrower = (frame for key, frame in self._given.items() if issubclass(key, schema))
        handed = next(narrower, None)
        if handed is not None:
            return handed
        return next((run.frame_of(schema) for run in reversed(self._runs) if run.knows(schema)), None)

    def absence(self, schema: type) -> str:
        """Why there is no frame of a schema: "no frame of Airport was handed in"."""
        told = (run.absence(schema) for run in reversed(self._runs) if run.knows(schema))
        return next(told, f"no frame of {schema.__name__} was handed in")


def _class_of(schema: object) -> type:
    found = schema.source if isinstance(schema, DeclaredSchema) else schema
    if not isinstance(found, type):
        hint = "name its class: references={Airport: airports}"
        raise FrameError(f"references name {named(schema)}, which is not a schema", hint)
    return found
