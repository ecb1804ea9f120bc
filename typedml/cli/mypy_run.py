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
    with tempfile.TemporaryDirectory(prefix="typedml-") as folder:
        command = [sys.executable, "-m", "mypy", *_options(config, Path(folder), arguments), *arguments]
        sys.stdout.flush()
        variables = {**os.environ, **environment} if environment else None
        return subprocess.run(command, check=False, capture_output=capture, text=True, cwd=cwd, env=variables)


def _options(config: MypyConfig, folder: Path, arguments: Sequence[str]) -> list[str]:
    if config.has_plugin and config.path is not None:
        return ["--config-file", str(config.path)]
    options = ["--config-file", str(config.write_with_plugin(folder))]
    if config.cache is None and not any(a.startswith("--cache-dir") for a in arguments):
        options += ["--cache-dir", CACHE]
    return options
