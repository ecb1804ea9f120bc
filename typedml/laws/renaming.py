"""Other names for what is only named: categories, identifiers, texts, the same in every table and result.

>>> renamed_letters("UA 12")
'FZ 12'
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Mapping
from typing import Any, final

import attrs
import numpy as np

from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Meaning
from typedml.laws.case import Case, Column, Values
from typedml.laws.inputs import Input
from typedml.laws.outcome import Outcome, Output

# A text keeps its length, its digits and what is capital, so that only names are other ones.
_MIRROR = str.maketrans(
    string.ascii_uppercase + string.ascii_lowercase,
    string.ascii_uppercase[::-1] + string.ascii_lowercase[::-1],
)
# A text in the label of an item of a mapping, as `repr` writes it.
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


def renamed_letters(text: str) -> str:
    """A text with A for Z, B for Y, and so on."""
    return text.translate(_MIRROR)


@final
@attrs.frozen(eq=False)
class Renaming:
    """New names for texts, and for the numbers that name something, by the name of their kind."""

    texts: Mapping[str, str]
    numbers: Mapping[str, Mapping[int, int]]

    @property
    def is_trivial(self) -> bool:
        """True where every name stays."""
        stay = all(text == new for text, new in self.texts.items())
        return stay and all(n == new for names in self.numbers.values() for n, new in names.items())

    def case(self, case: Case) -> Case:
        """The case under the new names."""
        return case.mapped(self._column)

    def outcome(self, outcome: Outcome) -> Outcome:
        """A result under the new names: its values, the labels of its rows and the names of its columns."""
        return attrs.evolve(outcome, outputs=tuple(self._output(output) for output in outcome.outputs))

    def _column(self, column: Column) -> Column:
        return column.replaced(self._values(column.values, column.input.meaning))

    def _output(self, output: Output) -> Output:
        labels = output.labels
        return attrs.evolve(
            output,
            label=self._keyed(output.label) if output.declared is not None else self._within(output.label),
            values=self._values(output.values, output.meaning),
            labels=None if labels is None else tuple(map(self._label, labels)),
        )

    def _values(self, values: Values, meaning: Meaning | None) -> Values:
        if is_text(values):
            renamed = np.empty(len(values), dtype=object)
            renamed[:] = [self.texts.get(cell, cell) if isinstance(cell, str) else cell for cell in values]
            return renamed
        names = self.numbers.get(meaning.kind.name) if meaning is not None and meaning.kind else None
        if names is None or values.dtype.kind not in "iuf":
            return values
        return np.array([names.get(cell, cell) for cell in values.tolist()], dtype=values.dtype)

    def _label(self, label: Any) -> Any:
        if isinstance(label, tuple):
            return tuple(map(self._label, label))
        return self.texts.get(label, label) if isinstance(label, str) else label

    def _keyed(self, label: str) -> str:
        """The label of an item of a mapping, `total['AA']` or `total[('AA', 3)]`, with its key renamed."""
        return _QUOTED.sub(self._key, label) if label.endswith("]") else label

    def _key(self, quoted: re.Match[str]) -> str:
        key = ast.literal_eval(quoted[0])
        new = self.texts[key] if key in self.texts else self._within(key)
        return quoted[0] if new == key else repr(new)

    def _within(self, name: str) -> str:
        """The name of a column that is made of a category, such as `carrier_AA`."""
        for text in sorted(self.texts, key=len, reverse=True):
            if text and text in name:
                return name.replace(text, self.texts[text])
        return name


def is_text(values: Values) -> bool:
    """True for an array that holds at least one text."""
    return values.dtype.kind in "UT" or (
        values.dtype.kind == "O" and any(isinstance(cell, str) for cell in values)
    )


def is_nominal(meaning: Meaning | None) -> bool:
    """True for what is only a name: a category, a label, an identifier."""
    kind = meaning.kind if meaning is not None else None
    return kind is not None and kind.sort is Sort.OPAQUE and not kind.ordinal


def may_be_renamed(source: Input) -> bool:
    """True for a name or a text that no rule fixes; a name keeps a pattern by being another one's."""
    nominal = is_nominal(source.meaning)
    named = source.base is str or (source.base is int and nominal)
    return named and source.rules.isin is None and (nominal or source.rules.pattern is None)


def renaming_of(case: Case) -> Renaming | None:
    """New names for the texts and named numbers of a case; None where two would be called the same.

    Names of a pattern, and those that a schema gives as examples, are exchanged among themselves.
    """
    texts: dict[str, str] = {text: text for text in (*_texts(case, fixed=True), *_keys(case))}
    for names in _closed(case).values():
        free = sorted(names - texts.keys())
        texts.update(zip(free, reversed(free), strict=True))
    for text in _texts(case, fixed=False):
        texts.setdefault(text, renamed_letters(text))
    if len(set(texts.values())) < len(texts):
        return None
    return Renaming(texts, _named_numbers(case))


def _closed(case: Case) -> dict[object, set[str]]:
    """The names that are exchanged with each other, by what keeps them together."""
    found: dict[object, set[str]] = {}
    for column in case.columns:
        source = column.input
        examples = _examples(source)
        if may_be_renamed(source) and source.base is str and (source.rules.pattern or examples):
            names = found.setdefault((source.rules.pattern, *examples), set(examples))
            if source.rules.pattern:
                names |= {text for text in column.values.tolist() if isinstance(text, str) and text}
    return found


def _texts(case: Case, *, fixed: bool) -> Iterable[str]:
    for column in case.columns:
        if column.input.base is str and may_be_renamed(column.input) != fixed:
            yield from (text for text in column.values.tolist() if isinstance(text, str))


def _keys(case: Case) -> Iterable[str]:
    """The names by which a default tells its values apart, `{"UA": 15.0}`: these are known."""
    for column in case.columns:
        default = column.input.parameter.default
        if column.input.several and isinstance(default, Mapping):
            yield from (key for key in default if isinstance(key, str))


def _examples(source: Input) -> list[str]:
    """The examples of a column, which its author knows."""
    given = source.field.examples if source.field else ()
    return sorted({text for text in given if isinstance(text, str)})


def _named_numbers(case: Case) -> dict[str, dict[int, int]]:
    """The numbers of each nominal kind in reverse, where no column of the kind has rules of its own."""
    found: dict[str, set[int]] = {}
    fixed: set[str] = set()
    for column in case.columns:
        meaning = column.input.meaning
        if meaning is None or meaning.kind is None or not is_nominal(meaning) or column.input.base is str:
            continue
        found.setdefault(meaning.kind.name, set()).update(column.values[~column.null].tolist())
        if not may_be_renamed(column.input) or column.input.rules.stated or column.input.is_ordered:
            fixed.add(meaning.kind.name)
    return {
        kind: dict(zip(sorted(names), sorted(names, reverse=True), strict=True))
        for kind, names in found.items()
        if kind not in fixed
    }
