"""From binary MOF to what it declares.

`decode` takes a file, `decode_payload` what its stream expands to. Lenient reading, the default,
skips the records that cannot be read and says so; strict reading refuses what no compiler writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from mofkit.binary import BinaryWarning, BuildError
from mofkit.bmf.container import read_container
from mofkit.bmf.declarations import read_declarations
from mofkit.bmf.encoder import encode_payload
from mofkit.bmf.findings import Findings
from mofkit.bmf.reader import read_payload
from mofkit.bmf.records import ObjectRecord, path_at
from mofkit.cim import Schema
from mofkit.collector import garbage_collector_paused

__all__ = ["DecodeResult", "decode", "decode_payload"]


@dataclass(frozen=True, slots=True)
class DecodeResult:
    """What a binary MOF declares, and what is odd in it.

    Attributes:
        warnings: in the order in which they were met. Offsets count in the payload, but in the
            file where the path begins with `container` or `DS`.
        offsets_bytes: where the record of each item of the schema begins in the payload.
    """

    schema: Schema
    warnings: tuple[BinaryWarning, ...] = ()
    offsets_bytes: tuple[int, ...] = ()


def decode(data: bytes, *, strict: bool = False, compare: bool = False) -> DecodeResult:
    """Return what a file declares.

    With `compare` lenient reading, too, says where the compiler would write other bytes
    (W-DIFFERENT), unless the payload has warnings already. That takes as long as reading.

    Raises:
        BinaryFormatError: this is no binary MOF, or it is cut off, or its stream is broken; strict:
            it is not as a compiler writes it (`IrregularError` has all of that).
    """
    findings = Findings(is_strict=strict)
    payload = read_container(data, findings)
    return _decode(payload, findings, compare=compare or strict)


def decode_payload(payload: bytes, *, strict: bool = False) -> DecodeResult:
    """Return what a payload declares: a file's stream, expanded.

    Raises:
        BinaryFormatError: as for `decode`.
    """
    return _decode(payload, Findings(is_strict=strict), compare=strict)


def _decode(payload: bytes, findings: Findings, *, compare: bool) -> DecodeResult:
    n_of_file = len(findings.warnings)
    with garbage_collector_paused():
        objects = read_payload(payload, findings)
        items = read_declarations(objects, findings)
        schema = Schema(tuple(items.values()))
        if compare and len(findings.warnings) == n_of_file:
            _check_bytes(payload, objects, schema, findings)
    findings.raise_irregular()
    return DecodeResult(schema, tuple(findings.warnings), tuple(items))


def _check_bytes(
    payload: bytes, objects: list[ObjectRecord], schema: Schema, findings: Findings
) -> None:
    """Report where the compiler would write other bytes: what no other check has seen."""
    try:
        expected = encode_payload(schema)
    except BuildError as error:
        findings.note("W-DIFFERENT", 0, "", f"the compiler cannot write this: {error.reason}")
        return
    if payload == expected:
        return
    pairs = enumerate(zip(payload, expected, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(payload), len(expected)))
    path = path_at(objects, at)
    findings.note("W-DIFFERENT", at, path, "the compiler writes something else from here on")
