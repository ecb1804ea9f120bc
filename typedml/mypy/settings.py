"""Configuration: `[tool.typedml]` in pyproject.toml or `[typedml]` in mypy's ini file, never both.

[tool.typedml]
level = "standard"            # gradual | standard | strict
registry = "units.txt"        # units of your own, in Pint's format
stubs = ["typings"]           # meanings of other people's functions

[[tool.typedml.overrides]]    # [typedml-legacy.*] in an ini file
module = "legacy.*"
level = "gradual"
"""

from __future__ import annotations

import configparser
import hashlib
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mypy.errors import CompileError

from typedml.algebra.strictness import Level
from typedml.errors import TypedmlError
from typedml.shipped import stubs_folder

if TYPE_CHECKING:
    from mypy.options import Options

KEYS: Final = ("level", "registry", "stubs", "overrides")
OVERRIDE_KEYS: Final = ("module", "level")
LEVELS: Final = tuple(level.value for level in Level)
COVERAGE: Final = "TYPEDML_COVERAGE"
"""The variable of the environment that names the folder to count into, for workers as well."""


class ConfigurationError(Exception):
    """What is wrong with the configuration: the fact and a hint."""

    def __init__(self, fact: str, hint: str) -> None:
        super().__init__(fact)
        self.fact, self.hint = fact, hint


class Settings(NamedTuple):
    """The configuration of one run."""

    level: Level = Level.STANDARD
    overrides: tuple[tuple[str, Level], ...] = ()
    stubs: tuple[str, ...] = ()
    digest: str = ""
    problem: ConfigurationError | None = None

    def level_of(self, module: str) -> Level:
        """The level of a module: that of the last override that matches it."""
        for pattern, level in reversed(self.overrides):
            if fnmatchcase(module, pattern) or (pattern.endswith(".*") and module == pattern[:-2]):
                return level
        return self.level

    def raise_problem(self) -> None:
        """Stop mypy with what is wrong with the configuration, if anything is.

        Raises: CompileError, which mypy prints before it exits with status 2.
        """
        if self.problem is not None:
            raise CompileError([self.problem.fact, f"Hint: {self.problem.hint}"])


def read_settings(options: Options) -> Settings:
    """Read the configuration beside mypy's own; a mistake in it is kept for `raise_problem`."""
    try:
        place, table = _table(Path(options.config_file) if options.config_file else None)
        return _settings(place, table)
    except ConfigurationError as problem:
        return Settings(problem=problem)
    except (OSError, ValueError, configparser.Error) as error:
        return Settings(
            problem=ConfigurationError(f"The configuration cannot be read: {error}", "mend the file")
        )


def _table(config: Path | None) -> tuple[Path, dict[str, Any]]:
    found: list[tuple[Path, dict[str, Any]]] = []
    toml = config if config is not None and config.suffix == ".toml" else Path("pyproject.toml")
    if toml.is_file():
        table = tomllib.loads(toml.read_text(encoding="utf-8")).get("tool", {}).get("typedml")
        if table is not None:
            found.append((toml, table))
    if config is not None and config.suffix != ".toml" and config.is_file():
        table = _ini(config)
        if table is not None:
            found.append((config, table))
    if len(found) > 1:
        fact = f"typedml is configured twice, in {found[0][0]} and in {found[1][0]}"
        raise ConfigurationError(fact, "keep one of the two")
    return found[0] if found else (Path(), {})


def _ini(config: Path) -> dict[str, Any] | None:
    parser = configparser.RawConfigParser()
    parser.read(config, encoding="utf-8")
    sections = [name for name in parser.sections() if name == "typedml" or name.startswith("typedml-")]
    if not sections:
        return None
    table: dict[str, Any] = dict(parser["typedml"]) if "typedml" in sections else {}
    if "stubs" in table:
        table["stubs"] = [part.strip() for part in table["stubs"].split(",")]
    overrides = [s for s in sections if s != "typedml"]
    table["overrides"] = [{"module": s.removeprefix("typedml-"), **parser[s]} for s in overrides]
    return table


def _settings(place: Path, table: dict[str, Any]) -> Settings:
    _refuse_unknown(place, table, KEYS)
    overrides: list[tuple[str, Level]] = []
    for override in table.get("overrides", []):
        _refuse_unknown(place, override, OVERRIDE_KEYS)
        modules = override.get("module", [])
        level = _level(place, override.get("level", "standard"))
        overrides += [(module, level) for module in ([modules] if isinstance(modules, str) else modules)]
    stubs = table.get("stubs", [])
    folders = tuple(str(place.parent / each) for each in ([stubs] if isinstance(stubs, str) else stubs))
    return Settings(
        level=_level(place, table.get("level", "standard")),
        overrides=tuple(overrides),
        stubs=folders,
        digest=_digest(table, _registry(place, table.get("registry")) + _stubs(folders)),
    )


def _refuse_unknown(place: Path, table: dict[str, Any], known: tuple[str, ...]) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ConfigurationError(
            f'{place}: typedml has no option "{unknown[0]}"', "the options are " + ", ".join(known)
        )


def _level(place: Path, given: object) -> Level:
    if given not in LEVELS:
        fact = f"{place}: {given!r} is not a level"
        raise ConfigurationError(fact, 'write level = "gradual", "standard" or "strict"')
    return Level(given)


def _registry(place: Path, given: object) -> bytes:
    if given is None:
        return b""
    from typedml.declare.units import load_units

    path = place.parent / str(given)
    try:
        load_units(path)
        return path.read_bytes()
    except TypedmlError as error:
        raise ConfigurationError(
            f"{place}: registry: {error.fact}", error.hint or "mend the registry"
        ) from None
    except OSError as error:
        raise ConfigurationError(
            f"{place}: the registry {path} cannot be read: {error}", "mend the path"
        ) from None


def _stubs(folders: tuple[str, ...]) -> bytes:
    """Read the text of every stub, so that a change in one makes the cache stale."""
    missing = next((folder for folder in folders if not Path(folder).is_dir()), None)
    if missing is not None:
        raise ConfigurationError(f"There is no folder of stubs {missing}", "mend the path in `stubs`")
    files = (
        file for folder in (*map(Path, folders), stubs_folder()) for file in sorted(folder.rglob("*.pyi"))
    )
    return b"".join(file.read_bytes() for file in files)


def _digest(table: dict[str, Any], registry: bytes) -> str:
    return hashlib.sha1(
        repr(sorted(table.items(), key=str)).encode() + registry, usedforsecurity=False
    ).hexdigest()
