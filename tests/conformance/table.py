"""How mypy stands to each case of other systems: agreed, decided otherwise, or not expressible in Python.

`python -m tests.conformance` prints the counts by system, and the reasons.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from tests.algebra.conformance import CASES, meets
from tests.conformance.cases import HEAD, programs, revealed
from tests.conformance.decisions import DECISIONS
from tests.conformance.kinds import REGISTRY, module
from tests.conformance.programs import Said, check
from tests.conformance.written import INEXPRESSIBLE, RESULTS
from tests.mypy.conftest import Mypy
from typedml.algebra.meaning import UNKNOWN, Operand

WORDS: Final = ("agreed", "decided", "inexpressible")


@lru_cache(maxsize=1)
def answers() -> dict[str, Said]:
    """What mypy says of each case, in one run with the plugin."""
    with tempfile.TemporaryDirectory() as folder:
        mypy = Mypy(Path(folder))
        (mypy.folder / "units.txt").write_text(f"{REGISTRY}\n", encoding="utf-8")
        mypy.configure("[typedml]", "registry = units.txt")
        mypy.write(kinds=module())
        return check(mypy, programs(), beside=HEAD)


def found(case: dict[str, Any]) -> tuple[str, list[Operand]]:
    """Return the status that mypy gives a case, and the meanings that it reveals."""
    said = answers()[case["id"]]
    status = "ok" if said.verdict == "accept" else "error"
    return status, [revealed(text) for text in said.revealed] if status == "ok" else []


def agrees(case: dict[str, Any]) -> bool:
    """Say whether mypy says what the other system says: of the status and, where it shows, of the result."""
    status, meanings = found(case)
    if case["id"] in RESULTS:
        return [*map(str, meanings)] == [*RESULTS[case["id"]]]
    if not meanings:
        case = {**case, "expect": {"status": case["expect"]["status"]}}
    return all(meets(case, status, meaning) for meaning in meanings or [UNKNOWN])


@lru_cache(maxsize=1)
def stands() -> dict[str, str]:
    """How mypy stands to each case, by its identifier."""
    return {
        case["id"]: "inexpressible"
        if case["id"] in INEXPRESSIBLE
        else "agreed"
        if agrees(case)
        else "decided"
        for case in CASES
    }


def counts() -> dict[str, Counter[str]]:
    """How many cases of each system are agreed, decided otherwise, or inexpressible."""
    table: dict[str, Counter[str]] = {}
    for case in CASES:
        table.setdefault(case["system"], Counter())[stands()[case["id"]]] += 1
    return {**table, "all": Counter(stands().values())}


def report() -> str:
    """The counts by system, and how many cases are decided otherwise, or cannot be said, for what reason."""
    lines = [f"{'system':<28}" + "".join(f"{word:>15}" for word in WORDS)]
    lines += [f"{name:<28}" + "".join(f"{row[word]:>15}" for word in WORDS) for name, row in counts().items()]
    for title, reasons in (("decided otherwise", DECISIONS), ("not expressible", INEXPRESSIBLE)):
        numbers = Counter(reasons.values()).most_common()
        lines += ["", title, *(f"{count:>3} {reason}" for reason, count in numbers)]
    return "\n".join(lines)
