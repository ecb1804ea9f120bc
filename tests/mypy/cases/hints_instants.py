"""No hint takes seconds for milliseconds: it names the unit, and says how seconds become such."""

from datetime import datetime
from typing import Annotated

from typedml import Celsius, EpochMillis, EpochSeconds, Kelvin, Unit

Hour = Annotated[float, Unit("hour")]
Minute = Annotated[float, Unit("minute")]


def read(moment: datetime, millis: EpochMillis) -> EpochMillis:
    moment.timestamp() > millis  # E: Unsupported operand types for > ("float" and "int[EpochMillis]")  [typedml-unit] # N: Hint: convert(EPOCH_SECONDS(moment.timestamp()), "second", "millisecond") makes it "float[EpochMillis]"
    millis < moment.timestamp()  # E: Unsupported operand types for < ("int[EpochMillis]" and "float")  [typedml-unit] # N: Hint: convert(EPOCH_SECONDS(moment.timestamp()), "second", "millisecond") makes it "float[EpochMillis]"
    return int(moment.timestamp())  # E: Incompatible return value type (got "int", expected "int[EpochMillis]")  [typedml-unit] # N: Hint: round(convert(EPOCH_SECONDS(int(moment.timestamp())), "second", "millisecond")) makes it "int[EpochMillis]"


def plain(x: float, millis: EpochMillis, n: int) -> EpochMillis:
    x > millis  # E: Unsupported operand types for > ("float" and "int[EpochMillis]")  [typedml-unit] # N: Hint: EPOCH_MILLIS(x) makes it "float[EpochMillis]", if x is in "millisecond"; in "second" it is convert(EPOCH_SECONDS(x), "second", "millisecond")
    return n  # E: Incompatible return value type (got "int", expected "int[EpochMillis]")  [typedml-unit] # N: Hint: EPOCH_MILLIS(n) makes it "int[EpochMillis]", if n is in "millisecond"; in "second" it is round(convert(EPOCH_SECONDS(n), "second", "millisecond"))


def seconds(moment: datetime) -> EpochSeconds:
    return moment.timestamp()  # E: Incompatible return value type (got "float", expected "float[EpochSeconds]")  [typedml-unit] # N: Hint: EPOCH_SECONDS(moment.timestamp()) makes it "float[EpochSeconds]", if moment.timestamp() is in "second"


def later(millis: EpochMillis, seconds: EpochSeconds, minute: Minute) -> None:
    millis + 86400  # E: Unsupported operand types for + ("int[EpochMillis]" and "int")  [typedml-unit] # N: Hint: round(convert(86400, "second", "millisecond")) makes it "int[millisecond]", if it is one day in seconds
    millis - 3600  # E: Unsupported operand types for - ("int[EpochMillis]" and "int")  [typedml-unit] # N: Hint: round(convert(3600, "second", "millisecond")) makes it "int[millisecond]", if it is one hour in seconds
    millis + 86000  # E: Unsupported operand types for + ("int[EpochMillis]" and "int")  [typedml-unit] # N: Hint: MILLISECOND(86000) makes it "int[millisecond]", with MILLISECOND = Unit("millisecond")
    seconds + 86400.0  # E: Unsupported operand types for + ("float[EpochSeconds]" and "float")  [typedml-unit] # N: Hint: SECOND(86400.0) makes it "float[second]", with SECOND = Unit("second")
    minute + 60.0  # E: Unsupported operand types for + ("float[minute]" and "float")  [typedml-unit] # N: Hint: MINUTE(60.0) makes it "float[minute]", with MINUTE = Unit("minute")


def moved(millis: EpochMillis, hours: Hour, seconds: EpochSeconds) -> EpochMillis:
    millis + hours  # E: Unsupported operand types for + ("int[EpochMillis]" and "float[hour]")  [typedml-unit] # N: Hint: round(convert(hours, "hour", "millisecond")) makes it "int[millisecond]"
    millis > seconds  # E: Unsupported operand types for > ("int[EpochMillis]" and "float[EpochSeconds]")  [typedml-unit] # N: Hint: convert(seconds, "second", "millisecond") makes it "float[EpochMillis]"
    return seconds  # E: Incompatible return value type (got "float[EpochSeconds]", expected "int[EpochMillis]")  [typedml-unit] # N: Hint: round(convert(seconds, "second", "millisecond")) makes it "int[EpochMillis]"


def warmer(c: Celsius, k: Kelvin) -> None:
    c > k  # E: Unsupported operand types for > ("float[Celsius]" and "float[Kelvin]")  [typedml-kind] # N: Hint: convert(k, "kelvin", "degC") makes it "float[degC]"
    k <= c  # E: Unsupported operand types for <= ("float[Kelvin]" and "float[Celsius]")  [typedml-kind] # N: Hint: convert(k, "kelvin", "degC") makes it "float[degC]"
