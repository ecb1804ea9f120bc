"""What becomes of an error of mypy's."""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class Verdict:
    """What becomes of an error: dropped, or said in these words."""

    dropped: bool = False
    text: str = ""
    code: str | None = None
    hint: str | None = None


DROPPED: Final = Verdict(dropped=True)
