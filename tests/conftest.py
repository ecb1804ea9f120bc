"""What holds for all tests: they do not depend on how busy the machine is, nor on which ran before."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from typedml.algebra.edge_table import SHIPPED, edges, remove_edge

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(autouse=True, scope="module")
def _edges_of_a_module_go_with_it() -> Iterator[None]:
    yield
    for each in set(edges()) - set(SHIPPED):
        remove_edge(each)
