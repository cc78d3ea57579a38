r"""A WMI repository in memory: what it holds after mofcomp has compiled a file into it.

Start reading at `repository.py` and `compile.py`; `plan.py` says what a provider's update does.

>>> from mofkit.cim import CimClass, Schema
>>> from mofkit.repository import compile_schema_into, fresh
>>> result = compile_schema_into(fresh(), Schema((CimClass("Fan"),)))
>>> for step in result.steps:
...     print(step)
created \\.\root\default:Fan

The public names are those of `__all__`. Each is loaded when it is first used: the linter needs the
tables of WMI's own classes for every file, and a repository for none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mofkit.repository.compile import compile_schema_into as compile_schema_into
    from mofkit.repository.namespace import Namespace as Namespace
    from mofkit.repository.namespace import StoredInstance as StoredInstance
    from mofkit.repository.object_path import KeyValue as KeyValue
    from mofkit.repository.object_path import ObjectPath as ObjectPath
    from mofkit.repository.object_path import ObjectPathError as ObjectPathError
    from mofkit.repository.options import CompileOptions as CompileOptions
    from mofkit.repository.options import Policy as Policy
    from mofkit.repository.repository import Reference as Reference
    from mofkit.repository.repository import Repository as Repository
    from mofkit.repository.repository import fresh as fresh
    from mofkit.repository.status import WbemStatus as WbemStatus
    from mofkit.repository.step import Change as Change
    from mofkit.repository.step import CompileResult as CompileResult
    from mofkit.repository.step import PropertyChange as PropertyChange
    from mofkit.repository.step import Step as Step

_MODULE_OF = {
    "Change": "step",
    "CompileOptions": "options",
    "CompileResult": "step",
    "KeyValue": "object_path",
    "Namespace": "namespace",
    "ObjectPath": "object_path",
    "ObjectPathError": "object_path",
    "Policy": "options",
    "PropertyChange": "step",
    "Reference": "repository",
    "Repository": "repository",
    "Step": "step",
    "StoredInstance": "namespace",
    "WbemStatus": "status",
    "compile_schema_into": "compile",
    "fresh": "repository",
}

__all__ = [*_MODULE_OF]  # noqa: PLE0604  # the keys are strings


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        return getattr(import_module(f"mofkit.repository.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module 'mofkit.repository' has no attribute {name!r}")
