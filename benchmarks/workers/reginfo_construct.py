"""The same WMIREGINFO in plain Construct: `... reginfo_construct decode|encode N`.

The schema is what one writes first: an array of structs, each with a Pointer to its name. It knows
the x64 layout and base names only, and checks nothing.
"""

from __future__ import annotations

import sys
import time
from typing import Any
from uuid import UUID

from construct import (
    Array,
    Bytes,
    Construct,
    ExprAdapter,
    Int16ul,
    Int32ul,
    Padding,
    PascalString,
    Pointer,
    Struct,
    this,
)

from benchmarks.reginfo_inputs import ARCH, reply_of
from mofkit.reginfo import encode

_GUID: Construct[Any, Any] = ExprAdapter(
    Bytes(16),
    decoder=lambda obj, _context: UUID(bytes_le=obj),
    encoder=lambda obj, _context: obj.bytes_le,
)
_STRING = PascalString(Int16ul, "utf-16-le")

WMIREGGUID = Struct(
    "Guid" / _GUID,
    "Flags" / Int32ul,
    "InstanceCount" / Int32ul,
    "BaseNameOffset" / Int32ul,
    Padding(4),
    "BaseName" / Pointer(this.BaseNameOffset, _STRING),
)

WMIREGINFO = Struct(
    "BufferSize" / Int32ul,
    "NextWmiRegInfo" / Int32ul,
    "RegistryPathOffset" / Int32ul,
    "MofResourceNameOffset" / Int32ul,
    "GuidCount" / Int32ul,
    Padding(4),
    "WmiRegGuid" / Array(this.GuidCount, WMIREGGUID),
    "RegistryPath" / Pointer(this.RegistryPathOffset, _STRING),
    "MofResourceName" / Pointer(this.MofResourceNameOffset, _STRING),
)


def main(direction: str, n_entries: int) -> float:
    """Return the CPU seconds for one buffer, to or from Construct's containers."""
    reply = reply_of(n_entries)
    data = encode(reply, ARCH)
    parsed = WMIREGINFO.parse(data) if direction == "encode" else None
    start = time.process_time()
    result: Any = WMIREGINFO.parse(data) if direction == "decode" else WMIREGINFO.build(parsed)
    seconds = time.process_time() - start
    if direction == "decode":
        last = reply.infos[0].guids[-1]
        if result.WmiRegGuid[-1].Guid != last.guid:
            raise AssertionError("Construct read something else")
    elif result != data:
        raise AssertionError("Construct built something else")
    return seconds


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
