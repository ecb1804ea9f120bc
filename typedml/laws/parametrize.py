"""Laws as pytest parameters: one test for each law of each feature.

@pytest.mark.parametrize(("law", "feature"), laws_of(ground_speed, lateness))
def test_features_keep_their_laws(law, feature):
    law(feature)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

import attrs

from typedml.laws.catalogue import applicable
from typedml.laws.check import TABLES, check_declared, declaration_of


class LawBroken(AssertionError):
    """A feature breaks a law; the message shows the counterexample."""


@final
@attrs.frozen
class LawTest:
    """A law to be tried on features: called with one, it raises `LawBroken` where the law does not hold."""

    law: str
    data: object = attrs.field(default=None, repr=False)

    def __call__(self, feature: Callable[..., Any], *, tables: int = TABLES, seed: int = 0) -> None:
        """Try the law on a feature.

        Raises: LawBroken with the counterexample.
        """
        report = check_declared(
            declaration_of(feature), feature, tables=tables, seed=seed, only=(self.law,), data=self.data
        )
        for failure in report.failures:
            raise LawBroken(failure.message)

    def __str__(self) -> str:
        return self.law


def laws_of(*features: Callable[..., Any], data: object = None) -> list[Any]:
    """Return a `pytest.param(law, feature)` for each law that follows from each feature's declaration.

    Most tables are made of the rows of `data`, as `check_laws` takes them.

    Raises: DeclarationError if a signature cannot be read.
    """
    import pytest

    return [
        pytest.param(LawTest(law, data), feature, id=f"{declared.name}-{law}")
        for feature in features
        for declared in (declaration_of(feature),)
        for law, wanting in applicable(declared).items()
        if wanting is None
    ]
