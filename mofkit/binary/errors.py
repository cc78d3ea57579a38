"""What is wrong with bytes, and with values that cannot become bytes.

A code such as `E-STRING` (refused) or `W-NUL` (accepted and reported) names the rule; the format's
own module lists its codes. A field path is written in the names of the format's header file:
`WMIREGINFO[0].WmiRegGuid[2].InstanceNameList[1]`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mofkit.errors import MofkitError

__all__ = ["BinaryFormatError", "BinaryWarning", "BuildError"]


class BinaryFormatError(MofkitError):
    """Bytes that are not what they should be.

    Attributes:
        code: the rule, such as `E-STRING`.
        offset_bytes: where in the data the field stands that is wrong.
        path: that field in the header's names.
        reason: the message without code and place.

    >>> str(BinaryFormatError("E-NEXT", 4, "WMIREGINFO[0].NextWmiRegInfo", "5 is no multiple of 4"))
    'E-NEXT at 0x4, WMIREGINFO[0].NextWmiRegInfo: 5 is no multiple of 4'
    """

    def __init__(self, code: str, offset_bytes: int, path: str, reason: str) -> None:
        self.code = code
        self.offset_bytes = offset_bytes
        self.path = path
        self.reason = reason
        super().__init__(f"{code} at {offset_bytes:#x}, {path}: {reason}")


class BuildError(MofkitError):
    """A value that cannot be written: the bytes would be refused, or mean something else.

    Attributes:
        code: the rule that the bytes would break.
        path: the field in the header's names.
        reason: the message without code and place.
    """

    def __init__(self, code: str, path: str, reason: str) -> None:
        self.code = code
        self.path = path
        self.reason = reason
        super().__init__(f"{code}, {path}: {reason}")


@dataclass(frozen=True, slots=True)
class BinaryWarning:
    """Something odd in bytes that could be read all the same; fields as in `BinaryFormatError`."""

    code: str
    offset_bytes: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.code} at {self.offset_bytes:#x}, {self.path}: {self.message}"
