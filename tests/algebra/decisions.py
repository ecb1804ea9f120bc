"""Where we decide otherwise than who wrote an expression down, with the reason."""

from __future__ import annotations

BY_HAND = (
    "a conversion written by hand is refused even where its factor is right: convert(x, from, to) says it"
)
BESIDE = "a bare number has no unit: write DELTA_DEGC(10), PERCENT(100), KM(6371)"
SHOWN = "the whole is proven to lie there, which no single operator shows: nothing is left to mark"
A_MEAN = "a sum divided by how many there are is the mean, and points have one"
PERIOD = "a period shows the unit of what is reduced to it: 24 are a turn of hours only"
TO_MARK = "it lies in the range for a reason that the code does not show: the author marks it"
OPAQUE = (
    "scores and identifiers have no arithmetic: who computes with one declares a Logit, or a plain number"
)
CLOSED = "closure keeps or drops a kind by its range alone, and here it is lawful either way"
A_TURN = "two points of a circle differ by their delta, and whether a turn lies between is not in a meaning"
UNSEEN = "the fault lies in a constant or in what the data is about, which meanings do not see"

DECISIONS: dict[str, str] = {
    **dict.fromkeys(
        "blind-km-to-m blind-min-to-hour blind-speed-minutes-ok blind-distance-minutes-ok blind-c-to-f"
        " blind-f-to-c blind-c-to-k blind-s-to-ms blind-ms-to-s blind-ms-minus-s-ok blind-elapsed-hours"
        " blind-hour-of-day blind-hhmm-hour blind-hhmm-minutes blind-deg-to-rad blind-lat-km blind-haversine"
        " blind-percent-metric".split(),
        BY_HAND,
    ),
    **dict.fromkeys(
        "blind-percent-complement-ok blind-discount blind-growing-degrees".split(),
        BESIDE,
    ),
    **dict.fromkeys("r-incl-excl rec-cos01-into".split(), SHOWN),
    **dict.fromkeys("r-rssi-sumlen r-temp-sumlen".split(), A_MEAN),
    **dict.fromkeys("r-bearing-wrap r-hour-next".split(), PERIOD),
    **dict.fromkeys(
        "blind-bayes-full blind-dist-to-sim blind-rbf blind-decay blind-cos-clip"
        " blind-correlation blind-gini blind-cdf blind-simplex-slice-sum blind-odds-update"
        " blind-index-to-rank blind-bearing-atan2 blind-ens-logaddexp-mean".split(),
        TO_MARK,
    ),
    **dict.fromkeys(
        "blind-platt blind-softmax-score blind-score-blend blind-id-bucket blind-cut-margin".split(), OPAQUE
    ),
    **dict.fromkeys(
        "blind-odds-complement blind-pixel-double-scale blind-pixel-invert-unit blind-sim-double-shift"
        " blind-unknown-plus-mixed".split(),
        CLOSED,
    ),
    **dict.fromkeys(
        "r-warmup-update blind-accuracy-prob blind-imagenet-on-255"
        " blind-expected-value-logp blind-db-times-signal blind-logp-vs-half".split(),
        UNSEEN,
    ),
    **dict.fromkeys("blind-hour-elapsed-nowrap blind-bearing-diff-raw".split(), A_TURN),
    "r-entropy-logits": "an expectation over a distribution is a mean, and logits have one",
    "phy-plain-add": "a plain variable beside a unit is an error unless the level is gradual",
    "r-klp": "two libraries have a kl_div, one of logarithms and one of shares: neither is guessed",
    "blind-zscore-vs-alpha": "what arithmetic leaves of z-scores is a number, which compares with any",
    "r-rank-index": "a rank is a count, and a place compares with a count (`i < n`)",
    "blind-id-order": "identifiers that grow compare with their own; equality and order are all they have",
    "blind-density-vs-cut": "a log-probability is a log-density, so the two compare",
    "blind-logit-plus-logodds": "log-odds are points: their sum is refused, a log-odds ratio may be added",
    "blind-logit-prior-adjust": "a log-probability is no difference of log-odds; subtract the log of a ratio",
    "blind-hazard": "a rate has a unit of its own: declare it in 1/second, and the product is a number",
    "blind-log-km": "log1p of a quantity depends on its unit: log(x / KM(1)) + 1 would not",
    "blind-arrhenius-k": "a plain factor keeps the unit of the other: declare what the constants are",
    "blind-date-diff": "dates differ by days, and a Duration is in seconds unless another unit is declared",
    "blind-dcg-index": "an index is a place; what is counted from one is a Rank",
    "blind-db-from-ratio": "ten logarithms of a ratio are a gain in dB; a Decibel level has a reference",
    "blind-db-to-ratio": "of decibels re nobody knows what, nobody knows what ten to them is",
}
"""By the identifier of the row."""

MEANINGS: dict[str, str] = {
    "epi-post-odds": "a ScaleFactor may be negative, so its product with Odds is a number",
    "rec-dist-to-sim": "a Distance has no stated range, so 1 / (1 + d) is a number",
    "rl-eps-mult": "a proportion and a probability have a product that is what both are: a proportion",
    "blind-percent-to-prop": "percent is the unit 1/100, and a hundredth of it is percent still",
    "blind-rate-times-duration": "the product is in the unit of both: seconds here",
    "blind-c-diff": "temperatures differ by delta_degC, which is no plain number",
}
"""By the identifier of the row: another meaning than was expected."""
