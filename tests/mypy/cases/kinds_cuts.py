"""Thresholds, identifiers, labels and kinds of one's own."""

from typing import Annotated

from units_elsewhere import PRICE, PROPENSITY, Propensity

from typedml import DURATION, IDENTIFIER, LABEL, MONEY, PROBABILITY, SCORE, THRESHOLD, Duration, Identifier, Kind, Label, Logit, Money, Probability, Proportion, Score, Threshold, Unit

Km = Annotated[float, Unit("km")]
UserId = Annotated[int, IDENTIFIER]
LENGTH = Kind("Length", unit="meter")
WIDTH = Kind("Width", parent=LENGTH)
HEIGHT = Kind("Height", parent=LENGTH)
Width = Annotated[float, WIDTH]
Height = Annotated[float, HEIGHT]
Length = Annotated[float, LENGTH]
Price = Annotated[float, PRICE]


def late(p: Probability, cut: Threshold[Probability], other: Threshold[Probability], z: Logit, d: Km, far: Threshold[Km]) -> bool:
    reveal_type(p >= cut)  # R: bool
    cut < p, cut == p, cut < other, max(cut, other)
    p * cut  # E: Unsupported operand types for * ("float[Probability]" and "float[Threshold[Probability]]")  [typedml-kind]
    cut * 2  # E: Unsupported operand types for * ("float[Threshold[Probability]]" and "int")  [typedml-kind]
    cut + 1  # E: Unsupported operand types for + ("float[Threshold[Probability]]" and "int")  [typedml-kind]
    1 - cut  # E: Unsupported operand types for - ("int" and "float[Threshold[Probability]]")  [typedml-kind]
    z >= cut  # E: Unsupported operand types for >= ("float[Logit]" and "float[Threshold[Probability]]")  [typedml-kind]
    d > far
    d > cut  # E: Unsupported operand types for > ("float[km]" and "float[Threshold[Probability]]")  [typedml-unit]
    a: Probability = cut  # E: Incompatible types in assignment (expression has type "float[Threshold[Probability]]", variable has type "float[Probability]")  [typedml-kind]
    b: Threshold[Probability] = p  # E: Incompatible types in assignment (expression has type "float[Probability]", variable has type "float[Threshold[Probability]]")  [typedml-kind] # N: Hint: THRESHOLD(p) makes it "float[Threshold[Probability]]"
    c: Threshold[Probability] = 0.5
    e: Threshold[Probability] = THRESHOLD(p)
    f: Threshold[Km] = 100.0
    g: Threshold[Probability] = 5.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Threshold[Probability]]")  [typedml-value]
    h: Threshold[Proportion] = cut
    return late(p, 0.5, 0.7, z, d, 100.0)  # E: Argument 6 to "late" has incompatible type "float"; expected "float[Threshold[km]]"  [typedml-unit]


def names(a: UserId, b: UserId, label: Label, other: Label, user: Identifier) -> None:
    a == b, a < b, a != b, {a: 1}
    label == other
    a + 1  # E: Unsupported operand types for + ("int[Identifier]" and "int")  [typedml-kind]
    a * b  # E: Unsupported operand types for * ("int[Identifier]" and "int[Identifier]")  [typedml-kind]
    -a  # E: Unsupported operand type for unary - ("int[Identifier]")  [typedml-kind]
    label < other  # E: Unsupported operand types for < ("int[Label]" and "int[Label]")  [typedml-kind]
    label == a  # E: Unsupported operand types for == ("int[Label]" and "int[Identifier]")  [typedml-kind]
    user.upper()
    sum([a, b])  # E: Argument 1 to "sum" has incompatible type "int[Identifier]"  [typedml-kind]


def own(w: Width, h: Height, length: Length, p: Probability, propensity: Propensity, price: Price, money: Money) -> Width:
    reveal_type(w + w)  # R: float[Width]
    reveal_type(w + h)  # R: float[Length]
    reveal_type(w * h)  # R: float[meter**2]
    a: Length = w
    b: Annotated[float, Unit("meter")] = w
    c: Probability = propensity
    d: Propensity = p  # E: Incompatible types in assignment (expression has type "float[Probability]", variable has type "float[Propensity]")  [typedml-kind]
    e: Propensity = PROPENSITY(p)
    f: Width = WIDTH(length)
    g: Propensity = 1.5  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Propensity]")  [typedml-value]
    i: Money = price
    j: Price = money  # E: Incompatible types in assignment (expression has type "float[Money]", variable has type "float[Price]")  [typedml-kind]
    k: Length = 2 * b
    k2: Length = 2 * w
    reveal_type(w * 2)  # R: float[Width]
    w < h
    return h  # E: Incompatible return value type (got "float[Height]", expected "float[Width]")  [typedml-kind]


def different(hertz: Annotated[float, Unit("hertz")], becquerel: Annotated[float, Unit("becquerel")]) -> None:
    reveal_type(hertz + becquerel)  # R: float[hertz]


def durations(d: Duration, m: Annotated[float, DURATION, Unit("minute")], s: Annotated[float, Unit("second")]) -> Duration:
    reveal_type(m)  # R: float[Duration, minute]
    reveal_type(d)  # R: float[Duration]
    d + m  # E: Unsupported operand types for + ("float[Duration]" and "float[Duration, minute]")  [typedml-unit] # N: Hint: convert(m, "minute", "second") makes it "float[second]"
    reveal_type(d + s)  # R: float[Duration]
    reveal_type(s + d)  # R: float[Duration]
    return s


def capped(p: Probability, cut: Threshold[Probability], other: Threshold[Probability]) -> None:
    reveal_type(min(p, cut))  # R: float
    reveal_type(min(cut, p))  # R: float
    reveal_type(max([cut, p]))  # R: float
    reveal_type(max(cut, other))  # R: float[Threshold[Probability]]
    stored: Threshold[Probability] = min(cut, p)  # E: Incompatible types in assignment (expression has type "float", variable has type "float[Threshold[Probability]]")  [typedml-kind]
