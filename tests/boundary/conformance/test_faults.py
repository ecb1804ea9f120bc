"""The matrix notices what it is there to notice: each fault of an engine, put in alone."""

from __future__ import annotations

import attrs
import pytest

from tests.boundary.conformance.engines import ENGINES
from tests.boundary.conformance.faults import FAULTS, Fault
from tests.boundary.conformance.matrix import DIFFERS, Asked, ask
from tests.boundary.conformance.rules import RULES


def first_difference(engine: str, about: str) -> Asked | None:
    """The first cell in which an engine is not what the oracle says, what it is about asked first."""
    for row in sorted(
        ENGINES[engine].asks(RULES.values()), key=lambda row: about not in (row.target[1], row.name)
    ):
        # A schema of its own: what an engine has compiled without the fault would hide it.
        fresh = attrs.evolve(row, spec=attrs.evolve(row.spec))
        for asked in ask(ENGINES[engine], fresh):
            if asked.outcome == DIFFERS:
                return asked
    return None


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_noticed(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    fault.plant(monkeypatch)
    assert first_difference(fault.engine, fault.key) is not None
