"""`import typedml`: CPU beyond a bare interpreter, and the heavy libraries that it must not load."""

import json
import subprocess
import sys

from benchmarks import Row
from benchmarks.measure import commands_side_by_side

HEAVY = ("numpy", "pandas", "polars", "pint", "mypy", "pandera", "pydantic", "hypothesis", "narwhals")
BUDGET_MS = 40.0
LIST_MODULES = """
import json, sys
before = set(sys.modules)
import typedml
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def rows() -> list[Row]:
    """Measure the import, beside starting Python alone."""
    names = loaded()
    heavy = [name for name in names if name in HEAVY]
    best = commands_side_by_side(
        {"bare": [sys.executable, "-c", "pass"], "typedml": [sys.executable, "-c", "import typedml"]},
        rounds=15,
    )
    cost = (best["typedml"] - best["bare"]) * 1000
    note = f"{len(names)} modules; heavy ones: {', '.join(heavy) or 'none'}"
    return [
        Row(what="import typedml", measured=cost, unit="ms CPU", budget=BUDGET_MS, note=note),
        Row(
            what="heavy libraries loaded by it", measured=len(heavy), unit="", budget=0, note=", ".join(heavy)
        ),
    ]


def loaded() -> list[str]:
    """Return the names that `import typedml` adds to `sys.modules` in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", LIST_MODULES], capture_output=True, text=True, check=True)
    names: list[str] = json.loads(done.stdout)
    return names
