"""Engines: one for each library that holds tables, all with the same functions in the same order.

| function | answers |
|---|---|
| `takes(frame)` | is this a frame of the library? |
| `survey(plan, frame)` | what are its columns found to be? |
| `lists(stage, frame, names)` | the columns as Python values, for a frame of few rows |
| `values(frame, name)` | one column as Python values, to name what is wrong in it; or None |
| `count(stage, frame)` | how many rows break each rule? |
| `hold(frame, columns)` | these columns, so that their rows can be asked for twice |
| `locate(stage, frame, rules, limit)` | which rows are the first to break these? |
| `fetch(frame, columns, positions)` | what stands in these rows? |
| `divide(stage, frame, rules, label)` | the good rows, and the bad ones with their reasons |
| `size(frame)` | how many rows are there? |
| `pick(frame, positions)` | a frame of these rows, for a sample; FrameError where rows have no order |
| `distinct(frame, names)` | the rows of these columns, each at least once, for a reference; or None |

Missing is null or NaN, for every engine and every rule; what is missing breaks `null` and nothing else.
"""
