import polars as pl

type DataFrame[Schema] = pl.DataFrame
type LazyFrame[Schema] = pl.LazyFrame
type Series[Meaning] = pl.Series
