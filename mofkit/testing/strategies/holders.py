"""What binary MOF is found in: dumps, ACPI tables, source code, hex dumps."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final, NamedTuple

from hypothesis import strategies as st

from mofkit.testing.strategies.bmf import bmf_files

__all__ = ["BmfHolder", "bmf_holders"]


class BmfHolder(NamedTuple):
    """Bytes, and the binary MOF that is somewhere in them."""

    data: bytes
    bmf: bytes


def bmf_holders() -> st.SearchStrategy[BmfHolder]:
    """Return something with one binary MOF in it; what is around it has no signature.

    Not generated: PE images, and most forms that tools write bytes as text in.
    """
    return _holders


def _in_a_table(bmf: bytes) -> bytes:
    """Return an ACPI table with `Name (WQAA, Buffer (n) {...})`."""
    contents = b"\x0c" + struct.pack("<I", len(bmf)) + bmf
    n_bytes = len(contents) + 4
    code = b"\x08WQAA\x11" + bytes([0xC0 | n_bytes & 0xF]) + (n_bytes >> 4).to_bytes(3, "little")
    code += contents
    head = struct.pack("<4sIBB6s8sI4sI", b"SSDT", 36 + len(code), 2, 0, b"A", b"B", 1, b"C", 1)
    table = bytearray(head + code)
    table[9] = -sum(table) % 256  # the checksum
    return bytes(table)


def _in_c(bmf: bytes) -> bytes:
    return f"UCHAR Mof[] = {{{', '.join(f'0x{byte:02X}' for byte in bmf)}}};\n".encode()


def _in_rows(bmf: bytes) -> bytes:
    rows = (f"{at:08x}: {bmf[at : at + 16].hex(' ')}\n" for at in range(0, len(bmf), 16))
    return "".join(rows).encode()


_FORMS: Final[list[Callable[[bytes], bytes]]] = [bytes, _in_a_table, _in_c, _in_rows]
_holders = st.builds(
    lambda bmf, form, n_before: BmfHolder(bytes(n_before if form is bytes else 0) + form(bmf), bmf),
    bmf_files(),
    st.sampled_from(_FORMS),
    st.integers(0, 20),
)
