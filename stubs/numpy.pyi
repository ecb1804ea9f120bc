"""Numbers of numpy that are made of others."""

from typing import Annotated

class float64:
    def __new__(cls, x: float = ..., /) -> Annotated[float, "float(x)"]: ...
