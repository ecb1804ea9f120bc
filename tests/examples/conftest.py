"""The programs of an example import one another by their plain names, as when they are run."""

import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
sys.path[:0] = [str(EXAMPLES / name) for name in ("flights", "energy")]
