"""A report without a single value of the frame: what it says is put together anew from rules and counts.

Columns, rules, conditions and docs are the schema's and stay, and so do counts and positions of rows. Facts
and hints of the report are not searched for values: they are left out, so that nothing can hide in them.
"""

from __future__ import annotations

import re

import attrs

from typedml.boundary.report import FailingRow, Failure, NotRun, Report

_OF_THE_SCHEMA = re.compile(
    r'column ".*" (failed \w+|is optional and not there)|no frame of .* was handed in'
    r"|a sample cannot answer for all rows"
)
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
    if failure.code == "typedml-column":
        return f"{rule}{demand} failed"
    return f"{rule}{demand} failed in {failure.count:,} of {report.judged}"


def _not_run(rule: NotRun) -> NotRun:
    if _OF_THE_SCHEMA.fullmatch(rule.because):
        return rule
    return attrs.evolve(rule, because=_WITHHELD, hint="")
