"""Find the mypy configuration of a project, as mypy does, and copy it with the plugin added.

mypy takes plugins from its configuration file only. The copy keeps the format (INI or TOML), everything that
was said - other plugins read sections of their own - and the meaning of paths: those that are read relative
to the file become absolute.
"""

import configparser
import datetime
import json
import math
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typedml.cli.failure import Failure

PLUGIN = "typedml.mypy"
OWN_FILES = ("mypy.ini", ".mypy.ini")
SHARED_FILES = ("pyproject.toml", "setup.cfg")
FOLDER_VARIABLE = "MYPY_CONFIG_FILE_DIR"
# Of our own section: these name files beside the configuration.
PATH_OPTIONS = ("stubs", "registry")
PLUGINS_LINE = re.compile(r"\s*plugins\s*=")

Section = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MypyConfig:
    """A mypy configuration: the file it came from (None where there is none) and its sections.

    `sections` holds what an INI file or the table `tool` of a TOML file says, under the names used there,
    values as the format gives them; `rest` is what else a TOML file says.
    """

    path: Path | None = None
    sections: dict[str, Section] = field(default_factory=dict)
    rest: Section = field(default_factory=dict)

    @property
    def plugins(self) -> list[str]:
        """The plugins that the configuration names."""
        said = self.sections.get("mypy", {}).get("plugins", [])
        return [p.strip() for p in (said.split(",") if isinstance(said, str) else said) if p.strip()]

    @property
    def has_plugin(self) -> bool:
        """Whether `plugins = typedml.mypy` is said already."""
        return PLUGIN in self.plugins

    @property
    def cache(self) -> str | None:
        """The folder of the cache, where the configuration names one."""
        return self.sections.get("mypy", {}).get("cache_dir")

    def write_with_plugin(self, folder: Path) -> Path:
        """Write a copy into `folder` that names the plugin too, and return its path."""
        plugins = [*(self._resolved(p) for p in self.plugins), PLUGIN]
        toml = self.path is not None and self.path.suffix == ".toml"
        said: Any = plugins if toml else ", ".join(plugins)
        sections = {**self.sections, "mypy": {**self.sections.get("mypy", {}), "plugins": said}}
        if "typedml" in sections:
            sections["typedml"] = {k: self._absolute(k, v) for k, v in sections["typedml"].items()}
        target = folder / ("pyproject.toml" if toml else "mypy.ini")
        text = _as_toml({**self.rest, "tool": sections}) if toml else _as_ini(sections)
        target.write_text(text, encoding="utf-8")
        return target

    @property
    def shown(self) -> str:
        """The name of the file as messages say it: below this folder from here on, else in full."""
        path = self.path or Path("mypy.ini")
        here = Path.cwd()
        return str(path.relative_to(here) if path.is_relative_to(here) else path)

    def renamed(self, text: str, copy: Path) -> str:
        """Return what mypy says of a copy as it would say it of the file itself, which the user can open."""
        places = re.compile(re.escape(str(copy)) + r"(:-?\d+)?")
        return places.sub(lambda found: self.shown + (self._plugins_line if found[1] else ""), text)

    @property
    def _plugins_line(self) -> str:
        # Of lines mypy names that of `plugins` alone, which differs in a copy.
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path is not None else []
        found = [number for number, line in enumerate(lines, 1) if PLUGINS_LINE.match(line)]
        return f":{found[0]}" if len(found) == 1 else ""

    def _resolved(self, plugin: str) -> str:
        file = plugin.rpartition(":")[0] if ":" in os.path.basename(plugin) else plugin
        return str(self._folder / plugin) if file.endswith(".py") else plugin

    def _absolute(self, key: str, value: Any) -> Any:
        if key not in PATH_OPTIONS:
            return value
        if isinstance(value, str):
            return ", ".join(str(self._folder / part.strip()) for part in value.split(","))
        return [str(self._folder / part) for part in value]

    @property
    def _folder(self) -> Path:
        return _folder(self.path) if self.path else Path.cwd()


def find(named: str | None = None, start: Path | None = None) -> MypyConfig:
    """Return the configuration that mypy would use: the named file, or the first on the way up to the root.

    Raises: Failure if the file does not exist or is not what its name says.
    """
    if named is not None:
        return _read(Path(named)) or MypyConfig(Path(named))
    for path in _candidates(start or Path.cwd()):
        config = _read(path) if path.is_file() else None
        if config is not None:
            return config
    return MypyConfig()


def _folder(path: Path) -> Path:
    """Return the folder of a file as mypy names it: that of a link, not of what it leads to."""
    return Path(os.path.abspath(path)).parent


def _candidates(start: Path) -> Iterator[Path]:
    for folder in (start, *start.parents):
        yield from (folder / name for name in OWN_FILES + SHARED_FILES)
        if any((folder / root).exists() for root in (".git", ".hg")):
            break
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    yield from (
        home / "mypy" / "config",
        Path.home() / ".config" / "mypy" / "config",
        Path.home() / ".mypy.ini",
    )


def _read(path: Path) -> MypyConfig | None:
    """Return what a file says, or None where a shared one says nothing to mypy."""
    try:
        text = path.read_text(encoding="utf-8")
        for spelling in (f"${{{FOLDER_VARIABLE}}}", f"${FOLDER_VARIABLE}"):
            text = text.replace(spelling, str(_folder(path)))
        rest = tomllib.loads(text) if path.suffix == ".toml" else {"tool": _from_ini(text)}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, configparser.Error) as error:
        what = " ".join(str(error).split())
        raise Failure(
            f'the mypy configuration "{path}" cannot be read: {what}',
            "mend it, or name another with --config-file",
        ) from error
    sections = rest.pop("tool", {})
    if path.name in SHARED_FILES and "mypy" not in sections:
        return None
    return MypyConfig(path, sections, rest)


def _from_ini(text: str) -> dict[str, Section]:
    parser = configparser.RawConfigParser()
    # Other plugins may tell small letters from capitals; mypy and we do not.
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return {name: _keys(name, parser[name]) for name in parser.sections()}


def _keys(name: str, section: Mapping[str, str]) -> Section:
    ours = name in ("mypy", "typedml") or name.startswith(("mypy-", "typedml-"))
    return {key.lower() if ours else key: value for key, value in section.items()}


def _as_ini(sections: Mapping[str, Section]) -> str:
    lines: list[str] = []
    for name, section in sections.items():
        lines += [f"[{name}]", *(f"{key} = {_indented(value)}" for key, value in section.items()), ""]
    return "\n".join(lines)


def _indented(value: str) -> str:
    return value.replace("\n", "\n    ")


def _as_toml(document: Mapping[str, Any]) -> str:
    """Return a document in TOML: what is a table has a header of its own, as plugins and mypy look for it."""
    tool = document.get("tool", {})
    single = [f"{_key(k)} = {_toml_value(v)}" for k, v in document.items() if k != "tool"]
    single += [f"tool.{_key(k)} = {_toml_value(v)}" for k, v in tool.items() if not isinstance(v, dict)]
    lines = [*single, ""]
    for name, section in tool.items():
        if isinstance(section, dict):
            lines += [
                f"[tool.{_key(name)}]",
                *(f"{_key(k)} = {_toml_value(v)}" for k, v in section.items()),
                "",
            ]
    return "\n".join(lines)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _toml_value(value: Any) -> str:
    """Return a value in TOML: a JSON string, number or boolean is one, a table is written inline."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_key(k)} = {_toml_value(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_toml_value, value)) + "]"
        case datetime.date() | datetime.time():
            return value.isoformat()
        case float() if not math.isfinite(value):
            return str(value)
    # What JSON leaves as it is, TOML wants spelled.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
