"""CPU time of callables and of commands, compared fairly.

The contestants of a comparison take turns; the least of several rounds counts, in CPU time of this process
(and its threads) or of the child process, so that other work on the machine is not measured.
"""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def side_by_side(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int = 7, calls: int = 1
) -> dict[str, float]:
    """Return the least CPU seconds per call of each contestant, called `calls` times in each round."""
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(rounds):
        for name, run in contestants.items():
            best[name] = min(best[name], _cpu_seconds(run, calls) / calls)
    return best


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


def _cpu_seconds(run: Callable[[], object], calls: int) -> float:
    start = time.process_time()
    for _ in range(calls):
        run()
    return time.process_time() - start


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
