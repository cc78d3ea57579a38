"""Registration info: what a driver answers IRP_MN_REGINFO and IRP_MN_REGINFO_EX with.

Start reading at `model.py`; `structs.py` has the bytes.

>>> from uuid import UUID
>>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
>>> reply = RegInfoReply((RegInfo(guids=(RegGuid.with_base_name(fan, "Fan", 2),)),))
>>> decode(encode(reply, "x64"), "x64") == reply
True
"""

from mofkit.reginfo.decoder import decode
from mofkit.reginfo.encoder import encode
from mofkit.reginfo.enums import Action, Arch, MinorFunction, RegFlag, Request, flag_names
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    InstanceNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)

__all__ = [
    "Action",
    "Arch",
    "BaseName",
    "DynamicNames",
    "InstanceNames",
    "ListNames",
    "MinorFunction",
    "PdoNames",
    "RegFlag",
    "RegGuid",
    "RegInfo",
    "RegInfoReply",
    "Request",
    "TooSmall",
    "decode",
    "encode",
    "flag_names",
]
