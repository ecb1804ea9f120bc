"""Calls as code writes them: axes, bounds, lists, distributions, truths and shares of rows."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import MEANINGS, kind, told
from tests.algebra.test_judgement import answer, rows
from typedml.algebra.expression import Call, Name
from typedml.algebra.functions import ALIASES, FUNCTIONS, apply
from typedml.algebra.judgement import judge, judged
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.reading import read
from typedml.algebra.shapes import OPERATORS
from typedml.algebra.verdict import Ground

P = "p=Probability; q=Probability; r=Probability"
B = "b=Binary; c=Binary; p=Probability; q=Probability"

AXES = f"""
x.max(1) | x=km | km
x.min(0) | x=km | km
usd.max(1) | usd=USD | USD
x.sum(0) | x=km | km
x.mean(-1) | x=km | km
x.mean((0, 1)) | x=km | km
x.std(axis) | x=km | km
t.max(1) | t=Celsius | Celsius
l.max(1) | l=LogProbability | LogProbability
2 * p.min(0) | {P} | 1
2 * p.max(0) | {P} | 1
2 * np.min(p, 0) | {P} | 1
np.max(x, 1) | x=km | km
np.amax(x, 0) | x=km | km
np.sum(x, 0, np.float64) | x=km | km
np.average(t, 0, w) | t=Celsius; w=? | Celsius
torch.max(x, 1) | x=km | km
torch.max(x, y) | x=km; y=km | km
torch.max(x, y) | x=km; y=USD | DIMENSIONS_DIFFER
max(x, 1) | x=km | NUMBER_BESIDE_UNIT
builtins.max(x, 1) | x=km | NUMBER_BESIDE_UNIT
2 * min(p, 0) | {P} | Probability
max(p, 2) | {P} | 1
x.quantile(0.5, 0) | x=km | km
np.exp(z) / np.exp(z).sum(1) | z=Logit | Simplex
z - z.logsumexp(-1) | z=Logit | LogProbability
"""

BOUNDS = f"""
x.clip(y, z) | x=km; y=km; z=km | km
x.clip(5) | x=km | NUMBER_BESIDE_UNIT
x.clip(upper=5) | x=km | NUMBER_BESIDE_UNIT
2 * p.clip(upper=1, lower=0) | {P} | 1
2 * p.clip(upper=0.5, lower=0) | {P} | Probability
2 * p.clip(upper=0.5) | {P} | Probability
2 * p.clip(lower=0.5) | {P} | 1
2 * p.clip(None, 0.5) | {P} | Probability
2 * np.clip(p, a_max=1, a_min=0) | {P} | 1
2 * np.clip(p, None, 0.5) | {P} | Probability
2 * torch.clamp(p, max=0.5) | {P} | Probability
np.clip(p, 0, None) | {P} | Probability
np.clip(p + 0.1, None, 1) | {P} | Probability
(p - q).clip(0) | {P} | Probability
(p - q).clip(lower=0) | {P} | Probability
(p - q).clip(upper=0) | {P} | 1
(p - 2).clip(0) + 2 | {P} | 1
(p - 2).clip(min=0) + 2 | {P} | 1
p.clip(None, None) | {P} | Probability
t.clip(None, u) | t=Celsius; u=Celsius | Celsius
"""

MIDDLES = f"""
median(n) | n=Count | 1
n.quantile(0.5) | n=Count | 1
np.percentile(n, 50) | n=Count | 1
median(b) | {B} | Proportion
round(median(n)) | n=Count | Count
mode(n) | n=Count | Count
n.max() | n=Count | Count
maximum(n, 0.5) | n=Count | 1
quantile(p, q=90) | {P} | OUT_OF_RANGE
quantile(p, q=0.9) | {P} | Probability
np.quantile(x, q=[0.1, 0.9]) | x=km | km
np.percentile(x, q=900) | x=km | OUT_OF_RANGE
"""

LISTS = f"""
mean([p, q]) | {P} | Probability
mean([p, z]) | p=Probability; z=Logit | KINDS_DIFFER
np.array([p, q]) | {P} | Probability
np.array([p, b]) | p=Probability; b=Binary | Probability
np.array([x, y]) | x=km; y=USD | DIMENSIONS_DIFFER
np.stack([p, z]) | p=Probability; z=Logit | KINDS_DIFFER
np.array([t, u]).mean() | t=Celsius; u=Celsius | Celsius
np.array([p, 0.5]) | {P} | Probability
np.array([p, 2]) | {P} | 1
np.array([x, 5]) | x=km | NUMBER_BESIDE_UNIT
np.array([0.2, 0.8]) | {P} | ?
max([x, 5]) | x=km | NUMBER_BESIDE_UNIT
max([p, 0.5]) | {P} | Probability
min([n, 5]) | n=Count | Count
sum([p, q]) | {P} | 1
sum([p, q]) / 2 | {P} | Probability
sum([p, q, r]) / len([p, q, r]) | {P} | Probability
sum([t, u]) / 2 | t=Celsius; u=Celsius | Celsius
sum([t, u]) | t=Celsius; u=Celsius | POINTS_ADDED
sum([p, z]) | p=Probability; z=Logit | KINDS_DIFFER
"""

NORMAL = f"""
norm(x) | x=km | km
np.linalg.norm(x - y) | x=km; y=km | km
np.linalg.norm(x, ord=2) | x=km | km
norm(p) | {P} | 1
norm(t) | t=Celsius | POINT_SCALED
norm(s) | s=Score | OPAQUE
stats.norm.cdf(z) | z=ZScore | Probability
scipy.stats.norm.cdf(z) | z=ZScore | Probability
norm.cdf(d) | d=1 | Probability
norm.cdf(p) | {P} | NO_EDGE
norm.cdf(x, m, s) | x=km; m=km; s=km | Probability
norm.cdf(x, loc=m, scale=s) | x=km; m=km; s=minute | NO_EDGE
stats.norm.ppf(p) | {P} | ZScore
norm.ppf(p, m, s) | p=Probability; m=km; s=km | km
norm.sf(z) | z=ZScore | Probability
norm.isf(p) | {P} | ZScore
norm.logcdf(z) | z=ZScore | LogProbability
norm.logsf(z) | z=ZScore | LogProbability
"""

TRUTHS = f"""
0 <= p <= 1 | {B} | Binary
-0 <= p | {B} | Binary
b and c | {B} | Binary
p > 0.5 or b | {B} | Binary
p or 0.5 | {B} | ?
p and q | {B} | ?
~(p > 0.5) | {B} | Binary
not (p > 0.5) | {B} | Binary
not b | {B} | Binary
~b | {B} | ?
~((p > 0.5) & (q > 0.5)) | {B} | Binary
np.logical_not(p > 0.5) | {B} | Binary
np.all(p > 0.5) | {B} | Binary
sum(b == c) / len(b) | {B} | Proportion
sum(p > 0.5) / len(p) | {B} | Proportion
(p > 0.5).sum() / p.size | {B} | Proportion
sum(p > mean(q)) / len(p) | {B} | Proportion
sum(p > mean(q)) / len(q) | {B} | 1
sum(b == c) / len(p) | {B} | 1
sum(b & c) / sum(b) | {B} | Proportion
sum(b & c) / sum(c) | {B} | Proportion
sum(b & c) / (b|c).sum() | {B} | Proportion
sum(b|c) / sum(b) | {B} | 1
sign(x) | x=km | 1
np.sign(x) * x | x=km | km
sign(t) | t=degC | NUMBER_BESIDE_UNIT
"""

EXPONENTIALS = """
softmax(s) | s=Score | NO_EDGE
softmax(s) | s=Similarity | Simplex
softmax(s / 0.07) | s=Similarity | Simplex
softmax(-d) | d=Distance | Simplex
exp(-d) / sum(exp(-d)) | d=Distance | Simplex
softmax(-d) | d=km | NO_EDGE
exp(-d) / sum(exp(-d)) | d=km | NUMBER_NEEDED
expit(f) | f=ScaleFactor | Probability
expit(z) | z=ZScore | NO_EDGE
expit(p) | p=Proportion | NO_EDGE
softmax(p) | p=Probability | NO_EDGE
softmax(o) | o=Odds | NO_EDGE
expit(l) | l=LogProbability | NO_EDGE
log_softmax(l) | l=LogProbability | NO_EDGE
log_softmax(l) | l=LogDensity | LogProbability
softmax(l) | l=LogDensity | Simplex
softmax(l + m) | l=LogProbability; m=LogProbability | Simplex
exp(l - logsumexp(l)) | l=LogProbability | Simplex
exp(l) / sum(exp(l)) | l=LogProbability | Simplex
l - logsumexp(l) | l=LogProbability | LogProbability
(l + m) - logsumexp(l + m) | l=LogProbability; m=LogDensity | LogProbability
np.log(p) - np.log(1 - p) | p=Probability | Logit
"""

TABLES = (AXES, BOUNDS, MIDDLES, LISTS, NORMAL, TRUTHS, EXPONENTIALS)


@pytest.mark.parametrize(("text", "names", "result"), rows(*TABLES))
def test_a_call_is_judged_as_it_is_written(text: str, names: str, result: str) -> None:
    assert answer(text, names) == result


def test_a_list_that_mixes_unlike_values_names_both() -> None:
    found = judge(read("np.array([p, p, z])", {"p": kind("Probability"), "z": kind("Logit")}))
    assert isinstance(found, Mismatch)
    assert (found.operation, str(found.left), str(found.right)) == ("array", "Probability", "Logit")


# Elsewhere the expression says more than the function alone: the range of what is rounded, and shapes.
ALONE = sorted({ALIASES.get(name, name) for name in FUNCTIONS} - {"display", "len"})


@pytest.mark.parametrize("function", ALONE)
def test_one_call_is_judged_as_it_is_applied(function: str) -> None:
    rewritten = {row.partition("(")[0] for row, _ in OPERATORS}
    for meaning in MEANINGS:
        found = judged(Call(function, (Name("x", meaning),)))
        applied = apply(function, meaning)
        if function in rewritten or found.ground is not Ground.STEP:
            assert type(found.answer) is type(applied) or isinstance(found.answer, Meaning)
        else:
            assert told(found.answer) == told(applied), (function, str(meaning))


def test_each_operator_of_a_function_is_told_once() -> None:
    heads = [row for row, _ in OPERATORS]
    assert len(heads) == len(set(heads))
    assert not {row.partition("(")[0] for row in heads} & set(ALIASES) - {
        "norm.cdf",
        "norm.ppf",
        "norm.logcdf",
    }
