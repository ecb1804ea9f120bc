"""`typedml check SRC`: mypy with the plugin, with nothing to configure.

The project's own mypy configuration is kept; only `plugins` gains `typedml.mypy`, in a copy. Options that are
not ours go to mypy as they are, and mypy's exit status is ours: 0 fine, 1 findings, 2 it could not run.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from typedml.cli.failure import Failure
from typedml.cli.mypy_config import MypyConfig, find

# Apart from the user's own cache: the two runs differ by the plugin, and each would throw the other's away.
CACHE = os.path.join(".mypy_cache", "typedml")


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--config-file", metavar="FILE", help="The mypy configuration; found as mypy finds it.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="SRC... [MYPY OPTIONS]")
def check(arguments: tuple[str, ...], config_file: str | None) -> None:
    """Run mypy with the plugin on files, folders or (with -p) packages.

    Without SRC, mypy checks what its configuration names as `files`. Any other option is mypy's.
    """
    done = run_mypy(arguments, config_file=config_file)
    click.get_current_context().exit(done.returncode)


def run_mypy(
    arguments: Sequence[str],
    *,
    config_file: str | None = None,
    capture: bool = False,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run mypy with the plugin on `arguments`, as mypy takes them.

    Raises: Failure if mypy is not installed or its configuration cannot be read.
    """
    if importlib.util.find_spec("mypy") is None:
        raise Failure("mypy is not installed", 'pip install "typedml[mypy]" installs the version supported')
    config = find(config_file, start=cwd)
    with tempfile.TemporaryDirectory(prefix="typedml-") as folder:
        command = [sys.executable, "-m", "mypy", *_options(config, Path(folder), arguments), *arguments]
        sys.stdout.flush()
        return subprocess.run(command, check=False, capture_output=capture, text=True, cwd=cwd)


def _options(config: MypyConfig, folder: Path, arguments: Sequence[str]) -> list[str]:
    if config.has_plugin and config.path is not None:
        return ["--config-file", str(config.path)]
    options = ["--config-file", str(config.write_with_plugin(folder))]
    if config.cache is None and not any(a.startswith("--cache-dir") for a in arguments):
        options += ["--cache-dir", CACHE]
    return options
