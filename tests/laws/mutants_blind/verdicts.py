"""Judge every mutant as a user would: `check_laws` with its defaults. Writes the verdicts beside the tables.

python -m tests.laws.mutants_blind.verdicts flights field
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from tests.laws.mutants_blind.tables import HERE, Mutant, feature_of, mutants
from typedml.laws import check_laws


def verdict(table: str, mutant: Mutant) -> dict[str, Any]:
    """Return which laws refute a mutant, each with the first line of what it says."""
    started = time.process_time()
    with feature_of(table, mutant) as function:
        try:
            found = [(each.law, each.message.splitlines()[0]) for each in check_laws(function).failures]
        except Exception as error:  # noqa: BLE001 - what a law cannot judge is told, and counts as survived
            return {"name": mutant.name, "killed": False, "error": f"{type(error).__name__}: {error}"}
    seconds = round(time.process_time() - started, 2)
    return {
        "name": mutant.name,
        "family": mutant.family,
        "killed": bool(found),
        "laws": dict(found),
        "seconds": seconds,
    }


def main(tables: list[str]) -> None:
    """Judge whole tables, and print how many of each are killed."""
    for table in tables:
        verdicts = [verdict(table, mutant) for mutant in mutants(table)]
        lines = (json.dumps(each, ensure_ascii=False) for each in verdicts)
        (HERE / f"{table}_verdicts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{table}: {sum(each['killed'] for each in verdicts)} of {len(verdicts)} killed")


if __name__ == "__main__":
    main(sys.argv[1:])
