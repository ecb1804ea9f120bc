"""What is asked of a check and makes no sense: refused by its name, with a hint, in every way of asking."""

from typing import Annotated, Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from tests.laws.right_features import Km
from typedml import Unit
from typedml.cli.commands import main
from typedml.errors import DeclarationError
from typedml.laws import check_laws, laws_of

Kms = Annotated[NDArray[np.float64], Unit("km")]


def way(x: Km) -> Km:
    return x


NONSENSE: list[tuple[dict[str, Any], str]] = [
    ({"tables": 0}, "tables=0) is no number of tables"),
    ({"tables": 2.5}, "tables=2.5) is no number of tables"),
    ({"tables": True}, "tables=True) is no number of tables"),
    ({"tables": "8"}, "tables='8') is no number of tables"),
    ({"seed": -1}, "seed=-1) is no seed"),
    ({"seed": 1.5}, "seed=1.5) is no seed"),
    ({"seed": None}, "seed=None) is no seed"),
    ({"budget": "x"}, "budget='x') is no time"),
    ({"budget": float("nan")}, "budget=nan) is no time"),
    ({"budget": -1}, "budget=-1) is no time"),
    ({"budget": 0}, "budget=0) is no time"),
    ({"search": -1}, "search=-1) is no number of cases"),
    ({"search": "many"}, "search='many') is no number of cases"),
    ({"only": "scael"}, "There is no law 'scael'"),
    ({"only": [1]}, "only=[1]) holds 1, which is no name of a law"),
    ({"only": 3}, "only=3) holds 3, which is no name of a law"),
]


@pytest.mark.parametrize(("asked", "fact"), NONSENSE)
def test_what_makes_no_sense_is_refused_with_a_hint(asked: dict[str, Any], fact: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        check_laws(way, **asked)
    assert fact in refused.value.fact
    assert refused.value.hint is not None


@pytest.mark.parametrize("asked", [{"tables": 2.5}, {"seed": -1}])
def test_parameters_of_pytest_refuse_the_same(asked: dict[str, Any]) -> None:
    with pytest.raises(DeclarationError, match=r"laws_of\("):
        laws_of(way, **asked)


@pytest.mark.parametrize(
    "asked",
    [("--seed", "-1"), ("--tables", "2.5"), ("--tables", "0"), ("--budget", "nan"), ("--budget", "-3"),
     ("--budget", "0"), ("--budget", "x"), ("--law", "scael")],
)  # fmt: skip
def test_options_of_the_command_line_refuse_the_same(asked: tuple[str, str]) -> None:
    done = CliRunner().invoke(main, ["laws", "tests.laws.right_features:ground_speed", *asked])
    assert done.exit_code == 2, done.output
    assert "Hint: " in done.stderr
    assert "typedml-internal" not in done.stderr


def test_whole_numbers_of_numpy_and_a_law_by_its_name_are_taken() -> None:
    numbers: dict[str, Any] = {"tables": np.int64(2), "seed": np.uint8(3), "budget": np.float32(60)}
    report = check_laws(way, only="scale", **numbers)
    assert [each.law for each in report.checked] == ["scale"]
    assert report.checked[0].tables == 2


class Unprintable(Exception):
    """An error that cannot be printed."""

    def __str__(self) -> str:
        raise RuntimeError


def test_an_error_that_cannot_be_printed_is_a_finding_too() -> None:
    def unprintable(x: Km) -> Km:
        raise Unprintable

    (failure,) = check_laws(unprintable).failures
    assert "Unprintable: it cannot be printed, for its __str__ raises RuntimeError." in failure.statement


def test_what_an_error_says_is_quoted_in_one_line_with_one_full_stop() -> None:
    def talks(x: Km) -> Km:
        raise ValueError("nan is missing.")

    def talks_long(x: Km) -> Km:
        raise ValueError("far too long " * 100)

    (failure,) = check_laws(talks).failures
    assert failure.statement.endswith("raised ValueError: nan is missing.")
    (failure,) = check_laws(talks_long).failures
    assert len(failure.statement) < 320
    assert failure.statement.endswith("....")


def test_a_file_that_was_opened_by_its_number_is_an_error_like_others() -> None:
    def by_number(x: Km) -> Km:
        with open(987_654) as file:
            return float(file.read())

    (failure,) = check_laws(by_number).failures
    assert "Bad file descriptor" in failure.statement


def test_objects_that_are_no_numbers_are_refused_where_numbers_are_declared() -> None:
    def objects(x: Kms) -> Kms:
        return np.array([object() for _ in x])

    failure = check_laws(objects).failures[0]
    assert failure.law == "call"
    assert "an object" in failure.statement
