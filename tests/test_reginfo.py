"""WMIREGINFO: the shared vectors, every code of a fault, hostile numbers, what is refused."""

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import mofkit
from mofkit.binary import BinaryFormatError, BuildError
from mofkit.reginfo import (
    Arch,
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegFlag,
    RegGuid,
    RegInfo,
    RegInfoReply,
    Request,
    TooSmall,
    decode,
    encode,
)
from mofkit.reginfo.description import read, to_plain
from mofkit.reginfo.structs import layout
from tests.support import corpus_files

FAN = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
PUMP = UUID("4CB52058-623F-448E-A456-1CE9BF10AF8B")
VALVE = UUID("5BFD8C98-61A7-481D-8592-A1614E687B87")

both_archs = pytest.mark.parametrize("arch", list(Arch))


# ------------------------------------------------------------------------------------ vectors


def vector(path: Path, arch: Arch) -> tuple[dict[str, Any], bytes]:
    told = json.loads(path.read_text("utf-8"))
    return told, path.with_name(f"{told['name']}.{arch}.bin").read_bytes()


def expected(infos: list[dict[str, Any]], arch: Arch) -> list[dict[str, Any]]:
    """Return what a vector tells for one architecture, names too long to print put in full."""
    for names in (guid["names"] for info in infos for guid in info["guids"]):
        if names["kind"] == "pdo":
            names["pdo"] = names["pdo"][arch]
        if "names_ref" in names:
            length = names.pop("length")
            piece = names.pop("names_ref").split('"')[1]
            names["names"] = [(piece * (length // len(piece) + 1))[:length]]
    return infos


@both_archs
@pytest.mark.parametrize("path", corpus_files("vectors/reginfo/*.json"))
def test_vector(path: Path, arch: Arch) -> None:
    told, data = vector(path, arch)
    reply = decode(data, arch, told["datapath"])
    plain = to_plain(reply, arch)
    if told.get("reply") == "too-small":
        assert plain["reply"] == "too-small"
        assert plain["required"] == told["required"][arch]
        assert encode(reply, arch) == data
        return
    assert plain["infos"] == expected(told["expect"]["infos"], arch)
    codes = {warning["code"] for warning in plain["warnings"]}
    assert codes >= set(told["expect"]["warnings"])
    described = {"request": told["datapath"], "infos": plain["infos"]}
    again = read(json.dumps(described), path="described.json", format="json", arch=arch)
    if told["canonical_layout"]:
        assert isinstance(again, RegInfoReply)
        allow = any(entry.removes for entry in again.guids())
        assert encode(again, arch, allow_remove_on_register=allow) == data


@both_archs
@pytest.mark.parametrize("path", corpus_files("vectors/reginfo/malformed/*.json"))
def test_malformed_vector(path: Path, arch: Arch) -> None:
    told, data = vector(path, arch)
    with pytest.raises(BinaryFormatError) as caught:
        decode(data, arch, told["datapath"])
    assert caught.value.code == told["rule"]


# ----------------------------------------------------------------------------- every E- and W-


SOUND = RegInfoReply(
    (
        RegInfo(
            "Path",
            "Mof",
            (
                RegGuid.with_name_list(FAN, ("A", "BB")),
                RegGuid.with_base_name(PUMP, "Pump", 2),
                RegGuid.with_pdo(VALVE, 0x1000),
            ),
        ),
        RegInfo("Other", "", (RegGuid.with_dynamic_names(UUID(int=1)),)),
    )
)


class Buffer:
    """The bytes of SOUND, in which single fields can be set by their names."""

    def __init__(self, arch: Arch) -> None:
        self.layout = layout(arch)
        self.data = bytearray(encode(SOUND, arch))
        self.second = struct.unpack_from("<I", self.data, 4)[0]

    def header(self, field: str, value: int, start: int = 0) -> None:
        struct.pack_into("<I", self.data, start + self.layout.header_row.offset_of(field), value)

    def entry(self, index: int, field: str, value: int) -> None:
        row = self.layout.entry_row
        start = self.layout.header_row.size + index * row.size
        struct.pack_into("<I", self.data, start + row.offset_of(field), value)

    def name_list(self) -> int:
        row = self.layout.entry_row
        at = self.layout.header_row.size + row.offset_of("Union")
        return int(struct.unpack_from("<I", self.data, at)[0])

    def word(self, at: int, value: int) -> None:
        struct.pack_into("<H", self.data, at, value)


def cut_header(it: Buffer) -> None:
    del it.data[19:]


FAULTS: dict[str, tuple[str, Callable[[Buffer], object], str]] = {
    "a header of 19 bytes": ("E-HEADER", cut_header, "WMIREGINFO[0]"),
    "BufferSize behind the data": (
        "E-BUFFERSIZE",
        lambda it: it.header("BufferSize", len(it.data) + 1),
        "WMIREGINFO[0].BufferSize",
    ),
    "BufferSize below a header": (
        "E-BUFFERSIZE",
        lambda it: it.header("BufferSize", 19, it.second),
        "WMIREGINFO[1].BufferSize",
    ),
    "more entries than bytes": (
        "E-GUIDCOUNT",
        lambda it: it.header("GuidCount", 2**32 - 1),
        "WMIREGINFO[0].GuidCount",
    ),
    "Next into the array": (
        "E-NEXT",
        lambda it: it.header("NextWmiRegInfo", 32),
        "WMIREGINFO[0].NextWmiRegInfo",
    ),
    "Next behind the data": (
        "E-NEXT",
        lambda it: it.header("NextWmiRegInfo", 2**32 - 4, it.second),
        "WMIREGINFO[1].NextWmiRegInfo",
    ),
    "Next to less than a header": (
        "E-NEXT",
        lambda it: it.header("NextWmiRegInfo", len(it.data) - 16),
        "WMIREGINFO[0].NextWmiRegInfo",
    ),
    "Next not on 4": (
        "E-NEXT",
        lambda it: it.header("NextWmiRegInfo", it.second + 2),
        "WMIREGINFO[0].NextWmiRegInfo",
    ),
    "RegistryPath behind the buffer": (
        "E-OFFSET",
        lambda it: it.header("RegistryPath", it.second - 1),
        "WMIREGINFO[0].RegistryPath",
    ),
    "MofResourceName odd": (
        "E-ALIGN",
        lambda it: it.header("MofResourceName", it.name_list() + 1),
        "WMIREGINFO[0].MofResourceName",
    ),
    "a name in the header": (
        "E-OVERLAP",
        lambda it: it.entry(1, "Union", 8),
        "WMIREGINFO[0].WmiRegGuid[1].BaseNameOffset",
    ),
    "a name that reaches into the next header": (
        "E-OVERLAP",
        lambda it: it.word(it.name_list(), it.second - it.name_list() + 2),
        "WMIREGINFO[0].WmiRegGuid[0].InstanceNameList[0]",
    ),
    "more names than bytes": (
        "E-STRING",
        lambda it: it.entry(0, "InstanceCount", 2**32 - 1),
        "WMIREGINFO[0].WmiRegGuid[0].InstanceNameList",
    ),
    "an odd Length": (
        "E-STRING-ODD",
        lambda it: it.word(it.name_list(), 1),
        "WMIREGINFO[0].WmiRegGuid[0].InstanceNameList[0]",
    ),
    "two kinds of name": (
        "E-NAMEKIND",
        lambda it: it.entry(0, "Flags", 0x0C),
        "WMIREGINFO[0].WmiRegGuid[0].Flags",
    ),
    "no list": (
        "E-NONAME",
        lambda it: it.entry(0, "Union", 0),
        "WMIREGINFO[0].WmiRegGuid[0].InstanceNameList",
    ),
    "no base": (
        "E-NONAME",
        lambda it: it.entry(1, "Union", 0),
        "WMIREGINFO[0].WmiRegGuid[1].BaseNameOffset",
    ),
    "trace control alone": (
        "E-TRACECTL",
        lambda it: it.entry(2, "Flags", 0x1020),
        "WMIREGINFO[0].WmiRegGuid[2].Flags",
    ),
}


@both_archs
@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str, arch: Arch) -> None:
    code, spoil, path = FAULTS[fault]
    buffer = Buffer(arch)
    decode(bytes(buffer.data), arch)
    spoil(buffer)
    with pytest.raises(BinaryFormatError) as caught:
        decode(bytes(buffer.data), arch)
    assert (caught.value.code, caught.value.path) == (code, path)
    assert 0 <= caught.value.offset_bytes <= len(buffer.data)


ODDITIES: dict[str, tuple[str, Callable[[Buffer], object]]] = {
    "REMOVE_GUID in a register reply": (
        "W-REMOVE-IN-REGISTER",
        lambda it: it.entry(2, "Flags", 0x10020),
    ),
    "reserved bits": ("W-RESERVED-FLAGS", lambda it: it.entry(2, "Flags", 0x20020)),
    "unknown bits": ("W-RESERVED-FLAGS", lambda it: it.entry(2, "Flags", 0x30)),
    "high unknown bits": ("W-RESERVED-FLAGS", lambda it: it.entry(2, "Flags", 0x80000020)),
    "bytes behind": ("W-TRAILING", lambda it: it.data.append(0)),
    "no instances": ("W-COUNT-ZERO", lambda it: it.entry(1, "InstanceCount", 0)),
    "no device": ("W-PDO-NULL", lambda it: it.entry(2, "Union", 0)),
    "a GUID twice": (
        "W-DUP-GUID",
        lambda it: it.data.__setitem__(
            slice(it.layout.header_row.size, it.layout.header_row.size + 16), PUMP.bytes_le
        ),
    ),
    "no registry path": ("W-NO-REGPATH", lambda it: it.header("RegistryPath", 0)),
    "half a pair": ("W-SURROGATE", lambda it: it.word(it.name_list() + 2, 0xD800)),
    "a NUL inside": (
        "W-NUL",
        lambda it: it.word(it.name_list() + 6, 0),
    ),
}


@both_archs
@pytest.mark.parametrize("oddity", ODDITIES)
def test_oddity(oddity: str, arch: Arch) -> None:
    code, spoil = ODDITIES[oddity]
    buffer = Buffer(arch)
    spoil(buffer)
    reply = decode(bytes(buffer.data), arch)
    assert isinstance(reply, RegInfoReply)
    assert [warning.code for warning in reply.warnings] == [code]


def test_next_header_on_four_bytes_is_odd_on_x64_only() -> None:
    first = encode(RegInfoReply((RegInfo("P"),)), "x64").ljust(28, b"\0")
    chain = struct.pack("<II", 28, 28) + first[8:] + encode(RegInfoReply((RegInfo("P"),)), "x64")
    reply = decode(chain, "x64")
    assert isinstance(reply, RegInfoReply)
    assert [warning.code for warning in reply.warnings] == ["W-NEXT-ALIGN"]


def test_sound_buffers_have_no_warnings() -> None:
    reply = decode(encode(SOUND, "x64"), "x64")
    assert isinstance(reply, RegInfoReply)
    assert reply.warnings == ()
    assert reply == SOUND


# -------------------------------------------------------------------------------- legal layouts


def test_shared_strings_gaps_and_garbage_are_read() -> None:
    """Strings may be shared; gaps are legal; what means nothing is whatever the driver left."""
    entries = [
        struct.pack("<16sIIII", FAN.bytes_le, 8, 2, 0x90, 0xDEADBEEF),  # upper half: not read
        struct.pack("<16sIIII", PUMP.bytes_le, 8, 3, 0x90, 0),
        struct.pack("<16sIIQ", VALVE.bytes_le, 0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF),
    ]
    name = struct.pack("<H", 6) + "Fan".encode("utf-16-le")
    body = b"".join(entries).ljust(0x90 - 24, b"\xaa") + name
    data = struct.pack("<5I4s", 24 + len(body), 0, 0x90, 0x90, 3, b"\xcc" * 4) + body
    reply = decode(data, "x64")
    assert isinstance(reply, RegInfoReply)
    assert reply.warnings == ()
    assert reply.infos == (
        RegInfo(
            "Fan",
            "Fan",
            (
                RegGuid.with_base_name(FAN, "Fan", 2),
                RegGuid.with_base_name(PUMP, "Fan", 3),
                RegGuid(VALVE, RegFlag(0), 0xFFFFFFFF, DynamicNames()),
            ),
        ),
    )


def test_many_entries_may_share_a_long_string() -> None:
    """The class driver points all its entries at one name string."""
    name = struct.pack("<H", 0xFFFE) + b"x\0" * 32767
    n_entries = 500
    start = 24 + 32 * n_entries
    entries = b"".join(struct.pack("<QQIIQ", index, 0, 8, 1, start) for index in range(n_entries))
    data = struct.pack("<6I", start + len(name), 0, start, 0, n_entries, 0) + entries + name
    reply = decode(data, "x64")
    assert isinstance(reply, RegInfoReply)
    assert {entry.names for entry in reply.guids()} == {BaseName("x" * 32767)}


def test_strings_behind_the_next_part_are_no_trailing_bytes() -> None:
    """Readers accept both: for the first header its own part, or the whole chain."""
    second = struct.pack("<6I", 24, 0, 0, 0, 0, 0)
    name = struct.pack("<H", 6) + "Fan".encode("utf-16-le")
    first = struct.pack("<6I", 24 + len(second) + len(name), 24, 48, 0, 0, 0)
    reply = decode(first + second + name, "x64", "update")
    assert isinstance(reply, RegInfoReply)
    assert reply.warnings == ()
    assert reply.infos == (RegInfo("Fan"), RegInfo())


def test_faults_of_an_entry_come_in_the_order_of_the_rules() -> None:
    """Check in this order; stop at the first E: E-OFFSET, E-NONAME, E-TRACECTL."""
    for union, code in ((0xFFFF, "E-OFFSET"), (0, "E-NONAME"), (None, "E-TRACECTL")):
        buffer = Buffer(Arch.X64)
        buffer.entry(0, "Flags", 0x1004)
        if union is not None:
            buffer.entry(0, "Union", union)
        with pytest.raises(BinaryFormatError, match=code):
            decode(bytes(buffer.data), "x64")


def test_counted_nul_is_kept_and_not_shown() -> None:
    reply = RegInfoReply((RegInfo("Path\0", "Mof\0"),))
    data = encode(reply, "x64")
    assert decode(data, "x64") == reply
    assert to_plain(reply, Arch.X64)["infos"][0]["mof_resource"] == "Mof"


def test_empty_array_needs_no_padding() -> None:
    """x64 also needs 24 unless GuidCount is 0."""
    header = struct.pack("<5I", 20, 0, 0, 0, 0)
    assert decode(header, "x64", "update") == RegInfoReply((RegInfo(),), Request.UPDATE)


@pytest.mark.parametrize("length", [0, 1, 3, 5, 19])
def test_neither_a_header_nor_too_small(length: int) -> None:
    with pytest.raises(BinaryFormatError, match="E-HEADER"):
        decode(bytes(length), "x64")


@pytest.mark.slow
def test_one_offset_may_not_name_more_text_than_memory_holds() -> None:
    """50,000 entries, each with another list over the same megabyte: 25,000,000,000 names."""
    n_entries, n_names = 50_000, 500_000
    start = 24 + 32 * n_entries
    entries = b"".join(
        struct.pack("<QQIIQ", index, 0, 4, n_names - index, start + 2 * index)
        for index in range(n_entries)
    )
    data = struct.pack("<6I", start + 2 * n_names, 0, 0, 0, n_entries, 0) + entries
    with pytest.raises(BinaryFormatError, match=r"E-LIMIT .* more than 64 MiB"):
        decode(data + bytes(2 * n_names), "x64")


# ------------------------------------------------------------------------------ what is refused


def one(entry: RegGuid, request: Request = Request.REGISTER) -> RegInfoReply:
    return RegInfoReply((RegInfo("Path", None, (entry,)),), request)


REFUSED = {
    "a name too long": (
        one(RegGuid.with_base_name(FAN, "x" * 32768, 1)),
        "E-STRING",
        "BaseNameOffset",
    ),
    "two kinds": (one(RegGuid(FAN, RegFlag(0x0C), 1, ListNames(("A",)))), "E-NAMEKIND", "Flags"),
    "names of another kind": (
        one(RegGuid(FAN, RegFlag.INSTANCE_LIST, 1, BaseName("A"))),
        "E-NAMEKIND",
        "Flags",
    ),
    "a count that is not the list's": (
        one(RegGuid(FAN, RegFlag.INSTANCE_LIST, 2, ListNames(("A",)))),
        "E-STRING",
        "InstanceCount",
    ),
    "no base": (
        one(RegGuid(FAN, RegFlag.INSTANCE_BASENAME, 2, BaseName(None))),
        "E-NONAME",
        "BaseNameOffset",
    ),
    "no list": (
        one(RegGuid(FAN, RegFlag.INSTANCE_LIST, 2, ListNames(()))),
        "E-NONAME",
        "InstanceNameList",
    ),
    "trace control alone": (
        one(RegGuid(FAN, RegFlag.TRACE_CONTROL_GUID)),
        "E-TRACECTL",
        "Flags",
    ),
    "REMOVE_GUID on register": (one(RegGuid.removing(FAN)), "W-REMOVE-IN-REGISTER", "Flags"),
    "too many instances": (one(RegGuid.with_pdo(FAN, 1, 2**32)), "E-RANGE", "InstanceCount"),
    "a wide pointer": (one(RegGuid.with_pdo(FAN, 2**32)), "E-RANGE", "Pdo"),
    "negative": (one(RegGuid.with_pdo(FAN, -1)), "E-RANGE", "Pdo"),
    "flags too wide": (one(RegGuid(FAN, RegFlag(1 << 32))), "E-RANGE", "Flags"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    reply, code, field = REFUSED[what]
    with pytest.raises(BuildError) as caught:
        encode(reply, "x86")
    assert caught.value.code == code
    assert caught.value.path == f"WMIREGINFO[0].WmiRegGuid[0].{field}"


def test_no_header_and_no_room_are_refused() -> None:
    with pytest.raises(BuildError, match="E-HEADER"):
        encode(RegInfoReply(()), "x64")
    with pytest.raises(BuildError, match="E-RANGE"):
        encode(TooSmall(2**32), "x64")


def test_removing_on_register_can_be_allowed() -> None:
    reply = one(RegGuid.removing(FAN))
    data = encode(reply, "x64", allow_remove_on_register=True)
    assert data == encode(reply, "x64", "update")
    again = decode(data, "x64")
    assert isinstance(again, RegInfoReply)
    assert [warning.code for warning in again.warnings] == ["W-REMOVE-IN-REGISTER"]


def test_removing_entries_need_no_names() -> None:
    for names, kind in (
        (BaseName(None), RegFlag.INSTANCE_BASENAME),
        (ListNames(()), RegFlag.INSTANCE_LIST),
        (PdoNames(0), RegFlag.INSTANCE_PDO),
    ):
        reply = one(RegGuid(FAN, RegFlag.REMOVE_GUID | kind, 3, names), Request.UPDATE)
        assert decode(encode(reply, "x86"), "x86", "update") == reply


def test_wrong_arguments() -> None:
    with pytest.raises(ValueError, match="arm"):
        decode(b"", "arm")
    with pytest.raises(ValueError, match="query"):
        encode(SOUND, "x64", "query")


def test_the_packages_are_at_hand() -> None:
    assert mofkit.reginfo.decode is decode
    assert mofkit.wnode.__name__ == "mofkit.wnode"
