"""The file around a payload: a header of 16 bytes and the compressed stream.

offset  size  field
0x0     4     Magic, "FOMB"
0x4     4     Version, 1
0x8     4     CompressedSize, of the stream, which begins behind it
0xC     4     DecompressedSize, of the payload
"""

from __future__ import annotations

from typing import Final

from mofkit.binary import BinaryFormatError, BinaryWarning
from mofkit.bmf.compression import Level, compress, decompress
from mofkit.bmf.findings import Findings
from mofkit.bmf.stream_log import StreamLog
from mofkit.bmf.structs import MAGIC, container_row

__all__ = ["MAX_PAYLOAD_BYTES", "read_container", "read_header", "write_container"]

MAX_PAYLOAD_BYTES: Final = 64 << 20
"""How long a payload may be that is read. The largest known one has 158,288 bytes, the whole CIM
schema of DMTF would have some twenty millions."""

_VERSION: Final = 1


def read_container(data: bytes, findings: Findings, log: StreamLog | None = None) -> bytes:
    """Return the payload of a file; `log` is told of each token of the stream.

    Raises:
        BinaryFormatError: E-MAGIC, E-SIZE, or what is wrong with the stream (E-DS-...).
    """
    stream_size, payload_size = read_header(data, findings)
    stream = data[container_row.size : container_row.size + stream_size]
    return _expand(stream, payload_size, findings, log)


def read_header(data: bytes | memoryview, findings: Findings) -> tuple[int, int]:
    """Return how many bytes the stream has, all of which are there, and the payload.

    Raises:
        BinaryFormatError: E-MAGIC, E-SIZE.
    """
    if len(data) < container_row.size:
        findings.refuse("E-SIZE", 0, "container", f"{len(data)} bytes cannot hold a header")
    magic, version, stream_size, payload_size = container_row.struct.unpack_from(data)
    if magic != MAGIC:
        findings.refuse("E-MAGIC", 0, "container.Magic", f"expected {MAGIC!r}, found {magic!r}")
    if version != _VERSION:
        findings.note("W-CONSTANT", 4, "container.Version", f"is {version}, known is {_VERSION}")
    end = container_row.size + stream_size
    if end > len(data):
        reason = f"is {stream_size}, {len(data) - container_row.size} bytes follow the header"
        findings.refuse("E-SIZE", 8, "container.CompressedSize", reason)
    if end < len(data):
        findings.note("W-TRAILING", end, "container", f"{len(data) - end} bytes behind the stream")
    if payload_size > MAX_PAYLOAD_BYTES:
        reason = f"is {payload_size}, more than {MAX_PAYLOAD_BYTES}"
        findings.refuse("E-SIZE", 12, "container.DecompressedSize", reason)
    return stream_size, payload_size


def write_container(payload: bytes, level: Level) -> bytes:
    """Return the file around a payload.

    Raises:
        ValueError: there is no such level of compression.
    """
    stream = compress(payload, level=level)
    header = container_row.struct.pack(MAGIC, _VERSION, len(stream), len(payload))
    return header + stream


def _expand(stream: bytes, size: int, findings: Findings, log: StreamLog | None) -> bytes:
    """Return what a stream holds; the places of what is wrong with it are those in the file."""
    base = container_row.size
    try:
        expanded = decompress(stream, size, log=log)
    except BinaryFormatError as error:
        place = error.offset_bytes + base
        raise BinaryFormatError(error.code, place, error.path, error.reason) from None
    findings.warnings += [
        BinaryWarning(odd.code, odd.offset_bytes + base, odd.path, odd.message)
        for odd in expanded.warnings
    ]
    return expanded.data
