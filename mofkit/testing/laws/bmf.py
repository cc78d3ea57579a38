"""Laws of binary MOF: of payloads, of the files around them, and of the way to text and back."""

from __future__ import annotations

from typing import Final

import mofkit
from mofkit.binary import BinaryFormatError
from mofkit.bmf import IrregularError, decode, decode_payload, encode, encode_payload
from mofkit.bmf.annotate import annotate, annotate_reading
from mofkit.bmf.container import read_container, write_container
from mofkit.bmf.findings import Findings
from mofkit.bmf.reading import read
from mofkit.bmf.statistics import measure
from mofkit.cim import Schema
from mofkit.cim.plain import to_plain
from mofkit.diagnostics import Severity
from mofkit.testing.codes import bmf_codes, bmf_file_codes
from mofkit.testing.laws.law import BOTH_WAYS, HOSTILE, PROMISE, Kind, Law, from_
from mofkit.testing.laws.places import annotation_fault, place_fault
from mofkit.testing.mutations import bmf_file_mutations, bmf_mutations

__all__ = ["BMF", "BMF_FILE", "BMF_SCHEMA", "DECOMPILE"]


_MAX_TOKENS: Final = 10_000
"""Of a stream, to explain one by one."""


def _payload_of(data: bytes) -> bytes:
    return read_container(data, Findings(is_strict=False))


def _file_of(payload: bytes) -> bytes:
    return write_container(payload, "mofcomp")


# ------------------------------------------------------------------------------------- schemas


def _schema_comes_back(schema: Schema) -> str:
    found = decode_payload(encode_payload(schema)).schema
    return "" if found == schema else f"it is read as {found}"


def _payload_comes_back(schema: Schema) -> str:
    payload = encode_payload(schema)
    again = encode_payload(decode_payload(payload, strict=True).schema)
    return "" if again == payload else "the schema that was read has another payload"


def _is_compressed(schema: Schema) -> str:
    payload = decode_payload(encode_payload(schema))
    for level in ("mofcomp", "best"):
        data = encode(schema, compression="best" if level == "best" else "mofcomp")
        if decode(data, strict=True) != payload:
            return f"the file says something else, compressed as {level}"
    return ""


# ----------------------------------------------------------------------------------- any bytes


def _payload_is_read_or_refused(data: bytes) -> str:
    try:
        found = decode_payload(data, strict=True)
    except BinaryFormatError as error:
        return place_fault(error, data)
    return "" if encode_payload(found.schema) == data else "strictly read, but written otherwise"


def _file_is_read_or_refused(data: bytes) -> str:
    try:
        decode(data)
    except BinaryFormatError as error:
        return place_fault(error, data if _is_about_file(error) else _payload_of(data))
    payload = _payload_of(data)
    return "" if _payload_of(_file_of(payload)) == payload else "compressed, it is something else"


def _is_about_file(error: BinaryFormatError) -> bool:
    """Say whether an offset counts in the file: as `mofkit.bmf.DecodeResult` has it."""
    return error.path.startswith(("container", "DS"))


def _is_explained(data: bytes) -> str:
    found = annotate(data)
    if fault := annotation_fault(found):
        return fault
    reading = read(data, max_tokens=_MAX_TOKENS)
    measure(reading)
    if fault := annotation_fault(annotate_reading(reading, every_token=True)):
        return fault
    said = found.error or (found.payload.error if found.payload else None)
    return "" if str(said) == _refusal(data) else f"inspect says {said}, strict reading does not"


def _refusal(data: bytes) -> str:
    """Return what strict reading refuses as broken; what is only odd does not count."""
    try:
        decode(data, strict=True)
    except IrregularError:
        return "None"
    except BinaryFormatError as error:
        return str(error)
    return "None"


def _is_recompiled(data: bytes) -> str:
    try:
        found = mofkit.decompile(data)
    except BinaryFormatError:
        return ""
    if mofkit.decompile(data) != found:
        return "a second time it is another text"
    if found.warnings:
        return ""
    try:
        again = mofkit.compile_source(found.text)
    except mofkit.CompileError as error:
        return _loss_or_mistake(error)
    return "" if _payload_of(again) == _payload_of(data) else f"it has other bytes: {found.text}"


def _loss_or_mistake(error: mofkit.CompileError) -> str:
    """Return what keeps a text from being compiled, unless it is what the bytes mean.

    A value out of range has bytes and text, but no compiler takes it.
    """
    codes = [found.code for found in error.diagnostics if found.severity is Severity.ERROR]
    is_meant = all(code.startswith("SEM") and not code.startswith("SEM5") for code in codes)
    return "" if is_meant else f"it cannot be compiled: {error}"


def _schema_is_recompiled(schema: Schema) -> str:
    data = encode(schema)
    found = mofkit.decompile(data, strict=True)
    return "" if mofkit.compile_source(found.text) == data else f"it has other bytes: {found.text}"


# --------------------------------------------------------------------------------------- kinds


_PAYLOAD_LAWS: Final = (
    Law("a payload comes back byte for byte", BOTH_WAYS, _payload_comes_back),
    Law("a file is its payload compressed", BOTH_WAYS, _is_compressed),
)
BMF: Final = Kind(
    from_("schemas"),
    _PAYLOAD_LAWS,
    (Law("a payload is read or refused", HOSTILE, _payload_is_read_or_refused),),
    encode_payload,
    lambda schema: bmf_mutations(encode_payload(schema)),
    lambda _schema, data: bmf_codes(data),
    suffix=".bmf",
    to_file=_file_of,
    from_file=_payload_of,
    means=lambda schema: to_plain(decode_payload(encode_payload(schema)).schema),
)
BMF_SCHEMA: Final = Kind(
    from_("plain_bmf_schemas"),
    (Law("a schema comes back as it was", BOTH_WAYS, _schema_comes_back), *_PAYLOAD_LAWS),
    to_bytes=encode_payload,
    suffix=".bmf",
    to_file=_file_of,
    from_file=_payload_of,
)
BMF_FILE: Final = Kind(
    from_("bmf_files"),
    (),
    (
        Law("a file is read or refused", HOSTILE, _file_is_read_or_refused),
        Law("inspect finds what the decoder finds", PROMISE, _is_explained),
    ),
    mutations=bmf_file_mutations,
    codes=lambda _data, changed: bmf_file_codes(changed),
    suffix=".bmf",
    means=lambda data: to_plain(decode(data).schema),
)
DECOMPILE: Final = Kind(
    from_("schemas"),
    (Law("decompiled text compiles to the same bytes", PROMISE, _schema_is_recompiled),),
    (Law("what decompiles without a warning compiles to the same", PROMISE, _is_recompiled),),
    encode,
    suffix=".bmf",
)
