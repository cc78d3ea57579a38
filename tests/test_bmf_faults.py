"""Binary MOF that is broken or odd, and schemas that it does not hold."""

import re
import struct
import tracemalloc
from collections.abc import Callable

import pytest

from mofkit.binary import BinaryFormatError, BuildError
from mofkit.bmf import (
    IrregularError,
    decode,
    decode_payload,
    encode,
    encode_payload,
    findings,
)
from mofkit.bmf.enums import MAX_DEPTH
from mofkit.bmf.findings import MAX_IRREGULARITIES
from mofkit.cim import (
    CimInstance,
    CimInstanceProperty,
    Schema,
)
from tests.support_bmf import schema_of

SCHEMA = schema_of("""
[Note("abc"), List{1, 2}] class Demo_Fan
{
    uint32 Speed;
    boolean On = TRUE;
    void Do([in] uint32 In, [in, out] uint32 Both);
};
instance of Demo_Fan { Level = 7; };
""")
FILE, PAYLOAD = encode(SCHEMA), encode_payload(SCHEMA)

# Where records begin; the fields of a record are numbers of four bytes, its size first.
ROOT, CLASS, NOTE, LIST, SPEED, ON = 0, 20, 48, 84, 144, 232
TYPE, NAME, VALUE, QUALIFIERS, KIND = 4, 8, 12, 16, 16


def place(text: str, nth: int = 0) -> int:
    """Return where a name or a value stands in the payload."""
    pattern = re.escape(text.encode("utf-16-le"))
    return [found.start() for found in re.finditer(pattern, PAYLOAD)][nth]


DO = place("Do\0") - 20
BOTH, BOTH_OUT = place("Both\0") - 20, place("Both\0", 1) - 20
SPEED_TYPE = place("CIMTYPE") - 16
TABLE = int.from_bytes(PAYLOAD[4:8], "little")


def patched(*changes: tuple[int, int | bytes], data: bytes = PAYLOAD) -> bytes:
    """Return the payload with other numbers or bytes at some offsets."""
    out = bytearray(data)
    for at, value in changes:
        new = value if isinstance(value, bytes) else struct.pack("<I", value)
        out[at : at + len(new)] = new
    return bytes(out)


def test_the_offsets_above_are_right() -> None:
    names = {"Note": NOTE + 16, "List": LIST + 16, "Speed": SPEED + 20, "On": ON + 20}
    assert {name: place(f"{name}\0") for name in names} == names
    assert decode_payload(PAYLOAD, strict=True).schema.classes == SCHEMA.classes


# ---------------------------------------------------------------------------- what is refused

UNENDED = struct.pack("<I", 0x2008) + PAYLOAD[LIST + 8 : LIST + 48] + b"x\0x\0"
"""What makes two strings of the list of two numbers, from its type on; the second does not end."""

REFUSED = [
    ("E-SIZE", CLASS, "object[0].size", (CLASS, 19)),
    ("E-SIZE", CLASS, "object[0].size", (CLASS, 0xFFFFFFFF)),
    ("E-KIND", CLASS + KIND, "object[0].kind", (CLASS + KIND, 2)),
    ("E-LAYOUT", CLASS, "object[0].offsets", (CLASS + 8, 0x7FFFFFFF)),
    ("E-LAYOUT", CLASS, "object[0].offsets", (CLASS + 4, 4)),
    ("E-SIZE", 40, "object[0].qualifier list", (40, 12)),
    ("E-SIZE", NOTE, "object[0].qualifier[0].size", (NOTE, 4)),
    ("E-LAYOUT", NOTE, "object[0].qualifier[0].offsets", (NOTE + NAME, 2)),
    ("E-LAYOUT", NOTE, "object[0].qualifier[0].offsets", (NOTE + VALUE, 0x80000000)),
    ("E-STRING", NOTE + 28, "object[0].qualifier[0].value", (NOTE + 34, b"x\0")),
    ("E-TYPE", NOTE + 28, "object[0].qualifier[0].value", (NOTE + TYPE, 0x65)),
    ("E-TYPE", NOTE + 28, "object[0].qualifier[0].value", (NOTE + TYPE, 0x0D)),
    ("E-SIZE", NOTE + 28, "object[0].qualifier[0].array", (NOTE + TYPE, 0x2008)),
    ("E-SIZE", LIST + 28, "object[0].qualifier[1].array", (LIST + 28, 20)),
    ("E-SIZE", LIST + 44, "object[0].qualifier[1].value", (LIST + 36, 3)),
    ("E-SIZE", LIST + 44, "object[0].qualifier[1].value", (LIST + 36, 0xFFFFFFFF)),
    ("E-STRING", LIST + 44, "object[0].qualifier[1].items", (LIST + TYPE, UNENDED)),
    ("E-LAYOUT", SPEED, "object[0].property[0].offsets", (SPEED + QUALIFIERS, 0x1000)),
    ("E-STRING", SPEED + 20, "object[0].property[0].name", (SPEED + 30, b"x\0")),
    ("E-SIZE", ON + 28, "object[0].property[1].value", (ON + TYPE, 5)),
    ("E-METHOD", DO, "object[0].method[0].value", (DO + TYPE, 0x2003)),
    ("E-CLASS", CLASS, "object[0].properties", (place("__CLASS\0"), b"x\0")),
]


@pytest.mark.parametrize(("code", "at", "path", "change"), REFUSED)
def test_a_broken_record_is_refused_or_skipped(
    code: str, at: int, path: str, change: tuple[int, int | bytes]
) -> None:
    data = patched(change)
    with pytest.raises(BinaryFormatError) as error:
        decode_payload(data, strict=True)
    assert (error.value.code, error.value.path) == (code, path)
    assert error.value.offset_bytes == at
    skipped = [odd for odd in decode_payload(data).warnings if odd.code == "W-SKIPPED"]
    assert (skipped[0].path, skipped[0].offset_bytes) == (path, at)
    assert skipped[0].message.endswith(f"({code})")


def test_what_is_not_broken_is_read() -> None:
    """A broken qualifier costs the qualifier, a broken object does not cost the next one."""
    found = decode_payload(patched((NOTE + TYPE, 0x65))).schema
    assert [each.name for each in found.classes[0].qualifiers] == ["List"]
    assert found.classes[0].features == SCHEMA.classes[0].features
    found = decode_payload(patched((CLASS + KIND, 2))).schema
    assert found.items == SCHEMA.instances


@pytest.mark.parametrize(
    ("code", "at", "change"),
    [
        ("E-MAGIC", 0, (ROOT, b"FOMX")),
        ("E-SIZE", 4, (ROOT + 4, len(PAYLOAD) + 1)),
        ("E-SIZE", 4, (ROOT + 4, 19)),
        ("E-MAGIC", TABLE, (TABLE, b"X")),
        ("E-SIZE", TABLE + 16, (TABLE + 16, 0xFFFFFFFF)),
    ],
)
def test_a_broken_root_or_table_is_refused(
    code: str, at: int, change: tuple[int, int | bytes]
) -> None:
    with pytest.raises(BinaryFormatError) as error:
        decode_payload(patched(change))
    assert (error.value.code, error.value.offset_bytes) == (code, at)


@pytest.mark.parametrize("read", [decode, decode_payload])
def test_every_truncation_is_refused(read: Callable[[bytes], object]) -> None:
    data = FILE if read is decode else PAYLOAD
    ends = [end for end in range(len(data)) if read is decode or end != TABLE]
    for end in ends:
        with pytest.raises(BinaryFormatError):
            read(data[:end])


@pytest.mark.parametrize(
    ("code", "at", "data"),
    [
        ("E-MAGIC", 0, patched((0, b"MZ"), data=FILE)),
        ("E-SIZE", 8, patched((8, len(FILE)), data=FILE)),
        ("E-SIZE", 12, patched((12, 0xFFFFFFFF), data=FILE)),
        ("E-DS-SIZE", 16, patched((12, 1 << 20), data=FILE)),
        ("E-DS-HEADER", 16, patched((16, b"XX"), data=FILE)),
        ("E-SIZE", 0, b"FOMB"),
    ],
)
def test_a_broken_file_is_refused(code: str, at: int, data: bytes) -> None:
    with pytest.raises(BinaryFormatError) as error:
        decode(data)
    assert (error.value.code, error.value.offset_bytes) == (code, at)


def test_sixteen_bytes_that_claim_four_gigabytes_cost_nothing() -> None:
    tracemalloc.start()
    for claim in (0xFFFFFFFF, 60 << 20):
        with pytest.raises(BinaryFormatError):
            decode(b"FOMB" + struct.pack("<3I", 1, 0, claim))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 20


# ------------------------------------------------------------------------------- what is odd

ODD = [
    ("W-CONSTANT", 8, "root", [(8, 2)]),
    ("W-COUNT", 20, "object", [(16, 3)]),
    ("W-COUNT", 48, "object[0].qualifier", [(44, 1)]),
    ("W-CONSTANT", LIST + 32, "object[0].qualifier[1].array", [(LIST + 32, 2)]),
    ("W-CONSTANT", LIST + 40, "object[0].qualifier[1].array", [(LIST + 40, 4)]),
    ("W-PADDING", NOTE + 26, "object[0].qualifier[0].name", [(NOTE + 26, b"x")]),
    ("W-PADDING", ON + 30, "object[0].property[1].value", [(ON + 30, b"x")]),
    ("W-BOOLEAN", ON + 28, "object[0].property[1].value", [(ON + 28, b"\1\0")]),
    ("W-TYPE", LIST + 44, "object[0].qualifier[1].value", [(LIST + TYPE, 0x2013)]),
    ("W-FLAVOR", TABLE + 20, "flavor table", [(TABLE + 20, 8)]),
    ("W-FLAVOR", TABLE + 24, "flavor table", [(TABLE + 24, 4)]),
    ("W-FLAVOR", TABLE + 28, "flavor table", [(TABLE + 28, SPEED_TYPE)]),
    ("W-SYSTEM", place("__NAMESPACE") - 20, "object[0].properties", [(place("__NAMES"), b"x")]),
    ("W-CIMTYPE", SPEED, "object[0].property[0]", [(SPEED + TYPE, 0x12)]),
    ("W-CIMTYPE", SPEED, "object[0].property[0]", [(SPEED_TYPE + 16, b"c")]),
    ("W-PARAMETERS", BOTH, "object[0].method[0].value", [(place("in\0", 1), b"x")]),
    ("W-PARAMETERS", BOTH_OUT, "object[0].method[0].value", [(BOTH_OUT + TYPE, 0x12)]),
    ("W-TRAILING", len(PAYLOAD) - 8, "flavor table", [(TABLE + 16, 7)]),
]


@pytest.mark.parametrize(("code", "at", "path", "changes"), ODD)
def test_what_is_odd_is_reported_and_strictly_refused(
    code: str, at: int, path: str, changes: list[tuple[int, int | bytes]]
) -> None:
    data = patched(*changes)
    warnings = decode_payload(data).warnings
    assert (code, at, path) in [(odd.code, odd.offset_bytes, odd.path) for odd in warnings]
    with pytest.raises(IrregularError) as error:
        decode_payload(data, strict=True)
    assert error.value.irregularities == warnings


def test_strict_reading_refuses_what_the_compiler_writes_otherwise() -> None:
    """Nothing is wrong with system properties in another order, but mofcomp has one order."""
    at = PAYLOAD.rindex("__CLASS".encode("utf-16-le")) - 20
    end = PAYLOAD.rindex("__NAMESPACE".encode("utf-16-le")) - 20
    behind = end + int.from_bytes(PAYLOAD[end : end + 4], "little")
    data = patched((at, PAYLOAD[end:behind] + PAYLOAD[at:end]))
    assert decode_payload(data).warnings == ()
    with pytest.raises(IrregularError) as error:
        decode_payload(data, strict=True)
    assert (error.value.code, error.value.path) == ("W-DIFFERENT", "object[1].property[1]")
    assert error.value.offset_bytes == at


def test_bytes_behind_the_stream_and_another_version() -> None:
    codes = [odd.code for odd in decode(patched((4, 2), data=FILE) + b"rest").warnings]
    assert codes == ["W-CONSTANT", "W-TRAILING"]


def test_too_much_that_is_odd_is_refused() -> None:
    text = "class Demo_Fan {};" * (MAX_IRREGULARITIES + 1)
    data = bytearray(encode_payload(schema_of(text)))
    size = len(data) // (MAX_IRREGULARITIES + 1)
    for at in range(20, len(data), size):
        data[at + KIND] = 7
    with pytest.raises(BinaryFormatError, match="E-MANY"):
        decode_payload(bytes(data))


@pytest.mark.parametrize(("n_items", "is_read"), [(4, True), (5, False)])
def test_items_of_arrays_are_bounded(
    n_items: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of all arrays together: two bytes of the payload become hundreds as value and text."""
    letters = ", ".join(["'a'"] * n_items)
    schema = schema_of(f'instance of Fan {{ A = {{{letters}}}; B = {{"", ""}}; }};')
    payload = encode_payload(schema)
    monkeypatch.setattr("mofkit.bmf.values.MAX_ARRAY_ITEMS", 6)
    if is_read:
        assert decode_payload(payload).warnings == ()
    else:
        with pytest.raises(BinaryFormatError, match=r"E-MANY .*property\[1\].array: the arrays"):
            decode_payload(payload)


def test_an_empty_array_is_read_as_it_is_written() -> None:
    schema = schema_of("instance of Fan { Names = {}; };")
    assert decode_payload(encode_payload(schema), strict=True).schema == schema


@pytest.mark.parametrize("code", [0x2008, 0x6008, 0x2002, 0x2003])
def test_an_array_without_items_has_no_padding(code: int) -> None:
    payload = encode_payload(schema_of('instance of Fan { A = {""}; };'))
    array = struct.pack("<4IH", 20, 1, 1, 8, 0) + b"\0\0"
    at = payload.index(array)
    data = bytearray(payload)
    data[at + 8] = 0
    record = payload.rindex("A".encode("utf-16-le"), 0, at) - 20
    data[record + TYPE : record + TYPE + 4] = struct.pack("<I", code)
    assert [odd.code for odd in decode_payload(bytes(data)).warnings] == ["W-PADDING"]


def test_every_code_of_the_payload_has_a_case() -> None:
    documented = set(re.findall(r"^- ([EW]-[A-Z]+):", findings.__doc__ or "", re.MULTILINE))
    tried = {code for code, *_ in [*REFUSED, *ODD]}
    elsewhere = {"E-MAGIC", "E-DEPTH", "E-MANY", "W-SKIPPED", "W-DIFFERENT"}
    assert documented == tried | elsewhere


# ------------------------------------------------------------------------------------- depth


def nested(depth: int) -> Schema:
    found = CimInstance("Demo_Fan")
    for _ in range(depth - 1):
        found = CimInstance("Demo_Fan", (CimInstanceProperty("Inner", found),))
    return Schema((found,))


def test_depth_is_bounded() -> None:
    payload = encode_payload(nested(MAX_DEPTH))
    assert decode_payload(payload, strict=True).schema == nested(MAX_DEPTH)
    with pytest.raises(BuildError):
        encode_payload(nested(MAX_DEPTH + 2))


def test_objects_nested_deeper_are_refused() -> None:
    inner = encode_payload(nested(MAX_DEPTH))[20:]
    name = struct.pack("<5I", 28 + len(inner) + 8, 0x0D, 0, 8, 8 + len(inner)) + b"I\0n\0\0\0\0\0"
    record = name + inner + struct.pack("<2I", 8, 0)
    properties = struct.pack("<2I", 8 + len(record), 1) + record
    body = struct.pack("<2I", 8, 0) + properties + struct.pack("<2I", 8, 0)
    fields = (20 + len(body), 0, 8, 8 + len(properties), 1)
    data = struct.pack("<5I", *fields) + body
    payload = b"FOMB" + struct.pack("<4I", 20 + len(data), 1, 1, 1) + data
    with pytest.raises(BinaryFormatError, match="E-DEPTH"):
        decode_payload(payload, strict=True)
