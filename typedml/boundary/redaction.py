"""A report without a single value of the frame: what it says is put together anew from rules and counts.

Columns, rules, conditions and docs are the schema's and stay, and so do counts and positions of rows. Facts
and hints of the report are not searched for values: they are left out, so that nothing can hide in them.
"""

from __future__ import annotations

import re

import attrs

from typedml.boundary.report import FailingRow, Failure, NotRun, Report
from typedml.renderings.finding import counted

_OF_THE_SCHEMA = re.compile(
    r'column ".*" (failed \w+|is optional and not there)|no frame of .* was handed in'
    r"|a sample cannot answer for all rows"
)
# Where no row is to blame: what can be said without the words of the data.
_OF_THE_WHOLE = {
    "missing": "{name}: the column is not there",
    "extra": "{name}: the table has columns that are not declared",
    "rows": "{rule} failed: the table has {rows}",
    "file": "{file} cannot be read, or not to its end",
}
_WITHHELD = "of what is withheld from this report"


def redacted(report: Report) -> Report:
    """The report with every value, key and text made of them left out."""
    return attrs.evolve(
        report,
        failures=tuple(_failure(failure, report) for failure in report.failures),
        not_run=tuple(map(_not_run, report.not_run)),
        profile=None if report.profile is None else tuple(each.redacted() for each in report.profile),
        withheld=True,
    )


def _failure(failure: Failure, report: Report) -> Failure:
    rows = tuple(FailingRow(row.position, {}, {}) for row in failure.rows)
    return attrs.evolve(failure, reason=_reason(failure, report), hint="", rows=rows)


def _reason(failure: Failure, report: Report) -> str:
    rule = failure.rule if failure.column is None else f"{failure.column}: {failure.rule}"
    demand = f" ({failure.condition})" if failure.condition else ""
    if not failure.is_whole:
        return f"{rule}{demand} failed in {failure.count:,} of {report.judged}"
    about = "the column" if failure.column is not None else "the table"
    fact = _OF_THE_WHOLE.get(failure.rule, "{rule} does not hold for {about}")
    rows = report.rows if report.sample is None else report.sample.of
    told = {"name": rule, "rule": f"{rule}{demand}", "about": about, "file": failure.condition}
    return fact.format(**told, rows=counted(rows, "row"))


def _not_run(rule: NotRun) -> NotRun:
    if _OF_THE_SCHEMA.fullmatch(rule.because):
        return rule
    return attrs.evolve(rule, because=_WITHHELD, hint="")
