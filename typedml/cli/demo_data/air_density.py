"""How dense the air was that the wings had to lift on."""

from typing import Annotated

import pandas as pd
from declared import Air

from typedml import Unit, feature

GasConstant = Annotated[float, Unit("joule/kg/kelvin")]
Densities = Annotated["pd.Series[float]", Unit("kg/m**3")]


@feature(rows="each")
def density(
    air: Annotated[pd.DataFrame, Air],
    gas_constant: GasConstant = 287.05,
) -> Densities:
    """Return the density of dry air by the ideal gas law."""
    return air.eval("pressure / (@gas_constant * temp)")
