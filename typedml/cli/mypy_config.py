"""Find the mypy configuration of a project, as mypy does, and copy it with the plugin added.

mypy takes plugins from its configuration file only. The copy keeps the format (INI or TOML), everything that
was said, and the meaning of relative paths: those that mypy reads relative to the file become absolute.
"""

import configparser
import json
import os
import tomllib
from collections.abc import Iterator
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

Section = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MypyConfig:
    """A mypy configuration: the file it came from (None where there is none) and its sections.

    `sections` holds `mypy`, `typedml` and, of an INI file, `mypy-...`: values are as the format gives them.
    """

    path: Path | None = None
    sections: dict[str, Section] = field(default_factory=dict)

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
        target.write_text(_as_toml(sections) if toml else _as_ini(sections), encoding="utf-8")
        return target

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
        return self.path.resolve().parent if self.path else Path.cwd()


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
    """Return the sections that concern mypy and us, or None where a shared file says nothing to mypy."""
    try:
        text = path.read_text(encoding="utf-8")
        for spelling in (f"${{{FOLDER_VARIABLE}}}", f"${FOLDER_VARIABLE}"):
            text = text.replace(spelling, str(path.resolve().parent))
        sections = _from_toml(text) if path.suffix == ".toml" else _from_ini(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, configparser.Error) as error:
        what = " ".join(str(error).split())
        raise Failure(
            f'the mypy configuration "{path}" cannot be read: {what}',
            "mend it, or name another with --config-file",
        ) from error
    if path.name in SHARED_FILES and "mypy" not in sections:
        return None
    return MypyConfig(path, sections)


def _from_toml(text: str) -> dict[str, Section]:
    tool = tomllib.loads(text).get("tool", {})
    return {name: tool[name] for name in ("mypy", "typedml") if name in tool}


def _from_ini(text: str) -> dict[str, Section]:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    ours = [s for s in parser.sections() if s == "mypy" or s.startswith(("mypy-", "typedml"))]
    return {name: dict(parser[name]) for name in ours}


def _as_ini(sections: dict[str, Section]) -> str:
    lines: list[str] = []
    for name, section in sections.items():
        lines += [f"[{name}]", *(f"{key} = {_indented(value)}" for key, value in section.items()), ""]
    return "\n".join(lines)


def _indented(value: str) -> str:
    return value.replace("\n", "\n    ")


def _as_toml(sections: dict[str, Section]) -> str:
    lines: list[str] = []
    for name, section in sections.items():
        lines += [f"[tool.{name}]", *(f"{json.dumps(k)} = {_toml_value(v)}" for k, v in section.items()), ""]
    return "\n".join(lines)


def _toml_value(value: Any) -> str:
    """Return a value in TOML: a JSON string, number or boolean is one, a table is written inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
