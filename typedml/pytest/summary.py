"""What the tests of laws say: a counterexample where one fails, and a summary at the end of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from _pytest._code.code import ReprFileLocation, TerminalRepr
from _pytest._io import TerminalWriter

# What the report of a test carries to the summary, from other processes too.
LAW = "typedml law"
WORDS = "typedml words"
EXAMPLE = "typedml example"
VERDICTS = (("passed", "held"), ("failed", "broken"), ("skipped", "could not be judged"))
# Features that are named beside a word that their laws want.
SHOWN = 3


class Counterexample(TerminalRepr):
    """A broken law as pytest prints it: the counterexample, and nothing of how it was found."""

    def __init__(self, message: str, place: ReprFileLocation) -> None:
        self.message = message
        self.reprcrash = place

    def toterminal(self, tw: TerminalWriter) -> None:
        """Print it, the marks in red."""
        for line in self.message.splitlines():
            before, mark, after = line.partition("<--")
            tw.write(before)
            tw.write(mark, red=True, bold=True)
            tw.line(after)


def summary(reports: dict[str, list[Any]], *, is_long: bool) -> Iterator[str]:
    """The lines of the summary: the verdicts, waivers, words that laws want, and examples that features want.

    `reports` are those of all tests by their outcome; nothing is said where none is of a law.
    """
    counts = Counter[str]()
    words, examples = [], []
    for outcome, verdict in VERDICTS:
        for report in reports.get(outcome, ()):
            known = dict(getattr(report, "user_properties", ()))
            counts[verdict] += LAW in known
            words += [known[WORDS]] if WORDS in known else []
            examples += [known[EXAMPLE]] if known.get(EXAMPLE) else []
    if counts.total():
        yield ", ".join(f"{counts[verdict]:,} {verdict}" for _, verdict in VERDICTS if counts[verdict])
        yield from _words(words, is_long=is_long)
        yield from _examples(examples)


def _words(told: Sequence[tuple[str, Mapping[str, Sequence[str]]]], *, is_long: bool) -> Iterator[str]:
    """The laws that are waived, and why; how many want a word of a declaration, or each of the words."""
    wanting: dict[str, list[str]] = {}
    number = 0
    for name, words in told:
        for word, laws in words.items():
            if word.startswith("waived"):
                yield f"{name}: {', '.join(laws)} {word}"
                continue
            number += len(laws)
            want = "wants" if len(laws) == 1 else "want"
            wanting.setdefault(f"{', '.join(laws)} {want} {word}", []).append(name)
    if not number:
        return
    yield f"{number:,} want a word of a declaration" + (":" if is_long else ", which -rs tells")
    for line, names in wanting.items() if is_long else ():
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        yield f"  {line} ({', '.join(names[:SHOWN])}{more})"


def _examples(commands: Sequence[str]) -> Iterator[str]:
    if commands:
        yield "these features want a worked example; each command proposes an example:"
        yield from (f"  {command}" for command in dict.fromkeys(commands))
