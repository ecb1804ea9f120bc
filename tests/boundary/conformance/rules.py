"""All rules of the matrix, by name; a new rule is a new row in one of the two modules."""

from __future__ import annotations

from tests.boundary.conformance.rows import RuleRow
from tests.boundary.conformance.rules_of_columns import BY_KEY, OF_MANY, OF_ORDER, OF_VALUES
from tests.boundary.conformance.rules_of_rows import ACROSS, AGGREGATED, ALONE

RULES: dict[str, RuleRow] = {
    row.name: row for row in (*OF_VALUES, *OF_ORDER, *ACROSS, *BY_KEY, *OF_MANY, *ALONE, *AGGREGATED)
}
