"""What `leaving` imports: another module of the user's."""

from typing import Annotated
from typedml import Unit

Km = Annotated[float, Unit("km")]

def of_other_module(x: float) -> None: ...
def distance() -> Km:
    return Unit("km")(1.0)
