"""Nothing is called here and nothing is computed, so no hook ever meets the checker."""

from leaving_units import Km

def left(d: Km) -> float:
    c: float = d  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
    return c if c else d  # E: Incompatible return value type (got "float[km]", expected "float")  [typedml-kind]  # N: Hint: raw(d) is the plain number, without its meaning
