"""Functions of installed libraries keep every law of a true declaration."""

import pytest

from tests.laws.public_functions import FUNCTIONS, Public
from typedml.laws import check_laws

EVERY = pytest.mark.parametrize("public", FUNCTIONS, ids=[each.of for each in FUNCTIONS])


@EVERY
def test_no_law_refutes_a_function_of_a_library(public: Public) -> None:
    report = check_laws(public.function)
    assert report.ok, [failure.message for failure in report.failures]


@EVERY
def test_what_it_wraps_is_named_in_its_docstring(public: Public) -> None:
    library = public.of.split(".")[0]
    assert library in (public.function.__doc__ or "").replace("sklearn's", "sklearn.").replace("'", ".")
