"""Whether a binary MOF that begins somewhere is sound: its stream is expanded to find out.

A stream is tried in longer and longer parts, so that a false one costs no more than the part of it
that makes sense, whatever its header claims.
"""

from __future__ import annotations

from typing import Final

from mofkit.binary import BinaryFormatError
from mofkit.bmf.container import read_header
from mofkit.bmf.decompression import decompress
from mofkit.bmf.findings import Findings
from mofkit.bmf.structs import container_row

__all__ = ["Trials"]

_HEADER_BYTES: Final = container_row.size
_FIRST_PART_BYTES: Final = 1 << 16
_GROWTH: Final = 4
_MOST_BYTES_WITHOUT_HEADER: Final = 1 << 12
_DS_HEADER_BYTES: Final = 4
_BLOCK_BYTES, _BLOCK_LEAST_BITS = 512, 25  # so little can say a block (`compression.py`)
_CODES_OF_A_CUT: Final = ("E-DS-TRUNCATED", "E-DS-SIZE")
_FAILURES_PER_BYTE: Final = 4
"""Streams that overlap and go wrong late would otherwise take time without end."""


class Trials:
    """Tries what may begin in `data`, in time that grows with its length."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._view = memoryview(data)
        self._bytes_left = _FAILURES_PER_BYTE * len(data) + _FIRST_PART_BYTES

    def examine(self, start: int, limit: int) -> tuple[int, BinaryFormatError | None]:
        """Return where a binary MOF ends that begins at `start`, and why it is damaged.

        Nothing behind `limit` belongs to it. A place in the error counts from `start`.
        """
        findings = Findings(is_strict=False)
        try:
            stream_size, payload_size = read_header(self._view[start:limit], findings)
        except BinaryFormatError as error:
            return self._claimed_end(start, limit), error
        stream = start + _HEADER_BYTES
        return stream + stream_size, self._fault(stream, stream_size, payload_size)

    def _claimed_end(self, start: int, limit: int) -> int:
        """Return where something ends whose header was refused; a stream may have none."""
        header = self._data[start : min(start + _HEADER_BYTES, limit)]
        if header[:2] == b"DS":
            return start + self._length_of_stream(start, limit)
        if len(header) < _HEADER_BYTES:
            return limit
        stream_size: int = container_row.struct.unpack(header)[2]
        return min(start + _HEADER_BYTES + stream_size, limit)

    def _length_of_stream(self, start: int, limit: int) -> int:
        """Return how many of the first bytes make sense: a stream says no size."""
        part = self._data[start : min(start + _MOST_BYTES_WITHOUT_HEADER, limit)]
        try:
            decompress(part, _most_bytes(len(part)))
        except BinaryFormatError as error:
            return min(error.offset_bytes + 1, len(part))
        return len(part)

    def _fault(self, start: int, n_bytes: int, size: int) -> BinaryFormatError | None:
        """Return what is wrong with the stream of `n_bytes` that should hold `size`."""
        if self._bytes_left < 0:
            reason = "not tried: too many others were that go wrong late"
            return BinaryFormatError("E-MANY", _HEADER_BYTES, "DS", reason)
        part = _FIRST_PART_BYTES
        while part < n_bytes:
            wanted = min(size, _most_bytes(part))
            error = self._fault_of_part(start, part, wanted)
            if error is None and wanted == size:
                return None
            if error is not None and error.code not in _CODES_OF_A_CUT:
                return error
            part *= _GROWTH
        return self._fault_of_part(start, n_bytes, size)

    def _fault_of_part(self, start: int, n_bytes: int, size: int) -> BinaryFormatError | None:
        try:
            decompress(self._data[start : start + n_bytes], size)
        except BinaryFormatError as error:
            self._bytes_left -= error.offset_bytes
            place = error.offset_bytes + _HEADER_BYTES
            return BinaryFormatError(error.code, place, error.path, error.reason)
        return None


def _most_bytes(n_bytes: int) -> int:
    """Return how many bytes of data a stream of `n_bytes` may have."""
    return max(n_bytes - _DS_HEADER_BYTES, 0) * 8 * _BLOCK_BYTES // _BLOCK_LEAST_BITS
