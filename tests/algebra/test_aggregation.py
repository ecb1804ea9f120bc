"""Aggregation by kind: what every statistic of every kind is, written out and as specified."""

from __future__ import annotations

import pytest

from tests.algebra.shorthand import cut, kind, read, told, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.functions import ALIASES, FUNCTIONS, apply
from typedml.algebra.kind import Sort, define_kind
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch, Reason
from typedml.algebra.scales import Scale, scale_of
from typedml.algebra.statistics import RULES, TABLE
from typedml.messages import render

# "=" is the meaning itself; a refusal begins with an exclamation mark.
REFUSALS = {
    "!added": Reason.POINTS_ADDED,
    "!scaled": Reason.POINT_SCALED,
    "!cycle": Reason.CYCLE,
    "!code": Reason.ENCODED,
    "!opaque": Reason.OPAQUE,
    "!cut": Reason.CUT_ARITHMETIC,
    "!names": Reason.NOT_ORDINAL,
    "!order": Reason.UNORDERED,
    "!no-mean": Reason.NO_MEAN,
    "!line": Reason.CYCLE_NEEDED,
    "!unit": Reason.EXPONENT_UNKNOWN,
    "!twice": Reason.STANDARDISED,
}

SUMS_AND_MEANS = """
                 sum     mean       gmean       median      min
Duration         =       =          =           =           =
Money            =       =          =           =           =
Distance         =       =          =           =           =
Rate             =       =          =           =           =
Radians          =       =          =           =           =
Degrees          =       =          =           =           =
Percent          =       =          =           =           =
Kelvin           =       =          =           =           =
Weight           =       =          =           =           =
ScaleFactor      =       =          =           =           =
Odds             =       =          =           =           =
Count            =       1          1           1           =
Rank             =       1          1           1           =
Proportion       1       =          =           =           =
Probability      1       =          =           =           =
Simplex          1       =          Probability Probability Probability
Binary           Count   Proportion Proportion  Proportion  =
Similarity       1       =          =           =           =
Similarity01     1       =          =           =           =
LogDensity       =       =          =           =           =
LogProbability   =       =          =           =           =
ZScore           1       =          1           1           1
UnitInterval     1       =          =           =           =
Pixel255         1       =          =           =           =
Timestamp        !added  =          !scaled     =           =
EpochSeconds     !added  =          !scaled     =           =
EpochMillis      !added  =          !scaled     =           =
EpochMicros      !added  =          !scaled     =           =
EpochNanos       !added  =          !scaled     =           =
Date             !added  =          !scaled     =           =
ClockHHMM        !code   !code      !code       !code       =
Celsius          !added  =          !scaled     =           =
Fahrenheit       !added  =          !scaled     =           =
Latitude         !added  =          !scaled     =           =
Longitude        !cycle  !cycle     !cycle      !cycle      !cycle
Bearing          !cycle  !cycle     !cycle      !cycle      !cycle
HourOfDay        !cycle  !cycle     !cycle      !cycle      !cycle
Logit            !added  =          !scaled     =           =
Decibel          !added  =          !scaled     =           =
Index            !added  !no-mean   !scaled     !no-mean    =
IndexFromOne     !added  !no-mean   !scaled     !no-mean    =
Score            !opaque !opaque    !opaque     =           =
Identifier       !opaque !opaque    !opaque     !names      !names
Label            !opaque !opaque    !opaque     !order      !order
Category         !opaque !opaque    !opaque     !order      !order
Duration,_minute =       =          =           =           =
Money,_USD       =       =          =           =           =
Count,_click     =       click      click       click       =
1                =       =          =           =           =
km               =       =          =           =           =
percent          =       =          =           =           =
rad              =       =          =           =           =
deg              =       =          =           =           =
click            =       =          =           =           =
degC             !added  =          !scaled     =           =
delta_degC       =       =          =           =           =
dB               =       =          =           =           =
dBm              !added  =          !scaled     =           =
cut_Probability  !cut    !cut       !cut        !cut        =
cut_Logit        !cut    !cut       !cut        !cut        =
cut_Score        !cut    !cut       !cut        !cut        =
cut_Celsius      !cut    !cut       !cut        !cut        =
cut_km           !cut    !cut       !cut        !cut        =
cut_Label        !cut    !cut       !cut        !cut        =
"""

SPREADS_AND_PRODUCTS = """
                 std         var            diff        prod        pct_change skew
Duration         =           second**2      =           !unit       1          1
Money            =           money**2       =           !unit       1          1
Distance         =           1              =           1           1          1
Rate             =           1              =           1           1          1
Radians          =           radian**2      =           !unit       1          1
Degrees          =           degree**2      =           !unit       1          1
Percent          =           percent**2     =           !unit       1          1
Kelvin           =           kelvin**2      kelvin      !unit       1          1
Weight           =           1              =           =           1          1
ScaleFactor      =           1              =           =           1          1
Odds             =           1              1           =           1          1
Count            1           1              1           =           1          1
Rank             1           1              1           =           1          1
Proportion       1           1              1           =           1          1
Probability      1           1              1           =           1          1
Simplex          1           1              1           Probability 1          1
Binary           1           1              1           =           1          1
Similarity       1           1              1           =           1          1
Similarity01     1           1              Similarity  =           1          1
LogDensity       1           1              1           1           1          1
LogProbability   1           1              1           1           1          1
ZScore           1           1              1           1           1          1
UnitInterval     1           1              1           =           1          1
Pixel255         1           1              1           1           1          1
Timestamp        second      second**2      second      !scaled     !scaled    1
EpochSeconds     second      second**2      second      !scaled     !scaled    1
EpochMillis      millisecond millisecond**2 millisecond !scaled     !scaled    1
EpochMicros      microsecond microsecond**2 microsecond !scaled     !scaled    1
EpochNanos       nanosecond  nanosecond**2  nanosecond  !scaled     !scaled    1
Date             day         day**2         day         !scaled     !scaled    1
ClockHHMM        !code       !code          !code       !code       !code      !code
Celsius          delta_degC  delta_degC**2  delta_degC  !scaled     !scaled    1
Fahrenheit       delta_degF  delta_degF**2  delta_degF  !scaled     !scaled    1
Latitude         degree      degree**2      degree      !scaled     !scaled    1
Longitude        !cycle      !cycle         degree      !cycle      !cycle     !cycle
Bearing          !cycle      !cycle         degree      !cycle      !cycle     !cycle
HourOfDay        !cycle      !cycle         hour        !cycle      !cycle     !cycle
Logit            1           1              1           !scaled     !scaled    1
Decibel          dB          dB**2          dB          !scaled     !scaled    1
Index            1           1              1           !scaled     !scaled    1
IndexFromOne     1           1              1           !scaled     !scaled    1
Score            !opaque     !opaque        !opaque     !opaque     !opaque    !opaque
Identifier       !opaque     !opaque        !opaque     !opaque     !opaque    !opaque
Label            !opaque     !opaque        !opaque     !opaque     !opaque    !opaque
Category         !opaque     !opaque        !opaque     !opaque     !opaque    !opaque
Duration,_minute =           minute**2      =           !unit       1          1
Money,_USD       =           USD**2         =           !unit       1          1
Count,_click     click       click**2       click       1           1          1
1                =           =              =           =           =          =
km               =           km**2          =           !unit       1          1
percent          =           percent**2     =           !unit       1          1
rad              =           rad**2         =           !unit       1          1
deg              =           deg**2         =           !unit       1          1
click            =           click**2       =           1           1          1
degC             delta_degC  delta_degC**2  delta_degC  !scaled     !scaled    1
delta_degC       =           delta_degC**2  =           !unit       1          1
dB               =           dB**2          =           !unit       1          1
dBm              dB          dB**2          dB          !scaled     !scaled    1
cut_Probability  !cut        !cut           !cut        !cut        !cut       !cut
cut_Logit        !cut        !cut           !cut        !cut        !cut       !cut
cut_Score        !cut        !cut           !cut        !cut        !cut       !cut
cut_Celsius      !cut        !cut           !cut        !cut        !cut       !cut
cut_km           !cut        !cut           !cut        !cut        !cut       !cut
cut_Label        !cut        !cut           !cut        !cut        !cut       !cut
"""

PLACES = """
                 corr   zscore  circmean circstd rank   argmin
Duration         1      ZScore  !line    !line   Rank   Index
Money            1      ZScore  !line    !line   Rank   Index
Distance         1      ZScore  !line    !line   Rank   Index
Rate             1      ZScore  !line    !line   Rank   Index
Radians          1      ZScore  =        =       Rank   Index
Degrees          1      ZScore  =        =       Rank   Index
Percent          1      ZScore  !line    !line   Rank   Index
Kelvin           1      ZScore  !line    !line   Rank   Index
Weight           1      ZScore  !line    !line   Rank   Index
ScaleFactor      1      ZScore  !line    !line   Rank   Index
Odds             1      ZScore  !line    !line   Rank   Index
Count            1      ZScore  !line    !line   Rank   Index
Rank             1      ZScore  !line    !line   =      Index
Proportion       1      ZScore  !line    !line   Rank   Index
Probability      1      ZScore  !line    !line   Rank   Index
Simplex          1      ZScore  !line    !line   Rank   Index
Binary           1      ZScore  !line    !line   Rank   Index
Similarity       1      ZScore  !line    !line   Rank   Index
Similarity01     1      ZScore  !line    !line   Rank   Index
LogDensity       1      ZScore  !line    !line   Rank   Index
LogProbability   1      ZScore  !line    !line   Rank   Index
ZScore           1      !twice  !line    !line   Rank   Index
UnitInterval     1      ZScore  !line    !line   Rank   Index
Pixel255         1      ZScore  !line    !line   Rank   Index
Timestamp        1      ZScore  !line    !line   Rank   Index
EpochSeconds     1      ZScore  !line    !line   Rank   Index
EpochMillis      1      ZScore  !line    !line   Rank   Index
EpochMicros      1      ZScore  !line    !line   Rank   Index
EpochNanos       1      ZScore  !line    !line   Rank   Index
Date             1      ZScore  !line    !line   Rank   Index
ClockHHMM        !code  !code   !code    !code   Rank   Index
Celsius          1      ZScore  !line    !line   Rank   Index
Fahrenheit       1      ZScore  !line    !line   Rank   Index
Latitude         1      ZScore  !line    !line   Rank   Index
Longitude        !cycle !cycle  =        degree  !cycle !cycle
Bearing          !cycle !cycle  =        degree  !cycle !cycle
HourOfDay        !cycle !cycle  =        hour    !cycle !cycle
Logit            1      ZScore  !line    !line   Rank   Index
Decibel          1      ZScore  !line    !line   Rank   Index
Index            1      ZScore  !line    !line   Rank   =
IndexFromOne     1      ZScore  !line    !line   Rank   Index
Score            1      !opaque !opaque  !opaque Rank   Index
Identifier       !names !opaque !opaque  !opaque !names !names
Label            !order !opaque !opaque  !opaque !order !order
Category         !order !opaque !opaque  !opaque !order !order
Duration,_minute 1      ZScore  !line    !line   Rank   Index
Money,_USD       1      ZScore  !line    !line   Rank   Index
Count,_click     1      ZScore  !line    !line   Rank   Index
1                =      ZScore  =        =       Rank   Index
km               1      ZScore  !line    !line   Rank   Index
percent          1      ZScore  !line    !line   Rank   Index
rad              1      ZScore  =        =       Rank   Index
deg              1      ZScore  =        =       Rank   Index
click            1      ZScore  !line    !line   Rank   Index
degC             1      ZScore  !line    !line   Rank   Index
delta_degC       1      ZScore  !line    !line   Rank   Index
dB               1      ZScore  !line    !line   Rank   Index
dBm              1      ZScore  !line    !line   Rank   Index
cut_Probability  !cut   !cut    !cut     !cut    !cut   Index
cut_Logit        !cut   !cut    !cut     !cut    !cut   Index
cut_Score        !cut   !cut    !cut     !cut    !cut   Index
cut_Celsius      !cut   !cut    !cut     !cut    !cut   Index
cut_km           !cut   !cut    !cut     !cut    !cut   Index
cut_Label        !cut   !cut    !cut     !cut    !cut   Index
"""

LIKE: dict[str, str] = {
    "sum": "cumsum nansum fsum",
    "mean": "interpolate average fmean nanmean",
    "gmean": "hmean geometric_mean harmonic_mean",
    "median": "quantile percentile nanmedian nanquantile nanpercentile",
    "min": "max cummin cummax amin nanmax",
    "std": "sem mad ptp iqr stdev pstdev",
    "var": "cov variance pvariance",
    "diff": "",
    "prod": "cumprod",
    "pct_change": "",
    "skew": "kurtosis corrcoef kurt pearsonr",
    "corr": "spearmanr kendalltau",
    "zscore": "standardise standardize",
    "circmean": "",
    "circstd": "",
    "rank": "rankdata",
    "argmin": "argmax idxmin idxmax",
}
"""The statistics that answer as another does."""

COUNTING = "len count nunique n_unique size".split()
ARRANGING = "mode first last sort sorted unique shift reversed ffill bfill dropna".split()


def spaced(text: str) -> str:
    """Text as it is shown: an underscore stands for a space after a comma, and after `cut`."""
    return text.replace(",_", ", ").replace("cut_", "cut ")


def operand(text: str) -> Meaning:
    found = unit("1") if text == "1" else read(spaced(text))
    assert isinstance(found, Meaning)
    return found


def rows() -> list[tuple[str, str, str]]:
    found = []
    for table in (SUMS_AND_MEANS, SPREADS_AND_PRODUCTS, PLACES):
        header, *lines = table.strip("\n").splitlines()
        names = header.split()
        for line in lines:
            subject, *cells = line.split()
            found += [(subject, name, cell) for name, cell in zip(names, cells, strict=True)]
    return found


ROWS = rows()


def expected(subject: str, cell: str) -> str:
    if cell in REFUSALS:
        return REFUSALS[cell].name
    return str(operand(subject)) if cell == "=" else spaced(cell)


@pytest.mark.parametrize(("subject", "name", "cell"), ROWS, ids=lambda text: text)
def test_each_statistic_of_each_kind_is_what_the_table_says(subject: str, name: str, cell: str) -> None:
    for each in (name, *LIKE[name].split()):
        found = apply(each, operand(subject))
        assert told(found) == expected(subject, cell), each
        if isinstance(found, Mismatch):
            assert all(render(found, names=("x", None)))


def test_every_pair_of_statistic_and_kind_stands_in_the_tables() -> None:
    subjects = {subject for subject, _, _ in ROWS}
    assert {(subject, name) for subject, name, _ in ROWS} == {(s, n) for s in subjects for n in LIKE}
    assert set(KINDS) <= subjects
    assert {scale_of(operand(subject)) for subject in subjects} == set(Scale)
    listed = {*LIKE, *COUNTING, *ARRANGING, *(each for names in LIKE.values() for each in names.split())}
    assert {*RULES, "min", "max"} <= listed | {"trapezoid"}
    assert {name for name, _ in TABLE} <= listed
    assert listed <= {*FUNCTIONS, *ALIASES}


@pytest.mark.parametrize("subject", sorted({subject for subject, _, _ in ROWS}))
def test_anything_is_counted_and_arranged(subject: str) -> None:
    for name in COUNTING:
        assert apply(name, operand(subject)) == kind("Count")
    for name in ARRANGING:
        assert apply(name, operand(subject)) == operand(subject)


def test_of_plain_numbers_only_their_number_and_place_is_known() -> None:
    for number in (UNKNOWN, Literal(3)):
        assert [told(apply(name, number)) for name in ("count", "argmax", "rank", "zscore")] == [
            "Count",
            "Index",
            "Rank",
            "ZScore",
        ]
        assert all(apply(name, number) is UNKNOWN for name in ("sum", "mean", "std", "cov", "circmean"))


CALLS = """
average Probability Weight : Probability
average Celsius Count : Celsius
average EpochMillis ? : EpochMillis
average Count Count : 1
average km minute : km
average Binary Weight : Proportion
average Probability Celsius : POINT_SCALED
average Probability Label : OPAQUE
average Probability cut_Probability : CUT_ARITHMETIC
average Bearing Weight : CYCLE
average Label Weight : OPAQUE
fmean km Weight : km
sum km 0 : km
sum km m : UNITS_DIFFER
sum Count 1 : Count
sum Celsius 0 : POINTS_ADDED
quantile km 0.9 : km
quantile km 95 : OUT_OF_RANGE
quantile km -0.1 : OUT_OF_RANGE
percentile km 95 : km
percentile km 101 : OUT_OF_RANGE
percentile Score 50 : Score
percentile km Percent : km
percentile km Proportion : UNITS_DIFFER
percentile km km : DIMENSIONS_DIFFER
quantile km Proportion : km
quantile km Probability : km
quantile km Percent : UNITS_DIFFER
quantile km ? : km
cov km minute : km*minute
cov km km : km**2
cov Celsius km : delta_degC*km
cov Bearing km : CYCLE
cov km Label : OPAQUE
corr km minute : 1
corr Score Score : 1
corr Bearing km : CYCLE
corrcoef Score km : OPAQUE
corr Label km : UNORDERED
corr ? km : 1
trapezoid km/hour hour : km
trapezoid watt EpochSeconds : second*watt
trapezoid Celsius hour : POINT_SCALED
trapezoid km ? : ?
trapezoid Proportion Proportion : 1
fillna km 0 : km
fillna km 5.0 : NUMBER_BESIDE_UNIT
fillna km m : UNITS_DIFFER
fillna Probability 0.5 : Probability
fillna Probability -1 : 1
fillna Count -999 : 1
fillna Count 0 : Count
fillna Label -1 : Label
fillna Celsius Celsius : Celsius
fillna Celsius 0 : NUMBER_BESIDE_UNIT
fillna km : km
min Probability 50 : 1
max Identifier Identifier : Identifier
max Bearing Bearing : CYCLE
max ? : ?
"""


@pytest.mark.parametrize("row", [line for line in CALLS.splitlines() if line])
def test_statistics_of_several_operands_do_what_the_specification_says(row: str) -> None:
    call, _, answer = row.partition(" : ")
    name, *arguments = call.split()
    operands: list[Operand] = [read(spaced(text)) for text in arguments]
    assert told(apply(name, *operands)) == answer


def test_a_share_is_no_percentile_and_the_hint_converts_it() -> None:
    found = apply("percentile", unit("km"), kind("Proportion"))
    assert isinstance(found, Mismatch)
    assert render(found, names=("q", None)).hint == 'convert(q, "1", "percent") makes it "float[percent]"'


def test_kinds_of_users_aggregate_by_their_properties() -> None:
    clicked = Meaning(define_kind("Clicked", integral=True, range=(0, 1)))
    assert [told(apply(name, clicked)) for name in ("sum", "mean", "max")] == [
        "Count",
        "Proportion",
        "Clicked",
    ]
    stars = Meaning(define_kind("Stars", sort=Sort.OPAQUE, range=(1, 5)))
    assert [told(apply(name, stars)) for name in ("mean", "median", "rank")] == ["OPAQUE", "Stars", "Rank"]
    zip_code = Meaning(define_kind("ZipCode", sort=Sort.OPAQUE, ordinal=False))
    assert [told(apply(name, zip_code)) for name in ("max", "sort", "nunique")] == [
        "NOT_ORDINAL",
        "ZipCode",
        "Count",
    ]
    wind = Meaning(define_kind("WindDirection", sort=Sort.TORSOR, unit=unit("deg").unit, period=360))
    assert [told(apply(name, wind)) for name in ("mean", "circmean", "circstd")] == [
        "CYCLE",
        "WindDirection",
        "deg",
    ]
    seats = Meaning(define_kind("Seats", parent=KINDS["Count"], range=(0, 600)))
    assert [told(apply(name, seats)) for name in ("sum", "mean", "min")] == ["Count", "1", "Seats"]


def test_a_threshold_has_a_least_and_a_greatest_and_nothing_else() -> None:
    cuts = cut("Probability")
    assert apply("max", cuts) == apply("min", cuts) == cuts
    answers = {name: apply(name, cuts) for name, _ in TABLE}
    kept = {name for name, answer in answers.items() if not isinstance(answer, Mismatch)}
    assert kept == {
        "min",
        "max",
        "cummin",
        "cummax",
        "argmin",
        "argmax",
        "len",
        "count",
        "nunique",
        *ARRANGING,
    }
