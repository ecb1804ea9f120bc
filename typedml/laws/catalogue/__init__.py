"""The catalogue: every law, the function that it is, and the words of a declaration that it needs."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import final

import attrs

from typedml.declare.declared import DeclaredFunction
from typedml.errors import DeclarationError
from typedml.laws.breach import Verdict
from typedml.laws.case import Case
from typedml.laws.catalogue import (
    additive,
    anchor,
    asof,
    boundary,
    bounds,
    call,
    causal,
    chunk,
    closure,
    coherent,
    conversion,
    dtype,
    elapsed,
    fit,
    frame,
    label,
    local,
    monotone,
    null,
    period,
    permute,
    relabel,
    replicate,
    rows,
    scale,
    shift,
    skew,
    split,
    window,
)
from typedml.laws.feature import Feature
from typedml.laws.waivers import refuse_unknown_waivers

MANY = 1_000_000


def nothing(declared: DeclaredFunction) -> None:
    """The word that is wanting to a law that needs none."""


@final
@attrs.frozen
class Law:
    """A law: its name, its function (the docstring is the law) and what it needs declared.

    `wanting` gives the word for want of which the law cannot be checked, purely from the declaration. `quick`
    bounds its tables in quick mode, where its time is better spent on other laws; `most` bounds them always.
    A `broad` law is broken by mistakes of many sorts that another law may name: it is told after the others.
    """

    name: str
    holds: Callable[[Feature, Case], Verdict]
    needs: tuple[str, ...] = ()
    wanting: Callable[[DeclaredFunction], str | None] = nothing
    quick: int = MANY
    most: int = MANY
    broad: bool = False

    @property
    def statement(self) -> str:
        """The law in words."""
        return " ".join((self.holds.__doc__ or "").split())

    def __str__(self) -> str:
        return self.name


CATALOGUE: tuple[Law, ...] = (
    # What a feature is, whatever it means.
    Law("call", call.call),
    Law("frame", frame.frame, quick=6),
    # What its values mean: units, points, kinds.
    Law("scale", scale.scale, ("units",), scale.wanting, broad=True),
    Law("coherent", coherent.coherent, ("units",), coherent.wanting, quick=2),
    Law("period", period.period, ("angles or cyclic kinds",), period.wanting, quick=3),
    Law("shift", shift.shift, ("points",), shift.wanting, quick=3),
    Law("conversion", conversion.conversion, ("two units or kinds",), conversion.wanting, quick=3),
    Law("dtype", dtype.dtype, ("numbers",), dtype.wanting, quick=6),
    Law("elapsed", elapsed.elapsed, ("two instants",), elapsed.wanting, quick=4),
    Law("anchor", anchor.anchor, ("examples",), anchor.wanting, most=1),
    # Which rows it reads, and in which order.
    Law("permute", permute.permute, ("rows",), permute.wanting, broad=True),
    Law("local", local.local, ("scope",), local.wanting, broad=True),
    Law("rows", rows.rows, ("rows",), rows.wanting, quick=4),
    Law("relabel", relabel.relabel, ("categories or identifiers",), relabel.wanting, quick=4, broad=True),
    Law("replicate", replicate.replicate, ("rows",), replicate.wanting, quick=4),
    Law("additive", additive.additive, ("rows",), additive.wanting, quick=4),
    Law("split", split.split, ("rows",), split.wanting, quick=4),
    Law("chunk", chunk.chunk, ("scope",), chunk.wanting, broad=True),
    # When it reads them: time, and what is learnt.
    Law("causal", causal.causal, ("a time or an outcome",), causal.wanting),
    Law("window", window.window, ("a window",), window.wanting),
    Law("asof", asof.asof, ("the time of what is looked up",), asof.wanting, quick=6),
    Law("fit", fit.fit, ("what is learnt from",), fit.wanting),
    Law("skew", skew.skew, ("what is learnt from or what serves",), skew.wanting),
    Law("label", label.label, ("a label",), label.wanting),
    # What its results promise.
    Law("range", bounds.bounds, ("a kind or rule of the result",), bounds.wanting),
    Law("boundary", boundary.boundary, ("a threshold",), boundary.wanting, quick=3),
    Law("null", null.null, ("what may be missing",), null.wanting),
    Law("simplex", closure.simplex, ("a simplex",), closure.wants_simplex, quick=4),
    Law("complement", closure.complement, ("complement",), closure.wants_complement, quick=4),
    Law("monotone", monotone.monotone, ("monotone",), monotone.wanting, quick=6),
)


def law_named(name: str) -> Law:
    """The law of this name.

    Raises: DeclarationError if the catalogue has none.
    """
    for law in CATALOGUE:
        if law.name == name:
            return law
    near = get_close_matches(name, [law.name for law in CATALOGUE], n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"The laws are {', '.join(map(str, CATALOGUE))}."
    raise DeclarationError(f"There is no law {name!r}.", hint)


def applicable(declared: DeclaredFunction) -> dict[str, str | None]:
    """Every law, and the word for want of which it cannot be checked on a declaration (None where it can)."""
    refuse_unknown_waivers(declared, [law.name for law in CATALOGUE])
    waived = declared.options.waive if declared.options else {}
    return {
        law.name: f"waived: {waived[law.name]}" if law.name in waived else law.wanting(declared)
        for law in CATALOGUE
    }
