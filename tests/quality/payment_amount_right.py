"""What a payment service is asked for: whole cents."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Unit, raw

Euros = Annotated[float, Unit("EUR")]
Cents = Annotated[int, Unit("EUR*percent")]

EUR, CENT = Unit("EUR"), Unit("EUR*percent")


@dataclass
class Request:
    reference: str
    amount: Cents


def request(reference: str, total: Euros) -> Request:
    return Request(reference, CENT(round(raw(total) * 100)))


def main() -> float:
    return request("invoice 17", EUR(1.23)).amount
