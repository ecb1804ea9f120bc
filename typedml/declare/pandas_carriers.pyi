"""How a meaning rides on an instant of pandas, for static checkers only; see `typedml.declare.carriers`.

It is read only in builds that import pandas, whose types come with pandas-stubs. What its operators give is
asked of mypy.
"""

from typing import Generic, TypeVar

import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]

M = TypeVar("M", covariant=True)

class Timestamp(pd.Timestamp, Generic[M]): ...
