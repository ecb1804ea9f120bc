"""Many frames of one run: one list of reports, one verdict, and foreign keys between the frames.

>>> import pandas as pd
>>> from typedml import FeatureSchema, field
>>> from typedml.boundary import run
>>> class Trip(FeatureSchema):
...     distance: float = field(gt=0)
>>> with run("nightly") as nightly:
...     _ = Trip.check(pd.DataFrame({"distance": [1.5]}))
...     _ = Trip.check(pd.DataFrame({"distance": [-2.0]}))
>>> nightly.ok, nightly.exit_status, len(nightly.reports)
(False, 1, 2)
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar, final

from typedml.boundary.observing import Call, Observation
from typedml.boundary.report import Report
from typedml.errors import TypedmlError

if TYPE_CHECKING:
    from typedml.boundary.plan import Plan

Frame = TypeVar("Frame")
_running: ContextVar[tuple[Run, ...]] = ContextVar("typedml_runs", default=())


def run(name: str) -> Run:
    """A run by its name: as a context, it collects every check, validate and split inside, `@checked` too.

    Tasks of asyncio belong to the run that they were made in. A thread does not know the run that started
    it: hand the run over and call `nightly.check(Flight, frame)` there.
    """
    return Run(name)


def active_runs() -> tuple[Run, ...]:
    """The runs that this code is in, the outermost first."""
    return _running.get()


class RunError(TypedmlError):
    """A run in which a frame broke its schema, or none was checked; `reports` has every report."""

    code = "typedml-value"

    def __init__(self, fact: str, hint: str | None, reports: tuple[Report, ...]) -> None:
        self.reports = reports
        super().__init__(fact, hint)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.fact, self.hint, self.reports)


@final
class Run:
    """What was checked under one name, in order; safe to share between threads.

    It holds the frames that kept their schemas (of a split the good rows) until it ends, for the foreign
    keys of frames that come later.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._seen: list[Observation] = []
        self._frames: dict[type, list[object]] = {}
        self._changing = threading.Lock()
        self._entered = 0

    def __enter__(self) -> Run:
        with self._changing:
            self._entered += 1
        _running.set((*_running.get(), self))
        return self

    def __exit__(self, *_: object) -> None:
        # Not by a token: those of threads and tasks that share a run would be mixed up.
        active = _running.get()
        innermost = max((at for at, each in enumerate(active) if each is self), default=len(active))
        _running.set((*active[:innermost], *active[innermost + 1 :]))
        with self._changing:
            self._entered -= 1
            if not self._entered:
                self._frames = {schema: [] for schema in self._frames}

    def check(self, schema: Any, frame: object, **options: Any) -> Report:
        """`check` as a part of this run, wherever it is called."""
        from typedml.boundary.checking import check

        with _within(self):
            return check(schema, frame, **options)

    def validate(self, schema: Any, frame: Frame, **options: Any) -> Frame:
        """`validate` as a part of this run, wherever it is called.

        Raises: BoundaryError.
        """
        from typedml.boundary.checking import validate

        with _within(self):
            return validate(schema, frame, **options)

    def split(self, schema: Any, frame: Frame, **options: Any) -> tuple[Frame, Frame]:
        """`split` as a part of this run, wherever it is called.

        Raises: BoundaryError.
        """
        from typedml.boundary.checking import split

        with _within(self):
            return split(schema, frame, **options)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Every check so far, with its call and how long it took."""
        with self._changing:
            return tuple(self._seen)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The report of every check so far."""
        return tuple(seen.report for seen in self.observations)

    @property
    def ok(self) -> bool:
        """True where every frame kept its schema; False where none was checked, for nobody looked.

        A split fails the run where rows were set aside.
        """
        reports = self.reports
        return bool(reports) and all(report.ok for report in reports)

    @property
    def exit_status(self) -> int:
        """0 where all is fine, 1 where it is not: what a program of the run would exit with."""
        return 0 if self.ok else 1

    def require(self) -> None:
        """Do nothing if all is fine.

        Raises: RunError with every report.
        """
        if not self.ok:
            raise RunError(self.summary, "see run.reports, or print the run", self.reports)

    @property
    def summary(self) -> str:
        """The run in one sentence: "nightly: 1 of 2 frames broke its schema"."""
        reports = self.reports
        broken = sum(not report.ok for report in reports)
        if not reports:
            return f"{self.name}: no frame was checked"
        frames = f"{len(reports):,} frame{'' if len(reports) == 1 else 's'}"
        if not broken:
            return f"{self.name}: {frames} kept {'its schema' if len(reports) == 1 else 'their schemas'}"
        return f"{self.name}: {broken:,} of {frames} broke {'its schema' if broken == 1 else 'their schemas'}"

    def to_dict(self) -> dict[str, Any]:
        """The run as plain data for JSON."""
        checks = [
            {"call": seen.call, "seconds": seen.seconds, **seen.report.to_dict()}
            for seen in self.observations
        ]
        return {"run": self.name, "ok": self.ok, "summary": self.summary, "checks": checks}

    def render(self, output: str) -> str:
        """All reports in one document: "text", "json", "markdown", "sarif", "github", "junit" or "html".

        Raises: FrameError, if there is no such output.
        """
        from typedml.boundary.findings import render

        return render(self.reports, output)

    def __str__(self) -> str:
        marked = f"{'✓' if self.ok else '✗'} {self.summary}"
        return "\n\n".join([marked, *(str(report) for report in self.reports)])

    def collect(self, seen: Observation, plan: Plan, frame: object) -> None:
        """Take up one check, and a frame that other frames may refer to: one that keeps its schema."""
        source = plan.schema.source
        with self._changing:
            self._seen.append(seen)
            known = self._frames.setdefault(source, [])
            kept = frame is not None and (seen.report.ok or seen.call == "split")
            if kept and not any(frame is each for each in known):
                known.append(frame)

    def knows(self, schema: type) -> bool:
        """Whether a frame of this schema was checked in the run."""
        with self._changing:
            return schema in self._frames

    def frame_of(self, schema: type) -> object | None:
        """The one frame of a schema that kept it; None where there is none, or more than one."""
        with self._changing:
            known = self._frames.get(schema, [])
            return known[0] if len(known) == 1 else None

    def absence(self, schema: type) -> str:
        """Why `frame_of` has no answer."""
        with self._changing:
            several = len(self._frames.get(schema, [])) > 1
        name = f"{schema.__name__} in the run {self.name!r}"
        return f"there are several frames of {name}" if several else f"no frame kept {name}"


class _within:
    """Puts code into a run that it may not be in yet: another thread begins in none."""

    def __init__(self, entered: Run) -> None:
        self.entered = entered

    def __enter__(self) -> None:
        active = _running.get()
        self.token = _running.set(active if self.entered in active else (*active, self.entered))

    def __exit__(self, *_: object) -> None:
        _running.reset(self.token)


def collect(seen: Observation, plan: Plan, frame: object) -> None:
    """Tell every run that this code is in of a check."""
    for each in _running.get():
        each.collect(seen, plan, frame)


__all__ = ["Call", "Run", "RunError", "active_runs", "collect", "run"]
