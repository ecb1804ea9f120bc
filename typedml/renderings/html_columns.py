"""The columns of a page: all of them at a glance, then a card for each with its picture."""

from __future__ import annotations

from collections.abc import Iterator

from typedml.renderings.finding import Findings
from typedml.renderings.plots import plot, sentence, share_bar, spark, strip
from typedml.renderings.profile import ColumnProfile
from typedml.renderings.tags import Markup, name, tag

_SHORT = 28
_HEADS = ("", "column", "meaning", "declared", "values", "missing", "failing")


def glance(run: Findings, label: str) -> Markup:
    """A table with a line for each column."""
    lines = [_line(column, run, f"{label}c{number}") for number, column in enumerate(run.profile)]
    heads = [
        tag("th", each, scope="col", class_="number" if each in ("missing", "failing") else None)
        for each in _HEADS
    ]
    listed = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *lines), class_="glance")
    return tag("section", tag("h2", "Columns at a glance"), tag("div", listed, class_="rows"))


def _line(column: ColumnProfile, run: Findings, label: str) -> Markup:
    failing = _failing(column, run)
    sign, kind, said = ("✗", "fail", "fails") if failing else ("✓", "pass", "holds")
    mark = tag("span", sign, class_=f"mark {kind}", role="img", aria_label=said)
    return tag(
        "tr",
        tag("td", mark),
        tag("th", tag("a", name(column.name), href=f"#{label}"), scope="row"),
        tag("td", tag("code", name(column.meaning))),
        tag("td", name(_short(column.declared)), class_="dim"),
        tag("td", spark(column) if column.histogram else _few(column), title=sentence(column) or None),
        tag("td", _percent(column.nulls, column.rows), class_=f"number {_nulls_kind(column)}"),
        tag("td", f"{failing:,}" if failing else "", class_="number wrong"),
    )


def _few(column: ColumnProfile) -> Markup | None:
    """The shares of the most frequent texts, side by side."""
    total = sum(bar.count for bar in column.bars) + column.others
    if not total:
        return None
    drawn, x = [], 0.0
    for at, bar in enumerate(column.bars):
        width = 120 * bar.count / total
        kind = "refused" if bar.refused else "bar"
        fill = round(1 - 0.55 * at / max(1, len(column.bars)), 2)
        drawn.append(
            tag(
                "rect",
                x=round(x, 2),
                y=8,
                width=round(max(0.4, width - 0.8), 2),
                height=12,
                class_=kind,
                fill_opacity=fill,
            )
        )
        x += width
    if column.others:
        drawn.append(tag("rect", x=round(x, 2), y=8, width=round(120 - x, 2), height=12, class_="track"))
    return tag(
        "svg",
        *drawn,
        class_="spark",
        viewBox="0 0 120 22",
        preserveAspectRatio="xMinYMid",
        aria_hidden="true",
    )


def cards(run: Findings, label: str) -> Markup:
    """A card for each column."""
    made = [_card(column, run, f"{label}c{number}") for number, column in enumerate(run.profile)]
    return tag("section", tag("h2", "Columns"), tag("div", *made, class_="cards"))


def _card(column: ColumnProfile, run: Findings, label: str) -> Markup:
    failing = _failing(column, run)
    dtype = tag("span", column.dtype, class_="dim") if column.dtype else None
    title = tag("h3", name(column.name), " ", tag("code", name(column.meaning)), " ", dtype)
    declared = tag("p", "declared: ", name(column.declared), class_="declared") if column.declared else None
    doc = tag("p", column.doc, class_="doc") if column.doc else None
    body = [*_picture(column), _nulls(column), *_where(column), _rules(column, run)]
    return tag("div", title, doc, declared, *body, class_="card failing" if failing else "card", id=label)


def _picture(column: ColumnProfile) -> Iterator[Markup]:
    if column.withheld:
        yield tag("p", "The values are withheld.", class_="dim empty")
    elif column.histogram is not None:
        yield plot(column)
        yield tag("p", sentence(column), class_="dim said")
    elif column.bars:
        yield _table(column)
    else:
        yield tag("p", "No values to show.", class_="dim empty")


def _table(column: ColumnProfile) -> Markup:
    """The most frequent texts, each with a bar."""
    most = max(bar.count for bar in column.bars)
    lines = [
        tag(
            "tr",
            tag("th", name(_short(bar.value)), scope="row", class_="wrong" if bar.refused else None),
            tag("td", share_bar(bar.count, most, "refused hatched" if bar.refused else "bar"), class_="wide"),
            tag("td", f"{bar.count:,}", class_="number"),
        )
        for bar in column.bars
    ]
    told = [f"{column.distinct:,} different values"] if column.distinct is not None else []
    told += [f"{column.others:,} others"] if column.others else []
    return tag(
        "div", tag("table", tag("tbody", *lines), class_="bars"), tag("p", ", ".join(told), class_="dim said")
    )


def _short(value: str) -> str:
    return value if len(value) <= _SHORT else f"{value[: _SHORT - 1]}…"


def _nulls(column: ColumnProfile) -> Markup | None:
    if column.nulls is None:
        return None
    kind = "refused hatched" if column.nulls and not column.nullable else "nulls"
    allowed = "" if column.nullable else ", none allowed"
    said = (
        f"{column.nulls:,} missing ({_percent(column.nulls, column.rows)}{allowed})" if column.nulls else ""
    )
    if not said:
        return tag("p", "nothing missing", class_="dim label")
    return tag("div", tag("p", said, class_="label"), share_bar(column.nulls, column.rows, kind))


def _where(column: ColumnProfile) -> Iterator[Markup]:
    if column.failing:
        first, last = tag("span", "row 0"), tag("span", f"row {max(0, column.rows - 1):,}")
        yield tag(
            "div",
            tag("p", "where rows fail", class_="label"),
            strip(column),
            tag("p", first, last, class_="ends dim"),
        )


def _rules(column: ColumnProfile, run: Findings) -> Markup:
    checks = [check for check in run.checks if check.about == column.name]
    chips = [
        tag(
            "span",
            f"{check.rule} {check.failing:,}" if check.failing else check.rule,
            class_="chip bad" if check.failing else "chip",
        )
        for check in checks
    ]
    return tag("p", *chips, class_="chips")


def _failing(column: ColumnProfile, run: Findings) -> int:
    return max((check.failing for check in run.checks if check.about == column.name), default=0)


def _nulls_kind(column: ColumnProfile) -> str:
    return "wrong" if column.nulls and not column.nullable else "dim"


def _percent(part: int | None, whole: int) -> str:
    """A share in percent: what is there at all is more than 0, what is not whole less than 100.

    >>> _percent(0, 10), _percent(1, 100000), _percent(99999, 100000), _percent(1, 8)
    ('', '<0.1 %', '>99.9 %', '12.5 %')
    """
    if not part or not whole:
        return ""
    share = 100 * part / whole
    if share < 0.1:
        return "<0.1 %"
    return ">99.9 %" if 99.9 < share < 100 else f"{share:.1f} %"
