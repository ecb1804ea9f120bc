"""The project's own mypy configuration is kept; only the plugin is added."""

import configparser
import tomllib
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest

from typedml.cli.failure import Failure
from typedml.cli.mypy_config import find


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that is the root of a project, so that nothing above it is found."""
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    (root / "src").mkdir()
    return root


def copied_toml(project: Path, target: Path) -> dict[str, Any]:
    copy = find(start=project).write_with_plugin(target)
    tool: dict[str, Any] = tomllib.loads(copy.read_text(encoding="utf-8"))["tool"]
    return tool


def copied_ini(project: Path, target: Path) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.read(find(start=project).write_with_plugin(target))
    return parser


def test_without_a_configuration_the_plugin_is_all_there_is(project: Path, tmp_path: Path) -> None:
    assert dict(copied_ini(project, tmp_path)["mypy"]) == {"plugins": "typedml.mypy"}


def test_a_toml_configuration_keeps_every_option(project: Path, tmp_path: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[project]\nname = "x"\n'
        '[tool.mypy]\nstrict = true\nplugins = ["pydantic.mypy"]\nexclude = ["a\\\\.py$", "ü"]\n'
        '[[tool.mypy.overrides]]\nmodule = ["a.*", "b"]\nignore_errors = true\n'
        '[tool.typedml]\nlevel = "strict"\n',
        encoding="utf-8",
    )
    assert copied_toml(project, tmp_path) == {
        "mypy": {
            "strict": True,
            "plugins": ["pydantic.mypy", "typedml.mypy"],
            "exclude": ["a\\.py$", "ü"],
            "overrides": [{"module": ["a.*", "b"], "ignore_errors": True}],
        },
        "typedml": {"level": "strict"},
    }


def test_an_ini_configuration_keeps_every_section(project: Path, tmp_path: Path) -> None:
    (project / "setup.cfg").write_text(
        "[tool:pytest]\nx = 1\n[mypy]\nstrict = True\nexclude = (?x)(\n    ^a/\n    | ^b/)\n"
        "[mypy-numpy.*]\nignore_missing_imports = True\n[typedml]\nlevel = gradual\n"
    )
    copy = copied_ini(project, tmp_path)
    assert copy.sections() == ["tool:pytest", "mypy", "mypy-numpy.*", "typedml"]
    assert copy["mypy"]["exclude"].split() == ["(?x)(", "^a/", "|", "^b/)"]
    assert copy["mypy"]["plugins"] == "typedml.mypy"


def test_the_nearest_configuration_that_speaks_to_mypy_wins(project: Path) -> None:
    (project / "mypy.ini").write_text("[mypy]\n")
    (project / "src" / "pyproject.toml").write_text('[project]\nname = "says nothing to mypy"\n')
    assert find(start=project / "src").path == project / "mypy.ini"
    (project / "src" / "pyproject.toml").write_text("[tool.mypy]\nstrict = true\n")
    assert find(start=project / "src").path == project / "src" / "pyproject.toml"


def test_the_search_ends_at_the_root_of_the_repository(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (project.parent / "mypy.ini").write_text("[mypy]\n")
    assert find(start=project).path is None


def test_a_plugin_in_a_file_and_our_own_paths_still_mean_the_same_file(project: Path, tmp_path: Path) -> None:
    (project / "mypy.ini").write_text(
        "[mypy]\nplugins = tools/ours.py:entry, sqlalchemy.mypy\nmypy_path = $MYPY_CONFIG_FILE_DIR/src\n"
        "[typedml]\nregistry = units.txt\n"
    )
    copy = copied_ini(project, tmp_path)
    assert copy["mypy"]["plugins"] == f"{project}/tools/ours.py:entry, sqlalchemy.mypy, typedml.mypy"
    assert copy["mypy"]["mypy_path"] == f"{project}/src"
    assert copy["typedml"]["registry"] == f"{project}/units.txt"


@pytest.mark.parametrize("plugins", ["typedml.mypy", "pydantic.mypy,\n  typedml.mypy"])
def test_a_plugin_that_is_named_already_is_seen(project: Path, plugins: str) -> None:
    (project / "mypy.ini").write_text(f"[mypy]\nplugins = {plugins}\n")
    assert find(start=project).has_plugin


@pytest.mark.parametrize(
    ("name", "text"),
    [("mypy.ini", "plugins = x"), ("pyproject.toml", "[tool.mypy"), ("mypy.ini", "[mypy]\nx\n")],
)
def test_an_unreadable_configuration_is_named(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text)
    with pytest.raises(Failure, match=name) as caught:
        find(start=project)
    assert caught.value.hint


def test_a_named_configuration_must_exist(project: Path) -> None:
    with pytest.raises(Failure, match="No such file"):
        find(str(project / "absent.ini"))


def test_sections_of_other_plugins_are_kept_as_they_are_written(project: Path, tmp_path: Path) -> None:
    (project / "mypy.ini").write_text(
        "[mypy]\nPlugins = pydantic.mypy\n[pydantic-mypy]\ninit_typed = True\n"
        "[mypy.plugins.django-stubs]\nDjango_Settings = a.b\npercent = 5%\n"
    )
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(find(start=project).write_with_plugin(tmp_path))
    assert parser["mypy"]["plugins"] == "pydantic.mypy, typedml.mypy"
    assert dict(parser["pydantic-mypy"]) == {"init_typed": "True"}
    assert dict(parser["mypy.plugins.django-stubs"]) == {"Django_Settings": "a.b", "percent": "5%"}


OTHER_TABLES = """\
top = inf
[project]
name = "x"
[tool]
alone = 3
[tool.mypy]
plugins = ["pydantic.mypy"]
[tool.pydantic-mypy]
init_typed = true
[tool."a.b"]
when = 2024-01-02T03:04:05Z
day = 2024-01-02
"c d" = [{ e = 1 }, { e = nan }]
text = "\\u007f\\"\\\\"
"""


def test_whatever_a_toml_file_says_is_kept(project: Path, tmp_path: Path) -> None:
    (project / "pyproject.toml").write_text(OTHER_TABLES, encoding="utf-8")
    copy = tomllib.loads(find(start=project).write_with_plugin(tmp_path).read_text(encoding="utf-8"))
    assert copy["tool"]["mypy"].pop("plugins") == ["pydantic.mypy", "typedml.mypy"]
    said = tomllib.loads(OTHER_TABLES)
    del said["tool"]["mypy"]["plugins"]
    # As text, for nan is not equal to itself.
    assert pformat(copy) == pformat(said)


def test_the_folder_of_a_linked_configuration_is_that_of_the_link(project: Path, tmp_path: Path) -> None:
    (tmp_path / "shared.ini").write_text("[mypy]\nmypy_path = ${MYPY_CONFIG_FILE_DIR}/src\n")
    (project / "mypy.ini").symlink_to(tmp_path / "shared.ini")
    assert copied_ini(project, tmp_path)["mypy"]["mypy_path"] == f"{project}/src"
