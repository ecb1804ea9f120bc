"""The grammar of unit expressions: `kg*m/s**2`, `m**(1/2)`, `'U**2`.

    >>> str(parse("mile/hour").vector)
    'hour**-1*mile'

Names are not looked up here; every error says where in the text it is. Pint's definition files are
written in a looser dialect (numbers, `^`, juxtaposition), which the same parser reads when asked.
"""

from __future__ import annotations

from itertools import accumulate

from typedml.algebra.errors import UnitError
from typedml.algebra.monomial import ONE, Monomial, magnitude
from typedml.algebra.tokens import END, NAME, NUMBER, VARIABLE, Token, shorten, tokens
from typedml.algebra.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from typedml.algebra.monomial import Exponent

LONGEST = 1000
DEEPEST = 30
LARGEST_EXPONENT = 100
LARGEST_DECIMAL_EXPONENT = 400
LOGARITHMS = frozenset({"log", "log2", "log10"})
LEVELS = LOGARITHMS | {"10*log10", "20*log10"}


class Expression(Value):
    """A parsed expression: a monomial over names (and primes), and where each name first stands."""

    __slots__ = ("positions", "vector")
    vector: Monomial
    positions: Mapping[str, int]

    def __init__(self, vector: Monomial, positions: Mapping[str, int]) -> None:
        self._fill(vector=vector, positions=positions)


def split_logarithm(text: str) -> tuple[str, str] | None:
    """Return the function and the unit of a level, `20*log10(V)`, None for any other expression.

    Raises: UnitError where a level is part of a product.
    """
    head, parenthesis, rest = text.partition("(")
    function = head.replace(" ", "")
    if not parenthesis or function.rpartition("*")[2] not in LOGARITHMS:
        return None
    inside, closing, after = rest.rpartition(")")
    depths = list(accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in inside))
    if function not in LEVELS or not closing or after.strip() or min(depths, default=0) < 0:
        fact = f'A logarithm is part of the unit "{shorten(text)}"'
        raise UnitError(fact, 'a level is a unit of its own: write "log(km)" or "10*log10(mW)"', text=text)
    return function, inside


def parse(text: str, *, variables: bool = False) -> Expression:
    """Parse a unit expression as users write it. Raises: UnitError with the position of the mistake."""
    return _Parser(text, variables=variables, loose=False).whole()


def parse_definition(text: str) -> Expression:
    """Parse the right side of a definition in Pint's dialect; numbers become products of primes."""
    return _Parser(text, variables=False, loose=True).whole()


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str, *, variables: bool, loose: bool) -> None:
        if len(text) > LONGEST:
            fact = f"A unit expression of {len(text)} characters is too long"
            raise UnitError(fact, f"at most {LONGEST} characters are read", text=text[:LONGEST])
        self.text = text
        self.variables = variables
        self.loose = loose
        self.tokens = tokens(text, loose=loose)
        self.index = 0
        self.depth = 0
        self.positions: dict[str, int] = {}

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def fail(self, fact: str, hint: str, token: Token | None = None) -> UnitError:
        """Return the error at a token, by default the next one."""
        position = (token or self.next).position
        return UnitError(
            f'{fact} in the unit "{shorten(self.text)}"', hint, text=self.text, position=position
        )

    def take(self, *kinds: str) -> Token | None:
        """Consume the next token if it is of one of these kinds."""
        token = self.next
        if token.kind not in kinds:
            return None
        self.index += 1
        return token

    def whole(self) -> Expression:
        if self.next.kind == END:
            raise UnitError("A unit expression is empty", 'the unit of pure numbers is "1"', text=self.text)
        vector = self.product()
        if self.next.kind == ")":
            raise self.fail('")" has no "("', "remove it, or open the parenthesis")
        if self.next.kind != END:
            raise self.unexpected()
        return Expression(vector, self.positions)

    def product(self) -> Monomial:
        """Read factors joined by `*` and `/`; the loose dialect also joins them by juxtaposition."""
        vector = self.factor()
        while True:
            if self.take("/"):
                vector = vector / self.factor()
            elif self.take("*") or (self.loose and self.next.kind in {NAME, NUMBER, "("}):
                vector = vector * self.factor()
            else:
                return vector

    def factor(self) -> Monomial:
        base = self.primary()
        operator = self.take("**", "^")
        if operator is None:
            return base
        if operator.kind == "^" and not self.loose:
            raise self.fail('"^" is not an operator', f'write "{self.text.replace("^", "**")}"', operator)
        start = self.next
        raised = base ** self.exponent()
        if self.next.kind in {"**", "^"}:
            raise self.fail("A power is raised to a power", 'write one exponent: "m**6" for "m**2**3"')
        return self.bounded(raised, start)

    def bounded(self, vector: Monomial, at: Token) -> Monomial:
        """Refuse exponents that no unit has, so that later work stays small."""
        limit = LARGEST_EXPONENT * LARGEST_EXPONENT if self.loose else LARGEST_EXPONENT
        for _, exponent in vector.items:
            if magnitude(exponent) > limit or exponent.denominator > limit:
                hint = f"numerator and denominator go up to {LARGEST_EXPONENT}"
                raise self.fail("The exponent is too large", hint, at)
        return vector

    def primary(self) -> Monomial:
        token = self.next
        if self.take(NAME):
            self.positions.setdefault(token.text, token.position)
            return Monomial({token.text: 1})
        if self.take(VARIABLE):
            return self.variable(token)
        if self.take("("):
            return self.parenthesis(token)
        if self.take(NUMBER):
            return self.coefficient(token)
        raise self.missing()

    def parenthesis(self, opening: Token) -> Monomial:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fail(
                "Parentheses are nested too deeply", f"at most {DEEPEST} levels are read", opening
            )
        vector = self.product()
        if not self.take(")"):
            raise (
                self.unexpected()
                if self.next.kind != END
                else self.fail('"(" is never closed', 'add ")"', opening)
            )
        self.depth -= 1
        return vector

    def variable(self, token: Token) -> Monomial:
        if not self.variables:
            hint = f'declare it once, {token.text[1:]} = UnitVar("{token.text[1:]}"), and use that name'
            raise self.fail(f"The unit variable {token.text} stands", hint, token)
        return Monomial({token.text: 1})

    def coefficient(self, token: Token) -> Monomial:
        if not self.loose and token.text != "1":
            hint = (
                f"a multiple of a unit needs a name: define one in the registry, my_unit = {token.text} * ..."
            )
            raise self.fail(f"The number {shorten(token.text)} stands", hint, token)
        value = self.number(token)
        if value <= 0:
            raise self.fail("A factor of zero stands", "units have positive scales", token)
        from typedml.algebra.factors import fraction_factors

        return Monomial(fraction_factors(value)) if value != 1 else ONE

    def number(self, token: Token) -> Fraction:
        from fractions import Fraction

        _, _, exponent = token.text.lower().partition("e")
        if len(token.text) > LARGEST_EXPONENT or abs(int(exponent or 0)) > LARGEST_DECIMAL_EXPONENT:
            raise self.fail(f"The number {shorten(token.text)} is too large", "write a smaller one", token)
        return Fraction(token.text)

    def exponent(self) -> Exponent:
        """Read `2`, `-1`, `(1/2)`; the loose dialect also has `0.5`."""
        start = self.next
        if not self.take("("):
            return self.checked(self.signed(), start)
        value = self.signed()
        if self.take("/"):
            below = self.signed()
            if not below:
                raise self.fail("An exponent is divided by zero", "write a number", start)
            value = value / below
        if not self.take(")"):
            raise self.fail("An exponent is not a number", 'write "m**2" or "m**(1/2)"', start)
        return self.checked(value, start)

    def signed(self) -> Fraction:
        sign = self.take("-", "+")
        token = self.take(NUMBER)
        if token is None:
            raise self.fail("An exponent is not a number", 'write "m**2" or "m**(1/2)"')
        value = self.number(token)
        return -value if sign is not None and sign.kind == "-" else value

    def checked(self, value: Fraction, start: Token) -> Exponent:
        """Refuse decimals where fractions are meant, and exponents out of bounds."""
        if magnitude(value) > LARGEST_EXPONENT or value.denominator > LARGEST_EXPONENT:
            hint = f"numerator and denominator go up to {LARGEST_EXPONENT}"
            raise self.fail("The exponent is too large", hint, start)
        written = self.text[start.position : self.next.position].strip()
        if not self.loose and not written.strip("()+-/0123456789 ") == "":
            raise self.fail(f"The exponent {written} is a decimal", f'write "**({value})"', start)
        return value

    def missing(self) -> UnitError:
        """Say what stands where a unit should."""
        if self.next.kind == END:
            return self.fail("A unit is missing at the end", "remove the operator, or write a unit after it")
        return self.fail(f'A unit is missing before "{self.next.text}"', "write a unit there")

    def unexpected(self) -> UnitError:
        """Say what follows a complete unit without an operator between."""
        before, token = self.tokens[self.index - 1], self.next
        if token.text == "per":
            return self.fail('"per" is not an operator', 'write "/"')
        if token.kind in {"-", "+"}:
            hint = (
                'an inverse is "1/s" or "s**-1"' if token.kind == "-" else 'units are joined by "*" and "/"'
            )
            return self.fail(f'"{token.text}" follows "{before.text}"', hint)
        hint = f'write "{before.text}*{token.text}"'
        return self.fail(f'"{token.text}" follows "{before.text}" without an operator', hint)
