"""`apply_edits`: what is asked for changes, and not one byte more."""

import pytest

from mofkit.source import Edit, EncodeError, SourceFile, Span, apply_edits


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(Span(start, end), text)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], "class Fan"),
        ([edit(9, 9, " {};")], "class Fan {};"),
        ([edit(6, 9, "Pump")], "class Pump"),
        ([edit(0, 6, "")], "Fan"),
        ([edit(6, 9, "Pump"), edit(0, 5, "CLASS")], "CLASS Pump"),
        ([edit(6, 6, "My"), edit(6, 6, "Own"), edit(6, 9, "Pump")], "class MyOwnPump"),
        ([edit(6, 9, "Pump"), edit(9, 9, ";")], "class Pump;"),
    ],
)
def test_edits(edits: list[Edit], expected: str) -> None:
    assert apply_edits(SourceFile.from_text("class Fan"), edits).text == expected


def test_encoding_mark_tail_and_line_ends_stay() -> None:
    data = b"\xff\xfe" + "a\r\nb\nü\r".encode("utf-16-le") + b"!"
    edited = apply_edits(SourceFile.from_bytes(data, path="x.mof"), [edit(3, 4, "β")])
    assert edited.to_bytes() == data.replace(b"b\0", "β".encode("utf-16-le"))
    assert edited.path == "x.mof"


def test_encoding_stays_though_the_bytes_no_longer_show_it() -> None:
    source = SourceFile.from_bytes(b"L\xfcfter")
    edited = apply_edits(source, [edit(1, 2, "u")])
    assert edited.encoding is source.encoding
    assert apply_edits(edited, [edit(1, 2, "ü")]).to_bytes() == b"L\xfcfter"


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([edit(0, 3, ""), edit(2, 4, "")], "edit 2..4 overlaps one that ends at 3"),
        ([edit(0, 3, ""), edit(0, 3, "")], "edit 0..3 overlaps one that ends at 3"),
        ([edit(0, 3, ""), edit(1, 1, "x")], "edit 1..1 overlaps one that ends at 3"),
        ([edit(8, 10, "")], r"edit 8..10 is not in 0..9"),
        ([edit(-1, 2, "")], r"edit -1..2 is not in 0..9"),
        ([edit(3, 2, "")], r"edit 3..2 is not in 0..9"),
    ],
)
def test_edits_that_make_no_sense(edits: list[Edit], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        apply_edits(SourceFile.from_text("class Fan"), edits)


def test_a_character_the_encoding_lacks() -> None:
    source = SourceFile.from_bytes(b"\n\n L\xfcfter", path="fan.mof")
    with pytest.raises(EncodeError) as caught:
        apply_edits(source, [edit(3, 4, "xΩ")])
    assert str(caught.value) == "fan.mof:3:2: Windows-1252 has no character `Ω` (U+03A9)"
    assert caught.value.character == "Ω"
    assert caught.value.position == (3, 2)
