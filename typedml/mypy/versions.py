"""Which mypy the plugin works with, and what its caches depend on."""

from __future__ import annotations

import ast
import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from typedml.shipped import stubs_folder

if TYPE_CHECKING:
    from mypy.nodes import MypyFile

PACKAGE = Path(__file__).parent.parent
FLOORS = ("algebra", "messages", "declare", "mypy")
LOWEST = (2, 4)
BELOW = (2, 5)
SUPPORTED = ">=2.4,<2.5"


def is_supported(version: str) -> bool:
    """Whether the plugin's use of mypy's internals was tested with this version."""
    numbers = tuple(int(part) for part in version.split("+")[0].split(".")[:2] if part.isdigit())
    return LOWEST <= numbers < BELOW


_configured: list[str] = []


def configure(digest: str) -> None:
    """Remember the configuration that was read last, which verdicts depend on too."""
    _configured[:] = [digest]


# What the daemon checked, as it was then; and whether anything was looked at when its module was finished.
_checked: dict[str, tuple[int, int]] = {}
_finished: list[bool] = []
DAEMON = "mypy.dmypy_server"


def checked(tree: MypyFile, *, is_finished: bool) -> None:
    """Remember, in the daemon, a file that was checked, and whether something waits for the whole of it.

    After an edit elsewhere the daemon checks parts of a module anew and tells no plugin when it is done.
    """
    if DAEMON in sys.modules:
        _checked.setdefault(tree.path, _state(tree.path))
        if is_finished:
            _finished[:] = [True]


def _state(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _edited() -> list[str]:
    """Return the files that were edited since the daemon began, where it must begin anew then.

    A daemon that begins at a file that cannot be read has nothing, and asks no more.
    """
    found = [path for path, state in _checked.items() if _state(path) != state] if _finished else []
    # What was deleted cannot be read either, and is not what it begins at.
    return found if all(_is_readable(path) for path in found if os.path.exists(path)) else []


def _is_readable(path: str) -> bool:
    try:
        ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def snapshot() -> str:
    """A digest of everything of ours that a verdict depends on which is kept, in a cache or by the daemon."""
    return _digest("".join([_code(), *_configured, *_edited()]).encode())


@cache
def running() -> str:
    """A digest of the code that runs: what each module was checked by, with which other ones or without."""
    return _code()


def _code() -> str:
    folders = (*(PACKAGE / floor for floor in FLOORS), stubs_folder())
    files = (file for folder in folders for file in sorted(folder.rglob("*")))
    return _digest(*(file.read_bytes() for file in files if file.suffix in (".py", ".pyi", ".txt")))


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
