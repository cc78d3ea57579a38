"""How large a binary MOF is, what it is made of, and how well it is compressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mofkit.bmf.compression import compress
from mofkit.bmf.explain import values_of
from mofkit.bmf.reading import FileReading, PayloadReading
from mofkit.bmf.stream_log import StreamLog
from mofkit.bmf.structs import container_row
from mofkit.cim import Schema

__all__ = ["MAX_COMPRESSED_BYTES", "Compression", "Contents", "Statistics", "Tokens", "measure"]

MAX_COMPRESSED_BYTES: Final = 1 << 18
"""Longer payloads are not compressed to compare: the best compression takes seconds for so much.
The largest known payload has 158,288 bytes."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the stream is made of, as far as it can be read."""

    literals: int
    short_matches: int
    medium_matches: int
    long_matches: int
    syncs: int


@dataclass(frozen=True, slots=True)
class Compression:
    """How many bytes the file has with each compression.

    Attributes:
        is_mofcomps: the stream is the very one that mofcomp writes.
    """

    mofcomp_bytes: int
    best_bytes: int
    is_mofcomps: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a payload declares, and what its records hold.

    Attributes:
        properties: of the classes, as declared.
        parameters: of the methods, as declared; those of both directions count once.
        qualifiers: records of them, with those that the compiler adds.
        strings: names and values.
        flavors: entries of the flavor table.
    """

    classes: int
    instances: int
    properties: int
    methods: int
    parameters: int
    qualifiers: int
    strings: int
    flavors: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of a file, as far as it can be read.

    Attributes:
        stream_bytes: those that there are, without what follows.
        payload_bytes: None where the stream cannot be expanded, as in the next two.
        compression: None also of payloads beyond `MAX_COMPRESSED_BYTES`.
        contents: None also where the payload is refused as a whole.
    """

    file_bytes: int
    stream_bytes: int
    payload_bytes: int | None
    tokens: Tokens
    compression: Compression | None = None
    contents: Contents | None = None

    @property
    def ratio(self) -> float | None:
        """Return the size of the file in parts of that of its payload."""
        return self.file_bytes / self.payload_bytes if self.payload_bytes else None


def measure(found: FileReading) -> Statistics:
    """Return the numbers of a file that was read.

    >>> from mofkit.bmf import encode
    >>> from mofkit.bmf.reading import read
    >>> from mofkit.cim import CimClass, Schema
    >>> measure(read(encode(Schema((CimClass("Fan"),))))).tokens.syncs
    1
    """
    data, payload = found.data, found.payload
    return Statistics(
        len(data),
        len(_stream(data)),
        len(payload.data) if payload else None,
        _tokens(found.log),
        _compression(data, payload) if payload else None,
        _contents(payload, payload.schema) if payload and payload.schema else None,
    )


def _stream(data: bytes) -> bytes:
    header = data[: container_row.size].ljust(container_row.size, b"\0")
    size = values_of(container_row, header)["CompressedSize"]
    return data[container_row.size : container_row.size + size]


def _tokens(log: StreamLog) -> Tokens:
    blocks = log.blocks
    return Tokens(
        sum(block.n_literals for block in blocks),
        sum(block.n_short for block in blocks),
        sum(block.n_medium for block in blocks),
        sum(block.n_long for block in blocks),
        sum(block.has_sync for block in blocks),
    )


def _compression(data: bytes, payload: PayloadReading) -> Compression | None:
    if len(payload.data) > MAX_COMPRESSED_BYTES:
        return None
    mofcomp = compress(payload.data)
    best = compress(payload.data, level="best")
    head = container_row.size
    return Compression(head + len(mofcomp), head + len(best), mofcomp == _stream(data))


def _contents(payload: PayloadReading, schema: Schema) -> Contents:
    methods = [method for found in schema.classes for method in found.methods]
    counts = payload.trace.counts
    return Contents(
        len(schema.classes),
        len(schema.instances),
        sum(len(found.properties) for found in schema.classes),
        len(methods),
        sum(len(method.parameters) for method in methods),
        counts["qualifiers"],
        counts["strings"],
        counts["flavors"],
    )
