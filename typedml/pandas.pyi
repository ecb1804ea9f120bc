from typing import Any

import pandas as pd

type DataFrame[Schema] = pd.DataFrame
type Series[Meaning] = pd.Series[Any]
