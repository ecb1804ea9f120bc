"""The baseline: what `typedml check` found in old code once, so that only what is new fails.

    {"version": 1, "checked": ["src"], "files": {"src/old.py": [
        {"code": "typedml-unit", "message": "...", "source": "return d / t", "count": 1}]}}

A finding is known by its file, its code, its text and the line of source that it stands on, so code may move
up and down; how often it may occur is counted. The file is sorted, to be read in review and merged.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from typedml.cli.failure import Failure
from typedml.cli.findings import Finding

DEFAULT = "typedml-baseline.json"
VERSION = 1
# `Name "x" already defined on line 5`: the other line may move as well.
OTHER_LINE = re.compile(r"\bline \d+")
FIELDS = {"code": str, "message": str, "source": str, "count": int}


class Known(NamedTuple):
    """What a finding is recognised by, wherever in its file it moves."""

    file: str
    code: str
    message: str
    source: str


@dataclass(frozen=True)
class Baseline:
    """What is known of old code, how often, and which arguments mypy was given when it was found."""

    known: Counter[Known] = field(default_factory=Counter)
    checked: tuple[str, ...] = ()

    def write(self, path: Path) -> None:
        """Write the file, in an order that depends on nothing but what it says.

        Raises: Failure if the file cannot be written.
        """
        content: dict[str, Any] = {"version": VERSION, "checked": list(self.checked), "files": {}}
        for known, count in sorted(self.known.items()):
            entry = {"code": known.code, "message": known.message, "source": known.source, "count": count}
            content["files"].setdefault(known.file, []).append(entry)
        try:
            text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise Failure(f'the baseline "{path}" cannot be written: {error.strerror}') from error

    def new(self, found: Sequence[Finding], root: Path) -> list[Finding]:
        """Return what the baseline does not know, notes that belong to no error included."""
        left = Counter(self.known)
        pairs = zip(found, recognised(found, root), strict=True)
        return [each for each, known in pairs if not (each.is_error and _take(left, known))]

    def stale(self, found: Sequence[Finding], root: Path, checked: Sequence[str]) -> Counter[Known]:
        """Return what is known and was not found again, of the files that this run has looked at."""
        left = self.known - _errors(found, root)
        is_whole = tuple(checked) == self.checked
        return Counter(
            {
                known: count
                for known, count in left.items()
                if is_whole or _is_among(known.file, checked, root) or not (root / known.file).exists()
            }
        )


def read(path: Path) -> Baseline:
    """Read a baseline.

    Raises: Failure if it is missing, damaged, or of another version.
    """
    named = "" if str(path) == DEFAULT else f" --baseline {path}"
    mend = f"restore it, or write it anew: `typedml check --write-baseline{named}`"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version = content.get("version") if isinstance(content, dict) else None
        if version != VERSION:
            raise Failure(
                f'the baseline "{path}" is of version {version!r}; this typedml reads version {VERSION}', mend
            )
        known: Counter[Known] = Counter()
        for name, entry in _entries(content["files"]):
            known[Known(name, entry["code"], entry["message"], entry["source"])] += entry["count"]
        return Baseline(known, tuple(map(str, content["checked"])))
    except OSError as error:
        raise Failure(f'the baseline "{path}" cannot be read: {error.strerror}', mend) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else " ".join(str(error).split())
        raise Failure(f'the baseline "{path}" is damaged: {what}', mend) from error


def _entries(files: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entries in files.items():
        for entry in entries:
            for key, sort in FIELDS.items():
                if not isinstance(entry[key], sort):
                    raise ValueError(f'{name}: "{key}" is {entry[key]!r}')
            if entry["count"] < 1:
                raise ValueError(f'{name}: "count" is {entry["count"]}')
            yield name, entry


def taken(found: Sequence[Finding], root: Path, checked: Sequence[str]) -> Baseline:
    """Return the baseline of what was found; file names are relative to the folder it stands in."""
    return Baseline(_errors(found, root), tuple(checked))


def recognised(found: Sequence[Finding], root: Path) -> list[Known]:
    """Return what each finding is recognised by."""
    rows = {file: _rows(file) for file in {each.file for each in found}}
    names = {file: _relative(file, root) for file in rows}
    return [
        Known(names[e.file], e.code, OTHER_LINE.sub("line ...", e.message), _source(rows[e.file], e.line))
        for e in found
    ]


def _errors(found: Sequence[Finding], root: Path) -> Counter[Known]:
    pairs = zip(found, recognised(found, root), strict=True)
    return Counter(known for finding, known in pairs if finding.is_error)


def _rows(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def _source(rows: list[str], line: int) -> str:
    return " ".join(rows[line - 1].split()) if 0 < line <= len(rows) else ""


def _relative(file: str, root: Path) -> str:
    path, folder = Path(file).resolve(), root.resolve()
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _take(left: Counter[Known], known: Known) -> bool:
    if not left[known]:
        return False
    left[known] -= 1
    return True


def _is_among(file: str, checked: Sequence[str], root: Path) -> bool:
    """Whether one of the arguments is the file, or a folder above it."""
    path = (root / file).resolve()
    return any(path.is_relative_to(Path(each).resolve()) for each in checked if not each.startswith("-"))
