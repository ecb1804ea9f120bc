"""A breach as people read it: the law in a sentence, two small tables, a diagnosis, how to repeat it."""

from __future__ import annotations

from typedml.laws.breach import Breach
from typedml.laws.counterexample import tables_of
from typedml.laws.feature import Feature
from typedml.laws.repeating import Asked, command
from typedml.laws.report import Failure
from typedml.renderings.tables import text


def failure(law: str, feature: Feature, breach: Breach, asked: Asked) -> Failure:
    """What is reported of a broken law."""
    statement, _, explanation = breach.statement.partition("\n")
    shown = tables_of(breach, feature)
    repeat = command(feature.function, law, asked)
    lines = [f"{law}: {statement}", *([explanation] if explanation else []), "", text(shown), ""]
    lines += [f"Diagnosis: {breach.diagnosis}"] if breach.diagnosis else []
    lines += [f"Repeat: {repeat}"]
    lines += [f"Hint: {breach.hint}"] if breach.hint else []
    return Failure(
        law,
        "\n".join(lines),
        feature=feature.name,
        rows=breach.sides[0].case.rows,
        statement=statement,
        explanation=explanation,
        tables=shown,
        diagnosis=breach.diagnosis,
        repeat=repeat,
        hint=breach.hint,
    )
