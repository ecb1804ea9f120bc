"""The errors that typedml raises, and the codes that all its layers share.

Every error states a fact and, where there is one, a hint with code that would be right:

>>> print(CheckError("p=1.5 is outside [0, 1].", "divide percentages by 100."))
p=1.5 is outside [0, 1].
Hint: divide percentages by 100.
"""

from __future__ import annotations

CODES: dict[str, str] = {
    "typedml-unit": "Two units do not go together.",
    "typedml-kind": "Two kinds do not go together, or a kind does not allow the operation.",
    "typedml-factor": "A number looks like a conversion, and the unit stays; a note.",
    "typedml-value": "A value is outside of what its declaration allows.",
    "typedml-column": "A column is missing, unexpected, or of another type than its schema says.",
    "typedml-role": "Rows or columns are used in a role that they do not have.",
    "typedml-unread": "A declaration cannot be read.",
    "typedml-law": "A function breaks a law that follows from its own signature.",
    "typedml-internal": "typedml itself failed; this is a bug.",
}
"""Every error code and what it stands for, in one line; `typedml explain CODE` prints its page."""

PAGES = "typedml/messages/pages"
"""The folder with the documentation page of each code, from the root of the repository."""


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


def page_of(code: str) -> str:
    """Return where the documentation page of a code lives.

    Raises: KeyError if there is no such code.

    >>> page_of("typedml-unit")
    'typedml/messages/pages/typedml-unit.md'
    """
    if code not in CODES:
        raise KeyError(f"{code!r} is not an error code; they are {', '.join(CODES)}")
    return f"{PAGES}/{code}.md"
