"""Engines: one for each library that holds tables, all with the same functions in the same order.

`takes(frame)`, `survey(plan, frame)`, `count(stage, frame)`, `locate(stage, frame, rules, limit)`,
`fetch(frame, columns, positions)`, `divide(stage, frame, rules)`.
"""
