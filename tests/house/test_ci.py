"""The run of all checks ends with the first failure."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUN = ROOT / ".ci" / "run"


def test_the_script_is_sound_and_strict() -> None:
    assert os.access(RUN, os.X_OK)
    assert "set -euo pipefail" in RUN.read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", str(RUN)], check=True)


def test_a_failing_step_fails_the_run_and_names_itself() -> None:
    done = subprocess.run(
        ["bash", str(RUN)], env={**os.environ, "PYTHON": "false"}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "install FAILED" in done.stdout
