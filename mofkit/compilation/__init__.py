"""From MOF text to a binary MOF file: the preprocessor, the compiler and the encoder, put together.

`compile_files.py` is where to begin; `rules.py` has a page for what the file will not say.
"""

from mofkit.compilation.compile_files import Compilation, compile_files, compile_schema
from mofkit.compilation.errors import CompileError
from mofkit.compilation.rules import RULES
from mofkit.compilation.settings import CompileSettings

__all__ = [
    "RULES",
    "Compilation",
    "CompileError",
    "CompileSettings",
    "compile_files",
    "compile_schema",
]
