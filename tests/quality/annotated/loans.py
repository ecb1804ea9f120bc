"""Loans: payments, plans, effective rates, present values, in exact decimals and in floats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated

from typedml import COUNT, Count, Kind, Proportion, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EUR = Unit("EUR")
Euros = Annotated[Decimal, EUR]
FloatEuros = Annotated[float, EUR]
PER_YEAR = Unit("1/year")
YearlyRate = Annotated[Decimal, PER_YEAR]
FloatRate = Annotated[float, PER_YEAR]
Years = Annotated[float, Unit("year")]
MonthlyYears = Annotated[Decimal, Unit("year")]
Dollars = Annotated[float, Unit("USD")]
ExchangeRate = Annotated[float, Unit("USD/EUR")]
DISCOUNT = Kind("Discount", range=(0.0, 1.0))
Discount = Annotated[float, DISCOUNT]

CENT: Euros = Decimal("0.01")
MONTH: MonthlyYears = Decimal(1) / 12


@dataclass(frozen=True)
class Payment:
    """One line of a plan."""

    number: Count
    due: date
    interest: Euros
    principal: Euros
    balance: Euros

    @property
    def total(self) -> Euros:
        return self.interest + self.principal


@dataclass(frozen=True)
class Loan:
    """An amount that is paid back in equal payments each month."""

    amount: Euros
    rate: YearlyRate
    months: Count
    start: date

    @property
    def monthly_rate(self) -> Decimal:
        return self.rate * MONTH

    def payment(self) -> Euros:
        r = self.monthly_rate
        if r == 0:
            return rounded(self.amount / self.months)
        return rounded(self.amount * r / (1 - (1 + r) ** -self.months))

    def plan(self) -> Iterator[Payment]:
        balance = self.amount
        payment = self.payment()
        due = self.start
        for number in range(1, self.months + 1):
            due += timedelta(days=30)
            interest = rounded(balance * self.monthly_rate)
            principal = min(payment - interest, balance)
            if number == self.months:
                principal = balance
            balance -= principal
            yield Payment(COUNT(number), due, interest, principal, balance)

    def interest(self) -> Euros:
        return sum((line.interest for line in self.plan()), Decimal(0))


def rounded(amount: Euros) -> Euros:
    return amount.quantize(CENT, ROUND_HALF_UP)


def future_value(amount: FloatEuros, rate: FloatRate, years: Years) -> FloatEuros:
    year: Years = 1.0
    return amount * (1 + rate * year) ** (years / year)


def discount(rate: FloatRate, years: Years) -> Discount:
    year: Years = 1.0
    return DISCOUNT((1 + rate * year) ** -(years / year))


def present_value(flows: Sequence[FloatEuros], rate: FloatRate, step: Years = 1.0) -> FloatEuros:
    return sum(flow * discount(rate, i * step) for i, flow in enumerate(flows))


def internal_rate(flows: Sequence[FloatEuros], low: FloatRate = 0.0, high: FloatRate = 1.0) -> FloatRate:
    """The rate at which flows are worth nothing today, by bisection."""
    worth: Callable[[FloatRate], FloatEuros] = lambda rate: present_value(flows, rate)  # noqa: E731
    for _ in range(60):
        middle = (low + high) / 2
        if worth(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def balances(deposits: Sequence[FloatEuros], rate: FloatRate) -> list[FloatEuros]:
    year: Years = 1.0
    return list(accumulate(deposits, lambda balance, deposit: balance * (1 + rate * year) + deposit))


def doubling_time(rate: FloatRate) -> Years:
    """By the rule of 72."""
    return 0.72 / rate


def with_tax(price: FloatEuros, tax: Proportion = 0.19) -> FloatEuros:
    return price * (1 + tax)


def in_dollars(amounts: Sequence[FloatEuros], rate: ExchangeRate) -> Dollars:
    return sum(amounts) * rate


def share_of_interest(loan: Loan) -> Decimal:
    return loan.interest() / (loan.interest() + loan.amount)
