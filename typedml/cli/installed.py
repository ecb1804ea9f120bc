"""Which libraries are installed, which versions of them typedml supports, and what each is for."""

import re
from collections.abc import Iterator
from importlib import metadata
from typing import NamedTuple

# In the order in which doctor lists them; the supported versions stand in the package's own metadata.
PURPOSES = {
    "attrs": "the data model of declarations",
    "numpy": "arrays, and the boundary of small frames",
    "narwhals": "frames of PySpark, DuckDB and others at boundaries",
    "pint": "units that the shipped table lacks",
    "click": "the command line",
    "rich": "the command line",
    "mypy": "the static layer: typedml check",
    "hypothesis": "longer searches for counterexamples, in a later version",
    "pandas": "frames at boundaries",
    "polars": "frames at boundaries",
    "pydantic": "declarations in models",
    "pandera": "its models as schemas, and schemas as its own",
    "scikit-learn": "a step that checks between two others",
    "pyspark": "frames at boundaries",
    "dask": "frames at boundaries",
    "duckdb": "frames at boundaries",
}

_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*\(?([<>=!~0-9.,\s]*)")


class Library(NamedTuple):
    """A library: its version (None if it is not installed), the versions supported and what it is for."""

    name: str
    version: str | None
    supported: str
    needed: bool
    purpose: str

    @property
    def accepted(self) -> bool:
        """Whether the installed version is a supported one; an absent optional library is fine."""
        if self.version is None:
            return not self.needed
        return satisfies(self.version, self.supported)


def libraries() -> Iterator[Library]:
    """Yield every library of `PURPOSES` as it is installed here."""
    requirements = _requirements()
    for name, purpose in PURPOSES.items():
        supported, needed = requirements.get(name, ("", False))
        yield Library(name, _version(name), supported, needed, purpose)


def satisfies(version: str, specifier: str) -> bool:
    """Tell whether a release satisfies bounds such as `>=2.4,<2.5`, the only ones that the metadata uses."""
    release = _release(version)
    for bound in filter(None, (b.strip() for b in specifier.split(","))):
        wanted = _release(bound.lstrip("<>="))
        if not (release >= wanted if bound.startswith(">=") else release < wanted):
            return False
    return True


def _release(version: str) -> tuple[int, ...]:
    numbers = re.match(r"\d+(\.\d+)*", version)
    parts = [int(n) for n in numbers.group().split(".")] if numbers else [0]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _requirements() -> dict[str, tuple[str, bool]]:
    """Return for each library of the metadata its supported versions and whether the core needs it."""
    found: dict[str, tuple[str, bool]] = {}
    for line in metadata.requires("typedml") or []:
        requirement, _, marker = line.partition(";")
        match = _REQUIREMENT.match(requirement.strip())
        if match and not match.group(1).startswith("typedml"):
            bounds = ",".join(
                sorted((b.strip() for b in match.group(2).split(",") if b.strip()), reverse=True)
            )
            found.setdefault(match.group(1).lower(), (bounds, "extra" not in marker))
    return found


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
