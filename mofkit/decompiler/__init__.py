r"""The decompiler: from what is declared to MOF text that declares the same.

`decompile_file` takes binary MOF, `decompile_schema` a `mofkit.cim.Schema`. The text is correct
and has no layout, which is the formatter's job. What MOF cannot say stands in a comment and is a
warning (`notes.py` has the codes), so that no text means something else without a word.

The text is ASCII: other characters of strings are written as `\x` escapes of four digits (DSP0004
§A.3), which every compiler reads alike, whatever code page it takes a file to be in. Only a name
that is not ASCII cannot be written so.
"""

from mofkit.decompiler.decompiler import (
    DecompiledFile,
    DecompiledSchema,
    Remark,
    decompile_file,
    decompile_schema,
)
from mofkit.decompiler.notes import Unsayable

__all__ = [
    "DecompiledFile",
    "DecompiledSchema",
    "Remark",
    "Unsayable",
    "decompile_file",
    "decompile_schema",
]
