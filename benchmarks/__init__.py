"""Benchmarks: one row per budget, measured side by side in one run.

A benchmark is a module of this package named in `MODULES`, with one function::

    def rows() -> list[Row]:
        ...

Time both sides of a comparison with `benchmarks.measure`, which interleaves them, so that a busy machine
slows both alike. `python -m benchmarks` prints one table; `python -m benchmarks boundary laws` only those;
what is in `BY_NAME` is run when it is named. With `--quick` a benchmark that has `quick_rows()` runs fewer
rounds of smaller tables; with `--markdown` the table is one for a page.
"""

from dataclasses import dataclass

MODULES = ("import_cost", "algebra", "erased", "mypy", "boundary", "laws")
# Longer, or beside many other libraries: only by name.
BY_NAME = ("engines", "boundary_peers", "boundary_memory", "boundary_files", "boundary_growth")


class Unavailable(Exception):
    """A benchmark cannot run here: the message says what it lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measurement: what was measured, beside what, and how much it may cost.

    With a `reference` the budget bounds the ratio `measured / reference`; without one it bounds `measured`.
    `spread` is the median and the greatest of the rounds, beside the least, which is `measured`.
    """

    what: str
    measured: float
    unit: str
    reference: float | None = None
    beside: str = ""
    budget: float | None = None
    note: str = ""
    spread: tuple[float, float] | None = None
    wall: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return measured / reference, or None where nothing stands beside it."""
        return None if self.reference is None else self.measured / self.reference

    @property
    def within_budget(self) -> bool | None:
        """Tell whether the budget is kept, or None where there is no budget."""
        if self.budget is None:
            return None
        figure = self.measured if self.ratio is None else self.ratio
        return figure <= self.budget
