"""CPU time of callables and of commands, compared fairly.

The contestants of a comparison take turns; the least of several rounds counts, in CPU time of this process
(and its threads) or of the child process, so that other work on the machine is not measured.
"""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(slots=True)
class Times:
    """What the rounds of one contestant took: CPU seconds (user and system, all threads), wall seconds."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def least(self) -> float:
        """The least CPU seconds, the figure that other work on the machine disturbs least."""
        return min(self.cpu)

    @property
    def spread(self) -> tuple[float, float, float]:
        """The least, the median and the greatest CPU seconds."""
        return min(self.cpu), median(self.cpu), max(self.cpu)


def timed_side_by_side(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int = 7, calls: int = 1
) -> dict[str, Times]:
    """Return the times per call of each contestant; they take turns, each first in some of the rounds."""
    times = {name: Times() for name in contestants}
    names = list(contestants)
    for each in range(rounds):
        first = each % len(names)
        for name in names[first:] + names[:first]:
            wall, cpu = time.perf_counter(), time.process_time()
            for _ in range(calls):
                contestants[name]()
            times[name].cpu.append((time.process_time() - cpu) / calls)
            times[name].wall.append((time.perf_counter() - wall) / calls)
    return times


def side_by_side(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int = 7, calls: int = 1
) -> dict[str, float]:
    """Return the least CPU seconds per call of each contestant, called `calls` times in each round."""
    times = timed_side_by_side(contestants, rounds=rounds, calls=calls)
    return {name: each.least for name, each in times.items()}


def commands_side_by_side(
    commands: Mapping[str, Sequence[str]], *, rounds: int = 3, cwd: Path | None = None
) -> dict[str, float]:
    """Return the least CPU seconds (user and system) of each command; one that fails raises."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, argv in commands.items():
            best[name] = min(best[name], command_cpu_seconds(argv, cwd=cwd))
    return best


def command_cpu_seconds(
    argv: Sequence[str], *, cwd: Path | None = None, accepted: Sequence[int] = (0,)
) -> float:
    """Run a command and return the CPU seconds it used.

    Raises:
        subprocess.CalledProcessError: If its exit status is not among `accepted`.
    """
    before = _children_cpu()
    done = subprocess.run(argv, cwd=cwd, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode not in accepted:
        raise subprocess.CalledProcessError(done.returncode, argv, done.stdout, done.stderr)
    return _children_cpu() - before


def environment() -> dict[str, str]:
    """Return the environment of commands: with it Python keeps what it compiled, as it does for its users."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
