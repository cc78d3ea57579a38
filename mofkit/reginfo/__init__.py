"""Registration info: what a driver answers IRP_MN_REGINFO and IRP_MN_REGINFO_EX with.

Start reading at `model.py`; `structs.py` has the bytes. Each name is loaded when it is first used:
the rules are listed without Construct.

>>> from uuid import UUID
>>> from mofkit.reginfo import RegGuid, RegInfo, RegInfoReply, decode, encode
>>> fan = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
>>> reply = RegInfoReply((RegInfo(guids=(RegGuid.with_base_name(fan, "Fan", 2),)),))
>>> decode(encode(reply, "x64"), "x64") == reply
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mofkit.reginfo.decoder import decode as decode
    from mofkit.reginfo.encoder import encode as encode
    from mofkit.reginfo.enums import Action as Action
    from mofkit.reginfo.enums import Arch as Arch
    from mofkit.reginfo.enums import MinorFunction as MinorFunction
    from mofkit.reginfo.enums import RegFlag as RegFlag
    from mofkit.reginfo.enums import Request as Request
    from mofkit.reginfo.enums import flag_names as flag_names
    from mofkit.reginfo.model import BaseName as BaseName
    from mofkit.reginfo.model import DynamicNames as DynamicNames
    from mofkit.reginfo.model import InstanceNames as InstanceNames
    from mofkit.reginfo.model import ListNames as ListNames
    from mofkit.reginfo.model import PdoNames as PdoNames
    from mofkit.reginfo.model import RegGuid as RegGuid
    from mofkit.reginfo.model import RegInfo as RegInfo
    from mofkit.reginfo.model import RegInfoReply as RegInfoReply
    from mofkit.reginfo.model import TooSmall as TooSmall

_MODULE_OF = {
    "Action": "mofkit.reginfo.enums",
    "Arch": "mofkit.reginfo.enums",
    "BaseName": "mofkit.reginfo.model",
    "DynamicNames": "mofkit.reginfo.model",
    "InstanceNames": "mofkit.reginfo.model",
    "ListNames": "mofkit.reginfo.model",
    "MinorFunction": "mofkit.reginfo.enums",
    "PdoNames": "mofkit.reginfo.model",
    "RegFlag": "mofkit.reginfo.enums",
    "RegGuid": "mofkit.reginfo.model",
    "RegInfo": "mofkit.reginfo.model",
    "RegInfoReply": "mofkit.reginfo.model",
    "Request": "mofkit.reginfo.enums",
    "TooSmall": "mofkit.reginfo.model",
    "decode": "mofkit.reginfo.decoder",
    "encode": "mofkit.reginfo.encoder",
    "flag_names": "mofkit.reginfo.enums",
}

__all__ = [*_MODULE_OF]  # noqa: PLE0604  # the keys are strings


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        return getattr(import_module(_MODULE_OF[name]), name)
    raise AttributeError(f"module 'mofkit.reginfo' has no attribute {name!r}")
