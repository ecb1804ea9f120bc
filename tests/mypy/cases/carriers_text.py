"""Text and whole numbers as identifiers and categories: they compare with their own, and that is all."""

import json
from typing import Annotated, Final, Literal

from typedml import IDENTIFIER, Category, Identifier, Kind, Unit, raw

USER = Kind("UserId", parent=IDENTIFIER)
ORDER = Kind("OrderId", parent=IDENTIFIER)
UserId = Annotated[str, USER]
OrderId = Annotated[str, ORDER]
UserNo = Annotated[int, USER]
OrderNo = Annotated[int, ORDER]
Km = Annotated[float, Unit("km")]
LATE: Final = "late"


def uses(u: UserId, v: UserId, o: OrderId, c: Category, text: str, i: Identifier) -> None:
    reveal_type(u)  # R: str[UserId]
    a: UserId = u
    b: OrderId = u  # E: Incompatible types in assignment (expression has type "str[UserId]", variable has type "str[OrderId]")  [typedml-kind]
    d: UserId = text  # E: Incompatible types in assignment (expression has type "str", variable has type "str[UserId]")  [typedml-kind]
    e: UserId = "u-17"
    f: str = u
    g: Identifier = u
    h: UserId = i  # E: Incompatible types in assignment (expression has type "str[Identifier]", variable has type "str[UserId]")  [typedml-kind]
    u == v
    u == o  # E: Unsupported operand types for == ("str[UserId]" and "str[OrderId]")  [typedml-kind]
    u != "u-17"
    u == text
    u < v
    c == LATE
    c < c  # E: Unsupported operand types for < ("str[Category]" and "str[Category]")  [typedml-kind]
    u == c  # E: Unsupported operand types for == ("str[UserId]" and "str[Category]")  [typedml-kind]
    u + o  # E: Unsupported operand types for + ("str[UserId]" and "str[OrderId]")  [typedml-kind]
    u + v  # E: Unsupported operand types for + ("str[UserId]" and "str[UserId]")  [typedml-kind]
    reveal_type("user-" + u)  # R: str
    reveal_type(u + "-x")  # R: str
    reveal_type(u + text)  # R: str
    reveal_type("%s of %d" % u)  # R: str
    u * 2  # E: Unsupported operand types for * ("str[UserId]" and "int")  [typedml-kind]
    u % 3  # E: Unsupported operand types for % ("str[UserId]" and "int")  [typedml-kind]
    reveal_type(f"{u}")  # R: str
    reveal_type(u.upper())  # R: str
    reveal_type(u[0])  # R: str
    reveal_type(len(u))  # R: int
    reveal_type("".join([u, v]))  # R: str
    reveal_type(sorted([u, v]))  # R: list[str[UserId]]
    reveal_type(max(u, v))  # R: str[UserId]
    reveal_type(u if text else v)  # R: str[UserId]
    reveal_type(u if text else o)  # R: str[UserId] | str[OrderId]
    reveal_type(raw(u))  # R: str
    reveal_type(USER(text))  # R: str[UserId]
    reveal_type(USER("x"))  # R: str[UserId]
    json.dumps({"user": u})
    print(u)
    if isinstance(u, str):
        reveal_type(u)  # R: str[UserId]
    for letter in u:
        reveal_type(letter)  # R: str
    match c:
        case "late":
            pass
        case _:
            pass


def containers(users: dict[UserId, float], u: UserId, o: OrderId, text: str, us: set[UserId], both: list[str], m: Literal["a", "b"]) -> None:
    users[u]
    users[o]  # E: Invalid index type "str[OrderId]" for "dict[str[UserId], float]"; expected type "str[UserId]"  [typedml-kind]
    users["x"]
    users[text]  # E: Invalid index type "str" for "dict[str[UserId], float]"; expected type "str[UserId]"  [typedml-kind]
    users.get(o)  # E: Argument 1 to "get" of "dict" has incompatible type "str[OrderId]"; expected "str[UserId]"  [typedml-kind]
    users.get(u)
    u in users
    o in users  # E: Unsupported operand types for in ("str[OrderId]" and "dict[str[UserId], float]")  [typedml-kind]
    us.add(o)  # E: Argument 1 to "add" of "set" has incompatible type "str[OrderId]"; expected "str[UserId]"  [typedml-kind]
    us.add(u)
    both.append(u)
    x: UserId = m
    ys: list[UserId] = ["a", "b"]
    zs: list[UserId] = [o]  # E: List item 0 has incompatible type "str[OrderId]"; expected "str[UserId]"  [typedml-kind]
    ws: list[UserId] = both  # E: Incompatible types in assignment (expression has type "list[str]", variable has type "list[str[UserId]]")  [typedml-kind]


def numbers(u: UserNo, v: UserNo, o: OrderNo, n: int) -> None:
    u == v
    u == o  # E: Unsupported operand types for == ("int[UserId]" and "int[OrderId]")  [typedml-kind]
    u + 1  # E: Unsupported operand types for + ("int[UserId]" and "int")  [typedml-kind]
    u + o  # E: Unsupported operand types for + ("int[UserId]" and "int[OrderId]")  [typedml-kind]
    u * 2  # E: Unsupported operand types for * ("int[UserId]" and "int")  [typedml-kind]
    1 + u  # E: Unsupported operand types for + ("int" and "int[UserId]")  [typedml-kind]
    -u  # E: Unsupported operand type for unary - ("int[UserId]")  [typedml-kind]
    reveal_type(u)  # R: int[UserId]
    u == 7
    str(u) + "x"
    a: OrderNo = u  # E: Incompatible types in assignment (expression has type "int[UserId]", variable has type "int[OrderId]")  [typedml-kind]
    b: UserNo = n  # E: Incompatible types in assignment (expression has type "int", variable has type "int[UserId]")  [typedml-kind]
    c: UserNo = 7
    "%d" % u


def bad(
    a: Annotated[str, Unit("km")],  # E: A str cannot carry "km"  [typedml-unread]
    b: Annotated[float | str, Unit("km")],
    c: Annotated[bytes, IDENTIFIER],
) -> None:
    reveal_type(b)  # R: float[km] | str
    reveal_type(c)  # R: bytes[Identifier]
