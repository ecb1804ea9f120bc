"""Where we say otherwise than another system, with the reasons; and the cases that other layers answer."""

from __future__ import annotations

GROUPS: dict[str, str] = {
    # scales and numbers
    "values are erased, so nothing can convert silently: an error, with the conversion in the hint":
        "coulomb-011 coulomb-038 coulomb-052 mpu-067 mpu-073 au-002 au-015 au-022 au-026 au-028 squants-001",
    "scales do not cancel by magnitude: day/hour is kept, and converts to 1":
        "squants-004 squants-005 pint-025",
    "percent is the unit 1/100, a scale like km: it neither adds to a number nor compares with a quotient":
        "mpu-068 astropy-006 unyt-001",
    "zero, infinity and nan have every linear unit: accumulators and sign tests need no ceremony":
        "fs-057 fs-109 pint-011 scipp-002",
    "a bare constant has no unit, and none is inferred for it: write METER(3000)":
        "impunity-003 punits-010",
    "unlike dimensions are an error, not a warning that falls back to a number":
        "impunity-002",
    "a comparison is as dimensional as a sum":
        "impunity-009",
    "units are a vector space over the rationals, so every root exists":
        "uom-006 scipp-008",
    "`//` counts how often one value is in another of the same unit, and `%` is what is left":
        "fs-042 coulomb-024 mpu-093",
    # representation
    "meanings say nothing of representation: `/`, roots, conversions and Python's int promote to float":
        "coulomb-023 coulomb-031 coulomb-046 coulomb-053 au-046 au-048 au-050 au-051 uomplug-019",
    "rounding, truncating and float() keep the unit; leaving it is raw(x), by name":
        "fs-039 fs-120",
    "what comes out is a plain number of which nothing is declared, not a value of the unit 1":
        "mpu-131",
    # unit variables
    "a declared unit variable is rigid: forced to be 1 or another variable it is an error, not a warning":
        "fs-060 fs-061",
    "of branches of which one is a bare number nothing is known, so a declaration refuses the result":
        "fs-095",
    # angles
    "inverse trigonometry gives radians, an angle that only a product with other units absorbs":
        "fsspec-014 fs-032",
    "trigonometry takes radians or a pure number":
        "mpu-087 astropy-015",
    "a product with other units absorbs the radian: rad/s and 1/s flow into one another as they are":
        "au-021",
    "alone the radian insists: no number is an angle, nor the other way; leaving it is raw(x), by name":
        "mpu-041 uom-010 pint-003",
    # points and levels
    "two temperatures in degC are points and do not add; a difference is delta_degC":
        "squants-008 impunity-012 scipp-010",
    "a difference of kelvins is one of degrees Celsius, so a point may move by it":
        "pint-018",
    "levels are points: the sum of two would be a product of powers":
        "pint-022",
    "a value outside of the range is an error, neither clamped to it nor turned into it":
        "mpu-127 mpu-128",
    # kinds
    "plain units that are equal are one unit, Hz and Bq as well: only kinds that are named keep apart":
        "mpu-040 mpu-056 mpu-061 scipp-003",
    "a product is of a plain unit, which flows into every kind of that unit without a range":
        "mpu-023 mpu-024 mpu-028 mpu-030 mpu-031 mpu-032",
    "a kind flows into its plain unit, whatever product that was written as":
        "mpu-027",
    "a product of numbers of one root stays with it where the range allows: areas have a unit, pixel**2":
        "mpu-038",
    "probabilities are closed under `*`, not under `+`: p + q is a number":
        "mpu-080",
    "a cut is compared with, and nothing else":
        "mpu-083",
    "a kind is of the unit it is measured in: a power or root in another one is plain":
        "coulomb-058 coulomb-059",
    "what may leave the range is legal and plain, and refused only where the kind is declared":
        "coulomb-061 coulomb-064 coulomb-066",
    "a marker takes a number of which nothing is declared; one in another unit, 1 too, stays what it is":
        "punits-005 punits-006",
}  # fmt: skip
"""Reasons, and the cases that are decided by each."""

DECISIONS: dict[str, str] = {case: reason for reason, cases in GROUPS.items() for case in cases.split()}

STATIC, BOUNDARY = "static", "boundary"

ELSEWHERE: dict[str, tuple[str, str]] = {
    "fsspec-013": (STATIC, "reading declarations: a unit stands where a type does"),
    "fs-059": (STATIC, "reading declarations: a unit on what is no number"),
    "fs-062": (STATIC, "overloads that differ by their units only"),
    "fs-106": (STATIC, "functions that return functions"),
    "fs-108": (STATIC, "what a local function without annotations is at each of its calls"),
    "uomplug-010": (STATIC, "what a local function is at each of its calls, its closure included"),
    "fs-113": (STATIC, "containers of values with unlike units"),
    "fs-127": (STATIC, "parameters without annotations: silent, and no order of inference"),
    "au-049": (STATIC, "a float where an int is declared, which mypy itself refuses"),
    "punits-004": (STATIC, "values of the bottom type: None and Never"),
    "punits-014": (STATIC, "flowing into the bottom type: Never"),
    "coulomb-065": (BOUNDARY, "a value that its declared range does not hold, found at run time"),
    "coulomb-069": (BOUNDARY, "a record's field given in another unit than its schema's"),
    "uomplug-018": (BOUNDARY, "a text with a unit, read as a value of another one"),
}
"""Cases that are not about meanings alone: the layer that answers them, and what about."""
