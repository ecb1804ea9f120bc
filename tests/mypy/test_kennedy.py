"""Kennedy's principal types, as mypy shows them: of what he infers, and of functions that take functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mypy import kennedy
from tests.mypy.conftest import Answer, Mypy
from tests.mypy.kennedy import CALLS, HIGHER_ORDER, INFERRED, REFUSED

if TYPE_CHECKING:
    from tests.mypy.kennedy import Example

EXAMPLES = [*INFERRED, *HIGHER_ORDER]
PROGRAMS = {
    "definitions.py": kennedy.definitions(),
    "applications.py": kennedy.applications(),
    "generalizations.py": kennedy.generalizations(),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    runner = Mypy(tmp_path_factory.mktemp("kennedy"))
    runner.write(**{name.removesuffix(".py"): text for name, text in PROGRAMS.items()})
    return runner.run(*PROGRAMS)


def messages(said: Answer, program: str, line: str) -> list[str]:
    """Return what mypy says of the first line of a program that is this one, without hints."""
    number = PROGRAMS[program].splitlines().index(line) + 1
    return [text for text in said.said[program].get(number, []) if not text.startswith("N:")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_the_principal_type_is_accepted_and_shown(example: Example, said: Answer) -> None:
    assert messages(said, "definitions.py", f"reveal_type({example.function})") == [f"R: {example.revealed}"]


def test_no_body_is_refused_at_its_principal_type(said: Answer) -> None:
    everything = [text for texts in said.said["definitions.py"].values() for text in texts]
    assert len(everything) == len(EXAMPLES)
    assert all(text.startswith("R: ") for text in everything)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_a_type_that_is_too_general_is_refused(example: Example, said: Answer) -> None:
    """With a variable of its own for each number, the body demands what the type does not say."""
    signature, body = example.too_general.splitlines()
    lines = PROGRAMS["generalizations.py"].splitlines()
    number = lines.index(signature) + 2
    assert lines[number - 1] == body
    found = said.said["generalizations.py"].get(number, [])
    assert any(text.startswith("E: ") and text.endswith("[typedml-unit]") for text in found), found


@pytest.mark.parametrize("call", CALLS)
def test_a_call_has_the_type_of_the_instance(call: str, said: Answer) -> None:
    assert messages(said, "applications.py", f"    reveal_type({call})") == [f"R: {CALLS[call]}"]


@pytest.mark.parametrize("call", REFUSED)
def test_a_call_without_a_type_is_refused(call: str, said: Answer) -> None:
    found = messages(said, "applications.py", f"    {call}")
    assert [text[:3] for text in found] == ["E: "]
    assert found[0].endswith("[typedml-unit]")


def test_there_are_as_many_examples_as_the_algebra_infers() -> None:
    assert (len(INFERRED), len(HIGHER_ORDER)) == (33, 6)
