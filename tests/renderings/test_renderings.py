"""The same findings in every form: what each of them says, and that its readers accept it."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
import xmlschema
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console

from tests.boundary.tables import field, schema
from tests.renderings.hostile import HOSTILE, hostile_report
from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
from typedml.boundary import FrameError, check
from typedml.boundary import render as render_reports
from typedml.boundary.findings import findings
from typedml.renderings import OUTPUTS, Check, Finding, Findings, Note, Place, Row, Skipped, render, terminal
from typedml.renderings.cells import cell
from typedml.renderings.inert import inert
from typedml.renderings.markdown import code, prose
from typedml.renderings.sarif import uri
from typedml.renderings.tables import Column, Table

SCHEMAS = Path(__file__).parent / "schemas"
FLIGHT = schema(
    field("flight", str, unique=True, pattern="[A-Z]{2}[0-9]+"),
    field("distance", gt=0),
    field("p_late", meaning=Meaning(KINDS["Probability"])),
    field("gate", str, required=False),
)
TABLE: dict[str, Any] = {
    "flight": ["UA1", "UA1", "b"],
    "distance": [1.5, -1.0, 2.0],
    "p_late": [0.5, 0.25, 1.0],
}
TORN = {"flight": ["UA1"], "distance": ["far"], "p_late": [0.5]}
MYPY = Findings(
    "check",
    "src",
    False,
    (
        Finding("typedml-unit", "typedml-unit", "got miles", hint="convert", place=Place("src/a b.py", 3, 9)),
        Finding("misc", "misc", "Revealed type is int", "note", place=Place("src/c.py", 1, 1)),
        Finding("typedml-factor", "typedml-factor", "60?", "warning", place=Place("src/c.py", 7)),
    ),
)
LAWS = Findings(
    "laws",
    "speed",
    False,
    (
        Finding(
            "typedml-law",
            "coherent",
            "speed is not coherent",
            detail="seen twice:\n  1   2",
            tables=(
                Table(
                    "before",
                    "flights",
                    (Column("time", "min|ute", ("1",)), Column("v", "", ("2",), role="output")),
                ),
                Table(
                    "after",
                    "flights",
                    (Column("v", "", ("3",), (True,), role="output"),),
                    "and 1 more column",
                ),
            ),
            diagnosis="1/60: minute -> hour?",
            repeat="typedml laws pipeline:speed --law coherent",
        ),
    ),
    (Check("", "coherent", 1), Check("", "deterministic")),
    (Skipped("", "monotone", "it wants a direction"), Skipped("", "finite", "it raised", True, "catch it")),
    (Note("one function", "mark more"),),
    unit="law",
)


def bad() -> Findings:
    return findings(check(FLIGHT, pl.DataFrame(TABLE)), "data/flights.parquet")


def good() -> Findings:
    return findings(check(FLIGHT, pl.DataFrame({name: cells[:1] for name, cells in TABLE.items()})))


def torn() -> Findings:
    return findings(check(FLIGHT, pl.DataFrame(TORN)))


def warned() -> Findings:
    report = check(schema(field("distance", gt=0)), pl.DataFrame({"distance": [-1.0]}))
    (failure,) = report.failures
    import attrs

    return findings(attrs.evolve(report, failures=(attrs.evolve(failure, severity="warn"),)))


@cache
def hostile() -> Findings:
    return findings(hostile_report(), "data/<b>\x1b[31m::error::,%.csv")


ALL: dict[str, Callable[[], Findings]] = {
    "bad": bad,
    "good": good,
    "torn": torn,
    "warned": warned,
    "mypy": lambda: MYPY,
    "laws": lambda: LAWS,
}
EVERY: dict[str, Callable[[], Findings]] = {
    **ALL,
    "mypy": lambda: MYPY,
    "laws": lambda: LAWS,
    "hostile": hostile,
}
each = pytest.mark.parametrize("made", EVERY)


@cache
def validator() -> Any:
    return jsonschema.Draft7Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))


@cache
def junit() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


def sarif_of(*runs: Findings) -> Any:
    return json.loads(render(runs, "sarif"))


@each
def test_sarif_is_what_its_schema_says(made: str) -> None:
    log = sarif_of(EVERY[made](), good())
    assert [error.message for error in validator().iter_errors(log)] == []
    assert len(log["runs"]) == 2


def test_the_schema_of_sarif_refuses_what_is_none() -> None:
    log = sarif_of(bad())
    log["runs"][0]["results"][0]["level"] = "fatal"
    del log["runs"][0]["tool"]["driver"]["name"]
    assert len(list(validator().iter_errors(log))) == 2


def test_sarif_has_a_result_for_each_finding() -> None:
    (run,) = sarif_of(bad())["runs"]
    told = [(r["ruleId"], r["properties"]["rule"], r["level"], r["occurrenceCount"]) for r in run["results"]]
    assert told == [
        ("typedml-value", "flight: pattern", "error", 1),
        ("typedml-value", "flight: unique", "error", 2),
        ("typedml-value", "distance: gt", "error", 1),
    ]
    place = run["results"][2]["locations"][0]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "data/flights.parquet"}}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "Flight.distance"
    assert run["results"][2]["properties"]["rows"] == [
        {"position": 1, "keys": {"flight": "'UA1'"}, "values": {"distance": "-1"}}
    ]
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_says_that_a_rule_could_not_run() -> None:
    (run,) = sarif_of(torn())["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    told = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert any('distance: gt did not run, because column "distance" failed dtype' in text for text in told)


def test_sarif_names_the_line_of_source_and_keeps_its_fingerprint_while_lines_move() -> None:
    import attrs

    (run,) = sarif_of(MYPY)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "src/a%20b.py"},
        "region": {"startLine": 3, "startColumn": 9},
    }
    first = MYPY.findings[0]
    moved = attrs.evolve(MYPY, findings=(attrs.evolve(first, place=Place(first.place.file, 30)),))
    prints = [sarif_of(run)["runs"][0]["results"][0]["partialFingerprints"] for run in (MYPY, moved, bad())]
    assert prints[0] == prints[1] != prints[2]


def test_a_path_is_a_uri_relative_to_the_current_folder() -> None:
    assert uri(str(Path.cwd() / "data" / "a#b.csv")) == "data/a%23b.csv"
    assert uri("/elsewhere/x.csv") == "file:///elsewhere/x.csv"


@each
def test_junit_is_what_the_schema_of_jenkins_says(made: str) -> None:
    text = render([EVERY[made](), good()], "junit")
    junit().validate(text)
    assert len(ET.fromstring(text).findall("testsuite")) == 2


def test_the_schema_of_junit_refuses_what_is_none() -> None:
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        junit().validate(render([bad()], "junit").replace("<testcase ", "<testcase nome='x' "))


def test_junit_has_a_case_for_each_rule() -> None:
    suite = ET.fromstring(render([bad()], "junit"))[0]
    cases = {(case.get("classname"), case.get("name")): case for case in suite.iter("testcase")}
    assert len(cases) == len(bad().checks) + len(bad().skipped)
    failed = [key for key, case in cases.items() if case.find("failure") is not None]
    assert failed == [("Flight.flight", "pattern"), ("Flight.flight", "unique"), ("Flight.distance", "gt")]
    assert (suite.get("failures"), suite.get("errors")) == ("3", "0")
    failure = cases["Flight.distance", "gt"].find("failure")
    assert failure is not None
    assert failure.get("message") == "distance > 0 failed in 1 of 3 rows"
    assert "row 1: flight 'UA1', distance -1" in (failure.text or "")


def test_junit_tells_errors_skips_and_warnings_apart() -> None:
    blocked = ET.fromstring(render([torn()], "junit"))[0]
    assert int(blocked.get("errors", "0")) == len(torn().blocked) > 0
    skipped = ET.fromstring(render([LAWS], "junit"))[0]
    assert (skipped.get("skipped"), skipped.get("errors"), skipped.get("tests")) == ("1", "1", "4")
    passed = ET.fromstring(render([warned()], "junit"))[0]
    assert passed.get("failures") == "0"
    assert "warning: distance > 0 failed" in "".join(passed.itertext())


def test_github_annotates_each_finding_and_says_how_it_went() -> None:
    lines = render([bad()], "github").splitlines()
    assert lines[2] == (
        "::error file=data/flights.parquet,title=Flight  distance%3A gt  [typedml-value]"
        "::distance > 0 failed in 1 of 3 rows%0Arow 1: flight 'UA1', distance -1%0AHint: good, bad = "
        "Flight.split(frame) sets these rows aside, each with its reasons"
    )
    assert lines[3] == "✗ Flight  3 of 13 rules failed in 3 rows"
    assert render([MYPY], "github").splitlines()[:3] == [
        "::error file=src/a b.py,line=3,col=9,title=typedml-unit::got miles%0AHint: convert",
        "::notice file=src/c.py,line=1,col=1,title=misc::Revealed type is int",
        "::warning file=src/c.py,line=7,title=typedml-factor::60?",
    ]


def test_github_says_that_a_rule_could_not_run() -> None:
    assert "::error title=Flight  distance%3A gt::not run" in render([torn()], "github")
    assert render([good()], "github") == "✓ Flight  13 rules hold in 1 row\n"


COMMAND = re.compile(r"^\s*::|##\[")


@each
@pytest.mark.parametrize("output", OUTPUTS)
def test_no_line_is_a_command_but_those_of_an_annotation(made: str, output: str) -> None:
    lines = render([EVERY[made]()], output).splitlines()
    commands = [line for line in lines if COMMAND.search(line)]
    if output == "github":
        assert all(re.match(r"^::(error|warning|notice) [^:]*::", line) for line in commands)
        assert len(commands) == len(lines) - 1
    else:
        assert commands == []


@each
@pytest.mark.parametrize("output", OUTPUTS)
def test_nothing_that_a_terminal_obeys_is_in_any_rendering(made: str, output: str) -> None:
    text = render([EVERY[made]()], output)
    odd = {each for each in text if not each.isprintable()} - {"\n", "\ufe0f"}
    assert odd == set()


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_rendering_of_huge_texts_is_not_huge(output: str) -> None:
    assert len(render([hostile()], output)) < 4_000_000


def test_markdown_has_the_findings_as_a_table() -> None:
    text = render([bad()], "markdown")
    assert "## ❌ Flight" in text
    assert "| ❌ | distance \\> 0 failed" not in text
    assert "| ❌ | distance &gt; 0 failed in 1 of 3 rows | `typedml-value` | 1 |" in text
    assert "| 1 | `'UA1'` | `-1` |" in text
    assert "✅" in render([good()], "markdown")


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_prose_in_markdown_has_no_character_of_markup_that_is_not_escaped(text: str) -> None:
    shown = prose(text)
    unescaped = re.sub(r"\\[!-/:-@\[-`{-~]|&amp;|&lt;|&gt;|<!-- -->", "", shown)
    assert not set(unescaped) & set("<>[]`*_|$\n")
    assert not re.search(r"[@#]\w|://|www\.\w", shown)
    assert not re.match(r"\s*(#|[+-] |\d+[.)] )", shown)


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_a_value_in_markdown_never_ends_its_span_nor_its_cell(text: str) -> None:
    shown = code(text)
    fence = re.match("`+", shown)
    assert fence
    inner = shown[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inner)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)\|", shown)


def test_each_row_of_a_table_in_markdown_has_the_same_cells() -> None:
    cells: dict[int, int] = {}
    for number, line in enumerate(render([hostile()], "markdown").splitlines()):
        if line.startswith("|"):
            bars = len(re.findall(r"(?<!\\)\|", line))
            assert cells.get(number - 1, bars) == bars or "more |" in line, line[:200]
            cells[number] = bars


def test_json_is_what_the_report_says() -> None:
    told = json.loads(render([bad()], "json"))
    assert told == {"file": "data/flights.parquet", **check(FLIGHT, pl.DataFrame(TABLE)).to_dict()}
    assert [each["ok"] for each in json.loads(render([bad(), good()], "json"))] == [False, True]


def test_json_keeps_every_character_of_a_short_value() -> None:
    told = json.loads(render([hostile()], "json"))
    values = {
        value for failure in told["failures"] for row in failure["rows"] for value in row["values"].values()
    }
    assert set(HOSTILE[:-1]) <= values
    assert max(len(value) for value in values) < 11_000


def test_numbers_without_end_are_told_in_json() -> None:
    told = Findings("validate", "x", True, data={"a": float("inf"), "b": 10**5000, "c": [float("nan")]})
    assert json.loads(render([told], "json")) == {
        "a": "inf",
        "b": f"an integer of {(10**5000).bit_length():,} bits",
        "c": ["nan"],
    }


def test_text_shows_the_place_the_severity_and_the_detail() -> None:
    text = render([MYPY, LAWS], "text")
    assert "● got miles  [typedml-unit]  src/a b.py:3" in text
    assert "● warning: 60?  [typedml-factor]  src/c.py:7" in text
    assert "  seen twice:\n    1   2" in text
    assert "✗ speed  1 of 2 laws failed" in text


TABLES = """\
  before                  after
    flights                 flights
    time        -> v        -> v
    [min|ute]                  3 <--
            1      2        and 1 more column
"""


def test_the_sides_of_a_counterexample_stand_beside_one_another_with_marks() -> None:
    assert TABLES in render([LAWS], "text")


def test_programs_of_plain_text_get_the_sides_too() -> None:
    for output in ("github", "sarif", "junit"):
        told = render([LAWS], output)
        assert "-> v" in told or "-&gt; v" in told
        assert "1/60: minute" in told
        assert "typedml laws pipeline:speed --law coherent" in told


def test_a_page_and_markdown_have_tables_with_marked_cells() -> None:
    page = render([LAWS], "html")
    assert '<td class="number output first wrong"><mark title="differs"><bdi>3</bdi></mark></td>' in page
    assert "<figcaption>after</figcaption>" in page
    told = render([LAWS], "markdown")
    assert "**`3`** ◀" in told
    assert "| `time` \\[min\\|ute\\] | → `v` |" in told


def test_warnings_do_not_fail_and_are_told() -> None:
    assert render([warned()], "text").startswith("✓ Flight  1 of 4 rules warns in 1 row")


def test_an_output_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError, match="'pdf' is no output; they are text, json"):
        render([bad()], "pdf")


def test_an_object_that_cannot_be_shown_is_told() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    found = Finding("typedml-value", "gt", "x", rows=(Row(None, {}, {"x": Odd()}),))
    text = render([Findings("validate", "S", False, (found,))], "text")
    assert "<Odd that cannot be shown: RuntimeError>" in text


def test_inert_text_is_the_text_where_nothing_is_odd() -> None:
    for text in ("distance > 0", "std::vector", "Zürich → 北京", "a: b, 100 %", "[x](y)"):
        assert inert(text) == text


def test_reports_are_rendered_one_or_many() -> None:
    reports = [check(FLIGHT, pl.DataFrame(TABLE)) for _ in range(2)]
    assert render_reports(reports[0], "text") == str(reports[0])
    assert len(json.loads(render_reports(reports, "sarif"))["runs"]) == 2
    with pytest.raises(FrameError, match="'pdf' is no output"):
        render_reports(reports, "pdf")


def test_a_terminal_gets_no_escape_but_colours() -> None:
    buffer = io.StringIO()
    terminal.show([hostile()], Console(file=buffer, force_terminal=True, color_system="truecolor", width=100))
    text = buffer.getvalue()
    assert "\x1b[" in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert {each for each in plain if not each.isprintable()} == {"\n"}


def tokens(made: str) -> Iterator[Token]:
    """What a reader of Markdown makes of a rendering: blocks, and what is in them."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for block in parser.parse(render([EVERY[made]()], "markdown")):
        yield block
        yield from block.children or ()


BLOCKS = set(
    "heading paragraph inline table thead tbody tr th td fence html_block bullet_list list_item"
    " blockquote".split()
)
INLINE = {"text", "code_inline", "em", "strong", "text_special", "softbreak", "html_inline"}


@each
def test_a_reader_of_markdown_finds_only_what_we_wrote(made: str) -> None:
    found = list(tokens(made))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in found}
    assert kinds <= BLOCKS | INLINE
    assert sum(token.type == "heading_open" for token in found) == 1
    for token in found:
        if token.type == "html_inline":
            assert token.content == "<!-- -->"
        if token.type == "html_block":
            assert re.fullmatch(r"</details>|<details><summary>[^<>]*</summary>", token.content.strip())


def test_the_reader_of_markdown_sees_what_is_injected() -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = [block for text in HOSTILE[:10] for block in parser.parse(text)]
    kinds = {token.type for block in blocks for token in (block, *(block.children or ()))}
    assert {"link_open", "image", "html_block"} <= kinds


def test_every_hostile_text_is_readable_in_markdown() -> None:
    shown = "".join(token.content for token in tokens("hostile") if token.type != "inline")
    for text in HOSTILE[:9]:
        if text.isprintable():
            assert cell(text)[:40].replace("|", "") in shown.replace("|", "").replace("\\", "")


def test_a_table_that_is_too_wide_goes_on_below_with_the_numbers_of_its_rows() -> None:
    from typedml.renderings.tables import Column, Table, text

    columns = (
        Column("row", "", ("0", "7"), role="row"),
        *(Column(name, "minute", ("10", "20")) for name in ("a", "b")),
        Column("result", "", ("0123456789ABCDEFGHIJ",) * 2, (True, False), role="output"),
        Column("must be", "", ("0", "0"), role="wanted"),
    )
    told = text([Table("before", "", columns, "and more")], width=45)
    assert max(map(len, told.splitlines())) <= 45
    assert told.count("  row   ") == 2
    assert told.endswith("\n  and more")
    assert "must be" in next(line for line in told.splitlines() if "-> result" in line)
    assert text([Table("before", "", columns)]).count("row") == 1


def test_a_terminal_gives_its_width_to_the_tables() -> None:
    from typedml.renderings import terminal

    for width in (24, 120):
        buffer = io.StringIO()
        console = Console(file=buffer, width=width, force_terminal=True, no_color=True, highlight=False)
        terminal.show([LAWS], console)
        beside = [line for line in buffer.getvalue().splitlines() if "before" in line and "after" in line]
        assert bool(beside) is (width > 24)
