"""Boundaries: refuse frames that break their declaration, where data enters and leaves a pipeline.

`validate(schema, frame)` raises with every failure at once and returns the same frame; `check` reports and
never raises on data; `split` divides the rows. They take a `FeatureSchema` class or a `DeclaredSchema`.
"""

from __future__ import annotations

from typedml.boundary.batches.checking import check_files, split_files
from typedml.boundary.carried import stamp, write_ipc, write_parquet
from typedml.boundary.checking import check, plan_of, split, validate
from typedml.boundary.findings import render
from typedml.boundary.json_comparison import compare_json_schema
from typedml.boundary.json_schema import json_schema
from typedml.boundary.observing import Observation, ObserverWarning, observe
from typedml.boundary.records import check_record
from typedml.boundary.report import (
    BoundaryError,
    BoundaryWarning,
    FailingRow,
    Failure,
    FrameError,
    NotRun,
    Report,
    Sample,
)
from typedml.boundary.runs import Run, RunError, run

__all__ = [
    "BoundaryError",
    "BoundaryWarning",
    "FailingRow",
    "Failure",
    "FrameError",
    "NotRun",
    "Observation",
    "ObserverWarning",
    "Report",
    "Run",
    "RunError",
    "Sample",
    "check",
    "check_files",
    "check_record",
    "compare_json_schema",
    "json_schema",
    "observe",
    "plan_of",
    "render",
    "run",
    "split",
    "split_files",
    "stamp",
    "validate",
    "write_ipc",
    "write_parquet",
]
