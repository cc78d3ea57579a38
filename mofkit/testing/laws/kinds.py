"""`KINDS`: the table of everything that has laws."""

from __future__ import annotations

from typing import Final

from mofkit.testing.laws.bmf import BMF, BMF_FILE, BMF_SCHEMA, DECOMPILE
from mofkit.testing.laws.bump import BUMP
from mofkit.testing.laws.carve import CARVE
from mofkit.testing.laws.compile import COMPILE
from mofkit.testing.laws.description import CONFIG, DESCRIPTION
from mofkit.testing.laws.embedded import EMBEDDED
from mofkit.testing.laws.law import Kind
from mofkit.testing.laws.lint import LINT
from mofkit.testing.laws.mof import FIX, FORMAT, MOF
from mofkit.testing.laws.reginfo import REGINFO, UPDATE
from mofkit.testing.laws.wnode import BLOCK, WNODE

__all__ = ["KINDS"]

KINDS: Final[dict[str, Kind]] = {
    "mof": MOF,
    "format": FORMAT,
    "fix": FIX,
    "lint": LINT,
    "embedded": EMBEDDED,
    "config": CONFIG,
    "compile": COMPILE,
    "bmf": BMF,
    "bmf-schema": BMF_SCHEMA,
    "bmf-file": BMF_FILE,
    "decompile": DECOMPILE,
    "carve": CARVE,
    "reginfo": REGINFO,
    "description": DESCRIPTION,
    "update": UPDATE,
    "wnode": WNODE,
    "block": BLOCK,
    "bump": BUMP,
}
"""By name; the names are those that `mofkit fuzz` takes."""
