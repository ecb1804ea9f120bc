"""What a caller may ask of one check: how many rows to keep, how much of the frame to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

import attrs

from typedml.boundary.report import FrameError

ROWS_SHOWN = 5


@final
@attrs.frozen
class Options:
    """The options of `check`, `validate` and `split`, refused where they make no sense.

    Raises: FrameError.
    """

    rows: int | None = ROWS_SHOWN
    references: Mapping[object, object] | None = None
    sample: int | float | None = None
    seed: int = 0
    profile: bool = False
    streaming: bool = False

    def __attrs_post_init__(self) -> None:
        if self.rows is not None and not _is_count(self.rows):
            hint = "rows=10 keeps ten failing rows of each rule, rows=None all"
            raise FrameError(f"rows={self.rows!r} is not a number of rows", hint)
        if self.sample is not None:
            _refuse_sample(self.sample, self.seed)
        elif self.seed != 0:
            hint = f"say how many rows to draw: sample=0.1, seed={self.seed!r}"
            raise FrameError(f"seed={self.seed!r} draws nothing without a sample", hint)
        for name, value in (("profile", self.profile), ("streaming", self.streaming)):
            if value is not True and value is not False:
                raise FrameError(f"{name}={value!r} is neither True nor False", f"write {name}=True")
        if self.references is not None and not isinstance(self.references, Mapping):
            hint = "name the schema of each: references={Airport: airports}"
            raise FrameError("references are not frames by their schemas", hint)


def _is_count(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def _refuse_sample(sample: int | float, seed: object) -> None:
    share = isinstance(sample, float) and 0 < sample <= 1
    if not share and not (_is_count(sample) and sample > 0):
        hint = "sample=10_000 judges so many rows, sample=0.1 a tenth of them"
        raise FrameError(f"sample={sample!r} is neither a number of rows nor a share of them", hint)
    if not _is_count(seed):
        raise FrameError(
            f"seed={seed!r} is not a whole number from 0", "seed=0 draws the same rows each time"
        )


DEFAULTS = Options()
