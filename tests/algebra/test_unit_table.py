"""The unit table is what its generator writes, and agrees with Pint."""

from pathlib import Path

import pytest

from tests.algebra.pint_release import same_pint
from tools import generate_unit_table
from typedml.algebra import unit_table
from typedml.algebra.lexicon import Entry


@same_pint
def test_the_generator_reproduces_the_table_byte_for_byte() -> None:
    assert generate_unit_table.TABLE.read_text(encoding="utf-8") == generate_unit_table.rendered()


@same_pint
def test_the_digest_is_that_of_the_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert generate_unit_table.digest() == unit_table.DIGEST
    changed = tmp_path / "additions.txt"
    changed.write_text(generate_unit_table.ADDITIONS.read_text(encoding="utf-8") + "\nwidget = []\n")
    monkeypatch.setattr(generate_unit_table, "ADDITIONS", changed)
    assert generate_unit_table.digest() != unit_table.DIGEST
    assert generate_unit_table.rendered() != generate_unit_table.TABLE.read_text(encoding="utf-8")


def test_the_check_fails_where_the_table_is_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["generate_unit_table", "--check"])
    stale = tmp_path / "unit_table.py"
    stale.write_text("")
    monkeypatch.setattr(generate_unit_table, "TABLE", stale)
    assert generate_unit_table.main() == 1
    assert "run the generator" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["generate_unit_table"])
    assert generate_unit_table.main() == 0
    monkeypatch.setattr("sys.argv", ["generate_unit_table", "--check"])
    assert generate_unit_table.main() == 0


def test_every_row_reads_back_as_it_is_written() -> None:
    for name, row in unit_table.UNITS.items():
        assert Entry.decode(row).encode() == row, name


def test_every_name_leads_to_a_row() -> None:
    assert set(unit_table.NAMES.values()) == set(unit_table.UNITS)
    assert set(unit_table.DIMENSIONS.values()) <= set(unit_table.UNITS)
