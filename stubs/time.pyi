"""Meanings of the standard library's clocks.

What they return is left plain: `time.time() * 1000` and `perf_counter() - start > 2` are everybody's code.
"""

from typing import Annotated

from typedml import Unit

def sleep(seconds: Annotated[float, Unit("second")], /) -> None: ...
