"""The example's programs import one another by their plain names, as when they are run."""

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "examples" / "flights"
sys.path.insert(0, str(FOLDER))
