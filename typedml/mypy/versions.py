"""Which mypy the plugin works with, and what its caches depend on."""

from __future__ import annotations

import hashlib
from pathlib import Path

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


def snapshot() -> str:
    """A digest of everything of ours that a cached verdict depends on."""
    digest = hashlib.sha1("".join(_configured).encode(), usedforsecurity=False)
    for floor in FLOORS:
        for file in sorted((PACKAGE / floor).rglob("*")):
            if file.suffix in (".py", ".pyi", ".txt"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
