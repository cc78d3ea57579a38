"""Binary MOFs among any bytes, by signature: each header is checked, and each stream expanded.

A signature alone is not believed, since programs that read binary MOF hold it too: behind a header
the stream begins, `DS`. From there on it is a binary MOF, sound or damaged. A stream that begins as
every compressed payload does counts as one that has lost its header.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import merge
from typing import Final

from mofkit.binary import BinaryFormatError
from mofkit.bmf.carve.trial import Trials
from mofkit.bmf.structs import MAGIC, container_row

__all__ = ["MAX_HITS", "Hit", "has_signature", "scan"]

MAX_HITS: Final = 10_000
"""How many are told of. Nothing honest holds more, and each of them takes memory and time."""

_HEADER_BYTES: Final = container_row.size
_HEADER_START: Final = MAGIC + b"\1\0\0\0"
_STREAM_START: Final = b"DS\0\1\x1a\x7d\xda\x54"
"""Signature, version, and the compressed "FOMB" with which every payload begins."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The bytes from `start` to `end` are a binary MOF; `error` says why it is damaged."""

    start: int
    end: int
    error: BinaryFormatError | None = None


def scan(data: bytes, known: Mapping[int, int] | None = None) -> list[Hit]:
    """Return what is in `data`, in order of place; none begins inside a sound one.

    Time and memory grow with the length of `data`. Behind `MAX_HITS` there is one more, with
    E-MANY, where the search ended.

    Args:
        data: any bytes.
        known: start → end of what must be a binary MOF, as whatever it is in says. It is damaged if
            it does not begin as one, and does not go on behind its end.
    """
    known = known or {}
    hits: list[Hit] = []
    trials = Trials(data)
    sound_end = 0
    for start in _starts(data, known):
        if start < sound_end and start not in known:
            continue
        if hits and sound_end < hits[-1].end and start < hits[-1].end:
            hits[-1] = replace(hits[-1], end=start)  # a damaged one that claims too much
        if len(hits) == MAX_HITS:
            reason = f"there are more than {MAX_HITS:,}; the search ends here"
            return [*hits, Hit(start, start, BinaryFormatError("E-MANY", 0, "container", reason))]
        end, error = trials.examine(start, min(known.get(start, len(data)), len(data)))
        hits.append(Hit(start, end, error))
        sound_end = sound_end if error else max(end, sound_end)
    return hits


def has_signature(data: bytes | bytearray) -> bool:
    """Say, at little cost, whether it is worth while to look for something in `data`."""
    return MAGIC in data or _STREAM_START in data


def _starts(data: bytes, known: Mapping[int, int]) -> Iterator[int]:
    """Yield where one may begin, in order and each once."""
    last = -1
    for start in merge(sorted(known), _headers(data), _streams(data)):
        if start > last:  # a stream may find its header in front of a stream that has none
            yield start
            last = start


def _headers(data: bytes) -> Iterator[int]:
    for at in _find(data, _HEADER_START):
        stream = at + _HEADER_BYTES
        if b"DS".startswith(data[stream : stream + 2]):  # or what is left of it at the end
            yield at


def _streams(data: bytes) -> Iterator[int]:
    """Yield where the header of a stream begins; the stream itself, if it has none."""
    for at in _find(data, _STREAM_START):
        header = at - _HEADER_BYTES
        yield header if data[max(header, 0) : header + 4] == MAGIC else at


def _find(data: bytes, wanted: bytes) -> Iterator[int]:
    at = data.find(wanted)
    while at >= 0:
        yield at
        at = data.find(wanted, at + len(wanted))
