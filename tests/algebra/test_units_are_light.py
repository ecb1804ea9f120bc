"""Units cost nothing until one is asked for: no table and none of the heavier standard modules."""

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "typedml"
HEAVY = {"dataclasses", "decimal", "difflib", "enum", "fractions", "hashlib", "inspect", "re", "typing"}
# The package's own __init__ imports more than this floor: put an empty one in its place.
PROGRAM = """
import sys, types
package = types.ModuleType("typedml")
package.__path__ = [sys.argv[1]]
sys.modules["typedml"] = package
before = set(sys.modules)
import typedml.algebra.registry, typedml.algebra.solve
{more}
print(*sorted(set(sys.modules) - before))
"""


def loaded(more: str = "") -> set[str]:
    command = [sys.executable, "-S", "-c", PROGRAM.format(more=more), str(PACKAGE)]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_units_loads_neither_the_table_nor_heavy_modules() -> None:
    modules = loaded()
    assert "typedml.algebra.unit" in modules
    assert not modules & (HEAVY | {"typedml.algebra.unit_table"})


def test_the_first_unit_loads_the_table_and_still_no_heavy_module() -> None:
    modules = loaded('typedml.algebra.registry.unit("mile/hour")')
    assert "typedml.algebra.unit_table" in modules
    assert not modules & HEAVY


def test_only_what_needs_fractions_loads_them() -> None:
    assert "fractions" in loaded('typedml.algebra.registry.unit("degC")')


def test_the_names_of_the_floor_are_loaded_when_asked_for() -> None:
    check = "assert algebra.Unit is typedml.algebra.unit.Unit; assert not hasattr(algebra, 'Nothing')"
    assert "typedml.algebra.unit" in loaded(f"import typedml.algebra as algebra; {check}")
