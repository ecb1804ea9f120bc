"""Definitions in Pint's format: what is read, what is skipped, and each refusal with its file and line."""

from pathlib import Path

import pytest

from typedml.algebra.definitions import read_file, read_text
from typedml.algebra.errors import RegistryError


def test_a_definition_has_name_expression_symbol_aliases_and_place() -> None:
    (line,) = read_text("\nsmoot = 1.7018 * meter = smt = smoots_length  # at MIT", "units.txt")
    assert (line.kind, line.name, line.expression) == ("unit", "smoot", "1.7018 * meter")
    assert (line.symbol, line.names, line.place) == ("smt", ("smt", "smoots_length"), "units.txt:2")


def test_an_underscore_stands_for_no_symbol() -> None:
    (line,) = read_text("millennium = 1e3 * year = _ = millennia", "x")
    assert (line.symbol, line.names) == (None, ("millennia",))


def test_prefixes_aliases_and_modifiers_are_read() -> None:
    prefix, alias, point = read_text(
        "kilo- = 1e3 = k-\n@alias meter = metre\ndegX = kelvin; offset: 3 = dX", "x"
    )
    assert (prefix.kind, prefix.name, prefix.names) == ("prefix", "kilo", ("k",))
    assert (alias.kind, alias.name, alias.names) == ("alias", "meter", ("metre",))
    assert point.modifiers == (("offset", "3"),)


def test_groups_are_read_and_what_is_no_unit_is_skipped() -> None:
    text = """
    @defaults
        group = international
    @end
    [speed] = [length] / [time]
    @group Odd using Other
        smoot = 1.7018 * meter
    @end
    @context(n=1) light = l
        [length] -> [time]: value / c
    @end
    @system SI
        meter
    @end
    """
    assert [line.name for line in read_text(text, "x")] == ["smoot"]


def test_imports_are_followed_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b.txt").write_text("b = 2 * a")
    (tmp_path / "a.txt").write_text("a = []\n@import inner/b.txt")
    assert [(line.name, line.place) for line in read_file(tmp_path / "a.txt")] == [
        ("a", "a.txt:1"),
        ("b", "b.txt:1"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "fact"),
    [
        ("a = []\nnonsense", "x:2", '"nonsense" is not a definition'),
        ("a =", "x:1", "is not a definition"),
        ("= 3", "x:1", "is not a definition"),
        ("two words = 3", "x:1", '"two words" is not a name'),
        ("1a = 3", "x:1", '"1a" is not a name'),
        ("a = [] = b c", "x:1", '"b c" is not a name'),
        (f"{'a' * 101} = 3", "x:1", "is not a name"),
        ("a = kelvin; offset", "x:1", '"offset" does not modify'),
        ("a = kelvin; shift: 3", "x:1", '"shift: 3" does not modify'),
        ("@group A\na = []", "x", "@group is never closed"),
        ("@group A\n@group B\n@end", "x:2", "@group stands inside @group"),
        ("@end", "x:1", '"@end" is not a directive that can stand here'),
        ("@frobnicate", "x:1", '"@frobnicate" is not a directive'),
        ("@import other.txt", "x:1", "@import stands in a text"),
        ("@alias meter", "x:1", "is not a definition"),
    ],
)
def test_an_unreadable_line_is_refused_with_its_place(text: str, place: str, fact: str) -> None:
    with pytest.raises(RegistryError) as caught:
        read_text(text, "x")
    assert caught.value.place.partition(":")[0] == "x"
    assert caught.value.fact.startswith(f"{place}")
    assert fact in caught.value.fact
    assert caught.value.hint


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"absent\.txt.* cannot be read: No such file"):
        read_file(tmp_path / "absent.txt")
    with pytest.raises(RegistryError, match="cannot be read"):
        read_file(tmp_path)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(RegistryError, match="not UTF-8"):
        read_file(tmp_path / "binary")


def test_a_circle_of_imports_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("@import b.txt")
    (tmp_path / "b.txt").write_text("\n@import a.txt")
    with pytest.raises(RegistryError, match=r'b\.txt:2: "a\.txt" imports itself'):
        read_file(tmp_path / "a.txt")
    (tmp_path / "c.txt").write_text("@import nowhere.txt")
    with pytest.raises(RegistryError, match=r"c\.txt:1: The registry file .*nowhere\.txt"):
        read_file(tmp_path / "c.txt")
