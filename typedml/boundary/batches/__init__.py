"""Files larger than memory: judged in batches, with the answers that the whole table would get.

| module | what it does |
|---|---|
| `sources` | which files a path, a folder, a pattern or a dataset stands for |
| `readers`, `arrow_readers`, `text_readers` | one file as frames of the columns that rules need |
| `judging` | counts that add up, and what is carried from one batch to the next |
| `ways` | how each rule is judged: by rows, by neighbours, by groups, or not at all |
| `repeating` | rules of text, judged once for each distinct text of a column |
| `parts` | one file: its columns, its counts, the values that break a type |
| `order` | the last value before a batch, for rules that compare neighbours |
| `spilling` | rows set aside on disk by group, for rules that need all rows of a group at once |
| `findings` | one report of all parts |
| `dividing` | good and bad rows, written to two files |
| `progress` | a bar on a terminal |
"""
