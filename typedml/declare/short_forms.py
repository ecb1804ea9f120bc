"""The short forms `DataFrame[Flight]`, `Series[Km]`, `Array[Km]` of the modules named after their libraries.

At run time each is the `Annotated` that it stands for.
"""

from __future__ import annotations

from typing import Annotated, Any, get_args, get_origin

from typedml.declare.markers import Marker
from typedml.errors import DeclarationError


class ShortForm:
    """A class of some library that is subscripted with a schema, an alias or a marker."""

    def __init__(self, carrier: type, name: str, example: str) -> None:
        self._carrier, self._name, self._example = carrier, name, example

    def __getitem__(self, said: Any) -> Any:
        """Return the annotation of the library's class with what is said of it.

        Raises: DeclarationError if `said` is neither a schema nor an alias or marker with a meaning.
        """
        if get_origin(said) is Annotated:
            metadata = get_args(said)[1:]
        elif isinstance(said, type | Marker):
            metadata = (said,)
        else:
            fact = f"{self._name}[{said!r}] says nothing of what it holds."
            raise DeclarationError(fact, f"Write {self._example}.", code="typedml-unread")
        return Annotated[(self._carrier, *metadata)]

    def __repr__(self) -> str:
        return self._name
