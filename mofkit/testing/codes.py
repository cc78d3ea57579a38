"""What mofkit's readers say of some input: codes of errors and warnings, and nothing else."""

from __future__ import annotations

from mofkit.binary import BinaryFormatError
from mofkit.bmf import IrregularError, decode, decode_payload
from mofkit.compiler import bind
from mofkit.reginfo import Arch, RegInfoReply, Request
from mofkit.reginfo import decode as decode_reginfo
from mofkit.syntax import parse_bytes
from mofkit.wnode import decode_chain

__all__ = ["bmf_codes", "bmf_file_codes", "mof_codes", "reginfo_codes", "wnode_codes"]


def mof_codes(data: bytes) -> list[str]:
    """Return the codes of what the syntax check and the binder find in a file.

    >>> mof_codes(b"class Fan { uint8 Speed = 300; }; class Pump { uint8 Speed };")
    ['SYN002', 'SEM101']
    """
    result = parse_bytes(data)
    return [found.code for found in (*result.diagnostics, *bind([result]).diagnostics)]


def bmf_codes(payload: bytes) -> list[str]:
    """Return the codes of what strict reading refuses in a payload."""
    return _bmf_codes(payload, is_file=False)


def bmf_file_codes(data: bytes) -> list[str]:
    """Return the codes of what strict reading refuses in a file."""
    return _bmf_codes(data, is_file=True)


def reginfo_codes(
    data: bytes, arch: Arch | str, request: Request | str = Request.REGISTER
) -> list[str]:
    """Return the codes of the error, or of the warnings, about a WMIREGINFO."""
    try:
        reply = decode_reginfo(data, arch, request)
    except BinaryFormatError as error:
        return [error.code]
    return [odd.code for odd in reply.warnings] if isinstance(reply, RegInfoReply) else []


def wnode_codes(data: bytes) -> list[str]:
    """Return the codes of the error, or of the warnings, about a chain of WNODEs."""
    try:
        chain = decode_chain(data)
    except BinaryFormatError as error:
        return [error.code]
    return [odd.code for wnode in chain for odd in wnode.warnings]


def _bmf_codes(data: bytes, *, is_file: bool) -> list[str]:
    try:
        (decode if is_file else decode_payload)(data, strict=True)
    except IrregularError as error:
        return [odd.code for odd in error.irregularities]
    except BinaryFormatError as error:
        return [error.code]
    return []
