"""Columns that a query makes for itself, step by step, so that nothing is said or computed twice.

A narwhals expression is put into the library's own words again wherever it stands: one that stands twice in
another, which stands twice in a third, is put four times. A column of its own is put once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

import narwhals as nw


@final
class Steps:
    """Columns in layers: those of a layer are made of the frame's own and of those of layers before it.

    `joins` add columns once the first layer is there, and leave every row where it is.
    """

    def __init__(self) -> None:
        self.layers: list[dict[str, nw.Expr]] = []
        self.joins: list[Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]] = []
        self.known: dict[str, str] = {}
        self.made = 0

    def on(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame with all columns of all layers."""
        own, *later = self.layers or [{}]
        frame = frame.with_columns(**own) if own else frame
        for join in self.joins:
            frame = join(frame)
        for layer in later:
            frame = frame.with_columns(**layer) if layer else frame
        return frame

    def add(self, expression: nw.Expr, layer: int = 0) -> nw.Expr:
        """A column for an expression that reads the layers below `layer` alone."""
        return nw.col(self.name(expression, layer))

    def name(self, expression: nw.Expr, layer: int = 0) -> str:
        """The same, by its name: windows are over names."""
        while len(self.layers) <= layer:
            self.layers.append({})
        name = self.new_name()
        self.layers[layer][name] = expression
        return name

    def new_name(self) -> str:
        """A name that no column has yet."""
        self.made += 1
        return f"__typedml_{self.made}__"

    def of(self, key: str, expression: nw.Expr) -> str:
        """The name of the one column, in the first layer, for what is known by this key."""
        if key not in self.known:
            self.known[key] = self.name(expression)
        return self.known[key]
