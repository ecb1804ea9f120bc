"""`typedml check --coverage`: which numbers have no meaning yet, by file, the least known first.

The plugin counts while mypy checks (`typedml.mypy.census`), so everything is checked anew, without a cache.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from typedml.cli.console import console, table, title
from typedml.cli.failure import escaped
from typedml.cli.findings import counted, read
from typedml.cli.mypy_run import run_mypy

# What `typedml.mypy.settings.COVERAGE` is called; the command line does not import mypy.
VARIABLE = "TYPEDML_COVERAGE"
LONGEST = 60


@dataclass(frozen=True)
class FileCoverage:
    """The numbers of one file; `uses` says whether it has to do with meanings at all."""

    path: str
    uses: bool
    places: list[dict[str, Any]]

    @property
    def known(self) -> int:
        """How many numbers have a meaning."""
        return sum(place["known"] for place in self.places)

    @property
    def percent(self) -> float:
        """The share of numbers that have a meaning, in percent."""
        return percent(self.known, len(self.places))

    @property
    def unknown(self) -> list[dict[str, Any]]:
        """The numbers without a meaning, in the order of the source."""
        return [{k: v for k, v in p.items() if k != "known"} for p in self.places if not p["known"]]


def percent(known: int, numbers: int) -> float:
    """Return a share in percent, to one decimal; only what is whole is 100.

    >>> percent(1, 3), percent(9999, 10000), percent(0, 0)
    (33.3, 99.9, 100.0)
    """
    return int(1000 * known / numbers) / 10 if numbers else 100.0


def report(arguments: Sequence[str], config_file: str | None, *, as_json: bool) -> int:
    """Run mypy, and list what it found to have no meaning; return 0, or 2 where mypy could not run."""
    with tempfile.TemporaryDirectory(prefix="typedml-") as folder:
        counts, cache = Path(folder, "counts"), Path(folder, "cache")
        counts.mkdir()
        options = ["--output=json", f"--cache-dir={cache}"]
        environment = {VARIABLE: str(counts)}
        done = run_mypy(
            [*arguments, *options], config_file=config_file, capture=True, environment=environment
        )
        found = _collected(counts)
    findings, others = read(done.stdout)
    if done.returncode > 1:
        rows = [str(line) for finding in findings for line in finding.shown(columns=False)]
        click.echo("\n".join([*others, *rows, done.stderr.rstrip()]), err=True)
        return done.returncode
    if as_json:
        click.echo(json.dumps(as_data(found), indent=2, ensure_ascii=False))
    else:
        _show(found, sum(finding.is_error for finding in findings))
    return 0


def _collected(folder: Path) -> list[FileCoverage]:
    here = Path.cwd()
    found = []
    for record in sorted(folder.glob("*.json")):
        said = json.loads(record.read_text(encoding="utf-8"))
        path = Path(said["path"])
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        if said["places"]:
            found.append(FileCoverage(shown.as_posix(), said["uses"], said["places"]))
    return sorted(found, key=lambda file: (file.percent, file.path))


def as_data(found: Sequence[FileCoverage]) -> dict[str, Any]:
    """Return what is shown as data for machines."""
    known, numbers = sum(file.known for file in found), sum(len(file.places) for file in found)
    return {
        "known": known,
        "numbers": numbers,
        "percent": percent(known, numbers),
        "files": [
            {
                "file": file.path,
                "uses_meanings": file.uses,
                "known": file.known,
                "numbers": len(file.places),
                "percent": file.percent,
                "unknown": file.unknown,
            }
            for file in found
        ],
    }


def _show(found: Sequence[FileCoverage], errors: int) -> None:
    out, total = console(), as_data(found)
    if not found:
        out.print("There are no numbers in what was checked.")
        return
    share = f"{total['known']} of {total['numbers']} numbers have a meaning"
    out.print(title(f"{total['percent']} %", share))
    out.print(table([_row(file) for file in found], styles=("", "dim", "")))
    for file in found:
        if file.uses and file.unknown:
            out.print(Text.assemble("\n", (escaped(file.path), "bold"), f"  {file.percent} %"))
            for line in _listed(file):
                out.print(line, soft_wrap=True)
    if errors:
        out.print(f"\nmypy also found {counted(errors, 'error')}; without --coverage they are shown.")


def _row(file: FileCoverage) -> tuple[str, str, Text]:
    share = f"{file.known}/{len(file.places)}"
    remark = "" if file.uses else "  declares nothing yet"
    return f"{file.percent:5.1f} %", share, Text.assemble(escaped(file.path), (remark, "dim"))


def _listed(file: FileCoverage) -> Iterator[Text]:
    unknown = file.unknown
    places = [f"{file.path}:{place['line']}:{place['column']}" for place in unknown]
    width = max(map(len, places))
    longest = max(min(len(place["text"]), LONGEST) for place in unknown)
    for where, place in zip(places, unknown, strict=True):
        text = place["text"] if len(place["text"]) <= LONGEST else place["text"][: LONGEST - 3] + "..."
        yield Text.assemble(
            "  ",
            escaped(where).ljust(width),
            "  ",
            (place["sort"].ljust(10), "cyan"),
            "  ",
            escaped(text).ljust(longest),
            "  ",
            (escaped(place["why"]), "dim"),
        )
