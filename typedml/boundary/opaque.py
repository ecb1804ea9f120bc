"""Rules that only another library can run: its own answer, in the words and counts of every other rule.

They are asked for last, on the frame as it is. What cannot be asked (a frame of another library, a column
that is not there) is told as not run; it is never taken for fine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from typedml.boundary.plan import Rule
from typedml.boundary.reasons import failure_of
from typedml.boundary.report import FailingRow, Failure, NotRun, Report
from typedml.boundary.sampling import NOT_OF_A_SAMPLE
from typedml.declare.declared import OpaqueRule

if TYPE_CHECKING:
    from typedml.boundary.session import Session

CODE = "typedml-value"


class Answer(NamedTuple):
    """The rows that break one rule, by position; None where the frame breaks it as a whole."""

    rule: Rule
    rows: Sequence[int] | None

    @property
    def failing(self) -> int:
        """How many rows break the rule; a frame that breaks it as a whole counts 1."""
        return 1 if self.rows is None else len(self.rows)


def added(session: Session, report: Report) -> Report:
    """The report with the answers to the opaque rules of the plan."""
    answers, not_run = _ask(session)
    failures = tuple(_failure(session, answer, report.rows) for answer in answers if answer.failing)
    return attrs.evolve(
        report,
        counts={**report.counts, **{answer.rule.key: answer.failing for answer in answers}},
        failures=(*report.failures, *failures),
        not_run=(*report.not_run, *not_run),
    )


def divide(session: Session, label: str) -> tuple[Any, Any]:
    """The rows that keep every rule, and the others with their reasons in a column `label`.

    Raises: BoundaryError where an opaque rule did not run, or the frame breaks one as a whole.
    """
    asked, not_run = _ask(session)
    answers = [answer for answer in asked if answer.rule.fails]
    if any(rule.blocks for rule in not_run) or any(answer.rows is None for answer in answers):
        raise session.refusal()
    engine, stage, frame = session.engine, session.stage, _collected(session.frame)
    rows, counts = session.count()
    broken = [rule for rule, count in zip(stage.rules, counts, strict=True) if count and rule.fails]
    found = zip(broken, engine.locate(stage, frame, broken, None), strict=True) if broken else ()
    reasons = _reasons([*found, *((answer.rule, answer.rows or ()) for answer in answers)])
    if not reasons:
        return engine.divide(stage, session.frame, [], label)
    bad = engine.pick(frame, sorted(reasons))
    good = engine.pick(frame, [position for position in range(rows) if position not in reasons])
    told = type(bad)({label: [reasons[position] for position in sorted(reasons)]})
    marked = bad.hstack(told) if hasattr(bad, "hstack") else bad.assign(**{label: list(told[label])})
    return (good.lazy(), marked.lazy()) if hasattr(session.frame, "collect") else (good, marked)


def _reasons(found: Iterable[tuple[Rule, Sequence[int]]]) -> dict[int, list[str]]:
    reasons: dict[int, list[str]] = {}
    for rule, rows in found:
        for position in rows:
            reasons.setdefault(position, []).append(rule.reason)
    return reasons


def _ask(session: Session) -> tuple[list[Answer], list[NotRun]]:
    answers: list[Answer] = []
    not_run: list[NotRun] = []
    frame = _collected(session.frame)
    for rule in session.plan.opaque:
        obstacle = _obstacle(session, rule)
        if obstacle is None:
            obstacle = _answer(rule, frame, answers)
        not_run += [] if obstacle is None else [obstacle]
    return answers, not_run


def _answer(rule: Rule, frame: Any, answers: list[Answer]) -> NotRun | None:
    asked: OpaqueRule = rule.argument
    try:
        answers.append(Answer(rule, asked.rows(frame)))
    except Exception as error:  # noqa: BLE001  # other people's code: whatever it raises, the rule did not run
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        return NotRun(rule.column, rule.name, f"it raised {type(error).__name__}: {first}", True)
    return None


def _obstacle(session: Session, rule: Rule) -> NotRun | None:
    asked: OpaqueRule = rule.argument
    if session.drawn is not None:
        return NotRun(rule.column, rule.name, NOT_OF_A_SAMPLE, False)
    if asked.frames != session.engine.NAME:
        fact = f"it is written for frames of {asked.frames}"
        return NotRun(rule.column, rule.name, fact, True, f"hand in a frame of {asked.frames}")
    if rule.column is None or rule.column in session.stage.found:
        return None
    failed = {failure.column: failure.rule.name for failure in session.stage.failed}
    if rule.column in failed:
        fact = f'column "{rule.column}" failed {failed[rule.column]}'
        return NotRun(rule.column, rule.name, fact, True)
    return NotRun(rule.column, rule.name, f'column "{rule.column}" is optional and not there', False)


def _failure(session: Session, answer: Answer, rows: int) -> Failure:
    rule, limit = answer.rule, session.options.rows
    if answer.rows is None:
        fact = f"{rule.name} ({rule.condition}) failed for the frame as a whole"
        advice = rule.argument.hint
        told = Failure(*rule.key, 1, fact, advice, CODE, (), rule.doc, rule.severity, rule.condition)
        return attrs.evolve(told, is_whole=True)
    at: tuple[FailingRow, ...] = ()
    if limit != 0 and (rule.argument.columns or session.stage.keys):
        at = session.rows_at([rule], lambda frame: [list(answer.rows or ())[:limit]])[0]
    return failure_of(rule, answer.failing, rows, session.plan, at)


def _collected(frame: Any) -> Any:
    return frame.collect() if hasattr(frame, "collect") else frame
