"""Names, strings and GUIDs."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st

from mofkit.binary.guid_text import guid_text
from mofkit.binary.utf16 import decode_units, encode_units
from mofkit.testing.choices import Choices

__all__ = ["choices", "guid_texts", "guids", "identifiers", "texts", "unique_name", "utf16_texts"]

_WORDS = [
    *("A", "Fan", "Speed", "Id", "Name", "Level", "Fenwick_Fan", "fan", "x2"),
    # No word is reserved: these are names wherever a name fits.
    *("value", "Key", "of", "ref", "instance", "qualifier", "pragma", "string", "association"),
]
_FIRST = "ABCXYZabcxyz"
_REST = "ABZabz019_"
_WIDE_NAMES = ["Überlauf", "風扇", "naïve", "Δt"]

_ascii_names = st.sampled_from(_WORDS) | st.builds(
    str.__add__, st.sampled_from(_FIRST), st.text(_REST, max_size=6)
).map(lambda name: f"{name}0" if name.endswith("_") else name)
_names = _ascii_names | st.sampled_from(_WIDE_NAMES)

_plain_texts = st.text("abc XYZ019.,:;/'\"\\{}", max_size=8)
_any_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)
_texts = st.sampled_from(["", "a", "Fan", 'C:\\dir "x"', "// none", "/*", "\r\n\t"]) | (
    _plain_texts | _any_texts
)


def identifiers(*, ascii_only: bool = True) -> st.SearchStrategy[str]:
    """Return names of classes, members and qualifiers.

    They begin with a letter and do not end in an underscore, as mofcomp's pages want it. Keywords
    and type words are among them. Not generated: names of system classes and properties (`__x`),
    and more than 16 characters.

    Args:
        ascii_only: without letters that a file without a byte order mark cannot have; mofkit warns
            of those (ENC001).

    >>> from hypothesis import find
    >>> find(identifiers(), lambda name: len(name) > 1)
    'Fan'
    """
    return _ascii_names if ascii_only else _names


def texts() -> st.SearchStrategy[str]:
    """Return what strings hold: any characters but NUL and halves of surrogate pairs."""
    return _texts


def utf16_texts(*, max_size: int = 6) -> st.SearchStrategy[str]:
    """Return what a count of UTF-16 units holds: NULs and halves of surrogate pairs, too.

    Two halves that make a pair are the character they stand for, as readers give it.
    """
    return _utf16_texts if max_size == _MAX_UNITS else _utf16_texts_up_to(max_size)


def guids() -> st.SearchStrategy[UUID]:
    """Return GUIDs; never the one that is all zero."""
    return _guids


def guid_texts() -> st.SearchStrategy[str]:
    """Return GUIDs as MOF files have them: with braces or without, in either case."""
    forms = [guid_text, lambda guid: f"{{{guid}}}", str, lambda guid: str(guid).upper()]
    return st.builds(lambda form, guid: str(form(guid)), st.sampled_from(forms), _guids)


def choices(max_size: int = 12) -> st.SearchStrategy[Choices]:
    """Return `Choices` for `mofkit.testing.spelling` and `mofkit.testing.reginfo_layout`."""
    return _choices if max_size == _MAX_CHOICES else _choices_up_to(max_size)


def unique_name(name: str, used: set[str]) -> str:
    """Return `name`, with a number behind it if it is among `used`; take it down there.

    Names that differ in letter case only are the same, and `used` has them in lower case.

    >>> used = {"fan"}
    >>> unique_name("FAN", used), unique_name("FAN", used), sorted(used)
    ('FAN2', 'FAN3', ['fan', 'fan2', 'fan3'])
    """
    found, number = name, 1
    while found.lower() in used:
        number += 1
        found = f"{name}{number}"
    used.add(found.lower())
    return found


def _choices_up_to(max_size: int) -> st.SearchStrategy[Choices]:
    return st.lists(st.integers(0, 255), min_size=1, max_size=max_size).map(Choices)


def _utf16_texts_up_to(max_size: int) -> st.SearchStrategy[str]:
    # A list, since st.text would join both into one alphabet, in which the notable ones are rare.
    characters = _notable | st.characters(exclude_categories=())
    return st.lists(characters, max_size=max_size).map("".join).map(_with_pairs)


def _with_pairs(text: str) -> str:
    return text if text.isascii() else decode_units(encode_units(text))


_MAX_UNITS = 6
_notable = st.sampled_from("aZ _\0é漢😀\ud800\udbff\udc00")
_utf16_texts = _utf16_texts_up_to(_MAX_UNITS)
_MAX_CHOICES = 12
_choices = _choices_up_to(_MAX_CHOICES)
_guids = (st.integers(1, 9) | st.integers(1, 2**128 - 1)).map(lambda number: UUID(int=number))
