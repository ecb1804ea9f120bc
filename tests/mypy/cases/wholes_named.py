"""A name that is given a value once stands for it, and what is counted or clamped is a share where that shows."""

from dataclasses import dataclass
from typing import Annotated

from typedml import Celsius, Count, Probability, Proportion, Similarity, Unit, UnitInterval

Km = Annotated[float, Unit("km")]


def ok(x: float) -> bool:
    return x > 0


def share(tp: Count, fp: Count) -> Proportion:
    total = tp + fp
    reveal_type(tp / total)  # R: float[Proportion]
    return tp / total


def mean(p: Probability, q: Probability) -> Probability:
    both = p + q
    reveal_type(both)  # R: float[1]
    return both / 2


def harmonic(p: Proportion, r: Proportion) -> Proportion:
    product, total = p * r, p + r
    return 2 * product / total


def in_steps(tp: Count, fp: Count, fn: Count) -> Proportion:
    errors = fp + fn
    doubled = 2 * tp
    everything = doubled + errors
    return doubled / everything


def counted(labels: list[int], hits: list[int]) -> Proportion:
    right = 0
    wrong = 0
    for label, hit in zip(labels, hits, strict=True):
        right += label == hit
        wrong += label != hit
    n = len(labels)
    found = sum(label == hit for label, hit in zip(labels, hits, strict=True))
    return found / n


def in_a_loop(pairs: list[tuple[Count, Count]]) -> list[Proportion]:
    shares: list[Proportion] = []
    for tp, fp in pairs:
        total = tp + fp
        shares.append(tp / total)
    return shares


@dataclass
class Confusion:
    tp: Count
    fp: Count

    def precision(self) -> Proportion:
        total = self.tp + self.fp
        return self.tp / total

    def changed(self, more: Count) -> Proportion:
        total = self.tp + self.fp
        self.tp += more
        return self.tp / total  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def bound_twice(tp: Count, fp: Count, flag: bool) -> Proportion:
    total = tp + fp
    if flag:
        total = tp
    return tp / total  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def bound_anew(tp: Count, fp: Count) -> Proportion:
    total = tp + fp
    tp = fp + fp
    return tp / total  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def added_to(tp: Count, fp: Count) -> Proportion:
    total = tp + fp
    tp += fp
    return tp / total  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def walrus(tp: Count, fp: Count) -> Proportion:
    total = tp + fp
    print(tp := fp)
    return tp / total  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def of_the_round_before(pairs: list[tuple[Count, Count]]) -> None:
    for tp, fp in pairs:
        if fp > 0:
            total = tp + fp
        share: Proportion = tp / total  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
        print(share)


def of_a_loop(counts: list[Count], total: Count) -> None:
    for each in counts:
        part: Proportion = each / total  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
        print(part)


def declared(tp: Count, fp: Count) -> Proportion:
    total: int = tp + fp
    return tp / total  # E: Incompatible return value type (got "float[1]", expected "float[Proportion]")  [typedml-kind]


def chosen(xs: list[float], ys: list[float]) -> None:
    a: Proportion = sum(1 for x in xs if ok(x)) / len(xs)
    b: Proportion = sum(x > 0 for x in xs) / len(xs)
    c: Proportion = len([x for x in xs if ok(x)]) / len(xs)
    d: Proportion = sum([1 for x in xs if x > 0 if ok(x)]) / len(xs)
    e: Proportion = sum(x > 0 for x in xs if ok(x)) / len(xs)
    n: Count = sum(1 for x in xs if ok(x))
    f: Proportion = sum(1 for x in xs if ok(x)) / len(ys)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
    g: Proportion = sum(2 for x in xs if ok(x)) / len(xs)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
    h: Proportion = sum(x for x in xs if ok(x)) / len(xs)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
    i: Proportion = len(xs) / sum(1 for x in xs if ok(x))  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
    j: Proportion = sum(1 for x in xs for y in ys if ok(x)) / len(xs)  # E: Incompatible types in assignment (expression has type "float[1]", variable has type "float[Proportion]")  [typedml-kind]
    print(a, b, c, d, e, f, g, h, i, j, n)


def sizes(xs: list[float], t: Celsius, far: bool) -> None:
    n: Count = abs(len(xs))
    o: Count = round(len(xs))
    p: Count = abs(round(xs[0]))  # E: Incompatible types in assignment (expression has type "int", variable has type "int[Count]")  [typedml-kind]
    q: Km = abs(len(xs))  # E: Incompatible types in assignment (expression has type "int[Count]", variable has type "float[km]")  [typedml-unit]
    print(n, o, p, q, t)


def clamped(x: float, y: float, km: Km, t: Celsius, p: Probability, q: Probability) -> Probability:
    a: Proportion = max(0.0, min(1.0, x))
    b: UnitInterval = min(max(x, 0), 1)
    c: Similarity = max(-1.0, min(1.0, x * y))
    kept = max(0.0, min(1.0, x + y))
    d: Probability = kept
    e: Probability = max(0.0, min(1.5, x))  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-kind]
    f: Probability = max(x, min(1.0, 0.0))  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Probability]")  [typedml-kind]
    g: Km = max(0.0, min(1.0, x))  # E: Incompatible types in assignment (expression has type "float", variable has type "float[km]")  [typedml-unit]
    h: Count = max(0, min(1, round(x)))  # E: Incompatible types in assignment (expression has type "int", variable has type "int[Count]")  [typedml-kind]
    max(0.0, min(1.0, km))  # E: Arguments of "min" have incompatible types "float" and "float[km]"  [typedml-unit]
    reveal_type(max(0.0, min(1.0, p + q)))  # R: float[Probability]
    print(a, b, c, d, e, f, g, h)
    return max(0.0, min(1.0, x))


def in_one_branch(leg: Km, far: bool) -> Km:
    whole: Km = round(leg if far else 0.0)
    hours: Annotated[float, Unit("hour")] = abs(leg if far else 0.0)  # E: Incompatible types in assignment (expression has type "float[km]", variable has type "float[hour]")  [typedml-unit]
    print(whole, hours)
    return abs(leg if far else 0.0)


def left_from_the_round_before(rows: list[tuple[Count, Count]]) -> None:
    for tp, fp in rows:
        if tp > fp:
            total = tp + fp
        if fp > tp:
            reveal_type(tp / total)  # R: float[1]


def within_a_branch(tp: Count, fp: Count, more: bool) -> Proportion | None:
    if more:
        total = (
            tp + fp
        )
        return tp / total
    return None


def wrapped(tp: Count, fp: Count) -> Proportion:
    total = (
        tp
        + fp
    )
    return tp / total
