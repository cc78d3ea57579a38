"""One reading of a file for people to look at: what `decode` reads, and what it saw on the way."""

from __future__ import annotations

from dataclasses import dataclass

from mofkit.binary import BinaryFormatError, BinaryWarning
from mofkit.binary.field_budget import FieldBudget
from mofkit.bmf.compression import decompress
from mofkit.bmf.container import MAX_PAYLOAD_BYTES, read_container
from mofkit.bmf.declarations import read_declarations
from mofkit.bmf.decompression import FIRST_BIT
from mofkit.bmf.findings import Findings
from mofkit.bmf.reader import read_payload
from mofkit.bmf.stream_log import StreamLog
from mofkit.bmf.structs import MAGIC, container_row
from mofkit.bmf.trace import PayloadTrace
from mofkit.cim import Schema
from mofkit.collector import garbage_collector_paused

__all__ = ["MAX_PAYLOAD_FIELDS", "FileReading", "PayloadReading", "read"]

MAX_PAYLOAD_FIELDS = 100_000
"""The largest known payload has some 24,000."""


@dataclass(frozen=True, slots=True)
class PayloadReading:
    """What was read of a payload.

    Attributes:
        schema: None where the payload is refused as a whole.
        error: why it is refused, or else the first record that is left out.
        warnings: what is odd, and the other records that are left out.
    """

    data: bytes
    trace: PayloadTrace
    budget: FieldBudget
    schema: Schema | None
    warnings: tuple[BinaryWarning, ...]
    error: BinaryFormatError | None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read of a file.

    Attributes:
        payload: None where the file is refused.
        warnings: what is odd about container and stream.
    """

    data: bytes
    log: StreamLog
    payload: PayloadReading | None
    warnings: tuple[BinaryWarning, ...] = ()
    error: BinaryFormatError | None = None


def read(data: bytes, *, max_tokens: int = 0, max_fields: int = MAX_PAYLOAD_FIELDS) -> FileReading:
    """Return what is in a file, as far as it can be read; nothing is raised.

    Args:
        data: the file.
        max_tokens: how many tokens of the stream to keep, and not only to count.
        max_fields: how many fields of the payload to explain.
    """
    findings = Findings(is_strict=False)
    log = StreamLog(FIRST_BIT, max_tokens)
    try:
        payload = read_container(data, findings, log)
    except BinaryFormatError as error:
        if not log.blocks:
            _look_into_stream(data, log)
        return FileReading(data, log, None, tuple(findings.warnings), error)
    warnings = tuple(findings.warnings)
    with garbage_collector_paused():
        found = _read_payload(payload, findings, len(warnings), max_fields)
    return FileReading(data, log, found, warnings)


def _read_payload(
    payload: bytes, findings: Findings, n_before: int, max_fields: int
) -> PayloadReading:
    budget = FieldBudget(len(payload), max_fields)
    trace = PayloadTrace(payload, findings, budget)
    schema: Schema | None = None
    error: BinaryFormatError | None = None
    try:
        objects = read_payload(payload, findings, trace)
        schema = Schema(tuple(read_declarations(objects, findings).values()))
    except BinaryFormatError as refused:
        error = refused
    warnings = findings.warnings[n_before:]
    if error is None and findings.first_skipped is not None:
        error, told = findings.first_skipped
        warnings.remove(told)
    return PayloadReading(payload, trace, budget, schema, tuple(warnings), error)


def _look_into_stream(data: bytes, log: StreamLog) -> None:
    """Have the tokens read of a stream that the header refuses: a file that is cut off, mostly."""
    if data[: len(MAGIC)] != MAGIC or len(data) < container_row.size:
        return
    size = container_row.struct.unpack_from(data)[-1]
    try:
        if size <= MAX_PAYLOAD_BYTES:
            decompress(data[container_row.size :], size, log=log)
    except BinaryFormatError:
        return  # the header's is the error
