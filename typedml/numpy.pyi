from typing import Any

import numpy as np

type Array[Meaning] = np.ndarray[Any, np.dtype[Any]]
