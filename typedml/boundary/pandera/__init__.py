"""Schemas of pandera, for pandas and for polars: read as declarations, and written from them.

`from_pandera(Model)` is what a pandera model or schema declares; `to_pandera(Flight, library="polars")` is a
pandera schema with the same verdicts. Importing this imports pandera, which takes seconds; a model that is
handed to `check` has imported it already.
"""

from __future__ import annotations

from typedml.boundary.pandera.reading import from_pandera
from typedml.boundary.pandera.writing import to_pandera

__all__ = ["from_pandera", "to_pandera"]
