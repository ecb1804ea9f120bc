"""How a meaning rides on numpy's scalars, for static checkers only; see `typedml.declare.carriers`.

It is read only in builds that import numpy. The operators are numpy's own: what they give is asked of mypy.
"""

from typing import Any, Generic, TypeVar

import numpy as np

from typedml.declare.carriers import Float, complex

M = TypeVar("M", covariant=True)
N = TypeVar("N", bound=Any)
N2 = TypeVar("N2", bound=Any)

class float64(np.float64, Float[M]): ...  # type: ignore[misc]
class floating(np.floating[N], Generic[N, M]): ...
class integer(np.integer[N], Generic[N, M]): ...  # type: ignore[misc]
class signedinteger(np.signedinteger[N], Generic[N, M]): ...
class unsignedinteger(np.unsignedinteger[N], Generic[N, M]): ...
class complex128(np.complex128, complex[M]): ...
class Complexfloating(np.complexfloating[N, N2], Generic[N, N2, M]): ...
