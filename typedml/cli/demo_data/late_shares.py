"""How likely a flight of each carrier was late, for a model to read."""

from typing import Annotated

import pandas as pd
from declared import CarrierDay, Flight, Minutes

from typedml import Threshold


def late_shares(
    flights: Annotated[pd.DataFrame, Flight],
    cut: Threshold[Minutes] = 15.0,
) -> Annotated[pd.DataFrame, CarrierDay]:
    """Return the share of late arrivals of each carrier."""
    arrived = flights.dropna(subset=["arr_delay"])
    late = arrived["arr_delay"] >= cut
    p_late = 100 * late.groupby(arrived["carrier"]).mean()
    return CarrierDay.validate(p_late.rename("p_late").reset_index())
