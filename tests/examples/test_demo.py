"""`typedml demo`: three mistakes are caught by three layers, and mending one silences its layer."""

import io
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from rich.console import Console

from typedml.cli import demo
from typedml.cli.demo import BOUNDARY, DATA, LAWS, STATIC, Act, Scene, Validated, perform
from typedml.cli.failure import Failure

# Each planted mistake, and what is right: words as they stand, words as they should.
MENDED = {
    STATIC: [
        ("import Miles, Minutes, Mph", "import Miles, Minutes, Mph\n\nfrom typedml import convert"),
        ("distance / air_time", 'distance / convert(air_time, "minute", "hour")'),
    ],
    BOUNDARY: [("100 * late", "late")],
    LAWS: [('"pressure /', '"100 * pressure /')],
}
SAID = {
    STATIC: ("typedml-unit", 'got "float[mile/minute]", expected "float[mile/hour]"', "convert(air_time"),
    BOUNDARY: ("typedml-value", "p_late in [0, 1]", 'convert(p_late, "percent", "1")'),
    LAWS: ("typedml-law", "0.01 x its coherent value", 'convert(..., "millibar", "pascal")'),
}
ACTS = pytest.mark.parametrize("act", demo.ACTS, ids=lambda act: act.layer)


@pytest.fixture(scope="module")
def played() -> list[Validated | Scene]:
    return list(perform())


def scene_of(played: list[Validated | Scene], act: Act) -> Scene:
    (scene,) = (each for each in played if isinstance(each, Scene) and each.act == act)
    return scene


def mend(folder: Path, act: Act) -> Path:
    stage = shutil.copytree(DATA, folder / "stage")
    file = stage / act.file
    text = file.read_text(encoding="utf-8")
    for wrong, right in MENDED[act]:
        assert text.count(wrong) == 1
        text = text.replace(wrong, right)
    file.write_text(text, encoding="utf-8")
    return stage


@ACTS
def test_each_mistake_is_caught_by_its_layer_with_a_hint(played: list[Validated | Scene], act: Act) -> None:
    code, text, hint = SAID[act]
    (finding,) = scene_of(played, act).findings
    assert finding.code == code
    assert text in finding.text
    assert hint in finding.hint


@ACTS
def test_mending_a_mistake_makes_its_message_disappear(tmp_path: Path, act: Act) -> None:
    scene = scene_of(list(perform(mend(tmp_path, act), acts=[act])), act)
    assert scene.findings == ()


def test_the_real_data_is_held_against_its_schemas_first(played: list[Validated | Scene]) -> None:
    tables = [each for each in played if isinstance(each, Validated)]
    assert [(each.table, each.rows) for each in tables] == [
        ("flights", 331),
        ("airports", 78),
        ("weather", 96),
    ]
    flights, airports, weather = tables
    assert flights.findings == ()
    assert "3 of 78 rows" in airports.findings[0].text
    assert "wind_speed = 1048.36" in weather.findings[0].details[0]


def test_the_mistake_runs_unchecked_to_a_wrong_number(played: list[Validated | Scene]) -> None:
    assert scene_of(played, STATIC).outcome == "529 miles to CLT in 90 minutes: 5.9 mph"


def test_what_is_played_leaves_no_module_behind_and_restores_those_of_the_same_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = ModuleType("tables")
    monkeypatch.setitem(sys.modules, "tables", mine)
    monkeypatch.delitem(sys.modules, "declared", raising=False)
    (scene,) = (each for each in perform(acts=[BOUNDARY]) if isinstance(each, Scene))
    assert scene.findings
    assert sys.modules["tables"] is mine
    assert "declared" not in sys.modules
    assert not any("typedml-demo-" in folder for folder in sys.path)


def shown(stage: Path) -> tuple[int, str]:
    screen = Console(file=io.StringIO(), width=110, highlight=False)
    status = demo.run(screen, stage=stage)
    assert isinstance(screen.file, io.StringIO)
    return status, screen.file.getvalue()


def test_a_mended_mistake_is_shown_as_right_and_the_exit_status_says_so(tmp_path: Path) -> None:
    status, text = shown(mend(tmp_path, BOUNDARY))
    assert status == 1
    assert "2 of 3 mistakes caught" in text
    assert re.search(r"boundary +✓ nothing to say", text)


def test_what_is_printed_without_a_terminal_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "perform", lambda stage: iter(()))
    _, text = shown(DATA)
    assert "\x1b" not in text
    assert 'Mph = Annotated[float, Unit("mile/hour")]' in text


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo.NEEDED, "no_such_library", "pandas")
    with pytest.raises(Failure, match="no_such_library") as caught:
        demo.run()
    assert "pip install" in str(caught.value.hint)


@pytest.mark.slow
def test_the_command_takes_less_than_20_seconds_wherever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = no.such.plugin\n")
    ascii_pipe = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "typedml", "demo"]
    started = time.perf_counter()
    done = subprocess.run(command, cwd=tmp_path, env=ascii_pipe, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.perf_counter() - started < 20
    assert "3 of 3 mistakes caught" in done.stdout
    assert "\x1b" not in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mypy.ini"]
