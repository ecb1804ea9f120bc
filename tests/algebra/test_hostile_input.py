"""Units, kinds and definitions from users' files: bounded work, and a clear error with a hint."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf, nan
from pathlib import Path

import pytest

from typedml import raw
from typedml.algebra.catalogue import KINDS
from typedml.algebra.encoding import decode
from typedml.algebra.errors import AlgebraError, KindError, RegistryError, UnitError
from typedml.algebra.kind import Kind, define_kind
from typedml.algebra.meaning import Meaning
from typedml.algebra.registry import Registry
from typedml.algebra.rules import combine
from typedml.algebra.unit import Unit

MILLION = 1_000_000
# The slowest takes 0.6 s on a quiet machine; a busy one takes twice as long, and work without bounds minutes.
SECONDS = 3.0


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Fail if the CPU is busy for longer."""
    start = time.process_time()
    yield
    assert raw(time.process_time() - start) < seconds


def refused(read: Callable[[], object], error: type[AlgebraError] = AlgebraError) -> AlgebraError:
    """Return the refusal, which is short, shows no control character as it is, and has a hint."""
    with bounded(), pytest.raises(error) as caught:
        read()
    assert caught.value.hint
    assert len(str(caught.value)) < 600
    assert all(character.isprintable() or character == "\n" for character in str(caught.value))
    return caught.value


UNREADABLE = {
    "ten thousand parentheses": "(" * 10_000 + "m" + ")" * 10_000,
    "as many as fit": "(" * 490 + "m" + ")" * 490,
    "an exponent of a billion": "m**1e9",
    "a quotient by zero": "m**(1/0)",
    "a decimal": "m**0.1",
    "a tower": "m**100**100",
    "a tower of parentheses": "((m**100)**100)",
    "an exponent of digits": "m**" + "9" * 900,
    "a denominator of digits": "m**(1/" + "9" * 900 + ")",
    "an infinite exponent": "m**inf",
    "signs": "m**" + "-" * 500 + "1",
    "a million letters": "m" * MILLION,
    "a million factors": "m*" * MILLION,
    "a million blanks": " " * MILLION,
    "hundreds of unknown names": "*".join(f"q{i}" for i in range(180)),
    "prefixes": "kilo" * 200 + "m",
    "differences of differences": "delta_" * 150 + "degC",
    "plurals": "s" * 999,
    "quotes": "'" * 999,
    "a null byte": "m\0",
    "a line break": "m\n/s",
    "a zero width space": "m\u200b",
    "a zero width joiner": "k\u200dm",
    "a byte order mark": "\ufeffm",
    "a right-to-left override": "m\u202e/s",
    "a combining accent": "m\u0301",
    "half a surrogate pair": "m\ud800",
    "a Cyrillic m": "\u043c",
    "a Cyrillic s in a product": "m/\u0455",
    "a full width m": "\uff4d",
    "an Arabic digit": "m**\u0662",
    "a superscript": "m\u00b2",
    "superscripts": "m\u00b2" * 400,
    "a roman numeral": "m**\u2161",
    "a fraction": "m**\u00bd",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_a_hostile_unit_is_refused_in_bounded_work(text: str) -> None:
    refused(lambda: Registry().unit(text, variables=True), UnitError)


@pytest.mark.parametrize(
    ("text", "same"), [("\u00b5m", "\u03bcm"), ("\u2126", "\u03a9"), ("\u212b", "\u00c5"), ("um", "\u00b5m")]
)
def test_signs_that_are_one_letter_in_two_places_are_one_unit(text: str, same: str) -> None:
    assert Registry().unit(text) == Registry().unit(same)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\u043c", "CYRILLIC SMALL LETTER EM"),
        ("m\u200b", "ZERO WIDTH SPACE"),
        ("m\u00b2", 'write "m**2"'),
        ("\uff4d", "FULLWIDTH LATIN SMALL LETTER M"),
        ("m\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("m\0", "U+0000"),
    ],
)
def test_a_character_that_looks_like_another_is_named(text: str, said: str) -> None:
    assert said in str(refused(lambda: Registry().unit(text)))


def test_a_product_as_long_as_is_read_costs_little() -> None:
    registry = Registry()
    with bounded(0.2):
        registry.unit("*".join(["km"] * 330))
        registry.unit("planck_length**100/planck_time**100")


@pytest.mark.parametrize("exponent", [1e9, 10**9, 1e-9, nan, inf, 0.1234567890123, 10**400])
def test_a_power_of_a_quantity_is_bounded_too(exponent: float) -> None:
    from typedml.algebra.meaning import Literal
    from typedml.algebra.mismatch import Mismatch

    with bounded(0.1):
        assert isinstance(combine("**", Meaning(None, Registry().unit("km")), Literal(exponent)), Mismatch)


CHAIN = 4_999
BAD_DEFINITIONS = {
    "a circle of thousands": "\n".join(f"c{i}x = 2 * c{(i + 1) % CHAIN}x" for i in range(CHAIN)),
    "a circle of one": "aa_x = 2 * aa_x",
    "a circle by prefixes": "aa_x = kilobb_x\nbb_x = milliaa_x",
    "a million lines": "\n".join(f"u{i}x = []" for i in range(MILLION)),
    "more definitions than are read": "\n".join(f"u{i}x = []" for i in range(20_000)),
    "more prefixes than are read": "\n".join(f"p{i}x- = {i + 2}" for i in range(5_000)),
    "a million characters on a line": "aa_x = " + "m*" * MILLION,
    "a million letters as a name": "x" * MILLION + " = meter",
    "a hundred thousand names": "aa_x = meter = " + " = ".join(f"n{i}x" for i in range(100_000)),
    "ten thousand parentheses": "aa_x = " + "(" * 10_000 + "m",
    "an exponent of a billion": "aa_x = m**1e9",
    "powers of powers": "\n".join(f"b{i}x = b{i + 1}x ** 99" for i in range(8)) + "\nb8x = meter",
    "doublings": "\n".join(f"f{i}x = f{i + 1}x * f{i + 1}x" for i in range(60)) + "\nf60x = meter",
    "sums of all before": "\n".join(
        f"s{i}x = " + "*".join(f"s{j}x" for j in range(i + 1, min(i + 60, 3000))) for i in range(2999)
    ) + "\ns2999x = meter",
    "a number of thousands of digits": "aa_x = " + "9" * 5_000 + " * m",
    "a number beyond all floats": "aa_x = 1e500 * m",
    "an offset without end": "aa_x = kelvin; offset: " + "1 + " * 5_000 + "1",
    "a null byte": "aa_x = m\0",
    "a null byte in a name": "a\0x = m",
    "an import": "@import other.txt",
    "blocks in blocks": "@group x\n" * 10_000,
    "an endless block": "@context x\n" * 10_000,
    "an unknown name among many": "\n".join(f"u{i}x = []" for i in range(4_500)) + "\nbb_x = 3 * zzzz",
}  # fmt: skip


@pytest.mark.parametrize("text", BAD_DEFINITIONS.values(), ids=BAD_DEFINITIONS)
def test_hostile_definitions_are_refused_in_bounded_work(text: str) -> None:
    refused(lambda: Registry().define(text, "mine.txt"), RegistryError)


DEFINITIONS = {
    "a chain of thousands": "\n".join(f"c{i}x = 2 * c{i + 1}x" for i in range(4_990)) + "\nc4990x = meter",
    "a chain in order": "c0x = meter\n" + "\n".join(f"c{i + 1}x = c{i}x" for i in range(4_990)),
    "the same line again and again": "aa_x = meter\n" * 4_999,
    "lines of blanks": "\n" * 900_000,
    "comments": "# x\n" * 240_000,
    "factors that are hard to find": "aa_x = 1000000007000000009000000011000000013 * m",
    "many of them": "aa_x = " + "*".join(["170141183460469231731687303715884105729"] * 8) + "*m",
    "as many prefixes as are read": "\n".join(f"p{i}x- = {i + 2}" for i in range(100))
    + "\n" + "\n".join(f"u{i}x = 3 * p{i % 100}xmeter" for i in range(4_500)),
}  # fmt: skip


@pytest.mark.parametrize("text", DEFINITIONS.values(), ids=DEFINITIONS)
def test_long_but_honest_definitions_are_read_in_bounded_work(text: str) -> None:
    with bounded():
        Registry().define(text, "mine.txt")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of files that import each other, or are no text."""
    (tmp_path / "itself").write_text("@import itself")
    (tmp_path / "to").write_text("@import fro")
    (tmp_path / "fro").write_text("@import to")
    for i in range(60):
        (tmp_path / f"deep{i}").write_text(f"@import deep{i + 1}")
        (tmp_path / f"twice{i}").write_text(f"@import twice{i + 1}\n@import twice{i + 1}")
    for name in ("deep60", "twice60", "deep4"):
        (tmp_path / name).write_text("zz_x = meter")
    (tmp_path / "null").write_text("@import a\0b")
    (tmp_path / "absent").write_text("@import " + "x" * 100_000)
    (tmp_path / "nowhere").write_text("@import nobody.txt")
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 1_000)
    (tmp_path / "utf16").write_text("aa_x = meter", "utf-16")
    (tmp_path / "long").write_text("aa_x = meter\n" * 200_000)
    (tmp_path / "folder").mkdir()
    return tmp_path


BAD_FILES = ("itself to twice0 null absent nowhere binary utf16 long folder a\0b").split(" ")


@pytest.mark.parametrize("name", BAD_FILES, ids=ascii)
def test_a_hostile_file_is_refused_in_bounded_work(files: Path, name: str) -> None:
    refused(lambda: Registry().load(files / name), RegistryError)


def test_imports_are_followed_to_a_depth_that_somebody_might_want(files: Path) -> None:
    refused(lambda: Registry().load(files / "deep5"), RegistryError)
    registry = Registry()
    registry.load(files / "deep0")
    assert registry.unit("zz_x") == registry.unit("m")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without an end is a thing of Unix")
def test_a_file_without_an_end_is_not_read_to_it() -> None:
    refused(lambda: Registry().load("/dev/zero"), RegistryError)


def test_a_byte_order_mark_before_the_first_line_is_let_be(tmp_path: Path) -> None:
    (tmp_path / "bom").write_text("aa_x = meter", "utf-8-sig")
    registry = Registry()
    registry.load(tmp_path / "bom")
    assert registry.unit("aa_x") == registry.unit("m")


def chain(length: int) -> Kind:
    kind = define_kind("Link", range=(0, 1))
    for i in range(length):
        kind = define_kind(f"Link{i}", parent=kind)
    return kind


def test_a_chain_of_kinds_is_as_long_as_one_can_follow() -> None:
    refused(lambda: chain(10_000), KindError)
    longest = chain(30)
    with bounded(0.1):
        assert Meaning.decode(Meaning(longest).encode()) == Meaning(longest)
        assert combine("*", Meaning(longest), Meaning(longest)) == Meaning(longest)


@pytest.mark.parametrize(
    "name",
    ["", "x" * MILLION, "a\0b", "Prob\u0430bility", "Probability", "a b", "class", "a\u200b", "9x", "\ud800"],
)
def test_a_hostile_name_of_a_kind_is_refused(name: str) -> None:
    refused(lambda: define_kind(name), KindError)


@pytest.mark.parametrize(
    "given",
    [(nan, 1), (1, 0), (0,), (0, 1, 2), "ab", 5, (None, 1), (10**400, 10**401), (1j, 2), [[0], [1]]],
    ids=lambda given: repr(given)[:20],
)
def test_a_hostile_range_of_a_kind_is_refused(given: object) -> None:
    refused(lambda: define_kind("Hostile", range=given), KindError)  # type: ignore[arg-type]  # which is the point


@pytest.mark.parametrize(
    "text",
    ["", "x", "k=", "k=Nobody", "k=A{}<", "k=A{nothing:b1}", "k=A{range:r1~0~0~0}", "k=A{sort:kx}",
     "k=A{range:}", "k=A{range:q}", "u=m;o=", "u=m;o=1/0", "u=m**9e9", "u=m;n=x:y", "u=%zz.", "u=%110000.",
     "u=", "n=x", "r=a", "k=Count;u=m", "k=" + "A{}<" * 900 + "Count", "k=" + "A{}<" * 50_000 + "Count"],
    ids=lambda text: str(text)[:20],
)  # fmt: skip
def test_a_text_that_is_no_encoded_meaning_is_a_value_error(text: str) -> None:
    with bounded(), pytest.raises(ValueError, match="Hint: "):
        decode(text)


def test_the_shipped_kinds_survive_all_of_this() -> None:
    assert all(Meaning.decode(Meaning(KINDS[name]).encode()) == Meaning(KINDS[name]) for name in KINDS)
    assert Unit.number() == Registry().unit("1")
