"""`in` compares what is sought with what a container holds, as `==` would."""

from typing import Annotated

from typedml import IDENTIFIER, Category, Count, Identifier, Kind, Label, Probability, Unit

Km = Annotated[float, Unit("km")]
Mile = Annotated[float, Unit("mile")]
ORDER = Kind("OrderNumber", parent=IDENTIFIER)
USER = Kind("UserName", parent=IDENTIFIER)
Order = Annotated[int, ORDER]
User = Annotated[str, USER]


def sought(a: Km, o: Km | None, miles: list[Mile], kms: list[Km]) -> None:
    a in miles  # E: Unsupported operand types for in ("float[km]" and "list[float[mile]]")  [typedml-unit] # N: Hint: convert each from "mile" to "km" where it comes from
    a not in miles  # E: Unsupported operand types for in ("float[km]" and "list[float[mile]]")  [typedml-unit]
    a in (1.0, 2.0)  # E: Unsupported operand types for in ("float[km]" and "tuple[float, float]")  [typedml-unit]
    5.0 in miles  # E: Unsupported operand types for in ("float" and "list[float[mile]]")  [typedml-unit]
    a in (0.0, 5.0)  # E: Unsupported operand types for in ("float[km]" and "tuple[float, float]")  [typedml-unit]
    a in (0.0, 0)
    a in [0.0, a]
    a in kms
    o in kms
    0.0 in miles
    a in [a, a]
    a in [1.0, a]
    a in {a: 1}
    a in [None]
    None in miles
    "x" in miles
    any(a == m for m in miles)  # E: Unsupported operand types for == ("float[km]" and "float[mile]")  [typedml-unit]


def names(
    user: Identifier,
    users: set[Identifier],
    colour: Category,
    prices: dict[Category, float],
    plain: list[str],
) -> None:
    user in users
    "u-17" in users
    user in plain
    colour in ("red", "blue")
    colour in prices
    user in "abc"
    "abc" in user
    colour in users  # E: Unsupported operand types for in ("str[Category]" and "set[str[Identifier]]")  [typedml-kind]
    user in prices  # E: Unsupported operand types for in ("str[Identifier]" and "dict[str[Category], float]")  [typedml-kind]
    user in prices.keys()  # E: Unsupported operand types for in ("str[Identifier]" and "dict_keys[str[Category], float]")  [typedml-kind]
    user not in prices  # E: Unsupported operand types for in ("str[Identifier]" and "dict[str[Category], float]")  [typedml-kind]


def numbers(p: Probability, n: Count, label: Label, plain: list[int], i: int) -> None:
    p in (0, 1)
    n in (1, 2, 3)
    n in plain
    i in [n]
    label in (0, 1)
    label in [n]  # E: Unsupported operand types for in ("int[Label]" and "list[int[Count]]")  [typedml-kind]


def orders(order: Order, user: User, users: list[User], numbers: list[Order]) -> None:
    order in users  # E: Unsupported operand types for in ("int[OrderNumber]" and "list[str[UserName]]")  [typedml-kind]
    user in numbers  # E: Unsupported operand types for in ("str[UserName]" and "list[int[OrderNumber]]")  [typedml-kind]
    order in numbers
    user in users
