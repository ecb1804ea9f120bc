"""Programs that mypy checks: many functions in few modules, each asked about by its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs

from tests.conformance.declarations import IMPORTS

if TYPE_CHECKING:
    from tests.mypy.conftest import Answer, Mypy

PER_MODULE: Final = 100
OURS: Final = "[typedml-"


@attrs.frozen
class Said:
    """What mypy says of one program: the errors of ours, those of its own, and the types it reveals."""

    ours: tuple[str, ...]
    others: tuple[str, ...]
    revealed: tuple[str, ...]

    @property
    def verdict(self) -> str:
        return "refuse" if self.ours or self.others else "accept"


def signature(name: str, parameters: Mapping[str, str], result: str) -> str:
    """Return the first line of a function."""
    given = ", ".join(f"{each}: {annotation}" for each, annotation in parameters.items())
    return f"def {name}({given}) -> {result}:"


def check(mypy: Mypy, programs: Mapping[str, str], *, beside: str = "") -> dict[str, Said]:
    """Run mypy once over all programs and tell what it says of each, by its key.

    `beside` stands at the head of each module, after the imports.
    """
    modules = _modules(programs, f"{IMPORTS}\n{beside}\n")
    mypy.write(**{name: text for name, (text, _) in modules.items()})
    answer = mypy.run(*(f"{name}.py" for name in modules), "--hide-error-context")
    assert answer.status in (0, 1), answer.output
    return {
        key: _said(answer, f"{name}.py", lines)
        for name, (_, places) in modules.items()
        for key, lines in places.items()
    }


def _modules(programs: Mapping[str, str], head: str) -> dict[str, tuple[str, dict[str, range]]]:
    """Return modules by name: the text, and the lines of each program in it."""
    found = {}
    keys = list(programs)
    for first in range(0, len(keys), PER_MODULE):
        text, places = head, {}
        for key in keys[first : first + PER_MODULE]:
            begin = text.count("\n") + 1
            text += programs[key].rstrip() + "\n\n"
            places[key] = range(begin, text.count("\n") + 1)
        found[f"rows{first // PER_MODULE}"] = text, places
    return found


def _said(answer: Answer, file: str, lines: range) -> Said:
    texts = [text for line, said in sorted(answer.said[file].items()) if line in lines for text in said]
    errors = [text.removeprefix("E: ") for text in texts if text.startswith("E: ")]
    return Said(
        tuple(text for text in errors if OURS in text),
        tuple(text for text in errors if OURS not in text),
        tuple(text.removeprefix("R: ") for text in texts if text.startswith("R: ")),
    )
