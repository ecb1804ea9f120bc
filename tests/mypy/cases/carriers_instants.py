"""Instants and spans: a `datetime` is a point in time, a `timedelta` knows its unit."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated

from typedml import DURATION, TIMESTAMP, Date, Duration, EpochSeconds, Kind, Timestamp, Unit, raw

Second = Annotated[float, Unit("second")]
Minute = Annotated[float, Unit("minute")]
Km = Annotated[float, Unit("km")]
Span = Annotated[timedelta, DURATION]
DEPARTURE = Kind("Departure", parent=TIMESTAMP)
Departure = Annotated[datetime, DEPARTURE]
BERLIN = Kind("BerlinTime", sort="torsor", unit="second", origin="Berlin")
Berlin = Annotated[datetime, BERLIN]


def instants(a: Timestamp, b: Timestamp, d: Date, e: Date, s: Span, x: datetime, y: timedelta, k: Km, dep: Departure, n: float) -> Timestamp:
    reveal_type(a)  # R: datetime[Timestamp]
    reveal_type(b - a)  # R: timedelta[second]
    reveal_type((b - a).total_seconds())  # R: float[second]
    reveal_type((b - a).days)  # R: int[day]
    reveal_type((b - a).seconds)  # R: int[second]
    reveal_type(a.timestamp())  # R: float[EpochSeconds]
    reveal_type(a.date())  # R: date[Date]
    reveal_type(a + s)  # R: datetime[Timestamp]
    reveal_type(s + a)  # R: datetime[Timestamp]
    reveal_type(a - s)  # R: datetime[Timestamp]
    reveal_type(a + y)  # R: datetime[Timestamp]
    reveal_type(a + timedelta(hours=1))  # R: datetime[Timestamp]
    reveal_type(timedelta(hours=1) + a)  # R: datetime[Timestamp]
    reveal_type(a - datetime(2020, 1, 1))  # R: timedelta[second]
    reveal_type(datetime.now() - a)  # R: timedelta[second]
    reveal_type(x - a)  # R: timedelta[second]
    reveal_type(d - e)  # R: timedelta[second]
    reveal_type((d - e).days)  # R: int[day]
    reveal_type(d + s)  # R: date[Date]
    reveal_type(d + timedelta(days=1))  # R: date[Date]
    reveal_type(d - s)  # R: date[Date]
    reveal_type(s + s)  # R: timedelta[Duration]
    reveal_type(s - s)  # R: timedelta[Duration]
    reveal_type(s * 2)  # R: timedelta[Duration]
    reveal_type(2 * s)  # R: timedelta[Duration]
    reveal_type(s * n)  # R: timedelta[Duration]
    reveal_type(s / 2)  # R: timedelta[Duration]
    reveal_type(s / s)  # R: float[1]
    reveal_type(s / timedelta(minutes=1))  # R: float[1]
    reveal_type(s // s)  # R: int[1]
    reveal_type(s // 2)  # R: timedelta[Duration]
    reveal_type(s % s)  # R: timedelta[Duration]
    reveal_type(divmod(s, s))  # R: tuple[int[1], timedelta[Duration]]
    reveal_type(-s)  # R: timedelta[Duration]
    reveal_type(abs(s))  # R: timedelta[Duration]
    reveal_type(sum([s, s], timedelta()))  # R: timedelta[Duration]
    reveal_type(max(a, b))  # R: datetime[Timestamp]
    reveal_type(sorted([a, b]))  # R: list[datetime[Timestamp]]
    reveal_type(a.replace(hour=0))  # R: datetime[Timestamp]
    reveal_type(a.isoformat())  # R: str
    reveal_type(a.hour)  # R: int
    reveal_type(dep - a)  # R: timedelta[second]
    reveal_type(dep + s)  # R: datetime[Departure]
    reveal_type(raw(a))  # R: datetime.datetime
    a < b
    a < x
    a == x
    s > timedelta(0)
    s > y
    d < e
    a + b  # E: Unsupported operand types for + ("datetime[Timestamp]" and "datetime[Timestamp]")  [typedml-kind]
    a * 2  # E: Unsupported operand types for * ("datetime[Timestamp]" and "int")  [typedml-kind]
    -a  # E: Unsupported operand type for unary - ("datetime[Timestamp]")  [operator]
    a + 5  # E: Unsupported operand types for + ("datetime[Timestamp]" and "int")  [typedml-unit]
    a - 5  # E: Unsupported operand types for - ("datetime[Timestamp]" and "int")  [typedml-unit]
    s - a  # E: Unsupported operand types for - ("timedelta[Duration]" and "datetime[Timestamp]")  [typedml-kind]
    s + 5  # E: Unsupported operand types for + ("timedelta[Duration]" and "int")  [typedml-unit]
    s * s  # E: Unsupported operand types for * ("timedelta[Duration]" and "timedelta[Duration]")  [typedml-unit]
    s * k  # E: Unsupported operand types for * ("timedelta[Duration]" and "float[km]")  [typedml-unit]
    k * s  # E: Unsupported operand types for * ("float[km]" and "timedelta[Duration]")  [typedml-unit]
    s > 5  # E: Unsupported operand types for > ("timedelta[Duration]" and "int")  [typedml-unit]
    a < s  # E: Unsupported operand types for < ("datetime[Timestamp]" and "timedelta[Duration]")  [typedml-kind]
    sum([a, b])  # E: Argument 1 to "sum" has incompatible type "datetime[Timestamp]"  [typedml-kind]
    m: Minute = (b - a).total_seconds()  # E: Incompatible types in assignment (expression has type "float[second]", variable has type "float[minute]")  [typedml-unit]
    t: Second = (b - a).total_seconds()
    u: Timestamp = datetime.now(timezone.utc)
    v: Duration = (b - a).total_seconds()
    w: Departure = a  # E: Incompatible types in assignment (expression has type "datetime[Timestamp]", variable has type "datetime[Departure]")  [typedml-kind]
    w = x  # E: Incompatible types in assignment (expression has type "datetime", variable has type "datetime[Departure]")  [typedml-kind]
    z: Date = a  # E: Incompatible types in assignment (expression has type "datetime[Timestamp]", variable has type "date[Date]")  [typedml-unit]
    z = date.today()
    s = y
    s = b - a
    aa: EpochSeconds = a.timestamp()
    bb: Minute = a.timestamp()  # E: Incompatible types in assignment (expression has type "float[EpochSeconds]", variable has type "float[minute]")  [typedml-unit]
    cc: datetime = a
    total = timedelta()
    total += s
    reveal_type(total)  # R: timedelta[Duration]
    s += y
    a += s
    print(a, f"{a:%H:%M}")
    return a


def zones(a: Berlin, b: Berlin, t: Timestamp, x: datetime, s: Span) -> Timestamp:
    reveal_type(a - b)  # R: timedelta[second]
    reveal_type(a + s)  # R: datetime[BerlinTime]
    a - t  # E: Unsupported operand types for - ("datetime[BerlinTime]" and "datetime[Timestamp]")  [typedml-kind]
    t - a  # E: Unsupported operand types for - ("datetime[Timestamp]" and "datetime[BerlinTime]")  [typedml-kind]
    a < t  # E: Unsupported operand types for < ("datetime[BerlinTime]" and "datetime[Timestamp]")  [typedml-kind]
    a - x  # E: Unsupported operand types for - ("datetime[BerlinTime]" and "datetime")  [typedml-kind]
    c: Berlin = x  # E: Incompatible types in assignment (expression has type "datetime", variable has type "datetime[BerlinTime]")  [typedml-kind]
    return a  # E: Incompatible return value type (got "datetime[BerlinTime]", expected "datetime[Timestamp]")  [typedml-kind]


def bad(
    a: Annotated[timedelta, Unit("hour")],  # E: A timedelta cannot carry "hour"  [typedml-unread]
    b: Annotated[datetime, Unit("km")],  # E: A datetime cannot carry "km"  [typedml-unread]
    c: Annotated[date, DURATION],  # E: A date cannot carry "Duration"  [typedml-unread]
    d: Annotated[time, TIMESTAMP],  # E: mypy sees no meaning on values of class "time"  [typedml-unread]
) -> None: ...
