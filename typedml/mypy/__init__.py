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


def __getattr__(name: str) -> str:
    """Return `__version__`: what mypy keeps in its cache and compares, anew each time that the daemon is run.

    Another release of typedml, another table of units or another configuration starts afresh.

    Raises: AttributeError for any other name.
    """
    if name == "__version__":
        return snapshot()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
