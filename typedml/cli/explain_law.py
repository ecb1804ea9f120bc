"""`typedml explain causal`, `typedml explain scope`: a law, or a word of `@feature`, in a few lines."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from typedml.cli.console import facts, title
from typedml.declare.feature_options import SAYS

# The classes that a scope is written with are asked for, too.
SCOPES = ("Row", "Group", "Past", "Table")


def law_page(thing: str) -> tuple[RenderableType, ...] | None:
    """The page of a law or of a word of `@feature`; None for anything else."""
    word = "scope" if thing in SCOPES else thing
    shown = (*_law(thing), *_word(word))
    return shown or None


def _law(name: str) -> tuple[RenderableType, ...]:
    # Laws need numpy, which is not worth loading where no law can be meant.
    if not (name.isidentifier() and name.islower()):
        return ()
    from typedml.laws.catalogue import CATALOGUE

    for law in CATALOGUE:
        if law.name == name:
            wants = ", ".join(law.needs) or "nothing beyond the signature"
            return (
                title(name, "a law"),
                Text(f"{law.statement}\n"),
                facts([("wants declared", wants), ("try it", f"typedml laws module:function --law {name}")]),
            )
    return ()


def _word(name: str) -> tuple[RenderableType, ...]:
    if name not in SAYS:
        return ()
    return title(name, "a word of @feature"), Text(f"{SAYS[name]}\n")
