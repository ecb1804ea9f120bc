"""What a metered switch has used today; it counts milliwatt times minutes."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Unit

MilliwattMinutes = Annotated[float, Unit("mW*minute")]
KilowattHours = Annotated[float, Unit("kW*hour")]
Price = Annotated[float, Unit("EUR/(kW*hour)")]
Euros = Annotated[float, Unit("EUR")]

MW_MINUTE, PRICE = Unit("mW*minute"), Unit("EUR/(kW*hour)")


@dataclass
class Insight:
    name: str
    today: MilliwattMinutes

    def today_kwh(self) -> KilowattHours:
        return self.today / 1e3  # the bug


def cost(switches: list[Insight], price: Price) -> Euros:
    return sum(switch.today_kwh() * price for switch in switches)


def main() -> float:
    switches = [Insight("kettle", MW_MINUTE(36e6)), Insight("lamp", MW_MINUTE(24e6))]
    return cost(switches, PRICE(0.25))
