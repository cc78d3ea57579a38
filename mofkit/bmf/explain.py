"""What the numbers in the headers of binary MOF say: how they are written, what they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from mofkit.binary.rows import Row
from mofkit.bmf.enums import ARRAY, KNOWN_FLAVORS, NO_OFFSET, BmfType
from mofkit.bmf.flavors import flavor_words
from mofkit.bmf.structs import (
    array_row,
    container_row,
    flavor_row,
    list_row,
    object_row,
    property_row,
    qualifier_row,
    root_row,
)
from mofkit.cim import CimBoolean, CimCharacter, CimInteger, CimReal, CimValue

__all__ = ["Explained", "explain_header", "flavor_text", "number_text", "type_text", "values_of"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A value as it is shown: its type, itself, what it says, where it leads."""

    type: str
    value: str
    meaning: str = ""
    leads_to_bytes: int | None = None


Values: TypeAlias = Mapping[str, Any]
"""A header: its fields, numbers or bytes, by name."""


def explain_header(row: Row, values: Values, start: int) -> dict[str, Explained]:
    """Return what each field of a header says; the header is at `start` of the payload."""
    explain = _EXPLAINERS[row.columns]
    return {column.name: explain(column.name, values, start) for column in row.columns}


def values_of(row: Row, data: bytes, start: int = 0) -> dict[str, Any]:
    """Return the fields of the header that stands at `start`, by name."""
    names = (column.name for column in row.columns)
    return dict(zip(names, row.struct.unpack_from(data, start), strict=True))


def type_text(code: int) -> str:
    """Return the name of a type code.

    >>> type_text(0x2008), type_text(0x99)
    ('array of string', 'unknown')
    """
    try:
        name = BmfType(code & ~ARRAY).name.lower()
    except ValueError:
        return "unknown"
    return f"array of {name}" if code & ARRAY else name


def flavor_text(flavor: int) -> str:
    """Return the words of a flavor as MOF has them.

    >>> flavor_text(0x03), flavor_text(0x104), flavor_text(0)
    ('ToSubclass ToInstance', 'unknown 0x104', 'none')
    """
    words = flavor_words(flavor & KNOWN_FLAVORS)
    unknown = flavor & ~KNOWN_FLAVORS
    return " ".join([*words, *([f"unknown {unknown:#x}"] if unknown else [])]) or "none"


def number_text(value: CimValue, raw: bytes) -> tuple[str, str]:
    r"""Return how a number is shown, and what else to say of it.

    >>> number_text(CimBoolean(True), b"\xff\xff"), number_text(CimCharacter("é"), b"\xe9\0")
    (('TRUE', ''), ("'é'", '0x00e9'))
    >>> number_text(CimInteger(0x41504631), b"1FPA")
    ('1095779889', '0x41504631')
    """
    number = int.from_bytes(raw, "little")
    match value:
        case CimBoolean(truth):
            return str(truth).upper(), "" if number in {0, 0xFFFF} else f"{number:#x}"
        case CimCharacter(text):
            return f"'{text}'", f"{number:#06x}"
        case CimInteger(integer):
            return str(integer), f"{number:#x}" if abs(integer) >= _LONG_NUMBER else ""
        case CimReal(real):
            return str(real), ""
    return str(value), ""


_LONG_NUMBER: Final = 0x10000
"""From here on, digits say more to people in hex."""


# --------------------------------------------------------------------------- the kinds of headers


def _uint32(value: int, meaning: str = "", leads_to_bytes: int | None = None) -> Explained:
    return Explained("uint32", str(value), meaning, leads_to_bytes)


def _hex(value: int, meaning: str = "", leads_to_bytes: int | None = None) -> Explained:
    return Explained("uint32", f"{value:#x}", meaning, leads_to_bytes)


def _magic(value: bytes) -> Explained:
    shown = repr(value).removeprefix("b")
    return Explained(f"char[{len(value)}]", shown, "signature")


def _size(value: int, start: int) -> Explained:
    return _uint32(value, f"bytes, up to {start + value:#x}")


def _offset(value: int, base: int, what: str) -> Explained:
    if value == NO_OFFSET:
        return _hex(value, f"there is no {what}")
    return _hex(value, f"{what} at {base + value:#x}", base + value)


def _container(name: str, values: Values, start: int) -> Explained:
    if name == "Magic":
        return _magic(values[name])
    if name == "Version":
        return _uint32(values[name], "1 in every known file")
    if name == "CompressedSize":
        return _size(values[name], start + container_row.size)
    return _uint32(values[name], "bytes of the payload")


def _root(name: str, values: Values, start: int) -> Explained:
    if name == "Magic":
        return _magic(values[name])
    if name == "Size":
        end = start + values[name]
        return _uint32(values[name], f"bytes, up to {end:#x}", end)
    if name == "ObjectCount":
        return _uint32(values[name], "classes and instances")
    return _uint32(values[name], "1 in every known file")


def _object(name: str, values: Values, start: int) -> Explained:
    if name == "Size":
        return _size(values[name], start)
    if name == "Kind":
        return _uint32(values[name], _kind(values))
    what = f"{_LISTS[name]} list"
    return _offset(values[name], start + object_row.size, what)


_LISTS: Final = {
    "QualifiersOffset": "qualifier",
    "PropertiesOffset": "property",
    "MethodsOffset": "method",
}


def _kind(values: Values) -> str:
    if values["Kind"] == 0:
        return "class"
    if values["Kind"] != 1:
        return "unknown"
    return "parameters" if values["QualifiersOffset"] == NO_OFFSET else "instance"


def _list(name: str, values: Values, start: int) -> Explained:
    return _size(values[name], start) if name == "Size" else _uint32(values[name], "records")


def _property(name: str, values: Values, start: int) -> Explained:
    if name == "QualifiersOffset":
        return _offset(values[name], start + property_row.size, "qualifier list")
    if name == "Type" and values["ValueOffset"] == NO_OFFSET:
        return _hex(values[name], f"declared as {type_text(values[name])}")
    return _member(name, values, start, start + property_row.size)


def _qualifier(name: str, values: Values, start: int) -> Explained:
    return _member(name, values, start, start + qualifier_row.size)


def _member(name: str, values: Values, start: int, base: int) -> Explained:
    if name == "Size":
        return _size(values[name], start)
    if name == "Type":
        return _hex(values[name], _literal_text(values[name]))
    return _offset(values[name], base, "name" if name == "NameOffset" else "value")


def _literal_text(code: int) -> str:
    """Return the type of a value: that of a character literal is its number's."""
    text = type_text(code)
    return f"{text}, a character" if code & ~ARRAY == BmfType.SINT16 else text


def _array(name: str, values: Values, start: int) -> Explained:
    if name == "Size":
        return _size(values[name], start)
    if name == "Dimensions":
        return _uint32(values[name], "1 in every known file")
    return _uint32(values[name], "items" if name == "Count" else "bytes from here on")


def _flavors(name: str, values: Values, _start: int) -> Explained:
    return _magic(values[name]) if name == "Magic" else _uint32(values[name], "entries")


_EXPLAINERS: Final[dict[Any, Callable[[str, Values, int], Explained]]] = {
    container_row.columns: _container,
    root_row.columns: _root,
    object_row.columns: _object,
    list_row.columns: _list,
    property_row.columns: _property,
    qualifier_row.columns: _qualifier,
    array_row.columns: _array,
    flavor_row.columns: _flavors,
}
