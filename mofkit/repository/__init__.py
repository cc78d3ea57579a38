r"""A WMI repository in memory: what it holds after mofcomp has compiled a file into it.

Start reading at `repository.py` and `compile.py`; `plan.py` says what a provider's update does.

>>> from mofkit.cim import CimClass, Schema
>>> result = compile_schema_into(fresh(), Schema((CimClass("Fan"),)))
>>> for step in result.steps:
...     print(step)
created \\.\root\default:Fan
"""

from mofkit.repository.compile import compile_schema_into
from mofkit.repository.namespace import Namespace, StoredInstance
from mofkit.repository.object_path import KeyValue, ObjectPath, ObjectPathError
from mofkit.repository.options import CompileOptions, Policy
from mofkit.repository.repository import Reference, Repository, fresh
from mofkit.repository.status import WbemStatus
from mofkit.repository.step import Change, CompileResult, PropertyChange, Step

__all__ = [
    "Change",
    "CompileOptions",
    "CompileResult",
    "KeyValue",
    "Namespace",
    "ObjectPath",
    "ObjectPathError",
    "Policy",
    "PropertyChange",
    "Reference",
    "Repository",
    "Step",
    "StoredInstance",
    "WbemStatus",
    "compile_schema_into",
    "fresh",
]
