"""Units and kinds that data carries itself, beside its values: read, compared with the declaration, written.

| place | what survives there |
|---|---|
| metadata of an Arrow field | Arrow tables, Feather, Parquet written by pyarrow |
| metadata of the Arrow schema, or of a Parquet file | the same, and Parquet written by polars |
| `attrs` of a pandas frame | pandas operations, and what pandas writes to Parquet and Feather |
| the dtype of a pint-pandas column | pandas operations |

Whatever is there is compared with the declaration, as the rules `unit` and `kind` of a column. A file that
says `mile` never passes as `km`; one that says nothing is judged by its values alone, and has no such rule.
"""

from typedml.boundary.carried.stamping import stamp, write_ipc, write_parquet

__all__ = ["stamp", "write_ipc", "write_parquet"]
