"""Decimals, fractions and complex numbers carry meanings as floats do."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from typedml import PROBABILITY, Count, Unit, convert, raw

Usd = Annotated[Decimal, Unit("USD")]
Eur = Annotated[Decimal, Unit("EUR")]
Share = Annotated[Fraction, PROBABILITY]
Beat = Annotated[Fraction, Unit("second")]
Ohm = Annotated[complex, Unit("ohm")]
Amp = Annotated[complex, Unit("ampere")]
Volt = Annotated[float, Unit("volt")]
Km = Annotated[float, Unit("km")]


def money(a: Usd, b: Usd, e: Eur, x: Decimal, n: int, k: Count, y: float) -> Usd:
    reveal_type(a)  # R: Decimal[USD]
    reveal_type(a + b)  # R: Decimal[USD]
    reveal_type(a * 2)  # R: Decimal[USD]
    reveal_type(2 * a)  # R: Decimal[USD]
    reveal_type(a * x)  # R: Decimal[USD]
    reveal_type(x * a)  # R: Decimal[USD]
    reveal_type(a * Decimal("1.07"))  # R: Decimal[USD]
    reveal_type(a / b)  # R: Decimal[1]
    reveal_type(a // b)  # R: Decimal[1]
    reveal_type(a % b)  # R: Decimal[USD]
    reveal_type(divmod(a, b))  # R: tuple[Decimal[1], Decimal[USD]]
    reveal_type(a * a)  # R: Decimal[USD**2]
    reveal_type(a ** 2)  # R: Decimal[USD**2]
    reveal_type(-a)  # R: Decimal[USD]
    reveal_type(+a)  # R: Decimal[USD]
    reveal_type(abs(a))  # R: Decimal[USD]
    reveal_type(round(a))  # R: int[USD]
    reveal_type(round(a, 2))  # R: Decimal[USD]
    reveal_type(float(a))  # R: float[USD]
    reveal_type(int(a))  # R: int[USD]
    reveal_type(max(a, b))  # R: Decimal[USD]
    reveal_type(sum([a, b]))  # R: Decimal[USD]
    reveal_type(sum([a, b], Decimal(0)))  # R: Decimal[USD]
    reveal_type(a / k)  # R: Decimal[USD]
    reveal_type(a * k)  # R: Decimal[USD]
    reveal_type(raw(a))  # R: decimal.Decimal
    reveal_type(a.quantize(Decimal("0.01")))  # R: Decimal[USD]
    a + e  # E: Unsupported operand types for + ("Decimal[USD]" and "Decimal[EUR]")  [typedml-unit]
    e + a  # E: Unsupported operand types for + ("Decimal[EUR]" and "Decimal[USD]")  [typedml-unit]
    a < e  # E: Unsupported operand types for < ("Decimal[USD]" and "Decimal[EUR]")  [typedml-unit]
    a == e  # E: Unsupported operand types for == ("Decimal[USD]" and "Decimal[EUR]")  [typedml-unit]
    a + x  # E: Unsupported operand types for + ("Decimal[USD]" and "Decimal")  [typedml-unit]
    x + a  # E: Unsupported operand types for + ("Decimal" and "Decimal[USD]")  [typedml-unit]
    a + 5  # E: Unsupported operand types for + ("Decimal[USD]" and "int")  [typedml-unit]
    a + Decimal("5")  # E: Unsupported operand types for + ("Decimal[USD]" and "Decimal")  [typedml-unit]
    a + Decimal(0)
    a > 0
    a > 5  # E: Unsupported operand types for > ("Decimal[USD]" and "int")  [typedml-unit]
    a * y  # E: Unsupported operand types for * ("Decimal[USD]" and "float")  [operator]
    a * 0.5  # E: Unsupported operand types for * ("Decimal[USD]" and "float")  [operator]
    a + y  # E: Unsupported operand types for + ("Decimal[USD]" and "float")  [typedml-unit]
    a - e  # E: Unsupported operand types for - ("Decimal[USD]" and "Decimal[EUR]")  [typedml-unit]
    c: Usd = Decimal("9.99")
    d: Usd = x  # E: Incompatible types in assignment (expression has type "Decimal", variable has type "Decimal[USD]")  [typedml-unit]
    f: Eur = a  # E: Incompatible types in assignment (expression has type "Decimal[USD]", variable has type "Decimal[EUR]")  [typedml-unit]
    g: Decimal = a
    h: Usd = 5  # E: Incompatible types in assignment (expression has type "int", variable has type "Decimal[USD]")  [assignment]
    total = Decimal(0)
    total += a
    reveal_type(total)  # R: Decimal[USD]
    total += e  # E: Unsupported operand types for + ("Decimal[USD]" and "Decimal[EUR]")  [typedml-unit]
    a += b
    a += e  # E: Unsupported operand types for + ("Decimal[USD]" and "Decimal[EUR]")  [typedml-unit]
    sums = Decimal("0")
    for each in (a, b):
        sums += each
    return sums


def fractions(p: Share, q: Share, b: Beat, k: Km, x: Fraction, y: float) -> Share:
    reveal_type(p * q)  # R: Fraction[Probability]
    reveal_type(1 - p)  # R: Fraction[Probability]
    reveal_type(b * 2)  # R: Fraction[second]
    reveal_type(b * Fraction(1, 2))  # R: Fraction[second]
    reveal_type(b * 0.5)  # R: float[second]
    reveal_type(b * y)  # R: float[second]
    reveal_type(b * k)  # R: float[km*second]
    reveal_type(k * b)  # R: float[km*second]
    reveal_type(b ** 2)  # R: Fraction[second**2]
    reveal_type(k / b)  # R: float[km/second]
    r: Share = Fraction(1, 2)
    s: Share = Fraction(3, 2)  # E: Incompatible types in assignment (expression has type "Fraction", variable has type "Fraction[Probability]")  [typedml-value]
    b + p  # E: Unsupported operand types for + ("Fraction[second]" and "Fraction[Probability]")  [typedml-unit]
    b + k  # E: Unsupported operand types for + ("Fraction[second]" and "float[km]")  [typedml-unit]
    k + b  # E: Unsupported operand types for + ("float[km]" and "Fraction[second]")  [typedml-unit]
    return p + q  # E: Incompatible return value type (got "Fraction[1]", expected "Fraction[Probability]")  [typedml-kind]


def impedance(z: Ohm, i: Amp, v: Volt, x: complex, k: Km) -> Ohm:
    reveal_type(z * i)  # R: complex[ampere*ohm]
    reveal_type(z + z)  # R: complex[ohm]
    reveal_type(z * 1j)  # R: complex[ohm]
    reveal_type(v / z)  # R: complex[volt/ohm]
    reveal_type(abs(z))  # R: float[ohm]
    reveal_type(z == z)  # R: bool
    reveal_type(z.real)  # R: float
    z + i  # E: Unsupported operand types for + ("complex[ohm]" and "complex[ampere]")  [typedml-unit]
    z + 1j  # E: Unsupported operand types for + ("complex[ohm]" and "complex")  [typedml-unit]
    v + z  # E: Unsupported operand types for + ("float[volt]" and "complex[ohm]")  [typedml-unit]
    z < z  # E: Unsupported left operand type for < ("complex[ohm]")  [operator]
    a: Ohm = v  # E: Incompatible types in assignment (expression has type "float[volt]", variable has type "complex[ohm]")  [typedml-unit]
    w: Annotated[complex, Unit("volt")] = v
    return z * 2


def converted(price: Annotated[Decimal, Unit("minute")], part: Annotated[Fraction, Unit("minute")]) -> None:
    reveal_type(convert(price, "minute", "hour"))  # R: Decimal[hour]
    reveal_type(convert(part, "minute", "hour"))  # R: Fraction[hour]
