"""Functions and estimators of installed libraries keep every law of a true declaration."""

import pytest

from tests.laws.public_estimators import ESTIMATORS
from tests.laws.public_functions import FUNCTIONS, Public, geometric_mean
from typedml.laws import check_laws

EVERY = pytest.mark.parametrize("public", [*FUNCTIONS, *ESTIMATORS], ids=lambda public: public.of)


@EVERY
def test_no_law_refutes_a_function_of_a_library(public: Public) -> None:
    report = check_laws(public.function)
    assert report.ok, [failure.message for failure in report.failures]


@pytest.mark.parametrize("public", FUNCTIONS, ids=lambda public: public.of)
def test_what_it_wraps_is_named_in_its_docstring(public: Public) -> None:
    library = public.of.split(".")[0]
    assert library in (public.function.__doc__ or "").replace("sklearn's", "sklearn.").replace("'", ".")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rounding_of_a_logarithm_is_no_breach(seed: int) -> None:
    report = check_laws(geometric_mean, only=["scale", "permute"], tables=30, seed=seed)
    assert report.ok, [failure.message for failure in report.failures]
