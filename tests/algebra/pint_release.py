"""Pint moves units between releases (0.26 the acre): the table is compared with the one it is made from."""

from importlib.metadata import version

import pytest

from typedml.algebra import unit_table

same_pint = pytest.mark.skipif(
    version("pint") != unit_table.PINT_VERSION, reason="the table was made from another release of Pint"
)
