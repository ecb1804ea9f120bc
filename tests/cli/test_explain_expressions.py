"""`typedml explain` of expressions: the meaning with its rule, or the refusal with what would mend it."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from typedml.cli.commands import main
from typedml.cli.explain_reading import LONGEST


def explain(*arguments: str, width: str = "100") -> Result:
    return CliRunner().invoke(main, ["explain", *arguments], env={"COLUMNS": width})


def shown(question: str) -> dict[str, str]:
    """The rows of an answer by their names; what is wrapped is joined."""
    answer = explain(question, width="400")
    assert answer.exit_code == 0, answer.output
    rows: dict[str, str] = {}
    name = ""
    for line in answer.output.splitlines()[1:]:
        label, _, rest = line.strip().partition("  ")
        if line.startswith("  ") and not line.startswith("   "):
            name, rows[label] = label, rest.strip()
        else:
            rows[name] += "\n" + line.strip()
    return rows


@pytest.mark.parametrize(
    ("question", "means", "rule"),
    [
        ("0.3 * Probability + 0.7 * Probability", "float[Probability]", "The weights add to one"),
        (
            "w*p + (1-w)*q where p, q: Probability, w: Proportion",
            "float[Probability]",
            "The weights add to one",
        ),
        ("(Celsius + Celsius) / 2", "float[Celsius]", "points too"),
        ("mean(Celsius)", "float[Celsius]", "A mean lies between its values"),
        ("Celsius - Celsius", "float[delta_degC]", "A point minus a point is a difference"),
        ("Celsius + delta_degC", "float[Celsius]", "A point moved by a difference is a point"),
        ("Logit / 2", "float[Logit]", "A Logit keeps its kind when a number scales it"),
        (
            "Probability * Probability",
            "float[Probability]",
            "The results lie in [0, 1], in the range of Prob",
        ),
        (
            "Probability + Probability",
            "float[1]",
            "The results lie in [0, 2], beyond the range of Probability",
        ),
        ("Count / Count", "float[1]", "A Count is a whole number"),
        ("tp / (tp + fp) where tp, fp: Count", "float[Proportion]", "A part of a whole"),
        ("p / (1 - p) where p = Probability", "float[Odds]", "The named edge from Probability to Odds"),
        ("1 / (1 + exp(-Logit))", "float[Probability]", "expit(z) written out, the named edge from Logit"),
        ("expit(Logit)", "float[Probability]", "A named edge: expit(x) leads from Logit to Probability"),
        ("log(km)", "float[log(km)]", "The logarithm of a quantity is a level re its unit"),
        ("np.sin(radian)", "float[1]", "The function takes an angle and gives a number"),
        ("1 - Similarity", "float[Distance]", "One minus a Similarity is a Distance"),
        ("Money + Money", "float[Money]", "has no bounds"),
        ("Probability >= Threshold[Probability]", "float[Binary]", "Two values on one scale compare"),
        ("float[km/hour] * hour", "float[km]", "Units multiply"),
        ("-Probability", "float[1]", "beyond the range of Probability"),
        ("HourOfDay % 24", "float[HourOfDay]", "whole turns"),
    ],
)
def test_an_answer_is_a_meaning_and_its_rule(question: str, means: str, rule: str) -> None:
    rows = shown(question)
    assert rows["means"].startswith(f"✓ {means}")
    assert rule in rows["rule"]


@pytest.mark.parametrize(
    ("question", "refused", "because", "instead"),
    [
        (
            "Probability + Logit",
            '("float[Probability]" and "float[Logit]")',
            "different kinds",
            "expit(z) makes",
        ),
        (
            "EpochMillis - EpochSeconds",
            "operand types for -",
            "two scales",
            'convert(u, "second", "millisecond")',
        ),
        (
            "Celsius * 1.8 + 32",
            "operand types for *",
            "a multiple of one depends",
            'convert(t, "degC", "degF")',
        ),
        (
            "Threshold[Probability] * 2",
            "operand types for *",
            "twice a threshold is none",
            "raw(cut) is the plain",
        ),
        (
            "sum(Celsius)",
            'Argument 1 to "sum"',
            "depends on the choice",
            "subtract a reference first: t - ref",
        ),
        ("mean(Bearing)", 'Argument 1 to "mean"', "359 and 1 degrees", "circular mean"),
        (
            "log(LogProbability)",
            'Argument 1 to "log"',
            "an edge between other kinds",
            "a is LogProbability already",
        ),
        ("km + hour", "operand types for +", "different things", "no conversion leads"),
    ],
)
def test_a_refusal_has_its_reason_and_what_would_mend_it(
    question: str, refused: str, because: str, instead: str
) -> None:
    rows = shown(question)
    assert refused in rows["refused"]
    assert "[typedml-" in rows["refused"]
    assert because in rows["because"]
    assert instead in rows["instead"]
    assert "means" not in rows


def test_a_refusal_names_the_ways_from_either_side() -> None:
    ways = shown("Probability + Logit")["ways across"].splitlines()
    assert [way.split()[:4] for way in ways] == [
        ["Probability", "→", "Logit", "logit(p)"],
        ["Logit", "→", "Probability", "expit(z)"],
        ["Logit", "→", "Simplex", "softmax(z)"],
    ]


def test_the_part_at_fault_is_named() -> None:
    assert shown("Celsius * 1.8 + 32")["at"] == "t * 1.8"
    assert "at" not in shown("Probability + Logit")


def test_two_of_a_kind_are_two_values_and_the_question_says_so() -> None:
    rows = shown("Probability - Probability")
    assert rows["reads"] == "p - q where p: Probability, q: Probability"
    assert rows["means"] == "✓ float[1]  a plain number, in [-1, 1]"


def test_what_it_would_mean_of_one_value_is_said_where_that_differs() -> None:
    assert shown("Probability / (1 - Probability)")["one value"] == (
        "p / (1 - p) where p: Probability means float[Odds]"
    )
    assert "one value" not in shown("Probability * Probability")


def test_the_steps_show_what_only_the_whole_mends() -> None:
    first, second = shown("(Celsius + Celsius) / 2")["steps"].splitlines()
    assert first.split("  ")[0] == "t + u"
    assert "by itself refused: points do not add" in first
    assert second.split()[-1] == "Celsius"


def test_many_steps_are_cut_short() -> None:
    steps = shown(" + ".join(["km"] * 20))["steps"].splitlines()
    assert len(steps) == 9
    assert steps[-1] == "… and 11 more"


def test_an_unknown_function_is_told_with_the_nearest() -> None:
    rows = shown("men(Celsius)")
    assert "✓" not in rows["means"]
    assert rows["rule"] == 'Nothing is known of "men" (did you mean mean?): what it gives is a plain number.'


@pytest.mark.parametrize(
    ("question", "fact", "hint"),
    [
        ("Probabilty + 1", 'nothing is known of "Probabilty"', "did you mean the kind Probability?"),
        ("Prob + 1", 'nothing is known of "Prob"', "did you mean the kind Probability?"),
        ("p + q", 'nothing is known of "p"', 'say what it means: "p + q where p: Probability"'),
        ("huor + huor", 'nothing is known of "huor"', "hour"),
        ("Probability +", "no Python expression", 'such as "w * a + (1 - w) * b"'),
        ("p * q where p, q", 'nothing is said of "p"', 'write "where p: Probability"'),
        ("p * q where", 'nothing is declared after "where"', "where p, q: Probability"),
        ("p where 1: Probability", '"1" is no name for a value', "where p, q: Probability"),
        ("p + p where p: Probabilty", 'Unknown unit "Probabilty"', "did you mean the kind Probability?"),
        ("p + p where p: float[Count, hmm]", 'Unknown unit "hmm"', ""),
        (
            "c * 2 where c: Threshold[Threshold[km]]",
            "is a threshold of a threshold",
            "Threshold[Probability]",
        ),
        ("--bogus", 'nothing is known of "bogus"', "say what it means"),
        ("[Probability]", "is not read", ""),
        ("", "nothing is named", "name a kind, a unit or an expression"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_hint(question: str, fact: str, hint: str) -> None:
    refused = explain(question)
    assert refused.exit_code == 2
    assert fact in refused.stderr
    assert hint in refused.stderr
    assert "Hint:" in refused.stderr


@pytest.mark.parametrize(
    "question",
    [
        "a" * 1_000_000,
        "(" * 1_000_000,
        "p, " * 500_000 + " where p: km",
        "(" * (LONGEST // 2),
        "-" * (LONGEST - 1) + "1",
        "+".join(["km"] * (LONGEST // 3)),
        "[" * 900 + "km" + "]" * 900,
        "km." + "x." * 900 + "y",
        "p where " + "a," * 900,
        "p where p: " + "Threshold[" * 150 + "km" + "]" * 150,
        "float[" * 300 + "km" + "]" * 300,
        "exp(" * 400 + "km" + ")" * 400,
        "\x1b[31mProbability",
        "Probability\x00",
        "Рrobability + 1",
    ],
    ids=range(15),
)
def test_hostile_input_is_bounded_and_refused_in_words(question: str) -> None:
    start = time.process_time()
    refused = explain(question)
    assert time.process_time() - start < 5
    assert refused.exit_code == 2, refused.output[:500]
    assert refused.stderr.startswith("Error: ")
    assert "Hint:" in refused.stderr
    assert "typedml-internal" not in refused.stderr
    assert len(refused.stderr) < 1_000
    assert "\x1b" not in refused.stderr


def test_kinds_of_a_module_are_known_after_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    (tmp_path / "kinds_of_churn.py").write_text(
        "from typedml import Kind, PROBABILITY\n"
        "CHURN = Kind('ExplainedChurn', parent=PROBABILITY)\nnumber = 3\n"
    )
    rows = shown("c * k where c, k: kinds_of_churn:CHURN")
    assert rows["means"].startswith("✓ float[ExplainedChurn]")
    refused = explain("c where c: kinds_of_churn:number")
    assert refused.exit_code == 2
    assert '"kinds_of_churn:number" is no kind and no unit' in refused.stderr


def test_words_of_python_and_modules_are_no_values() -> None:
    rows = shown("np.average(Celsius, weights=Weight)")
    assert rows["reads"].startswith("average(t, weights=w)")
    assert rows["means"].startswith("✓ float[Celsius]")
    assert shown("sum(x for x in xs) where xs: km")["means"].startswith("✓ float[km]")


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_nothing_is_wider_than_the_screen(width: str) -> None:
    for question in ("Probability + Logit", "Probability", "Odds -> LogProbability", "Bearing"):
        lines = explain(question, width=width).output.splitlines()
        assert max(map(len, lines)) <= int(width)


def test_in_a_pipe_there_are_no_colours_and_no_wrapping() -> None:
    answer = CliRunner().invoke(main, ["explain", "Probability + Logit"], env={"COLUMNS": None})
    assert "\x1b" not in answer.output
    (refused,) = (line for line in answer.output.splitlines() if "refused" in line)
    assert refused.endswith("[typedml-kind]")


def test_an_expression_names_kinds_of_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    (tmp_path / "kinds_of_cells.py").write_text(
        "from typedml import Kind\n"
        "SOC = Kind('ExplainedCharge', range=(0, 1))\nSOH = Kind('ExplainedHealth', range=(0, 1))\n"
    )
    assert "ExplainedHealth" in shown("kinds_of_cells:SOC + kinds_of_cells:SOH")["refused"]
    assert shown("1 - kinds_of_cells:SOC")["means"].startswith("✓ float[")
    apart = shown("kinds_of_cells:SOC - kinds_of_cells:SOC")
    assert "0" not in apart["means"].partition("in")[0]
    assert "SOC(x) checks x" in shown("kinds_of_cells:SOC")["make"]
    refused = explain("kinds_of_cells:SOC + kinds_of_cells:NONE")
    assert refused.exit_code == 2
    assert "NONE" in refused.stderr
