"""How meanings are written in messages: `float[km/hour]`, as `reveal_type` shows them."""

from __future__ import annotations

from typedml.algebra.meaning import Literal, Meaning, Operand


def spell(operand: Operand, carrier: str = "float") -> str:
    """Return the type of an operand, without quotes.

    >>> from typedml.algebra.catalogue import KINDS
    >>> spell(Meaning(KINDS["Count"]), "int")
    'int[Count]'
    """
    if isinstance(operand, Meaning):
        return f"{carrier}[{operand}]"
    if isinstance(operand, Literal):
        return type(operand.value).__name__ if carrier in ("float", "int") else carrier
    return carrier


def describe(operand: Operand, carrier: str = "float") -> str:
    """Return the type of an operand in double quotes, as mypy shows types.

    >>> from typedml.algebra.catalogue import KINDS
    >>> print(describe(Meaning(KINDS["Probability"])))
    "float[Probability]"
    """
    return f'"{spell(operand, carrier)}"'
