"""No common word is read as a unit by accident, and every refusal says what to write."""

import pytest

from typedml.algebra.errors import UnitError
from typedml.algebra.registry import Registry, unit
from typedml.algebra.traps import COMMON_SPELLINGS, PREFIXED_SYMBOLS, TRAPS
from typedml.algebra.unit import Unit
from typedml.algebra.unknown import VALUES

# Words of data, ML and everyday English. Those that Pint reads, it reads as something else.
WORDS = """
    age all alpha and api are area as ask at auc avg bag base bat beta bias bin blob bool bp bps bus
    but buy call can cap care cat chain circle code cost csv cut dad dag dare data date dec den diff
    dim dot dpi drop due end eta eval exact exp fact fare fat fee feed few fft fifth fit flag float
    fly fold for fps fur gain gamma gap get grad grade graph had hand has hat he head heat her hot
    id idx ins int is item json kappa key kind lag lambda last law lay len let lib lift link list
    log loss lot low map mask mass mat max mean med mid mix mode mse mu name nan net new nit nod
    norm not now nrows nu num odd odds old one opt out own pad pair par part past pat pay peak per
    phase pi pin pit plot pod point pole pond pool pop port pos pp pps pro prod pt pts put quad
    quarter rain ran rank rat rate ratio raw re rec red rem rmse roc rod rps sat save say score sea
    sec section seed self set shape shot sigma sin size slug son span split sqrt std step stone
    strain str sum sun tan tau tax temp tex text the theta tie time tip top toy true try tuple type
    union unit units use val van var vec via walk way weight wide wind xor yes zero zeta
    al amount coef cpc cum cur dist ds dt exp false hs ht inf lat left log lon lr lt no none now nt num off
    on pct pl pm pos pred price prob rm rs rt sc ts tz ut wt xs ys yt zs
""".split()
# Those of them that mean here what they say.
MEANT = {
    "are", "call", "item", "nit", "pi", "pl", "pm", "sec", "step", "tex",
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_common_word_is_refused_or_means_what_it_says(word: str) -> None:
    if word in MEANT:
        assert isinstance(unit(word), Unit)
    else:
        with pytest.raises(UnitError) as caught:
            unit(word)
        assert caught.value.hint


@pytest.mark.parametrize("name", sorted(TRAPS))
def test_every_trap_is_a_name_that_would_be_read_and_says_what_to_write(name: str) -> None:
    assert Registry()._lexicon.find(name) is not None, "not a trap: nobody would read it"
    with pytest.raises(UnitError, match="is a trap") as caught:
        unit(name)
    quoted = str(caught.value.hint).split('"')[1::2]
    assert quoted
    for remedy in quoted:
        if "=" in remedy:
            Registry().define(remedy)
        elif "UnitVar" not in remedy and remedy.strip("() "):
            unit(remedy)


@pytest.mark.parametrize(
    ("name", "quantity"), [("min", "minute"), ("deg", "degree"), ("cs", "centisecond"), ("kl", "kiloliter")]
)
def test_symbols_that_are_words_as_well_stay_what_physics_says(name: str, quantity: str) -> None:
    assert unit(name) == unit(quantity)


@pytest.mark.parametrize("word", ["unit", "units", "cpc", "ds"])
def test_a_trap_is_one_in_a_product_too(word: str) -> None:
    for text in (f"USD/{word}", f"{word}**2"):
        with pytest.raises(UnitError, match="is a trap"):
            unit(text)


@pytest.mark.parametrize("word", [*sorted(VALUES), "Temp"])
def test_a_name_of_a_value_is_not_taken_for_a_slip_of_the_pen(word: str) -> None:
    with pytest.raises(UnitError) as caught:
        unit(word)
    hint = str(caught.value.hint)
    assert hint.startswith(f'"{word}" is what a value is called')
    assert isinstance(unit(hint.split('"')[-2]), Unit)


@pytest.mark.parametrize("spelling", sorted(COMMON_SPELLINGS))
def test_common_spellings_that_nothing_defines_are_explained(spelling: str) -> None:
    with pytest.raises(UnitError) as caught:
        unit(spelling)
    assert COMMON_SPELLINGS[spelling] in str(caught.value.hint)
    assert isinstance(unit(COMMON_SPELLINGS[spelling].split(" or ")[0]), Unit)


@pytest.mark.parametrize("symbol", sorted(PREFIXED_SYMBOLS))
def test_symbols_that_take_prefixes_are_units(symbol: str) -> None:
    assert Registry()._lexicon.canonical(symbol) is not None
    assert unit(f"M{symbol}" if symbol == "t" else f"k{symbol}").dimension


@pytest.mark.parametrize(
    "name",
    [
        "kWh", "MHz", "ns", "us", "hours", "hrs", "mins", "mbar", "kilometers", "Mpc", "GiB",
        "Gbit", "keV", "mL", "mmHg", "kUSD", "Mtoken", "megapixel", "kohm", "milliseconds", "lbs",
        "decayear", "teaspoons", "centimeters", "kcal", "mM",
    ],
)  # fmt: skip
def test_prefixes_and_plurals_that_people_write_are_read(name: str) -> None:
    assert isinstance(unit(name), Unit)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("fare", '"femtoare"'), ("points", '"percentage_point"'), ("kNm", '"N*m"'), ("nrows", 'write "row"'),
        ("units", 'write "count"'), ("Mb", "Mbit or MB"), ("Git", '"gibimetric_ton"'), ("has", '"hectare"'),
        ("kmeter", '"kilometer"'), ("kilom", '"kilometer"'), ("pride", "ride"), ("mUSD", "USD"),
        ("dt", '"decimetric_ton"'), ("ht", '"hectometric_ton"'), ("rs", '"rontosecond"'),
        ("al", '"attoliter"'),
    ],
)  # fmt: skip
def test_an_accident_of_prefix_or_plural_is_told_with_the_long_name(name: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        unit(name)
    assert hint in str(caught.value.hint)
