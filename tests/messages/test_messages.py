from __future__ import annotations

import subprocess
import sys

import pytest

from tests.algebra.shorthand import cut, kind, unit
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.rules import combine, unary
from typedml.errors import CODES, CheckError, DeclarationError, TypedmlError, page_of
from typedml.messages import argument, assigned, describe, explain_mismatch, remedy_for, render, returned


def refused(found: Operand | Mismatch | None) -> Mismatch:
    assert isinstance(found, Mismatch)
    return found


def test_the_example_of_the_design_comes_out_word_for_word() -> None:
    got = combine("/", unit("mile"), unit("minute"))
    expected = unit("mile/hour")
    assert isinstance(got, Meaning)
    mismatch = refused(flow(got, expected))
    leaves = [("distance", unit("mile"), 1), ("air_time", unit("minute"), -1)]
    mismatch = mismatch.with_remedy(remedy_for(got, expected, leaves))
    rendered = render(mismatch, sentence=returned(mismatch))
    assert rendered.text == (
        'Incompatible return value type (got "float[mile/minute]", expected "float[mile/hour]")'
    )
    assert rendered.hint == 'convert(air_time, "minute", "hour") makes it "float[mile/hour]"'


def test_without_leaves_the_whole_expression_is_converted() -> None:
    got, expected = unit("mile/minute"), unit("mile/hour")
    mismatch = refused(flow(got, expected)).with_remedy(remedy_for(got, expected))
    hint = render(mismatch, names=("distance / air_time", None)).hint
    assert hint == 'convert(distance / air_time, "mile/minute", "mile/hour") makes it "float[mile/hour]"'


def test_each_place_has_its_sentence() -> None:
    mismatch = refused(flow(unit("km"), unit("hour")))
    assert (
        argument(mismatch, 1, "f")
        == 'Argument 1 to "f" has incompatible type "float[km]"; expected "float[hour]"'
    )
    assert argument(mismatch, "t", "f").startswith('Argument "t" to "f" has incompatible type')
    assert returned(mismatch) == 'Incompatible return value type (got "float[km]", expected "float[hour]")'
    assert assigned(mismatch, ("int", "float")) == (
        'Incompatible types in assignment (expression has type "int[km]", variable has type "float[hour]")'
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            combine("+", unit("km"), unit("hour")),
            'Unsupported operand types for + ("float[km]" and "float[hour]")',
        ),
        (combine("+", unit("km"), Literal(5)), 'Unsupported operand types for + ("float[km]" and "int")'),
        (combine("+", unit("km"), UNKNOWN), 'Unsupported operand types for + ("float[km]" and "float")'),
        (
            combine("*", cut("Probability"), Literal(2.0)),
            'Unsupported operand types for * ("float[Threshold[Probability]]" and "float")',
        ),
        (unary("-", kind("Celsius")), 'Unsupported operand type for unary - ("float[Celsius]")'),
        (unary("abs", kind("Celsius")), 'Argument 1 to "abs" has incompatible type "float[Celsius]"'),
        (
            apply("sin", unit("deg")),
            'Argument 1 to "sin" has incompatible type "float[deg]"; expected "float[radian]"',
        ),
        (
            apply("max", unit("km"), unit("m")),
            'Arguments of "max" have incompatible types "float[km]" and "float[m]"',
        ),
        (
            combine("divmod", unit("km"), unit("m")),
            'Unsupported operand types for % ("float[km]" and "float[m]")',
        ),
    ],
)
def test_operators_and_functions_have_theirs(found: Operand | Mismatch, text: str) -> None:
    assert explain_mismatch(refused(found)).text == text


def test_types_are_shown_with_their_carriers() -> None:
    assert describe(kind("Count", "click"), "int") == '"int[Count, click]"'
    assert describe(unit("'U**2")) == '"float[\'U**2]"'
    assert describe(UNKNOWN) == '"float"'
    assert describe(Literal(2)) == '"int"'
    mismatch = refused(flow(kind("Proportion"), kind("Probability")))
    rendered = render(mismatch, names=("p", None), carriers=("Series", "Series"))
    assert '"Series[Proportion]"' in rendered.text
    assert rendered.hint.startswith('PROBABILITY(p) makes it "Series[Probability]"')


def test_errors_state_a_fact_then_a_hint() -> None:
    error = CheckError("p=1.5 is outside [0, 1].", "divide percentages by 100.")
    assert str(error) == "p=1.5 is outside [0, 1].\nHint: divide percentages by 100."
    assert str(TypedmlError("A fact.")) == "A fact."
    assert (error.code, DeclarationError("x").code, TypedmlError("x").code) == (
        "typedml-value", "typedml-kind", "typedml-internal",
    )  # fmt: skip
    assert DeclarationError("x", code="typedml-unread").code == "typedml-unread"
    assert isinstance(error, ValueError)
    assert isinstance(DeclarationError("x"), TypeError)


def test_an_unknown_code_has_no_page() -> None:
    assert page_of("typedml-unit").endswith("typedml-unit.md")
    with pytest.raises(KeyError, match="is not an error code"):
        page_of("typedml-nothing")
    assert all(summary.endswith((".", "bug.")) for summary in CODES.values())


def test_the_algebra_and_its_voice_import_nothing_heavy() -> None:
    program = (
        "import sys, types; package = types.ModuleType('typedml'); package.__path__ = ['typedml'];"
        "sys.modules['typedml'] = package; import typedml.messages;"
        "heavy = ('typing', 'fractions', 'dataclasses', 'inspect', 'attr', 'numpy');"
        "print([name for name in heavy if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "['typing']"
