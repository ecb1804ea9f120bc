"""What the end of a run of tests tells of features: words that laws want, and examples that are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typedml.laws.catalogue import applicable
from typedml.laws.check import declaration_of
from typedml.laws.naming import reference_of
from typedml.laws.parametrize import LawTest


def name_of(feature: Callable[..., Any]) -> str:
    """The name by which a command finds a feature, or else its own."""
    return reference_of(feature) or declaration_of(feature).name


def not_asked(feature: Callable[..., Any]) -> dict[str, list[str]]:
    """The laws that a feature cannot be asked, by the word that they want, or by why they are waived."""
    laws: dict[str, list[str]] = {}
    for law, wanting in applicable(declaration_of(feature)).items():
        if wanting is not None:
            laws.setdefault(wanting, []).append(law)
    return laws


def example_wanted(feature: Callable[..., Any], test: LawTest) -> str:
    """The command that proposes the worked example that a feature wants; "" where it wants none.

    All its laws are asked; those that its other tests have asked are not asked again.
    """
    if not test.whole(feature).undetermined:
        return ""
    reference = reference_of(feature)
    return f"typedml laws {reference}" if reference else f"check_laws({declaration_of(feature).name})"
