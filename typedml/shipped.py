"""Where the files that travel with the package stand, in a checkout and in a wheel alike."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def stubs_folder() -> Path:
    """Return the folder of library meanings: `stubs/` in a checkout, `_stubs` in a wheel."""
    installed = _PACKAGE / "_stubs"
    return installed if installed.is_dir() else _PACKAGE.parent / "stubs"
