"""What mypy says of programs: what is reported, under which code, and at which part of which line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs
from mypy import api

from tests.differential.facts import prelude

PER_MODULE: Final = 40
HEADER: Final = "from prelude import *\nfrom prelude import math, Annotated\n"
ROW: Final = re.compile(
    r"^(?P<file>[^:]+)\.py:(?P<line>\d+):(?P<column>\d+):(?P<last_line>\d+):(?P<last>\d+): "
    r"error: (?P<text>.*?)(  \[(?P<code>[\w-]+)\])?$"
)
CONFIGURATION: Final = "[mypy]\nplugins = typedml.mypy\nmypy_path = $MYPY_CONFIG_FILE_DIR\n"


@attrs.frozen
class Finding:
    """One error: the line of its function, where that with `def` is 0, and what stands there."""

    code: str
    text: str
    line: int
    source: str


def check(texts: Mapping[int, str], folder: Path) -> dict[int, list[Finding]]:
    """Return what is reported of each function by its number; nothing if nothing is."""
    (folder / "prelude.py").write_text(prelude(), encoding="utf-8")
    (folder / "mypy.ini").write_text(CONFIGURATION, encoding="utf-8")
    numbers = list(texts)
    modules: dict[str, list[tuple[int, int]]] = {}
    for start in range(0, len(numbers), PER_MODULE):
        name = f"part{start // PER_MODULE}"
        modules[name] = _write(
            folder / f"{name}.py", [(n, texts[n]) for n in numbers[start : start + PER_MODULE]]
        )
    output = _run(folder, [f"{name}.py" for name in modules])
    return _found(output, folder, modules)


def _write(path: Path, functions: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Write a module; return where each function begins, and its number."""
    text, starts = HEADER, []
    line = text.count("\n") + 1
    parts = [text]
    for number, function in functions:
        starts.append((line, number))
        parts.append(function + "\n\n")
        line += function.count("\n") + 2
    path.write_text("".join(parts), encoding="utf-8")
    return starts


def _run(folder: Path, names: Sequence[str]) -> str:
    options = [
        "--config-file",
        str(folder / "mypy.ini"),
        "--cache-dir",
        str(folder / ".cache"),
        "--no-error-summary",
    ]
    options += ["--show-absolute-path", "--hide-error-context", "--no-pretty", "--show-error-end"]
    output, errors, status = api.run([*options, *(str(folder / name) for name in names)])
    if errors or status not in (0, 1):
        raise RuntimeError(errors or output)
    return output


def _found(
    output: str, folder: Path, modules: Mapping[str, list[tuple[int, int]]]
) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    lines = {name: (folder / f"{name}.py").read_text(encoding="utf-8").split("\n") for name in modules}
    for row in output.splitlines():
        match = ROW.match(row)
        if match is None:
            continue
        name = Path(match["file"]).name
        line = int(match["line"])
        if name not in modules or line < modules[name][0][0]:
            raise RuntimeError(row)
        start, number = max(each for each in modules[name] if each[0] <= line)
        source = lines[name][line - 1]
        if match["last_line"] == match["line"]:
            source = source[int(match["column"]) - 1 : int(match["last"])]
        found[number].append(Finding(match["code"] or "", match["text"], line - start, source.strip()))
    return dict(found)
