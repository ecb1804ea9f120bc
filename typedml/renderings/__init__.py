"""Renderings: one model of what a tool found, and every form in which people and machines read it.

| output | for |
|---|---|
| `text` | a terminal, or a pipe |
| `json` | programs: what the tool itself tells, with every number |
| `markdown` | the summary of a run, a pull request, a ticket |
| `sarif` | code scanning: SARIF 2.1.0 |
| `github` | annotations on a pull request: workflow commands |
| `junit` | test reports: a case for each rule |
| `html` | one page that needs nothing else, with a picture of each column |

Whatever stands in a column name, a value or a doc is shown and never obeyed: see `typedml.renderings.inert`.
"""

from __future__ import annotations

from typedml.renderings.finding import Check, Finding, Findings, Note, Place, Row, Skipped
from typedml.renderings.output import OUTPUTS, render
from typedml.renderings.profile import ColumnProfile, Histogram

__all__ = [
    "OUTPUTS",
    "Check",
    "ColumnProfile",
    "Finding",
    "Findings",
    "Histogram",
    "Note",
    "Place",
    "Row",
    "Skipped",
    "render",
]
