"""What binary MOF is found in: ACPI tables, and bytes written out as text, as the tools do it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from mofkit.bmf import encode
from tests.support_bmf import schema_of

__all__ = ["FAN", "PUMP", "TEXTS", "acpidump", "c_array", "named_buffer", "table"]

FAN = encode(schema_of('[WMI, Dynamic, Provider("WmiProv")] class Fan { [key] string Name; };'))
PUMP = encode(schema_of('class Pump { [key] uint32 Id; [Description("litres")] uint64 Flow; };'))


def named_buffer(name: bytes, data: bytes) -> bytes:
    """Return the code of `Name (NAME, Buffer (n) {...})`."""
    contents = _number(len(data)) + data
    n_bytes = len(contents)
    if n_bytes + 1 < 0x40:
        length = bytes([n_bytes + 1])
    else:  # the low four bits, and further bytes
        n_more = 1 if n_bytes + 2 < 1 << 12 else 2
        n_bytes += 1 + n_more
        length = bytes([n_more << 6 | n_bytes & 0xF]) + (n_bytes >> 4).to_bytes(n_more, "little")
    return b"\x08" + name + b"\x11" + length + contents


def _number(number: int) -> bytes:
    if number < 0x100:
        return struct.pack("<BB", 0x0A, number)
    return struct.pack("<BH", 0x0B, number) if number < 0x10000 else struct.pack("<BI", 0xC, number)


def table(code: bytes, signature: bytes = b"DSDT", table_id: bytes = b"FANTABLE") -> bytes:
    """Return an ACPI table of this code, whose checksum is right."""
    header = struct.pack(
        "<4sIBB6s8sI4sI", signature, 36 + len(code), 2, 0, b"MOFKIT", table_id, 1, b"MOFK", 1
    )
    whole = bytearray(header + code)
    whole[9] = -sum(whole) % 256
    return bytes(whole)


def _rows(data: bytes, width: int = 16) -> Iterator[tuple[int, bytes]]:
    return ((at, data[at : at + width]) for at in range(0, len(data), width))


def _characters(row: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)


def acpidump(data: bytes, name: str = "DSDT") -> str:
    rows = [
        f"    {at:04X}: {row.hex(' ').upper():<47}  {_characters(row)}" for at, row in _rows(data)
    ]
    return "\n".join([f"{name} @ 0x00000000BFFD2000", *rows, "\n"])


def xxd(data: bytes, width: int = 16) -> str:
    return "\n".join(
        f"{at:08x}: {row.hex(' ', -2):<{width // 2 * 5 - 1}}  {_characters(row)}"
        for at, row in _rows(data, width)
    )


def hexdump_canonical(data: bytes) -> str:
    return "\n".join(
        f"{at:08x}  {row[:8].hex(' '):<23}  {row[8:].hex(' '):<23}  |{_characters(row)}|"
        for at, row in _rows(data)
    )


def hexdump_words(data: bytes) -> str:
    return "\n".join(
        f"{at:07x} " + " ".join(pair[::-1].hex() for _, pair in _rows(row, 2))
        for at, row in _rows(data + bytes(len(data) % 2))
    )


def windbg(data: bytes) -> str:
    return "\n".join(
        f"fffff801`{0x0A2B3C40 + at:08x}  {_halves(row, '-'):<47}  {_characters(row)}"
        for at, row in _rows(data)
    )


def certutil(data: bytes) -> str:
    return "\r\n".join(
        f"{at:04x}\t{_halves(row, '  '):<48}   {_characters(row)}" for at, row in _rows(data)
    )


def _halves(row: bytes, gap: str) -> str:
    return gap.join(half.hex(" ") for _, half in _rows(row, 8))


def c_array(data: bytes, name: str = "FanMof") -> str:
    rows = ",\n".join("    " + ", ".join(f"0x{byte:02X}" for byte in row) for _, row in _rows(data))
    return f"/* made by a tool */\nstatic const UCHAR {name}[{len(data)}] =\n{{\n{rows}\n}};\n"


def asl_buffer(data: bytes) -> str:
    """Return what `iasl -d` makes of a buffer."""
    rows = "\n".join(
        f"    /* {at:04X} */  {''.join(f'0x{byte:02X}, ' for byte in row)} // {_characters(row)}"
        for at, row in _rows(data, 8)
    )
    return f"Name (WQBA, Buffer (0x{len(data):04X})\n{{\n{rows}\n}})\n"


TEXTS: dict[str, Callable[[bytes], str]] = {
    "acpidump": acpidump,
    "xxd": xxd,
    "xxd, 32 a row": lambda data: xxd(data, 32),
    "xxd, 8 a row": lambda data: xxd(data, 8),
    "hexdump -C": hexdump_canonical,
    "hexdump": hexdump_words,
    "windbg": windbg,
    "certutil": certutil,
    "C array": c_array,
    "C array, one line": lambda data: "x[] = {" + ",".join(f"0x{b:x}" for b in data) + "};",
    "C array, decimal": lambda data: "x[] = {" + ", ".join(map(str, data)) + "};",
    "C array, casts": lambda data: (
        "x[] = {" + ", ".join(f"(unsigned char) 0x{b:02X}" for b in data) + "};"
    ),
    "C array, suffixes": lambda data: "x[] = {" + ", ".join(f"0x{b:x}U" for b in data) + "};",
    "C string": lambda data: (
        '"' + '"\n"'.join("".join(f"\\x{b:02x}" for b in row) for _, row in _rows(data)) + '"'
    ),
    "ASL": asl_buffer,
    "registry": lambda data: (
        '"Mof"=hex:' + ",\\\r\n  ".join(row.hex(",") for _, row in _rows(data))
    ),
    "plain": bytes.hex,
    "plain, blanks": lambda data: data.hex(" "),
    "plain, groups of 4": lambda data: data.hex(" ", -2),
    "plain, rows": lambda data: "\n".join(row.hex() for _, row in _rows(data, 30)),
}
"""Form → what writes bytes in that form."""
