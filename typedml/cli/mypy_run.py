"""Run mypy with the plugin, whatever the project's configuration says."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from typedml.cli.failure import Failure
from typedml.cli.mypy_config import MypyConfig, find

# Apart from the user's own cache: the two runs differ by the plugin, and each would throw the other's away.
CACHE = os.path.join(".mypy_cache", "typedml")


def run_mypy(
    arguments: Sequence[str],
    *,
    config_file: str | None = None,
    capture: bool = False,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run mypy with the plugin on `arguments`, as mypy takes them.

    Raises: Failure if mypy is not installed or its configuration cannot be read.
    """
    if importlib.util.find_spec("mypy") is None:
        raise Failure("mypy is not installed", 'pip install "typedml[mypy]" installs the version supported')
    config = find(config_file, start=cwd)
    variables = {**os.environ, **(environment or {})}
    with tempfile.TemporaryDirectory(prefix="typedml-") as folder:
        copy = None if _is_complete(config) else config.write_with_plugin(Path(folder))
        command = [sys.executable, "-m", "mypy", *_options(config, copy, arguments), *arguments]
        sys.stdout.flush()
        if copy is None:
            return subprocess.run(
                command, check=False, capture_output=capture, text=True, cwd=cwd, env=variables
            )
        return _run_with_copy(command, config, copy, capture=capture, cwd=cwd, environment=variables)


def _is_complete(config: MypyConfig) -> bool:
    return config.has_plugin and config.path is not None


def _run_with_copy(
    command: Sequence[str],
    config: MypyConfig,
    copy: Path,
    *,
    capture: bool,
    cwd: Path | None,
    environment: Mapping[str, str],
) -> subprocess.CompletedProcess[str]:
    """Run mypy, and let what it says of its configuration name the user's file."""
    colours = not capture and sys.stdout.isatty() and sys.stderr.isatty()
    # mypy asks both streams for a terminal, and one of them is read here.
    forced = {"MYPY_FORCE_COLOR": "1"} if colours and "MYPY_FORCE_COLOR" not in environment else {}
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**environment, **forced},
    )
    done.stderr = config.renamed(done.stderr, copy)
    if not capture:
        sys.stderr.write(done.stderr)
        sys.stderr.flush()
    return done


def _options(config: MypyConfig, copy: Path | None, arguments: Sequence[str]) -> list[str]:
    if copy is None:
        return ["--config-file", str(config.path)]
    options = ["--config-file", str(copy)]
    if config.cache is None and not any(a.startswith("--cache-dir") for a in arguments):
        options += ["--cache-dir", CACHE]
    return options
