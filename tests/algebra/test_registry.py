"""The registry: built-in units, users' definitions, and what is said of unknown names."""

import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedml import raw
from typedml.algebra.errors import RegistryError, UnitError
from typedml.algebra.registry import Registry, default_registry, unit


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.mark.parametrize(
    ("text", "vector"),
    [
        ("km", "2**3*5**3*m"), ("kilometers", "2**3*5**3*m"), ("gram", "2**-3*5**-3*kg"), ("kg", "kg"),
        ("percent", "2**-2*5**-2"), ("ppm", "2**-6*5**-6"), ("count", "1"), ("dimensionless", "1"),
        ("deg", "2**-2*3**-2*5**-1*pi*rad"), ("sr", "rad**2"), ("byte", "2**3*bit"), ("KiB", "2**13*bit"),
        ("USD", "USD"), ("million*USD", "2**6*5**6*USD"), ("click", "#click"), ("people", "#person"),
        ("kclick", "2**3*5**3*#click"), ("dB", "dB"), ("µm", "2**-6*5**-6*m"), ("μm", "2**-6*5**-6*m"),
        ("Ω", "A**-2*kg*m**2*s**-3"), ("\u2126", "A**-2*kg*m**2*s**-3"), ("\u212b", "2**-10*5**-10*m"),
        ("basis_point", "2**-4*5**-4"), ("delta_degF", "3**-2*5*K"),
        ("planck_length**2/planck_length**2", "1"),
        ("octave", "octave"), ("kbps", "2**3*5**3*bit*s**-1"),
    ],
)  # fmt: skip
def test_names_stand_for_exact_vectors(text: str, vector: str) -> None:
    assert str(unit(text).vector) == vector


def test_points_have_origins() -> None:
    assert unit("degC").origin == Fraction(27315, 100)
    assert unit("degF").origin == Fraction(45967, 100) * Fraction(5, 9)
    assert unit("dBm").origin == "re 1 mW"
    assert unit("dBW").origin == "re 1 W"
    assert unit("K").origin is None
    assert unit("dB").origin is None


def test_a_neper_and_a_nat_have_their_size() -> None:
    assert float(unit("neper").ratio(unit("dB"))) == pytest.approx(8.685889638065035)
    assert float(unit("nat").ratio(unit("bit"))) == pytest.approx(1.4426950408889634)


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("kilometrr", 0, 'did you mean "kilometre"?'),
        ("mile/huor", 5, 'did you mean "hour"?'),
        ("USD/fliht", 4, 'did you mean "flight"?'),
        ("Km", 0, 'did you mean "km"?'),
        ("HOURS", 0, 'did you mean "hour"?'),
        ("mTorr", 0, 'did you mean "mtorr"?'),
        ("celcius", 0, 'did you mean "celsius"?'),
        ("m2", 0, 'write "m**2"'),
        ("kg/m3", 3, 'write "m**3"'),
        ("kmh", 0, 'write "km/hour"'),
        ("m\u043c", 0, "CYRILLIC SMALL LETTER EM"),
        ("\uff4dm", 0, "FULLWIDTH LATIN SMALL LETTER M"),
        ("frobnitz", 0, '"frobnitz = []"'),
        ("zz" * 400, 0, '"name = []"'),
    ],
)
def test_an_unknown_unit_is_told_with_what_was_probably_meant(text: str, position: int, hint: str) -> None:
    with pytest.raises(UnitError, match="Unknown unit") as caught:
        unit(text)
    assert hint in str(caught.value.hint)
    assert caught.value.position == position
    assert caught.value.text == text
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("text", "position", "fact", "hint"),
    [
        ("degC/m", 0, '"degC" in the unit "degC/m" is a point', '"delta_degC"'),
        ("W/degC**2", 2, "is a point", '"delta_degC"'),
        ("degC*dBm", 0, "is a point", '"delta_degC"'),
        ("m*dBm", 2, "is a point", '"dB"'),
        ("millidegC", 0, 'prefix "milli" stands before', "millikelvin"),
    ],
)
def test_a_point_is_no_part_of_a_product(text: str, position: int, fact: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        unit(text)
    assert fact in caught.value.fact
    assert hint in str(caught.value.hint)
    assert caught.value.position == position


@pytest.mark.parametrize("value", [None, 5, b"km", ["km"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(UnitError, match="A unit is a text"):
        unit(value)  # type: ignore[arg-type]


def test_fractions_of_what_is_counted_are_accidents(registry: Registry) -> None:
    with pytest.raises(UnitError):
        registry.unit("crow")
    assert str(registry.unit("Mtoken").tags) == "#token"


def test_definitions_are_found_by_name_symbol_alias_prefix_and_plural(registry: Registry) -> None:
    registry.define("smoot = 1.7018 * meter = smt = bridge_length\nqwerty = []\nmyday = 8 * hour")
    assert registry.unit("kilosmoots") == registry.unit("ksmt")
    assert registry.unit("smoot").ratio(registry.unit("m")).exact == Fraction(17018, 10000)
    assert registry.unit("bridge_length/qwerty").tags.exponent("#qwerty") == -1
    assert "bridge_length" in registry.names


def test_definitions_may_refer_forward_and_to_each_others_prefixes(registry: Registry) -> None:
    registry.define("aa_unit = 2 * gazbb_unit\nbb_unit = 3 * meter\ngaz- = 100")
    assert registry.unit("aa_unit").ratio(registry.unit("m")).exact == 600


def test_base_units_levels_and_offsets_can_be_defined(registry: Registry) -> None:
    registry.define("florin = [currency_florin] = flo\nrankX = kelvin; offset: 10.5 + 1 / 2 = rX")
    registry.define("dBV = volt; logbase: 10; logfactor: 20\nhalfbel = 1; logbase: 10; logfactor: 2")
    assert str(registry.unit("flo").vector) == "flo"
    assert registry.unit("rankX").origin == 11
    assert registry.unit("dBV").origin == "re 1 V"
    assert registry.unit("dBV").delta() == registry.unit("dB")
    assert float(registry.unit("halfbel").ratio(registry.unit("dB"))) == 5


def test_files_are_loaded_and_named_in_errors(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("widget = []\nbox = 12 * widget\n@alias box = carton_of_widgets\n")
    registry.load(path)
    assert str(registry.unit("box").vector) == "2**2*3*#widget"
    assert registry.unit("carton_of_widgets") == registry.unit("box")
    path.write_text("\n\nlorry = 3 * wodget")
    with pytest.raises(
        RegistryError, match=r'^mine\.txt:3: "lorry" refers to the unknown unit "wodget"'
    ) as caught:
        registry.load(path)
    assert caught.value.hint == 'did you mean "widget"?'


@pytest.mark.parametrize(
    ("text", "place", "fact", "hint"),
    [
        ("aa1 = 2 * bb1\nbb1 = 3 * aa1", "x:1", "go in a circle: aa1 -> bb1 -> aa1", "from elsewhere"),
        ("aa1 = 2 * aa1", "x:1", "go in a circle: aa1 -> aa1", "from elsewhere"),
        ("aa1 = bb1\nbb1 = cc1\ncc1 = bb1", "x:2", "circle: bb1 -> cc1 -> bb1", "from elsewhere"),
        ("aa1 = kilobb1\nbb1 = aa1s", "x:1", "circle: aa1 -> bb1 -> aa1", "from elsewhere"),
        ("mile = 3 * meter", "x:1", '"mile" is already defined with another meaning', "another name"),
        ("km = 3 * meter", "x:1", '"km" is already defined', "another name"),
        ("kilometers = []", "x:1", '"kilometers" is already defined', "another name"),
        ("click = 3", "x:1", '"click" is already defined', "another name"),
        ("smoot = meter = m2x = mi", "x:1", '"mi" is already defined', "another name"),
        (
            "aa1 = []\naa1 = meter",
            "x:2",
            '"aa1" is already defined with another meaning at x:1',
            "another name",
        ),
        ("aa1 = []\n@alias aa1 = mile", "x:1", '"mile" is already defined', "another name"),
        ("kilo- = 5", "x:1", 'prefix "kilo" has another value', "another name"),
        ("kk- = meter", "x:1", 'value of the prefix "kk", is not a number', "1e3"),
        ("aa1 = 3 * metre_", "x:1", 'unknown unit "metre_"', 'did you mean "metre"?'),
        ("aa1 = 3 * frobnitz", "x:1", 'unknown unit "frobnitz"', 'define "frobnitz" in the same file'),
        ("@alias frobnitz = frob", "x:1", 'unknown unit "frobnitz"', "define"),
        ("aa1 = 0 * meter", "x:1", "factor of zero", "positive"),
        ("aa1 = -1 * meter", "x:1", "missing before", "write a unit"),
        ("aa1 = 3 meter +", "x:1", '"+" follows', "joined"),
        ("aa1 = degC / 2", "x:1", '"degC" is a point', "offset"),
        ("aa1 = kelvin; offset: x", "x:1", '"x" is not a number', "273.15"),
        ("aa1 = watt; logbase: 10", "x:1", "both a base and a factor", "logfactor: 10"),
        ("aa1 = watt; logbase: 1; logfactor: 10", "x:1", "not above 1", "logbase: 10"),
        ("aa1 = 3 * bp", "x:1", '"bp" is a trap', "basis_point"),
        ("aa1 = [mass]", "x:1", "the dimension [mass] has a base unit", "3 * gram"),
        ("aa1 = [length]", "x:1", "the dimension [length] has a base unit", "3 * meter"),
        (
            "aa1 = [brightness1]\nbb1 = [brightness1]",
            "x:2",
            "the dimension [brightness1] has a base unit",
            "3 * aa1",
        ),
        ("aa1 = 1e500 * meter", "x:1", "too large", "smaller"),
        ("aa1 = meter ** 1e9", "x:1", "too large", "up to"),
    ],
)
def test_a_bad_definition_is_refused_and_nothing_is_added(
    registry: Registry, text: str, place: str, fact: str, hint: str
) -> None:
    names, digest = registry.names, registry.digest
    with pytest.raises(RegistryError) as caught:
        registry.define(f"{text}\nlast_unit = 3 * meter", "x")
    assert caught.value.fact.startswith(f"{place}: ")
    assert fact in caught.value.fact
    assert hint in str(caught.value.hint)
    assert (registry.names, registry.digest) == (names, digest)


def test_the_same_meaning_may_be_defined_again(registry: Registry) -> None:
    registry.define("mile = 1609.344 * meter\nclick = []\nkm = 1000 * m\nUSD = [currency_USD]")
    registry.define("aa1 = 5 * m\naa1 = 500 * cm")
    registry.define("aa1 = 5 * meter")
    assert registry.unit("mile") == unit("mile")


def test_users_may_give_traps_and_accidents_a_meaning(registry: Registry) -> None:
    registry.define("bp = basis_point\nfare = USD = fares\nquarter = 3 * month")
    assert registry.unit("bp") == registry.unit("basis_point")
    assert registry.unit("fare") == registry.unit("USD")
    assert registry.unit("quarters") == registry.unit("quarter")
    with pytest.raises(RegistryError, match="another meaning"):
        registry.define("bp = 3 * meter")


def test_a_trap_with_a_new_meaning_leaves_its_other_names_alone(registry: Registry) -> None:
    printers = registry.unit("printers_point")
    registry.define("point = []\nscore_sum = 3 * point")
    assert registry.unit("points") == registry.unit("point")
    assert str(registry.unit("score_sum").vector) == "3*#point"
    assert registry.unit("printers_point") == printers


def test_registries_do_not_share_what_users_define(registry: Registry) -> None:
    registry.define("smoot = 1.7018 * meter")
    with pytest.raises(UnitError):
        Registry().unit("smoot")
    assert default_registry() is default_registry()


def test_a_chain_of_thousands_of_definitions_is_read(registry: Registry) -> None:
    lines = [f"chain{i}x = 2 * chain{i + 1}x" for i in range(2000)]
    registry.define("\n".join([*lines, "chain2000x = meter"]))
    assert registry.unit("chain1990x").ratio(registry.unit("m")).exact == 1024


def test_exponents_that_explode_are_refused(registry: Registry) -> None:
    lines = [f"boom{i}x = boom{i + 1}x ** 99" for i in range(8)]
    with pytest.raises(RegistryError, match="too large"):
        registry.define("\n".join([*lines, "boom8x = km"]))


def test_the_digest_changes_with_every_definition(registry: Registry) -> None:
    before = registry.digest
    assert before == Registry().digest
    registry.define("smoot = 1.7018 * meter")
    assert registry.digest != before


def test_the_digest_does_not_depend_on_where_a_definition_stands(registry: Registry) -> None:
    other = Registry()
    registry.define("smoot = 1.7018 * meter", "here")
    other.define("# a comment\n\nsmoot = 1.7018 * meter", "there")
    assert registry.digest == other.digest


def test_what_the_resolver_adds_leaves_the_digest_alone(registry: Registry) -> None:
    before = registry.digest
    registry.resolver = {"furblong": "furblong = 200 * meter"}.get
    registry.unit("furblong")
    assert registry.digest == before


def test_a_definition_by_the_resolver_that_cannot_be_read_is_a_unit_error(registry: Registry) -> None:
    registry.resolver = lambda name: f"{name} = 3 * frobnitz"
    with pytest.raises(UnitError, match="frobnitz") as caught:
        registry.unit("m/furblong")
    assert caught.value.position == 2


def test_the_resolver_is_asked_only_for_what_nobody_knows(registry: Registry) -> None:
    asked: list[str] = []

    def resolver(name: str) -> str | None:
        asked.append(name)
        return "furblong = 200 * meter" if name == "furblong" else None

    registry.resolver = resolver
    assert registry.unit("furblong/fortnight").dimension == unit("m/s").dimension
    assert asked == ["furblong"]
    with pytest.raises(UnitError, match="Unknown unit"):
        registry.unit("zurblong")


def test_reading_a_unit_again_is_a_look_up(registry: Registry) -> None:
    assert registry.unit("mile/hour") is registry.unit("mile/hour")


def test_an_unknown_name_costs_little(registry: Registry) -> None:
    registry.suggest("warm")
    start = time.process_time()
    for text in ("x" * 1000, "kilometrrs", "*".join(f"q{i}" for i in range(200))):
        with pytest.raises(UnitError):
            registry.unit(text)
    assert raw(time.process_time() - start) < 0.3


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789*/()", max_size=12))
def test_any_text_is_a_unit_or_a_unit_error_with_a_hint(text: str) -> None:
    refusal = None
    try:
        unit(text)
    except UnitError as error:
        refusal = error
    assert refusal is None or (refusal.hint and 0 <= refusal.position <= len(text))
