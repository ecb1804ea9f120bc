"""Pint is asked only for what the table lacks, and not imported before."""

import subprocess
import sys

import pint
import pytest

import typedml as t
from typedml.declare.pint import definition_of


def test_a_unit_defined_in_pint_is_known() -> None:
    registry = pint.application_registry
    registry.define("wobble = 3.5 * meter / second**2 = wbl")
    registry.define("blorg = [blorgness]")
    assert t.convert(2.0, "wobble", "m/s**2") == 7.0
    assert definition_of("blorg") == "blorg = [blorg]"
    assert t.Unit("blorg/s") != t.Unit("1/s")


@pytest.mark.parametrize("name", ["nosuchunit", "a b", "", "((", "1"])
def test_what_pint_does_not_know_either_has_no_definition(name: str) -> None:
    assert definition_of(name) is None


def test_without_pint_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pint", None)
    assert definition_of("meter") is None


def test_a_unit_of_the_table_does_not_import_pint() -> None:
    code = "import sys, typedml; typedml.Unit('mile/hour'); print('pint' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True).stdout
        == "False\n"
    )


def test_an_unknown_unit_does_import_pint() -> None:
    code = (
        "import sys, typedml\ntry: typedml.Unit('nosuchunit')\n"
        "except typedml.DeclarationError: print('pint' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True).stdout
        == "True\n"
    )
