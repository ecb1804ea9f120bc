"""What people must see and nothing may obey: names and values that are markup, escapes and commands."""

from __future__ import annotations

from typing import Any

import polars as pl

from typedml.algebra.meaning import UNKNOWN
from typedml.boundary import Report, check
from typedml.declare.declared import DeclaredField, DeclaredRule, DeclaredSchema, Rules
from typedml.declare.expression import Column, Constant, Operation

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</summary></details><h1>owned</h1>",
    "| a | b |\n|---|---|",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "https://evil.example www.evil.example @everyone #1",
    "`code` ``more`` ```\nfence\n```",
    "# heading\n> quote\n- [ ] item\n***bold***",
    "\x1b[31mred\x1b]8;;https://evil.example\x07link\x1b]8;;\x07\x1b[2J",
    "\x9b31m\x85\u2028\u2029\x7f",
    "abc\u202edcb\u2066\u200f\ufeff",
    "::error file=a.py,line=1::owned",
    "\r\n::set-env name=PATH::/evil",
    "##[error]owned ##[add-path]/evil",
    "100%25 %0A::warning::x, a:b",
    "null\x00 bell\x07 back\x08 \ufffe\uffff",
    "]]><failure/><![CDATA[",
    "&lt;&amp;&#x3c;&bogus;",
    "{0} {{x}} [link](1)",
    "x" * 100_000,
)
TEXT = "".join(HOSTILE[:-1])


def hostile_report() -> Report:
    """Every hostile text as a column, as a value of it, in a key, a doc, and the name of the schema."""
    fields = [
        DeclaredField(name, name, None, str, False, True, Rules(isin=("fine",)), (), f"doc {name}")
        for name in dict.fromkeys(HOSTILE)
    ]
    fields.append(DeclaredField("key", "key", None, str, False, True, Rules(unique=True)))
    fields.append(DeclaredField(f"gone {TEXT}", f"gone {TEXT}"))
    condition = Operation("==", (Column(fields[0]), Constant("fine")), UNKNOWN)
    rules = (DeclaredRule(TEXT, condition, TEXT), DeclaredRule("absent", _absent(fields[-1]), TEXT))
    declared = DeclaredSchema(f"Schema {TEXT}", tuple(fields), "forbid", rules)
    table: dict[str, Any] = {
        name: [name, "fine", text] for name, text in zip(HOSTILE, HOSTILE[::-1], strict=True)
    }
    frame = pl.DataFrame({**table, "key": [TEXT, TEXT, "k"], f"extra {TEXT}": [1, 2, 3]})
    return check(declared, frame, rows=None, profile=True)


def _absent(field: DeclaredField) -> Operation:
    return Operation(">", (Column(field), Constant(0.0)), UNKNOWN)
