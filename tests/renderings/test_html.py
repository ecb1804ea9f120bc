"""The page: complete, closed, alone; text from the data is text on it, and every picture has its sentence."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from typing import Any

import attrs
import numpy as np
import polars as pl
import pytest

from tests.boundary.tables import FRAMES, field, schema
from tests.boundary.test_profiles import SCHEMA, TABLE
from tests.renderings.hostile import HOSTILE
from tests.renderings.test_renderings import EVERY
from typedml.boundary import check
from typedml.boundary.findings import findings
from typedml.renderings import ColumnProfile, Findings, Histogram, render
from typedml.renderings.plots import plot, sentence, spark, strip
from typedml.renderings.tags import joined, tag
from typedml.renderings.ticks import ticks

VOID = {"meta"}
# Everything that a page is made of: a tag or an attribute that is not here came from the data.
TAGS = set(
    "html head meta title style body main nav article header section footer h1 h2 h3 p span strong code bdi a"
    " caption figure figcaption mark ul li dl dt dd div pre table thead tbody tr th td details summary svg"
    " defs pattern rect line path text".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href scope title role aria-label aria-hidden viewbox width"
    " height x y x1 x2 y1 y2 rx d fill-opacity text-anchor preserveaspectratio patternunits".split()
)


class Read(HTMLParser):
    """The elements of a page, in order, and whether they are closed as they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, name: str, given: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, {key: value or "" for key, value in given}))
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name: str, given: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, {key: value or "" for key, value in given}))

    def handle_endtag(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            self.wrong.append(name)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")


@cache
def page(made: str) -> Read:
    return Read(render([EVERY[made]()], "html"))


def profiled() -> Findings:
    return findings(check(SCHEMA, FRAMES["polars_eager"](TABLE), profile=True), "data/x.parquet")


each = pytest.mark.parametrize("made", EVERY)


@each
def test_a_page_is_made_of_its_own_elements_and_each_is_closed(made: str) -> None:
    found = page(made)
    assert (found.open, found.wrong) == ([], [])
    assert {name for name, _ in found.elements} <= TAGS
    assert {key for _, given in found.elements for key in given} <= ATTRIBUTES


@each
def test_a_page_loads_and_runs_nothing(made: str) -> None:
    found = page(made)
    given = [(key, value) for _, given in found.elements for key, value in given.items()]
    assert all(value.startswith("#") for key, value in given if key in ("href", "src"))
    assert not any(key.startswith("on") for key, _ in given)
    assert ("http-equiv", "Content-Security-Policy") in given
    style = render([EVERY[made]()], "html").split("<style>")[1].split("</style>")[0]
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) == {"#hatch"}


def test_a_page_of_hostile_text_has_the_elements_of_a_tame_one() -> None:
    style = render([profiled()], "html").split("<style>")[1].split("</style>")[0]
    known = {*re.findall(r"\.([a-z]+)", style), "wide"}
    assert {kind for _, given in page("hostile").elements for kind in given.get("class", "").split()} <= known
    shown = "".join(page("hostile").text)
    for text in HOSTILE[:9]:
        if text.isprintable() and len(text) < 40:
            assert text in shown
    assert "<script>alert(1)</script>" in shown


def test_the_reader_of_these_tests_sees_what_is_injected() -> None:
    found = Read("<div><script src=x>1</script><img onerror=x></p></div>")
    assert {"script", "img"} <= {name for name, _ in found.elements}
    assert found.wrong


@each
def test_headings_and_targets_are_in_order(made: str) -> None:
    found = page(made)
    ids = [given["id"] for _, given in found.elements if "id" in given]
    assert len(ids) == len(set(ids))
    targets = {given["href"][1:] for _, given in found.elements if given.get("href", "").startswith("#")}
    assert targets <= set(ids)
    levels = [int(name[1]) for name, _ in found.elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_of_several_subjects_begins_with_what_failed() -> None:
    found = Read(render([EVERY["good"](), EVERY["bad"]()], "html"))
    links = [given["href"] for name, given in found.elements if name == "a"]
    assert links == ["#s1", "#s0"]
    assert "1 of 2 failed" in "".join(found.text)


def test_every_picture_has_a_sentence_or_stands_beside_its_number() -> None:
    for name, given in Read(render([profiled()], "html")).elements:
        if name == "svg":
            assert given.get("aria-label") or given.get("aria-hidden") == "true"


def test_a_page_shows_each_column_with_its_values() -> None:
    text = render([profiled()], "html")
    found = Read(text)
    plots = [given["aria-label"] for _, given in found.elements if given.get("class") == "plot"]
    assert plots[0] == "5 values from −2 to 9.5, 3 outside of what is declared"
    assert "6 values from 2013-01-01 00:30:00 to 2013-01-01 06:30:00, 1 outside" in plots[3]
    cards = [given["class"] for _, given in found.elements if given.get("class", "").startswith("card")]
    assert len([each for each in cards if each != "cards"]) == len(TABLE)
    shown = "".join(found.text)
    for said in ("1 missing (14.3 %, none allowed)", "3 different values", "where rows fail", "> 0, <= 5"):
        assert said in shown, said


def drawn(column: ColumnProfile) -> list[ET.Element]:
    return list(ET.fromstring(plot(column)))


def numbers(cells: Any, **rules: Any) -> ColumnProfile:
    profile = check(schema(field("x", **rules)), pl.DataFrame({"x": cells}), profile=True).profile
    assert profile is not None
    return profile[0]


def test_what_is_refused_is_marked_and_lies_outside_of_the_declared_range() -> None:
    cells = np.concatenate([np.linspace(0, 100, 1000), [150.0, -40.0]])
    bars = drawn(numbers(cells, ge=0, le=100))
    by_kind: dict[str, list[ET.Element]] = {}
    for bar in bars:
        by_kind.setdefault(bar.get("class", ""), []).append(bar)
    (inside,) = by_kind["inside"]
    left, right = float(inside.get("x", 0)), float(inside.get("x", 0)) + float(inside.get("width", 0))
    places = [float(bar.get("x", 0)) for bar in by_kind["refused hatched"]]
    assert len(places) == 2
    assert min(places) < left < right < max(places) + 1
    assert len(by_kind["outside"]) == len(by_kind["bound"]) == 2
    # One among a thousand is three pixels high, or nobody would see it.
    assert all(float(bar.get("height", 0)) >= 3 for bar in by_kind["refused hatched"])


def test_nothing_is_drawn_outside_of_the_picture() -> None:
    rng = np.random.default_rng(3)
    for cells in (
        [1.0],
        rng.normal(0, 1, 500),
        [*rng.uniform(0, 1, 300), 1e15],
        [-1e300, 1e300],
        [5e-324, 0.0],
    ):
        column = numbers(cells, ge=-1e6, le=0.5)
        for element in drawn(column):
            assert -1 <= float(element.get("x", element.get("x1", 0))) <= 461
            assert -1 <= float(element.get("y", element.get("y1", 0))) <= 151
            assert "nan" not in ET.tostring(element, encoding="unicode")
        assert "nan" not in spark(column)


def test_far_values_stand_at_the_side_with_their_number() -> None:
    texts = [
        e.text for e in drawn(numbers([*np.random.default_rng(0).uniform(0, 1, 3000), 1e9, 2e9])) if e.text
    ]
    assert "2 ▸" in texts


def test_a_strip_has_a_cell_for_each_stretch_that_fails() -> None:
    column = numbers([1.0, -1.0, 1.0, -1.0], gt=0)
    cells = [each for each in ET.fromstring(strip(column)) if each.get("class") == "refused"]
    assert [each.get("x") for each in cells] == ["1", "3"]


@pytest.mark.parametrize(
    ("histogram", "expected"),
    [
        (Histogram((0.0, 5.0, 10.0), (1, 1), (0, 0)), ["0", "2", "4", "6", "8", "10"]),
        (Histogram((1.0, 2.0, 3.0, 4.0), (1, 1, 1), (0,) * 3, whole=True), ["1", "2", "3"]),
        (Histogram((0.0, 86400.0 * 400), (1,), (0,), scale="moments"), ["1970-01", "1971-02"]),
        (Histogram((0.0, 5400.0), (1,), (0,), scale="spans"), ["0 min", "20 min", "40 min"]),
    ],
)
def test_numbers_on_an_axis_are_round_and_few(histogram: Histogram, expected: list[str]) -> None:
    found = [said for _, said in ticks(histogram, histogram.edges[0], histogram.edges[-1])]
    assert found[: len(expected)] == expected
    assert len(found) <= 8


def test_a_sentence_says_of_lengths_that_they_are_lengths() -> None:
    lengths = ColumnProfile(
        "x", histogram=Histogram((1.0, 2.0), (3,), (0,), scale="lengths", least=1, greatest=1)
    )
    assert sentence(lengths) == "3 lengths of texts from 1 to 1"


def test_withheld_values_are_not_drawn() -> None:
    told = Read(
        render([attrs.evolve(profiled(), profile=tuple(c.redacted() for c in profiled().profile))], "html")
    )
    assert "The values are withheld." in "".join(told.text)
    assert not [given for _, given in told.elements if given.get("class") == "plot"]


def test_text_is_escaped_by_construction() -> None:
    assert tag("p", "<b>", tag("i", "&"), title='"x"') == '<p title="&quot;x&quot;">&lt;b&gt;<i>&amp;</i></p>'
    assert joined(["<", None, tag("b", "x")]) == "&lt;<b>x</b>"


def test_cards_flow_in_columns_and_no_table_is_cut_in_print() -> None:
    style = files("typedml.renderings").joinpath("page.css").read_text(encoding="utf-8")
    shown, printed = style.split("@media print")
    for part in (".cards", ".findings"):
        assert re.search(rf"^\{part} {{ columns: 2 \d+px;", shown, re.MULTILINE)
    assert ".rows { overflow-x: auto; }" in shown
    assert ".rows, pre { overflow: visible; }" in printed
    assert re.search(r"\.rows td {[^}]*white-space: normal;", printed)


def test_what_stands_between_backticks_is_code_and_nothing_is_escaped_twice() -> None:
    from typedml.renderings import Finding, Findings, render
    from typedml.renderings.finding import Note, Skipped

    finding = Finding(
        "typedml-law", "scale", 'Scaling must leave `a < "b"` as it is.', hint='say "x" and `y`'
    )
    run = Findings(
        "laws",
        "late",
        False,
        findings=(finding,),
        skipped=(Skipped("", "local", "it wants `scope=`"),),
        notes=(Note("`late` needs an example", "@feature(examples=[(1, 2)])"), Note("one ` alone")),
    )
    page = render([run], "html")
    assert "Scaling must leave <code>a &lt; &quot;b&quot;</code> as it is." in page
    assert "say &quot;x&quot; and <code>y</code>" in page
    assert "because it wants <code>scope=</code>" in page
    assert "<code>late</code> needs an example" in page
    assert '<pre class="proposal">@feature(examples=[(1, 2)])</pre>' in page
    assert "one ` alone" in page
    assert "&amp;quot;" not in page


def test_subjects_that_failed_come_first_on_a_page() -> None:
    from typedml.renderings import Findings, render

    page = render([Findings("laws", "fine", True), Findings("laws", "bad", False)], "html")
    assert page.index('id="s1"') < page.index('id="s0"')
