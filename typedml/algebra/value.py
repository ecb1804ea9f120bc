"""The base of the algebra's immutable value classes, light enough for a cold start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Value:
    """An immutable object whose identity is the tuple that `_key` returns.

    A subclass names its fields in `__slots__` and fills them with `_fill`. attrs would do the same,
    but importing it costs more than this whole floor may take.
    """

    __slots__ = ()

    def _fill(self, **fields: object) -> None:
        """Set the fields once, from `__init__`."""
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def _key(self) -> tuple[object, ...]:
        """The fields that equality, hash and `repr` see: all of them unless a subclass says otherwise."""
        return tuple(getattr(self, name) for name in self._fields())

    @classmethod
    def _fields(cls) -> tuple[str, ...]:
        slots = (name for base in reversed(cls.__mro__) for name in base.__dict__.get("__slots__", ()))
        return tuple(slots)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._key()))})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name!r} cannot be deleted")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __getstate__(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self._fields()}

    def __setstate__(self, state: dict[str, object]) -> None:
        self._fill(**state)
