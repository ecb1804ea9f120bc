"""Errors of the algebra: a fact, and a hint that says what would be right."""

from __future__ import annotations


class AlgebraError(ValueError):
    """A unit, kind or registry that cannot be understood; `fact` and `hint` carry the message."""

    def __init__(self, fact: str, hint: str | None = None) -> None:
        self.fact = fact
        self.hint = hint
        super().__init__(fact, hint)

    def __str__(self) -> str:
        return self.fact if self.hint is None else f"{self.fact}\nHint: {self.hint}"


class UnitError(AlgebraError):
    """A unit expression that cannot be read: `text[position:]` begins with the mistake."""

    def __init__(self, fact: str, hint: str | None = None, *, text: str = "", position: int = 0) -> None:
        super().__init__(fact, hint)
        self.text = text
        self.position = position


class RegistryError(AlgebraError):
    """A definition of units that cannot be read, clashes or is cyclic; `place` is its file and line."""

    def __init__(self, fact: str, hint: str | None = None, *, place: str = "") -> None:
        super().__init__(f"{place}: {fact}" if place else fact, hint)
        self.place = place


class KindError(AlgebraError):
    """A declaration of a kind that contradicts itself or its parent."""
