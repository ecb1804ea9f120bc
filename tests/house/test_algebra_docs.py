"""The pages of kinds and rules are what the algebra answers today, and say so where they are not."""

import re
from pathlib import Path

import pytest

from tools import algebra_rules, algebra_tables, generate_algebra_docs
from typedml.algebra.catalogue import KINDS
from typedml.algebra.kind import Sort
from typedml.algebra.mismatch import Reason

PAGES = generate_algebra_docs.PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_its_generator_writes(page: str) -> None:
    written = (generate_algebra_docs.DOCS / f"{page}.md").read_text(encoding="utf-8")
    assert written == generate_algebra_docs.rendered(page), "run python -m tools.generate_algebra_docs"


def test_the_check_fails_where_a_page_is_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_algebra_docs, "DOCS", tmp_path)
    monkeypatch.setattr(generate_algebra_docs, "rendered", lambda page: f"# {page}\n")
    monkeypatch.setattr("sys.argv", ["generate_algebra_docs", "--check"])
    for page in PAGES:
        (tmp_path / f"{page}.md").write_text("stale\n")
    assert generate_algebra_docs.main() == 1
    assert "run the generator: kinds.md, rules.md differ" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["generate_algebra_docs"])
    assert generate_algebra_docs.main() == 0
    monkeypatch.setattr("sys.argv", ["generate_algebra_docs", "--check"])
    assert generate_algebra_docs.main() == 0


def test_every_place_of_the_templates_is_filled_and_every_table_used() -> None:
    places = {
        place
        for page in PAGES
        for place in re.findall(
            r"\{\{(\w+)\}\}", (generate_algebra_docs.HERE / f"{page}.template.md").read_text()
        )
    }
    assert places == set(generate_algebra_docs.TABLES)
    assert all("{{" not in generate_algebra_docs.rendered(page) for page in PAGES)


def rows(table: str) -> list[list[str]]:
    lines = [line for line in table.splitlines() if line.startswith("|") and not line.startswith("| ---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_every_kind_has_a_row_and_every_row_all_columns() -> None:
    header, *body = rows(algebra_tables.kinds())
    assert [row[0] for row in body] == [f"`{name}`" for name in KINDS]
    assert {len(row) for row in body} == {len(header)}
    assert all(cell for row in body for cell in row[6:])


def test_the_tables_of_operators_hold_all_kinds_once() -> None:
    found = [row[0] for sort in Sort for row in rows(algebra_rules.closure(sort))[1:]]
    assert sorted(found) == sorted(f"`{name}`" for name in KINDS)


def test_every_cell_of_the_operators_has_an_example() -> None:
    body = [row for row in rows(algebra_rules.operators()) if row[0].startswith("**")]
    assert len(body) % 4 == 0
    assert all(cell for row in body for cell in row)


def test_every_reason_is_in_the_table_of_reasons() -> None:
    assert [row[0] for row in rows(algebra_rules.reasons())[1:]] == [reason.value for reason in Reason]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("kinds", ["`Count`", "", "vector", "[0, inf), whole numbers", "1", "yes", "itself", "number"]),
        ("vectors", ["`Probability`", "number", "number", "itself"]),
        ("levels", ["`distance + 5.0`", "error", "error", "error"]),
        ("named_edges", ["Logit", "Probability", "`expit(x)`", "yes", "`logit(x)`"]),
    ],
)
def test_a_row_says_what_the_specification_says(table: str, row: list[str]) -> None:
    found = rows(generate_algebra_docs.TABLES[table]())
    assert [cells for cells in found if cells[: len(row)] == row]


def test_columns_whose_statistics_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(algebra_tables, "COLUMNS", (("sum", "mean"),))
    with pytest.raises(SystemExit, match="sum, mean differ on Count"):
        algebra_tables.kinds()


def test_a_scale_without_an_example_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(algebra_rules, "SCALED", ("km",))
    with pytest.raises(SystemExit, match="no example of"):
        algebra_rules.statistics()


def test_a_bar_in_a_cell_ends_no_cell() -> None:
    assert algebra_tables.markdown(["`|`"], [["a | b"]]) == "| `\\|` |\n| --- |\n| a \\| b |"
