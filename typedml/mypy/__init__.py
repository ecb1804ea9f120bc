"""The mypy plugin: `plugins = typedml.mypy` in mypy.ini, or `typedml check`, which needs no configuration.

Glue only: hooks lift mypy's types to meanings, ask `typedml.algebra`, and lower the answer or report it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from typedml.mypy.versions import SUPPORTED, is_supported, snapshot

if TYPE_CHECKING:
    from mypy.plugin import Plugin

__all__ = ["plugin"]

# mypy writes this into its cache: another release of typedml, or another table of units, starts afresh.
__version__ = snapshot()


def plugin(version: str) -> type[Plugin]:
    """Return the plugin class for mypy `version`.

    Raises: SystemExit with status 2 where mypy is outside the supported range.
    """
    if not is_supported(version):
        fact = f"typedml.mypy works with mypy {SUPPORTED}; this is mypy {version}."
        sys.stderr.write(f'{fact}\nHint: pip install "mypy{SUPPORTED}"\n')
        raise SystemExit(2)
    from typedml.mypy.hooks import TypedmlPlugin

    return TypedmlPlugin
