"""Generate docs/kinds.md and docs/rules.md: templates beside this file, filled with the algebra's answers.

python -m tools.generate_algebra_docs          # write both pages
python -m tools.generate_algebra_docs --check  # exit 1 if one is not what would be written
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tools import algebra_rules as rules
from tools import algebra_tables as tables

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
PAGES = ("kinds", "rules")

MIXTURES = (
    "0.3 * Probability + 0.7 * Probability",
    "w * p + (1 - w) * q where p, q: Probability, w: Proportion",
    "t + w * (u - t) where t, u: Celsius, w: Proportion",
    "(Celsius + Celsius) / 2",
    "p * (1 - e) + e / k where p, e: Probability, k: Count",
    "(w * x).sum() / w.sum() where x: Celsius, w: Weight",
    "0.9 * m + 0.1 * x where m, x: Money",
    "0.3 * Celsius + 0.6 * Celsius",
    "0.5 * Probability + 0.7 * Probability",
)
WHOLES = (
    "tp / (tp + fp) where tp, fp: Count",
    "2 * tp / (2 * tp + fp + fn) where tp, fp, fn: Count",
    "a / (a + b) where a, b: Kelvin",
    "n / n.sum() where n: Count",
    "t / (t + u) where t, u: Celsius",
    "x / (x + y) where x, y: km",
)
ORDINARY = (
    "1 - Probability",
    "Probability * Probability",
    "Probability + Probability",
    "Probability + Logit",
    "Probability > 0.5",
    "Logit >= Threshold[Probability]",
    "Threshold[Probability] * 2",
    "expit(Logit / 2)",
    "softmax(z - z.max()) where z: Logit",
    "softmax(softmax(Logit))",
    "log(Probability)",
    "log(LogProbability)",
    "exp(Probability)",
    "-(y * log(p) + (1 - y) * log(1 - p)) where y: Binary, p: Probability",
    "((p - y) ** 2).mean() where p: Probability, y: Binary",
    "sqrt(p * (1 - p) / n) where p: Probability, n: Count",
    "(n + 1) / (n + 2) where n: Count",
    "log1p(Count)",
    "mean(Label)",
    "mean(Score)",
    "sum(Celsius)",
    "Celsius * 1.8 + 32",
    "EpochMillis - EpochMillis",
    "EpochMillis - EpochSeconds",
    "EpochMillis / 1000",
    "mean(Bearing)",
    "circmean(Bearing)",
    "sin(radian)",
    "sin(degree)",
    "km / hour",
    "km + mile",
    "km > 0",
    "km > 1",
    "exp(km)",
    "log(km)",
    "USD + EUR",
    "USD * Probability",
    "dBm + dB",
    "dBm + dBm",
    "var(minute)",
    "std(minute)",
    "abs(ZScore) > 3",
)

TABLES: dict[str, Callable[[], str]] = {
    **{
        table.__name__: table
        for table in (
            tables.kinds, tables.points, rules.legend, rules.operators, rules.vectors, rules.torsors,
            rules.opaque, rules.parts, rules.functions_written_out, rules.named_edges, rules.statistics,
            rules.functions, rules.levels, rules.roles, rules.reasons,
        )
    },
    "mixtures": lambda: rules.examples(MIXTURES),
    "wholes": lambda: rules.examples(WHOLES),
    "ordinary": lambda: rules.examples(ORDINARY),
}  # fmt: skip
"""What fills each place of a template."""


def rendered(page: str) -> str:
    """Return the text of a page."""
    template = (HERE / f"{page}.template.md").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda place: TABLES[place[1]](), template)


def main() -> int:
    """Write the pages, or compare them."""
    texts = {DOCS / f"{page}.md": rendered(page) for page in PAGES}
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in texts.items() if path.read_text(encoding="utf-8") != text]
        print(f"run the generator: {', '.join(stale)} differ" if stale else "the pages are up to date")
        return 1 if stale else 0
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
