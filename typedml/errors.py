"""The errors that typedml raises: a fact, a hint with code that would be right, and a code."""

from __future__ import annotations


class TypedmlError(Exception):
    """An error with a `fact`, a `hint` and one of the documented codes."""

    code = "typedml-internal"

    def __init__(self, fact: str, hint: str | None = None, *, code: str | None = None) -> None:
        super().__init__(fact, hint)
        self.fact = fact
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return self.fact if self.hint is None else f"{self.fact}\nHint: {self.hint}"


class DeclarationError(TypedmlError, TypeError):
    """A declaration that cannot be read or contradicts itself."""

    code = "typedml-kind"


class CheckError(TypedmlError, ValueError):
    """A value that is not what its declaration says."""

    code = "typedml-value"
