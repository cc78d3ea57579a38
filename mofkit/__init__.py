"""mofkit: read, check and understand MOF files (Managed Object Format, WMI/CIM).

>>> import mofkit
>>> result = mofkit.parse_source("class Fan { uint32 Rpm };")
>>> result.diagnostics[0].message
'expected `;` after property `Rpm`, found `}`'

The public names are those of `__all__`; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mofkit._version import __version__

if TYPE_CHECKING:
    from mofkit import bmf as bmf
    from mofkit import reginfo as reginfo
    from mofkit import wnode as wnode
    from mofkit.api import BindResult as BindResult
    from mofkit.api import BumpError as BumpError
    from mofkit.api import BumpOptions as BumpOptions
    from mofkit.api import BumpResult as BumpResult
    from mofkit.api import CompileError as CompileError
    from mofkit.api import DecompileResult as DecompileResult
    from mofkit.api import LintConfig as LintConfig
    from mofkit.api import ParseResult as ParseResult
    from mofkit.api import UpdateError as UpdateError
    from mofkit.api import UpdatePlan as UpdatePlan
    from mofkit.api import bind as bind
    from mofkit.api import bump_clsid as bump_clsid
    from mofkit.api import compile_schema as compile_schema
    from mofkit.api import compile_source as compile_source
    from mofkit.api import decompile as decompile
    from mofkit.api import format_source as format_source
    from mofkit.api import lint as lint
    from mofkit.api import parse_bytes as parse_bytes
    from mofkit.api import parse_source as parse_source
    from mofkit.api import plan_update as plan_update
    from mofkit.api import rules as rules
    from mofkit.diagnostics import Diagnostic as Diagnostic
    from mofkit.diagnostics import Fix as Fix
    from mofkit.diagnostics import Rule as Rule
    from mofkit.diagnostics import Severity as Severity
    from mofkit.errors import MofkitError as MofkitError
    from mofkit.source import Edit as Edit
    from mofkit.source import Loader as Loader
    from mofkit.source import SourceFile as SourceFile
    from mofkit.source import Span as Span
    from mofkit.source import apply_edits as apply_edits

_MODULE_OF = {
    "BindResult": "mofkit.api",
    "BumpError": "mofkit.api",
    "BumpOptions": "mofkit.api",
    "BumpResult": "mofkit.api",
    "CompileError": "mofkit.api",
    "DecompileResult": "mofkit.api",
    "Diagnostic": "mofkit.diagnostics",
    "Edit": "mofkit.source",
    "Fix": "mofkit.diagnostics",
    "LintConfig": "mofkit.api",
    "Loader": "mofkit.source",
    "MofkitError": "mofkit.errors",
    "ParseResult": "mofkit.api",
    "Rule": "mofkit.diagnostics",
    "Severity": "mofkit.diagnostics",
    "SourceFile": "mofkit.source",
    "Span": "mofkit.source",
    "UpdateError": "mofkit.api",
    "UpdatePlan": "mofkit.api",
    "apply_edits": "mofkit.source",
    "bind": "mofkit.api",
    "bump_clsid": "mofkit.api",
    "compile_schema": "mofkit.api",
    "compile_source": "mofkit.api",
    "decompile": "mofkit.api",
    "format_source": "mofkit.api",
    "lint": "mofkit.api",
    "parse_bytes": "mofkit.api",
    "parse_source": "mofkit.api",
    "plan_update": "mofkit.api",
    "rules": "mofkit.api",
}

__all__ = [*_MODULE_OF, "__version__"]  # noqa: PLE0604  # the keys are strings


_PACKAGES = ("bmf", "reginfo", "wnode")
"""Packages that `import mofkit` makes available, and loads when they are used."""


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        return getattr(import_module(_MODULE_OF[name]), name)
    if name in _PACKAGES:
        return import_module(f"mofkit.{name}")
    raise AttributeError(f"module 'mofkit' has no attribute {name!r}")
