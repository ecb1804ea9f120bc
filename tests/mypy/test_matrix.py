"""Whatever ran before and however mypy is run, it says what a run without any cache says, byte for byte."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from tests.mypy.conftest import Answer, Mypy

UNITS: Final = """\
from typing import Annotated
from typedml import Kind, Probability, Unit

LENGTH = Unit("mile")
HOUR = Unit("hour")
Length = Annotated[float, Unit("mile")]
Hour = Annotated[float, Unit("hour")]
Own = Annotated[float, Unit("smoot")]
CHURN = Kind("churn", parent=Probability)
"""
LEGS: Final = """\
from __future__ import annotations
from dataclasses import dataclass
from typing import Annotated
import trips
from typedml import Unit
from units import CHURN, HOUR, LENGTH, Hour, Length, Own

@dataclass
class Leg:
    length: Length
    own: Own
    time: Hour
    churn: Annotated[float, CHURN]

def speed(leg: Leg) -> Annotated[float, LENGTH / HOUR]:
    return leg.length / leg.time

def in_metres(leg: Leg) -> Annotated[float, Unit("meter")]:
    return leg.own

def shown(leg: Leg) -> str:
    return str(leg.time * 60)

def longest(legs: list[Leg]) -> Length:
    return trips.longest(legs).length
"""
TRIPS: Final = """\
from typing import Annotated
import legs
from shared import pause
from typedml import Unit, raw
from units import Hour

def longest(found: list["legs.Leg"]) -> "legs.Leg":
    return max(found, key=lambda leg: leg.length)

def total(found: list["legs.Leg"]) -> float:
    plain: list[float] = []
    time = 0.0
    for leg in found:
        time += leg.time
        plain.append(leg.length)
        time + leg.length
        reveal_type(leg.own)
    pause(time)
    return raw(time)

def late(leg: "legs.Leg") -> Annotated[float, Unit("mile/hour")]:
    reveal_type(legs.speed(leg))
    return legs.speed(leg)
"""
SHARED: Final = "def pause(seconds: float) -> None: ...\n"
MEANT: Final = """\
from typing import Annotated
from typedml import Unit
def pause(seconds: Annotated[float, Unit("hour")]) -> None: ...
"""
REGISTRY: Final = "smoot = 1.7018 * meter\n"
INI: Final = (
    "[typedml]\nregistry = own.txt\nstubs = typings\nlevel = {level}\n[mypy-shared]\nignore_errors = True\n"
)
BASE: Final = {
    "units.py": UNITS,
    "legs.py": LEGS,
    "trips.py": TRIPS,
    "shared.pyi": SHARED,
    "typings/shared.pyi": MEANT,
    "own.txt": REGISTRY,
    "mypy.ini": "[mypy]\nplugins = typedml.mypy\n" + INI.format(level="standard"),
}
FILES: Final = ("legs.py", "trips.py", "units.py")

# Each state is one edit away from the one before it.
STATES: Final[dict[str, dict[str, str]]] = {
    "as it was": {},
    "the module itself": {"legs.py": LEGS.replace("leg.length / leg.time", "leg.length * leg.time")},
    "repaired": {"legs.py": LEGS},
    "a declaration that is imported": {"units.py": UNITS.replace("mile", "km")},
    "the registry": {"own.txt": "smoot = 1 * meter\n"},
    "a stub of meanings": {"typings/shared.pyi": MEANT.replace("hour", "second")},
    "a stub of the project": {"shared.pyi": SHARED.replace("-> None", "-> float")},
    "the level": {"mypy.ini": BASE["mypy.ini"].replace("standard", "strict")},
    "a syntax error": {"units.py": UNITS + "def f(:\n"},
    "all as at first": BASE,
}
SHORT: Final = ("as it was", "a declaration that is imported", "the registry", "a stub of meanings")
WAYS: Final = {
    "as ever": (),
    "binary cache": ("--fixed-format-cache",),
    "JSON cache": ("--no-fixed-format-cache",),
    "sqlite": ("--sqlite-cache",),
    "files": ("--no-sqlite-cache",),
    "for the daemon": ("--cache-fine-grained",),
    "no times": ("--skip-cache-mtime-checks",),
    "JSON in files for the daemon": ("--no-fixed-format-cache", "--no-sqlite-cache", "--cache-fine-grained"),
    "workers": ("-n2",),
}


# mypy takes a file for unchanged that has the size that it had in the same second.
LATER: Final = count(1)


def change(folder: Path, files: dict[str, str]) -> None:
    moment = time.time() + 2 * next(LATER)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (moment, moment))


def lines(answer: Answer) -> list[str]:
    """What was said; the order of files is left to mypy, which has another in workers and in the daemon."""
    said = answer.output.splitlines()
    return sorted(row for row in said if not row.startswith(("Daemon", "Restarting: ")))


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    """What a run without any cache says of a state, asked once."""
    known: dict[str, Answer] = {}

    def told(state: str) -> Answer:
        if state not in known:
            mypy = Mypy(tmp_path_factory.mktemp("truth"))
            for name, files in {"": BASE, **STATES}.items():
                change(mypy.folder, files)
                if name == state:
                    break
            known[state] = mypy.run(*FILES)
        return known[state]

    return told


def test_each_edit_changes_what_is_said(truth: Callable[[str], Answer]) -> None:
    """Else nothing would be seen of a stale cache."""
    said = {state: lines(truth(state)) for state in SHORT}
    assert len({str(each) for each in said.values()}) == len(SHORT), said
    assert all("typedml" in str(each) for each in said.values()), said


def walk_through(
    run: Callable[[], Answer], folder: Path, truth: Callable[[str], Answer], short: bool
) -> None:
    change(folder, BASE)
    run()
    for state, files in STATES.items():
        change(folder, files)
        if short and state not in SHORT:
            continue
        assert lines(run()) == lines(truth(state)), state


@pytest.mark.parametrize(
    "way", [*list(WAYS)[:1], *(pytest.param(w, marks=pytest.mark.slow) for w in list(WAYS)[1:])]
)
def test_an_edit_anywhere_is_seen_through_every_cache(
    way: str, mypy: Mypy, truth: Callable[[str], Answer], request: pytest.FixtureRequest
) -> None:
    short = "slow" not in [mark.name for mark in request.node.iter_markers()]
    walk_through(lambda: mypy.run(*FILES, *WAYS[way], incremental=True), mypy.folder, truth, short)


@contextmanager
def daemon(mypy: Mypy) -> Iterator[Callable[[], Answer]]:
    command = ["mypy.dmypy", "--status-file", "status.json"]
    flags = ["--cache-dir", ".cache", "--no-error-summary"]
    try:
        yield lambda: mypy.command(*command, "run", "--timeout", "90", "--", *flags, *FILES)
    finally:
        mypy.command(*command, "stop")


@pytest.mark.slow
def test_the_daemon_says_what_a_run_says_after_every_edit(mypy: Mypy, truth: Callable[[str], Answer]) -> None:
    with daemon(mypy) as run:
        walk_through(run, mypy.folder, truth, short=False)


STRICT_UNITS: Final = """\
from typing import Annotated
from typedml import Unit

Km = Annotated[float, Unit("km")]
def plain(x: float) -> float:
    return x
def measured(x: Km) -> Km:
    return x
"""
STRICT_USES: Final = """\
from units import Km, measured, plain

class Route:
    size: float
    def keep(self, d: Km) -> None:
        self.size = d

def left(d: Km) -> float:
    items: list[float] = []
    items.append(d)
    measured(d)
    return plain(d)

def matched(d: Km) -> bool:
    match d:
        case 3.7:
            return True
    return False
"""
STRICT: Final = {
    "units.py": STRICT_UNITS,
    "uses.py": STRICT_USES,
    "mypy.ini": "[mypy]\nplugins = typedml.mypy\n[typedml]\nlevel = strict\n",
}
EDITS: Final[tuple[dict[str, str], ...]] = (
    {"uses.py": STRICT_USES.replace("    measured(d)\n", "    y: float = measured(d)\n    print(y)\n")},
    {"uses.py": STRICT_USES},
    {"units.py": STRICT_UNITS.replace('"km"', '"mile"')},
    {"units.py": STRICT_UNITS},
    {"units.py": STRICT_UNITS.replace("measured(x: Km)", "measured(x: float)")},
    {"units.py": STRICT_UNITS},
    {},
)


def test_the_daemon_sees_at_the_strict_level_what_a_run_sees(mypy: Mypy) -> None:
    """What is left in plain numbers, and what patterns hold, is looked at when a module has been checked."""
    files, flags = ("units.py", "uses.py"), ("--cache-dir", ".cache", "--no-error-summary")
    command = ["mypy.dmypy", "--status-file", "status.json"]
    said = []
    try:
        for edit in (STRICT, *EDITS):
            change(mypy.folder, edit)
            answer = mypy.command(*command, "run", "--timeout", "90", "--", *flags, *files)
            said.append(lines(answer))
            assert said[-1] == lines(mypy.run(*files)), edit
    finally:
        mypy.command(*command, "stop")
    assert len({str(each) for each in said}) == 4
    assert said[0] == said[2] == said[4] == said[-1]
    assert sum(": error:" in row for row in said[0]) == 4


def test_the_daemon_begins_anew_where_the_registry_or_the_level_changed(
    mypy: Mypy, truth: Callable[[str], Answer]
) -> None:
    with daemon(mypy) as run:
        change(mypy.folder, BASE)
        run()
        change(mypy.folder, STATES["the registry"])
        answer = run()
        assert "Restarting: plugins changed" in answer.output
        assert run().output.splitlines() == [
            r for r in answer.output.splitlines() if r[:6] not in ("Daemon", "Restar")
        ]


@pytest.mark.slow
def test_the_order_and_the_number_of_files_do_not_matter(mypy: Mypy, truth: Callable[[str], Answer]) -> None:
    change(mypy.folder, BASE)
    for files in (
        FILES,
        FILES[::-1],
        ("trips.py",),
        ("-m", "legs", "-m", "trips"),
        ("-c", "import trips, legs"),
    ):
        assert lines(mypy.run(*files)) == lines(truth("as it was")), files


@pytest.mark.slow
@pytest.mark.parametrize(
    "flags", [("--namespace-packages",), ("--no-namespace-packages", "--explicit-package-bases")]
)
def test_packages_say_what_files_say(
    flags: tuple[str, ...], mypy: Mypy, truth: Callable[[str], Answer]
) -> None:
    """`-p`, with packages that have an `__init__` or, as a namespace, have none."""
    change(mypy.folder, BASE)
    package = mypy.folder / "inner"
    package.mkdir()
    for name in FILES:
        text = BASE[name]
        for module in ("units", "legs", "trips"):
            text = text.replace(f"from {module} import", f"from inner.{module} import")
            text = text.replace(f"import {module}\n", f"import inner.{module} as {module}\n")
        (package / name).write_text(text, encoding="utf-8")
        (mypy.folder / name).unlink()
    if flags[0].startswith("--no"):
        (package / "__init__.py").write_text("")
    plain = [row.replace('"legs.Leg', '"inner.legs.Leg') for row in lines(truth("as it was"))]
    assert [row.replace(f"inner{os.sep}", "") for row in lines(mypy.run(*flags[:1], "-p", "inner"))] == plain


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_python_that_the_code_is_for_does_not_matter(
    version: str, mypy: Mypy, truth: Callable[[str], Answer]
) -> None:
    change(mypy.folder, BASE)
    assert lines(mypy.run(*FILES, "--python-version", version)) == lines(truth("as it was"))


@pytest.mark.parametrize(
    "written",
    [lambda text: text.replace(b"\n", b"\r\n"), lambda text: b"\xef\xbb\xbf" + text],
    ids=["CRLF", "BOM"],
)
def test_files_written_on_windows_say_the_same(
    written: Callable[[bytes], bytes], mypy: Mypy, truth: Callable[[str], Answer]
) -> None:
    change(mypy.folder, BASE)
    for name in (*FILES, "typings/shared.pyi", "own.txt"):
        (mypy.folder / name).write_bytes(written(BASE[name].encode()))
    assert lines(mypy.run(*FILES)) == lines(truth("as it was"))


NOTEBOOK: Final = """\
#!/usr/bin/env python
# coding: utf-8

# # Speeds

# In[1]:
from typing import Annotated
from typedml import Unit
Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]

# In[2]:
# %%
d: Km = 3.0
t: Hour = 2.0
d

# In[3]:
d + t

# In[ ]:
Km = Annotated[float, Unit("km")]
d = t
"""


def test_a_notebook_exported_to_a_script_is_checked_cell_by_cell(mypy: Mypy) -> None:
    mypy.write(notebook=NOTEBOOK)
    said = mypy.run("notebook.py").said["notebook.py"]
    errors = {line: texts[0].rpartition("[")[2] for line, texts in said.items() if texts[0].startswith("E: ")}
    assert errors == {19: "typedml-unit]", 22: "misc]", 23: "typedml-unit]"}
