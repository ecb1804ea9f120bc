"""What is said of a number that looks like a conversion: `60 is the factor between "hour" and "minute"`."""

from __future__ import annotations

from typing import NamedTuple

from typedml.algebra.meaning import Meaning
from typedml.algebra.unit import Unit
from typedml.messages.code import one_line
from typedml.messages.wording import describe

OWN_NAME = "a variable keeps its unit: give {} a name of its own"


class Factor(NamedTuple):
    """A product by hand: its text and that of the value in it, the number, and the units that it links."""

    number: float
    value: str
    product: str
    source: Unit
    target: Unit
    assigns: bool = False

    @property
    def fact(self) -> str:
        """Return what the number is, and that the value keeps its unit all the same."""
        links = f'{_written(self.number)} is the factor between "{self.source}" and "{self.target}"'
        return f'{links}, but {one_line(self.product)} is still in "{self.source}"'

    @property
    def hint(self) -> str:
        """Return the conversion that the product stands for."""
        code = f'convert({one_line(self.value)}, "{self.source}", "{self.target}")'
        if self.assigns:
            return OWN_NAME.format(code)
        gives = describe(Meaning(None, self.target))
        return f"{code} instead of {one_line(self.product)}: it gives {gives}"


def _written(number: float) -> str:
    """Return a factor as people say it: of 1/60 they say 60."""
    return min(f"{number:.10g}", f"{1 / number:.10g}", key=len)
