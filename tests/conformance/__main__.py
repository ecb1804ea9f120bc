"""Prints how mypy stands to the cases of other systems: `python -m tests.conformance`."""

from __future__ import annotations

from tests.conformance.table import report

print(report())
