"""Source code written from what mofkit knows: C that registers a driver's blocks with WMI; scripts.

The scripts update a provider: `provider_scripts.py`.
"""

from mofkit.codegen.c_reginfo import STYLES, Style, generate_reginfo
from mofkit.codegen.c_text import identifier
from mofkit.codegen.errors import CodegenError

__all__ = ["STYLES", "CodegenError", "Style", "generate_reginfo", "identifier"]
