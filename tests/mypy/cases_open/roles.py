"""Open: roles, which the algebra judges, and the types of mypy do not carry."""

from typing import Annotated

from typedml import Test, Train, Unit

Km = Annotated[float, Unit("km")]


def fit(leg: Train[Km]) -> None: ...


def fitted(leg: Test[Km]) -> None:
    fit(leg)  # E: Argument 1 to "fit" has incompatible type "float[km, Test]"; expected "float[km, Train]"  [typedml-role]
