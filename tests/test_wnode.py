"""WNODEs: the vectors, each rule of validation, and how data are laid out by their class."""

import json
import struct
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mofkit.binary import Annotation, BinaryFormatError, BuildError
from mofkit.wnode import (
    AllData,
    BlockValue,
    Direction,
    DynamicName,
    EventReference,
    MethodItem,
    SingleInstance,
    SingleItem,
    StaticIndex,
    TooSmall,
    Wnode,
    WnodeFlag,
    class_named,
    class_of_guid,
    decode,
    decode_block,
    decode_blocks,
    decode_chain,
    decode_item,
    decode_method,
    encode,
    encode_block,
    encode_chain,
    encode_item,
    encode_method,
    to_plain,
)
from mofkit.wnode.annotate import annotate
from tests.support import DATA, ROOT, corpus_files
from tests.support_wnode import FAN, class_from, declared, header, schema_of

FIXED = WnodeFlag.ALL_DATA | WnodeFlag.FIXED_INSTANCE_SIZE
ALL_DATA, SINGLE = WnodeFlag.ALL_DATA, WnodeFlag.SINGLE_INSTANCE
FLAGS, OFFSET_NAME, COUNT, NAME_OFFSETS, UNION = 44, 48, 52, 56, 60
ALL_DATA_OFFSET, SINGLE_OFFSET, SINGLE_SIZE = 48, 56, 60

STATIC_ONE = SingleInstance(header(SINGLE), StaticIndex(1), b"\x2a\0\0\0")
NAMED_ONE = SingleInstance(header(SINGLE, DynamicName("fan")), DynamicName("fan"), bytes(4))
ALL_FIXED = AllData(header(FIXED, ("a", "bc")), (b"\1" * 6, b"\2" * 6), ("a", "bc"))
ALL_VARIABLE = AllData(header(ALL_DATA), (b"\1" * 12, b"", b"\3"))
ITEM = SingleItem(header(WnodeFlag.SINGLE_ITEM), StaticIndex(2), 5, b"\1\0\0\0")
METHOD = MethodItem(header(WnodeFlag.METHOD_ITEM), StaticIndex(0), 3, b"")
REFERENCE = EventReference(header(WnodeFlag.EVENT_REFERENCE), FAN, 4096, StaticIndex(7))
TOO_SMALL = TooSmall(header(WnodeFlag.TOO_SMALL), 372)
EVERY: list[Wnode] = [
    STATIC_ONE,
    NAMED_ONE,
    ALL_FIXED,
    ALL_VARIABLE,
    ITEM,
    METHOD,
    REFERENCE,
    TOO_SMALL,
]


def patched(wnode: Wnode, *changes: tuple[int, int]) -> bytes:
    """Return the bytes of a WNODE with other ULONGs at some offsets."""
    data = bytearray(encode(wnode))
    for offset, value in changes:
        struct.pack_into("<I", data, offset, value)
    return bytes(data)


def flags_of(wnode: Wnode, *more: WnodeFlag) -> int:
    return int(wnode.header.flags | WnodeFlag(sum(more)))


def codes(wnode: Wnode) -> list[str]:
    return [warning.code for warning in wnode.warnings]


# ---------------------------------------------------------------------------------- vectors


@pytest.mark.parametrize("path", corpus_files("vectors/reginfo/wnode/*.json"))
def test_vectors(path: Path) -> None:
    vector = json.loads(path.read_bytes())
    for arch in ("x64", "x86"):
        data = path.with_suffix(f".{arch}.bin").read_bytes()
        if not vector["valid"]:
            with pytest.raises(BinaryFormatError) as caught:
                decode(data)
            assert caught.value.code == vector["rule"]
            assert annotate(data).error is not None
            continue
        expected = dict(vector["expect"])
        items = expected.pop("items_decl")
        schema, cim_class = declared(
            items,
            first_id=expected.get("item_id", 1),
            method_id=expected.get("method_id", 0),
        )
        wnode = decode(data)
        plain = to_plain(wnode, decode_blocks(wnode, schema, cim_class))
        assert {key: plain[key] for key in expected} == expected
        assert plain["warnings"] == []
        assert encode(wnode) == data
        check_covers(annotate(data, schema=schema, class_name="Block"))


@pytest.mark.corpus
def test_vectors_have_every_data_block_that_they_declare(shared: Path) -> None:
    """What `encode_block` writes is what the compiler laid out."""
    n_blocks = 0
    for path in (shared / "vectors/reginfo/wnode").glob("w_*.json"):
        expected = json.loads(path.read_bytes())["expect"]
        wnode = decode(path.with_suffix(".x64.bin").read_bytes())
        if not isinstance(wnode, AllData | SingleInstance) or "toaster" in str(wnode):
            continue  # the toaster's string has a NUL, which we do not write
        schema, cim_class = declared(expected["items_decl"])
        for block, data in zip(
            decode_blocks(wnode, schema, cim_class),
            wnode.instances if isinstance(wnode, AllData) else [wnode.data],
            strict=True,
        ):
            assert block is not None
            assert encode_block(schema, cim_class, block.values) == data
            n_blocks += 1
    assert n_blocks


# ----------------------------------------------------------------------------------- layout


@pytest.mark.parametrize("wnode", EVERY)
def test_a_wnode_survives_its_bytes(wnode: Wnode) -> None:
    assert decode(encode(wnode)) == wnode
    assert codes(decode(encode(wnode))) == []


@pytest.mark.parametrize(
    ("wnode", "n_bytes"),
    [(STATIC_ONE, 68), (ITEM, 76), (METHOD, 72), (REFERENCE, 72), (TOO_SMALL, 56)],
)
def test_how_large_a_wnode_is(wnode: Wnode, n_bytes: int) -> None:
    assert len(encode(wnode)) == n_bytes


def test_instances_of_a_fixed_size_are_8_apart_and_the_last_one_is_not_padded() -> None:
    wnode = AllData(header(FIXED), (b"\1" * 6, b"\2" * 6))
    assert encode(wnode)[64:] == b"\1" * 6 + bytes(2) + b"\2" * 6


def test_many_empty_instances_make_a_wnode_as_large_as_their_number() -> None:
    wnode = AllData(header(FIXED), (b"",) * 1000)
    assert len(encode(wnode)) == 1000
    assert decode(encode(wnode)) == wnode


def test_names_and_data_may_stand_anywhere() -> None:
    """A gap, the name behind the data, data on 16 as KMDF has them, bytes behind BufferSize."""
    data = bytearray(patched(NAMED_ONE, (0, 90), (OFFSET_NAME, 84), (SINGLE_OFFSET, 80)))
    data = data[:64] + bytes(16) + b"\7\0\0\0" + struct.pack("<H", 4) + b"f\0!\0" + b"rest"
    wnode = decode(bytes(data))
    assert wnode == replace(NAMED_ONE, name=DynamicName("f!"), data=b"\7\0\0\0")
    assert codes(wnode) == []


def test_nuls_that_a_name_counts_are_left_out() -> None:
    data = bytearray(encode(NAMED_ONE))
    data[66:72] = "f\0\0".encode("utf-16-le")
    assert decode(bytes(data)) == replace(NAMED_ONE, name=DynamicName("f"))


def test_an_instance_without_data_may_have_any_offset() -> None:
    assert decode(patched(ALL_VARIABLE, (UNION + 8, 0xFFFFFFFF))) == ALL_VARIABLE
    assert decode(patched(METHOD, (60, 0xFFFFFFFF))) == METHOD


def test_a_too_small_of_52_bytes() -> None:
    assert decode(patched(TOO_SMALL, (0, 52))[:52]) == TOO_SMALL


def test_unknown_flags_and_severity_are_kept() -> None:
    wnode = decode(patched(REFERENCE, (FLAGS, flags_of(REFERENCE) | 0x2A001800)))
    assert int(wnode.header.flags) == flags_of(REFERENCE) | 0x2A001800
    assert wnode.header.severity == 0x2A


# ------------------------------------------------------------------------------------ errors

UNFIT: list[tuple[Wnode, WnodeFlag]] = [
    (METHOD, WnodeFlag.EVENT_ITEM),
    (REFERENCE, WnodeFlag.EVENT_ITEM),
    (TOO_SMALL, WnodeFlag.EVENT_ITEM),
    (STATIC_ONE, WnodeFlag.FIXED_INSTANCE_SIZE),
    (ITEM, WnodeFlag.INSTANCES_SAME),
]
BAD = [
    pytest.param(encode(STATIC_ONE)[:47], "E-WHEADER", 0, "WNODE_HEADER", id="header"),
    pytest.param(encode(STATIC_ONE)[:63], "E-WHEADER", 0, "WNODE_SINGLE_INSTANCE", id="fixed"),
    pytest.param(patched(ALL_FIXED)[:63], "E-WHEADER", 0, "WNODE_ALL_DATA", id="fixed-all-data"),
    pytest.param(patched(REFERENCE)[:71], "E-WHEADER", 0, "WNODE_EVENT_REFERENCE", id="reference"),
    pytest.param(
        patched(STATIC_ONE, (0, 69)),
        "E-WSIZE",
        0,
        "WNODE_SINGLE_INSTANCE.WnodeHeader.BufferSize",
        id="size-too-large",
    ),
    pytest.param(
        patched(STATIC_ONE, (0, 63)),
        "E-WSIZE",
        0,
        "WNODE_SINGLE_INSTANCE.WnodeHeader.BufferSize",
        id="size-too-small",
    ),
    pytest.param(patched(STATIC_ONE, (FLAGS, 0x80)), "E-WTYPE", 44, "WNODE_HEADER.Flags"),
    pytest.param(patched(STATIC_ONE, (FLAGS, 0x8082)), "E-WTYPE", 44, "WNODE_HEADER.Flags"),
    pytest.param(patched(STATIC_ONE, (FLAGS, 0x20000)), "E-WTYPE", 44, "WNODE_HEADER.Flags"),
    *(
        pytest.param(
            patched(wnode, (FLAGS, flags_of(wnode, flag))),
            "E-WFLAGS",
            44,
            f"WNODE_{wnode.header.type.name}.WnodeHeader.Flags",
            id=f"{wnode.header.type.name}-{flag.name}",
        )
        for wnode, flag in UNFIT
    ),
    pytest.param(
        patched(ALL_FIXED, (COUNT, 9)), "E-WCOUNT", 52, "WNODE_ALL_DATA.InstanceCount", id="stride"
    ),
    pytest.param(
        patched(ALL_VARIABLE, (COUNT, 0x20000000)),
        "E-WCOUNT",
        52,
        "WNODE_ALL_DATA.InstanceCount",
        id="times-8-wraps",
    ),
    pytest.param(
        patched(ALL_FIXED, (NAME_OFFSETS, 92)),
        "E-WCOUNT",
        52,
        "WNODE_ALL_DATA.InstanceCount",
        id="name-offsets",
    ),
    pytest.param(
        patched(STATIC_ONE, (SINGLE_OFFSET, 56)),
        "E-WDATA",
        56,
        "WNODE_SINGLE_INSTANCE.DataBlockOffset",
        id="data-in-the-fixed-part",
    ),
    pytest.param(
        patched(STATIC_ONE, (SINGLE_OFFSET, 0xFFFFFFFC)),
        "E-WDATA",
        56,
        "WNODE_SINGLE_INSTANCE.DataBlockOffset",
        id="data-wraps",
    ),
    pytest.param(
        patched(STATIC_ONE, (SINGLE_SIZE, 5)),
        "E-WDATA",
        60,
        "WNODE_SINGLE_INSTANCE.SizeDataBlock",
        id="data-too-long",
    ),
    pytest.param(
        patched(ALL_FIXED, (ALL_DATA_OFFSET, 56)),
        "E-WDATA",
        48,
        "WNODE_ALL_DATA.DataBlockOffset",
        id="fixed-in-the-fixed-part",
    ),
    pytest.param(
        patched(ALL_VARIABLE, (UNION, 80)),
        "E-WDATA",
        60,
        "WNODE_ALL_DATA.OffsetInstanceDataAndLength[0].OffsetInstanceData",
        id="data-in-the-array",
    ),
    pytest.param(
        patched(ALL_VARIABLE, (UNION + 20, 2)),
        "E-WDATA",
        80,
        "WNODE_ALL_DATA.OffsetInstanceDataAndLength[2].LengthInstanceData",
        id="instance-too-long",
    ),
    pytest.param(
        patched(NAMED_ONE, (OFFSET_NAME, 0)),
        "E-WNAME",
        48,
        "WNODE_SINGLE_INSTANCE.OffsetInstanceName",
        id="name-in-the-header",
    ),
    pytest.param(
        patched(NAMED_ONE, (OFFSET_NAME, 0xFFFFFFFE)),
        "E-WNAME",
        48,
        "WNODE_SINGLE_INSTANCE.OffsetInstanceName",
        id="name-past-the-end",
    ),
    pytest.param(
        patched(NAMED_ONE, (64, 5)), "E-WNAME", 64, "WNODE_SINGLE_INSTANCE.InstanceName", id="odd"
    ),
    pytest.param(
        patched(NAMED_ONE, (64, 16)), "E-WNAME", 64, "WNODE_SINGLE_INSTANCE.InstanceName", id="long"
    ),
    pytest.param(
        patched(ALL_FIXED, (84, 0xFFFF)),
        "E-WNAME",
        84,
        "WNODE_ALL_DATA.InstanceNameOffsets[1]",
        id="name-of-all-data",
    ),
    pytest.param(
        patched(NAMED_ONE, (OFFSET_NAME, 65)),
        "E-WALIGN",
        48,
        "WNODE_SINGLE_INSTANCE.OffsetInstanceName",
        id="name-offset-odd",
    ),
]


@pytest.mark.parametrize(("data", "code", "offset", "path"), BAD)
def test_what_is_refused_and_where(data: bytes, code: str, offset: int, path: str) -> None:
    with pytest.raises(BinaryFormatError) as caught:
        decode(data)
    error = caught.value
    assert (error.code, error.offset_bytes, error.path) == (code, offset, path)
    assert annotate(data).error is not None


def test_data_off_8_are_read_with_a_warning() -> None:
    data = encode(replace(STATIC_ONE, data=bytes(12)))
    moved = data[:56] + struct.pack("<II", 68, 8) + data[64:]
    (warning,) = decode(moved).warnings
    assert str(warning) == (
        "W-WALIGN8 at 0x38, WNODE_SINGLE_INSTANCE.DataBlockOffset: 0x44 is no multiple of 8"
    )


def bounded(read: Callable[[], object], max_bytes: int = 20_000_000) -> None:
    """Run `read`, which must be refused, and must not take more than some megabytes."""
    tracemalloc.start()
    try:
        with pytest.raises(BinaryFormatError):
            read()
        assert tracemalloc.get_traced_memory()[1] < max_bytes
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [0, 1, 8, 0xFFFFFFFF])
@pytest.mark.parametrize("flags", [flags_of(ALL_FIXED), flags_of(ALL_VARIABLE), 0x91])
def test_a_huge_count_costs_nothing(flags: int, size: int) -> None:
    data = patched(ALL_FIXED, (FLAGS, flags), (COUNT, 0xFFFFFFFF), (UNION, size))
    bounded(lambda: decode(data))


def test_instances_on_top_of_each_other_do_not_multiply() -> None:
    """40,000 entries that all name the same 300 KB would be 12 GB."""
    count, size = 40_000, 300_000
    start = 60 + 8 * count + 4
    entries = struct.pack("<II", start, size) * count
    data = bytearray(encode(ALL_VARIABLE)[:60] + entries + bytes(4 + size))
    struct.pack_into("<I", data, 0, len(data))
    struct.pack_into("<I", data, COUNT, count)
    bounded(lambda: decode(bytes(data)))


def test_names_on_top_of_each_other_do_not_multiply() -> None:
    """Every second byte starts a name of 64 KB; those that are read come to 64 MiB."""
    count = 100_000
    offsets = struct.pack(f"<{count}I", *range(64 + 4 * count, 64 + 6 * count, 2))
    data = bytearray(encode(ALL_FIXED)[:64] + offsets + b"\xfe\xff" * (count + 0x8000))
    for at, value in [(0, len(data)), (COUNT, count), (NAME_OFFSETS, 64), (UNION, 0)]:
        struct.pack_into("<I", data, at, value)
    bounded(lambda: decode(bytes(data)), max_bytes=100_000_000)


def with_shared_names(count: int, name: str) -> bytes:
    """A WNODE_ALL_DATA of instances without data that all have one name."""
    text = name.encode("utf-16-le")
    start = 64 + 4 * count
    body = struct.pack("<I", start) * count + struct.pack("<H", len(text)) + text
    data = bytearray(encode(ALL_FIXED)[:64] + body)
    for at, value in [(0, len(data)), (COUNT, count), (NAME_OFFSETS, 64), (UNION, 0)]:
        struct.pack_into("<I", data, at, value)
    return bytes(data)


def with_shared_data(count: int, data: bytes) -> bytes:
    """A WNODE_ALL_DATA of instances that all name the same data."""
    start = -(-(60 + 8 * count) // 8) * 8
    array = struct.pack("<II", start, len(data)) * count
    found = bytearray((encode(ALL_VARIABLE)[:60] + array).ljust(start, b"\0") + data)
    struct.pack_into("<I", found, 0, len(found))
    struct.pack_into("<I", found, COUNT, count)
    return bytes(found)


def test_instances_may_share_a_name() -> None:
    data = with_shared_names(500, "Disk drive 0")
    wnode = decode(data)
    assert isinstance(wnode, AllData)
    assert wnode.names == ("Disk drive 0",) * 500
    annotation = annotate(data)
    assert annotation.error is None
    (name,) = [field for field in annotation.fields if field.type == "counted string"]
    assert name.path == "WNODE_ALL_DATA.InstanceName[0]"
    assert len(name.also_paths) == 499


def test_instances_may_share_their_data() -> None:
    data = with_shared_data(500, b"\x2a" * 200)
    wnode = decode(data)
    assert isinstance(wnode, AllData)
    assert wnode.instances == (b"\x2a" * 200,) * 500
    assert annotate(data).error is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_shared_names(1100, "F" * 32_000), "E-WNAME"),
        (with_shared_data(200, bytes(400_000)), "E-WDATA"),
    ],
)
def test_what_is_shared_comes_to_64_mib_at_most(data: bytes, code: str) -> None:
    with pytest.raises(BinaryFormatError, match="more than 64 MiB") as caught:
        decode(data)
    assert caught.value.code == code


def test_the_wnodes_of_a_chain_share_the_bound() -> None:
    one = bytearray(with_shared_names(600, "F" * 32_000))
    one += bytes(-len(one) % 8)
    struct.pack_into("<I", one, 12, len(one))
    assert isinstance(decode(bytes(one)), AllData)
    with pytest.raises(BinaryFormatError, match=r"E-WNAME at .* WNODE_ALL_DATA\[1\]"):
        decode_chain(bytes(one) * 2)


def test_overlapping_data_are_explained_to_some_extent() -> None:
    """20,000 names of 64 KB on top of each other, in 300 KB."""
    count = 20_000
    offsets = struct.pack(f"<{count}I", *range(64 + 4 * count, 64 + 6 * count, 2))
    data = bytearray(encode(ALL_FIXED)[:64] + offsets + b"\xfe\x7f" * (count + 0x4100))
    for at, value in [(0, len(data)), (COUNT, count), (NAME_OFFSETS, 64), (UNION, 0)]:
        struct.pack_into("<I", data, at, value)
    annotation = annotate(bytes(data))
    assert annotation.left_out
    assert sum(field.length_bytes for field in annotation.fields) < 3 * len(data)


# ------------------------------------------------------------------------------------ chains


def test_a_chain_is_its_wnodes() -> None:
    data = encode_chain([ALL_FIXED, ALL_VARIABLE, ALL_FIXED])
    assert decode_chain(data) == (ALL_FIXED, ALL_VARIABLE, ALL_FIXED)
    first = decode(data)
    assert (first.header.linkage, codes(first)) == (104, [])
    annotation = annotate(data)
    assert annotation.fields[0].path == "WNODE_ALL_DATA[0].WnodeHeader.BufferSize"
    assert annotation.error is None
    check_covers(annotation)


def test_an_error_in_a_chain_has_its_place_in_the_buffer() -> None:
    data = bytearray(encode_chain([ALL_VARIABLE, ALL_VARIABLE]))
    second = decode(bytes(data)).header.linkage
    struct.pack_into("<I", data, second + COUNT, 99)
    with pytest.raises(BinaryFormatError) as caught:
        decode_chain(bytes(data))
    assert caught.value.offset_bytes == second + COUNT
    assert caught.value.path == "WNODE_ALL_DATA[1].InstanceCount"
    assert annotate(bytes(data)).error is not None


@pytest.mark.parametrize("linkage", [1, 8, 97, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_linkage_that_goes_astray_ends_the_chain(linkage: int) -> None:
    data = patched(ALL_VARIABLE, (12, linkage))
    assert decode_chain(data) == (ALL_VARIABLE,)
    assert codes(decode_chain(data)[0]) == codes(decode(data)) == ["W-WLINK"]


def test_only_all_data_has_a_linkage() -> None:
    assert codes(decode(patched(STATIC_ONE, (12, 1)))) == []


def test_a_chain_sets_linkage_itself() -> None:
    linked = replace(ALL_FIXED, header=replace(ALL_FIXED.header, historical_context=8 << 32))
    with pytest.raises(BuildError, match="W-WLINK"):
        encode_chain([linked])
    with pytest.raises(BuildError, match="at least one"):
        encode_chain([])


# ----------------------------------------------------------------------------------- encoder


def with_flags(wnode: Wnode, flags: int) -> Wnode:
    return replace(wnode, header=replace(wnode.header, flags=WnodeFlag(flags)))


@pytest.mark.parametrize(
    ("wnode", "code"),
    [
        (with_flags(STATIC_ONE, 0x80), "E-WTYPE"),
        (with_flags(STATIC_ONE, 0x83), "E-WTYPE"),
        (with_flags(STATIC_ONE, 0x81), "E-WTYPE"),
        (with_flags(STATIC_ONE, 0xC2), "E-WFLAGS"),
        (with_flags(STATIC_ONE, 2), "E-WFLAGS"),
        (with_flags(NAMED_ONE, 0x82), "E-WFLAGS"),
        (with_flags(ALL_FIXED, 0x91), "E-WFLAGS"),
        (replace(ALL_FIXED, names=("a",)), "E-WCOUNT"),
        (replace(ALL_FIXED, instances=(b"1", b"")), "E-WDATA"),
        (replace(NAMED_ONE, name=DynamicName("a\0")), "E-WNAME"),
        (replace(NAMED_ONE, name=DynamicName("a" * 32768)), "E-WNAME"),
        (replace(ALL_FIXED, names=("a", "\0")), "E-WNAME"),
        (replace(STATIC_ONE, name=StaticIndex(-1)), "E-WHEADER"),
        (replace(REFERENCE, name=StaticIndex(1 << 32)), "E-WSIZE"),
        (replace(ITEM, item_id=1 << 32), "E-WHEADER"),
        (replace(TOO_SMALL, header=replace(TOO_SMALL.header, timestamp=1 << 64)), "E-WHEADER"),
    ],
)
def test_what_cannot_be_written(wnode: Wnode, code: str) -> None:
    with pytest.raises(BuildError) as caught:
        encode(wnode)
    assert caught.value.code == code


# ------------------------------------------------------------------------------------ blocks


def test_the_nine_scalars_take_32_bytes() -> None:
    """As measured with the compiler, as a block and as an embedded class."""
    words = "boolean uint8 uint16 uint32 uint64 sint8 sint16 sint32 sint64".split()
    items = [f"{word} x{word}" for word in words]
    schema, cim_class = declared(items)
    values: dict[str, BlockValue] = {f"x{word}": word == "boolean" for word in words}
    values |= {f"x{word}": i + 1 for i, word in enumerate(words) if i}
    data = encode_block(schema, cim_class, values)
    block = decode_block(schema, cim_class, data)
    assert len(data) == 32
    assert [item.offset_bytes for item in block.items] == [0, 1, 2, 4, 8, 16, 18, 20, 24]
    assert block.values == values
    schema, cim_class = declared(["uint8 a", f"Nine b[2] {{{';'.join(items)}}}", "uint8 c"])
    found = decode_block(schema, cim_class, bytes(73))
    assert [item.offset_bytes for item in found.items] == [0, 8, 72]


def test_ids_give_the_order_and_the_required_items_are_left_out() -> None:
    schema, cim_class = class_from(
        "class Base { string InstanceName; [WmiDataId(2)] uint16 B; uint8 NoId; };"
        "class Block : Base { [WmiDataId(9)] boolean ACTIVE; [WmiDataId(3)] uint8 C;"
        " [WmiDataId(1)] uint8 A; [WmiDataId(2), Read] uint16 b; };"
    )
    block = decode_block(schema, cim_class, b"\1\0\2\0\3", offset_bytes=100)
    assert block.values == {"A": 1, "b": 2, "C": 3}
    assert [(item.offset_bytes, item.length_bytes) for item in block.items] == [
        (100, 1),
        (102, 2),
        (104, 1),
    ]


def test_no_padding_behind_a_block_and_up_to_7_bytes_read_as_such() -> None:
    schema, cim_class = declared(["uint64 a", "uint8 b"])
    data = encode_block(schema, cim_class, {"a": 1, "b": 2})
    assert len(data) == 9
    assert decode_block(schema, cim_class, data + bytes(7)).warnings == ()
    (warning,) = decode_block(schema, cim_class, data + bytes(8)).warnings
    assert (warning.code, warning.offset_bytes) == ("W-WTRAILING", 9)


def test_strings() -> None:
    """A fixed field: the count covers the padding, and the next item stands behind that."""
    schema, cim_class = class_from(
        "class Block { [WmiDataId(1), MaxLen(3)] string A; [WmiDataId(2)] string B[2];"
        "[WmiDataId(3)] datetime C; [WmiDataId(4)] uint32 D; };"
    )
    when = "20240229123456.******+060"
    data = b"\6\0f\0\0\0\0\0" + b"\0\0" + b"\2\0g\0" + when.encode("utf-16-le") + b"\1\0\0\0"
    block = decode_block(schema, cim_class, data)
    assert block.values == {"A": "f", "B": ["", "g"], "C": when, "D": 1}
    assert encode_block(schema, cim_class, block.values) == b"\2\0f\0" + data[8:]


def test_max_of_the_compiled_class_is_a_fixed_array() -> None:
    schema, cim_class = class_from(
        'class Block { [WmiDataId(1), MAX(3)] uint16 A[]; [WmiDataId(2), MAX(9), WmiSizeIs("N")]'
        " uint8 B[]; [WmiDataId(0)] uint16 N; };"
    )
    values: dict[str, BlockValue] = {"N": 2, "A": [1, 2, 3], "B": [4, 5]}
    data = encode_block(schema, cim_class, values)
    assert data == b"\2\0\1\0\2\0\3\0\4\5"
    assert decode_block(schema, cim_class, data).values == values


def test_an_empty_array_with_and_without_its_padding() -> None:
    schema, cim_class = declared(["uint32 n", "uint64 a[n]"])
    for data in (bytes(4), bytes(8)):
        assert decode_block(schema, cim_class, data).values == {"n": 0, "a": []}
    assert encode_block(schema, cim_class, {"n": 0, "a": []}) == bytes(4)
    schema, cim_class = declared(["uint32 n", "uint64 a[n]", "uint32 b"])
    expected: dict[str, BlockValue] = {"n": 0, "a": [], "b": 1}
    assert encode_block(schema, cim_class, expected) == bytes(8) + b"\1\0\0\0"
    for data in (bytes(8) + b"\1\0\0\0", bytes(4) + b"\1\0\0\0"):
        assert decode_block(schema, cim_class, data).values == expected
    with pytest.raises(BinaryFormatError, match=r"E-WITEM at 0x8, Block.b: 4 bytes"):
        decode_block(schema, cim_class, bytes(7))


@pytest.mark.parametrize(
    ("items", "data", "message"),
    [
        (["uint8 a", "uint32 b"], bytes(7), "E-WITEM at 0x4, Block.b: 4 bytes at 4 run past the 7"),
        (["string a"], b"\3\0abc", "E-WITEM at 0x0, Block.a: the length 3 is odd"),
        (["string a"], b"\4\0ab", "E-WITEM at 0x2, Block.a: 4 bytes at 2 run past"),
        (["datetime a"], bytes(49), "E-WITEM at 0x0, Block.a: 50 bytes"),
        (["uint32 a[3]"], bytes(11), "E-WITEM at 0x0, Block.a: 12 bytes"),
        (["In a[2] {uint16 b; uint8 c}"], bytes(7), "E-WITEM at 0x7, Block.a[1]: 1 bytes"),
        (["sint8 n", "uint8 a[n]"], b"\xff", "E-WSIZEIS at 0x1, Block.a: n is -1"),
        (["uint32 n", "uint8 a[n]"], b"\xff" * 8, "E-WITEM at 0x4, Block.a: 4294967295 elements"),
        (["uint64 n", "string a[n]"], b"\xff" * 9, "E-WITEM at 0x8, Block.a: 184467440737095"),
        (["uint8 a[n]", "uint8 n"], bytes(9), "E-WSIZEIS at 0x0, Block.a: no item n stands"),
        (["uint8 a[m]"], bytes(9), "E-WSIZEIS at 0x0, Block.a: no item m stands"),
        (["string n", "uint8 a[n]"], bytes(9), "E-WSIZEIS at 0x2, Block.a: n is no integer"),
        (["boolean n", "uint8 a[n]"], bytes(9), "E-WSIZEIS at 0x1, Block.a: n is no integer"),
        (["uint8 n[2]", "uint8 a[n]"], bytes(9), "E-WSIZEIS at 0x2, Block.a: n is no integer"),
        (["real32 a"], bytes(9), "E-WITEM at 0x0, Block.a: real32 is no type"),
        (["uint8 n", "real64 a[n]"], bytes(9), "E-WITEM at 0x1, Block.a: real64 is no type"),
        (["char16 a"], bytes(9), "E-WITEM at 0x0, Block.a: char16 is no type"),
        (["object a"], bytes(9), "E-WITEM at 0x0, Block.a: object is no type"),
        (["Missing a"], bytes(9), "E-WITEM at 0x0, Block.a: class Missing is not declared"),
        (["Block a"], bytes(9), "E-WITEM at 0x0, Block.a: class Block embeds itself"),
        (["uint8 n", "Block a[n]"], b"\1", "E-WITEM at 0x1, Block.a: class Block embeds itself"),
    ],
)
def test_data_that_the_class_does_not_bear_out(items: list[str], data: bytes, message: str) -> None:
    schema, cim_class = declared(items)
    with pytest.raises(BinaryFormatError) as caught:
        decode_block(schema, cim_class, data)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "values", "reason"),
    [
        ("class Block { [WmiDataId(1)] Block ref A; };", {"A": 0}, "A: ref is no type"),
        ("class Block { [WmiDataId(1)] uint8 A[]; };", {"A": []}, "A: an array with neither"),
        ("class Block { [WmiDataId(1), MAX(0)] uint8 A[]; };", {"A": []}, "A: an array of 0"),
        ("class Block { [WmiDataId(1), WmiSizeIs] uint8 A[]; };", {"A": []}, "A: WmiSizeIs names"),
        (
            "class Block { [WmiDataId(1)] uint8 A; [WmiDataId(1)] uint8 B; };",
            {"A": 0, "B": 0},
            "B: has the id 1, as A has",
        ),
        (
            "class In { uint8 NoId; }; class Block { [WmiDataId(1)] In A; };",
            {"A": {}},
            "A: class In has no WmiDataId",
        ),
        (
            "class In { [WmiDataId(1)] Block B; }; class Block { [WmiDataId(1)] In A; };",
            {"A": {"B": {}}},
            "A.B: class Block embeds itself",
        ),
    ],
)
def test_a_class_that_cannot_be_laid_out(text: str, values: Any, reason: str) -> None:
    schema, cim_class = class_from(text)
    with pytest.raises(BinaryFormatError, match=f"Block.{reason}"):
        decode_block(schema, cim_class, bytes(100))
    with pytest.raises(BuildError, match=f"Block.{reason}"):
        encode_block(schema, cim_class, values)


def test_classes_embedded_deeply_are_refused() -> None:
    inner = "".join(f"class C{i} {{ [WmiDataId(1)] C{i - 1} A; }};" for i in range(1, 2000))
    schema, cim_class = class_from("class C0 { [WmiDataId(1)] uint8 A; };" + inner)
    with pytest.raises(BinaryFormatError, match="more than 64 deep"):
        decode_block(schema, cim_class, bytes(100))


def test_a_count_of_2_32_costs_nothing() -> None:
    for element in ("uint64 a[n]", "string a[n]", "In a[n] {uint8 b}", "In a[n] {uint64 b[9]}"):
        schema, cim_class = declared(["uint32 n", element])
        data = b"\xff" * 4 + bytes(64)
        bounded(lambda s=schema, c=cim_class, d=data: decode_block(s, c, d))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("items", "values", "message"),
    [
        (["uint8 a"], {}, "E-WITEM, Block.a: has no value"),
        (["uint8 a"], {"a": 1, "b": 2}, "E-WITEM, Block: there is no item b"),
        (["uint8 a"], {"a": 256}, "E-WITEM, Block.a: 256 is no uint8"),
        (["sint8 a"], {"a": -129}, "E-WITEM, Block.a: -129 is no sint8"),
        (["uint8 a"], {"a": True}, "E-WITEM, Block.a: True is no integer"),
        (["boolean a"], {"a": 1}, "E-WITEM, Block.a: 1 is no boolean"),
        (["string a"], {"a": 1}, "E-WITEM, Block.a: 1 is no text"),
        (["string a"], {"a": "x\0"}, "E-WITEM, Block.a: ends in NUL"),
        (["string a"], {"a": "x" * 32768}, "E-WITEM, Block.a: has 32768 UTF-16 units"),
        (["datetime a"], {"a": "2024"}, "E-WITEM, Block.a: has 4 UTF-16 units"),
        (["uint8 a[2]"], {"a": [1]}, "E-WITEM, Block.a: the array has 2 elements, the list has 1"),
        (["uint8 a[2]"], {"a": 1}, "E-WITEM, Block.a: 1 is no list"),
        (["In a {uint8 b}"], {"a": 1}, "E-WITEM, Block.a: 1 has no items"),
        (["In a {uint8 b}"], {"a": {"b": "x"}}, "E-WITEM, Block.a.b: 'x' is no integer"),
        (["uint8 n", "uint8 a[n]"], {"n": 2, "a": [1]}, "E-WSIZEIS, Block.a: n is 2, the list has"),
    ],
)
def test_values_that_cannot_be_written(items: list[str], values: Any, message: str) -> None:
    schema, cim_class = declared(items)
    with pytest.raises(BuildError) as caught:
        encode_block(schema, cim_class, values)
    assert str(caught.value).startswith(message)


# ------------------------------------------------------------------------- items and methods


def test_a_single_item_stands_as_at_the_start_of_a_block() -> None:
    schema, cim_class = declared(["uint8 a", "uint64 b", "uint8 c[a]"])
    data = encode_item(schema, cim_class, 2, {"b": 5})
    assert data == b"\5" + bytes(7)
    assert decode_item(schema, cim_class, 2, data).values == {"b": 5}
    with pytest.raises(BinaryFormatError, match="no item has WmiDataId 9"):
        decode_item(schema, cim_class, 9, data)
    with pytest.raises(BuildError, match="no item has WmiDataId 9"):
        encode_item(schema, cim_class, 9, {})
    with pytest.raises(BinaryFormatError, match="E-WSIZEIS"):
        decode_item(schema, cim_class, 3, data)


def test_parameters_of_each_direction_by_id() -> None:
    schema, cim_class = class_from(
        "class Base { [WmiMethodId(4)] void Go([out, ID(2)] uint8 C, [in, ID(1)] uint8 A,"
        " [in, out, ID(0)] uint16 B); };"
        "class Block : Base { [WmiMethodId(5)] void Plain(uint8 A, [in(FALSE), out] uint16 B); };"
    )
    both: dict[str, tuple[int, dict[str, BlockValue], bytes]] = {
        "input": (4, {"B": 1, "A": 2}, b"\1\0\2"),
        "output": (4, {"B": 1, "C": 3}, b"\1\0\3"),
    }
    for direction, (method_id, values, data) in both.items():
        assert encode_method(schema, cim_class, method_id, values, direction) == data
        block = decode_method(schema, cim_class, method_id, data, direction)
        assert (block.name, block.values) == ("Block.Go", values)
    assert decode_method(schema, cim_class, 5, b"\1").values == {"A": 1}
    assert decode_method(schema, cim_class, 5, b"\1\0", Direction.OUTPUT).values == {"B": 1}
    with pytest.raises(BinaryFormatError, match="no method has WmiMethodId 1"):
        decode_method(schema, cim_class, 1, b"")
    with pytest.raises(BuildError, match="no method has WmiMethodId 1"):
        encode_method(schema, cim_class, 1, {})


def test_a_parameter_without_id_among_some_with() -> None:
    schema, cim_class = class_from(
        "class Block { [WmiMethodId(4)] void Go([in, ID(0)] uint8 A, [in] uint8 B); };"
    )
    with pytest.raises(BinaryFormatError, match=r"Block\.Go\.B: other parameters"):
        decode_method(schema, cim_class, 4, bytes(2))


def test_what_the_class_lacks_is_said_at_its_id() -> None:
    schema, cim_class = declared(["uint8 a"])
    cases: list[tuple[Wnode, str]] = [
        (ITEM, "WNODE_SINGLE_ITEM.ItemId: class Block has no item with WmiDataId 5"),
        (METHOD, "WNODE_METHOD_ITEM.MethodId: class Block has no method with WmiMethodId 3"),
    ]
    for wnode, path in cases:
        with pytest.raises(BinaryFormatError, match=f"E-WITEM at 0x38, {path}"):
            decode_blocks(wnode, schema, cim_class)


def test_pointers_are_not_read_as_items() -> None:
    schema, cim_class = declared(["uint8 a"])
    wnode = with_flags(STATIC_ONE, flags_of(STATIC_ONE, WnodeFlag.USE_MOF_PTR))
    with pytest.raises(BinaryFormatError, match="MOF_FIELD"):
        decode_blocks(wnode, schema, cim_class)


def test_an_instance_that_could_not_be_queried_has_no_block() -> None:
    schema, cim_class = declared(["uint8 a"])
    wnode = replace(ALL_VARIABLE, instances=(b"\1", b""))
    first, second = decode_blocks(wnode, schema, cim_class)
    assert first is not None
    assert second is None
    assert to_plain(wnode, (first, second))["instances"] == [{"a": 1}, None]


# ---------------------------------------------------------------------------------- the fan

FAN_VALUES: dict[str, BlockValue] = {
    "LastStart": 133000000000000000,
    "Rpm": 900,
    "State": 1,
    "Faults": 0x102,
    "AirTemperatures": [215, -40, 216, 220],
    "CurvePoints": 2,
    "Label": "left",
    "Curve": [{"Temperature": -5, "Rpm": 0}, {"Temperature": 40, "Rpm": 1200}],
}


def fan_wnode() -> tuple[SingleInstance, bytes]:
    schema = schema_of((ROOT / "samples/fan_driver.mof").read_text())
    cim_class = class_named(schema, "fenwick_fan")
    assert cim_class is not None
    name = DynamicName("Fan 1")
    wnode = SingleInstance(header(SINGLE, name), name, encode_block(schema, cim_class, FAN_VALUES))
    return wnode, encode(wnode)


def test_the_fan_driver_of_the_samples() -> None:
    schema = schema_of((ROOT / "samples/fan_driver.mof").read_text())
    wnode, _ = fan_wnode()
    cim_class = class_of_guid(schema, FAN)
    assert cim_class is not None
    (block,) = decode_blocks(wnode, schema, cim_class)
    assert block is not None
    assert block.values == FAN_VALUES
    assert to_plain(wnode, [block])["items"]["LastStart"] == "0x01D882CB9B208000"
    control = class_named(schema, "Fenwick_FanControl")
    assert control is not None
    data = encode_method(schema, control, 3, {"EntryCount": 1, "Entries": [7]}, "output")
    assert data == b"\1" + bytes(7) + b"\7" + bytes(7)


def test_annotation_of_the_fan(golden: Callable[[Path, str], None]) -> None:
    _, data = fan_wnode()
    schema = schema_of((ROOT / "samples/fan_driver.mof").read_text())
    annotation = annotate(data, schema=schema)
    check_covers(annotation)
    golden(DATA / "wnode/fan.txt", shown(annotation))


def test_annotation_of_broken_bytes(golden: Callable[[Path, str], None]) -> None:
    annotation = annotate(patched(ALL_FIXED, (84, 0xFFFF)))
    golden(DATA / "wnode/broken.txt", shown(annotation))


def test_annotation_up_to_a_broken_item() -> None:
    wnode, _ = fan_wnode()
    schema = schema_of((ROOT / "samples/fan_driver.mof").read_text())
    annotation = annotate(encode(replace(wnode, data=wnode.data[:-1])), schema=schema)
    assert annotation.error is not None
    assert annotation.error.path == "WNODE_SINGLE_INSTANCE.Data.Curve[1].Rpm"
    assert annotation.fields[-1].path == "WNODE_SINGLE_INSTANCE.Data.Curve[1].Temperature"


def test_annotation_of_every_type() -> None:
    for wnode in EVERY:
        annotation = annotate(encode(wnode) + b"more")
        check_covers(annotation)
        assert annotation.title == f"WNODE_{wnode.header.type.name}"
        assert annotation.fields[-1].path == "(behind BufferSize)"


def test_annotation_of_nothing() -> None:
    annotation = annotate(b"")
    assert (annotation.title, annotation.fields) == ("WNODE_HEADER", ())
    assert annotation.error is not None


def test_annotation_with_a_class_that_is_not_there() -> None:
    for schema in (None, schema_of("")):
        with pytest.raises(ValueError, match="there is no class Fan"):
            annotate(encode(STATIC_ONE), schema=schema, class_name="Fan")


def check_covers(annotation: Annotation) -> None:
    """Every byte of a sound buffer is explained."""
    assert annotation.error is None
    explained = set[int]()
    for field in annotation.fields:
        explained |= {*range(field.offset_bytes, field.offset_bytes + field.length_bytes)}
    assert explained == {*range(len(annotation.data))}


def shown(annotation: Annotation) -> str:
    lines = [annotation.title]
    for field in annotation.fields:
        meaning = f"  ({field.meaning})" if field.meaning else ""
        place = f"{field.offset_bytes:04x} {field.length_bytes:2}"
        lines.append(f"{place} {field.type} {field.path} = {field.value}{meaning}")
    lines += [str(warning) for warning in annotation.warnings]
    lines += [str(annotation.error)] if annotation.error else []
    return "\n".join([*lines, ""])
