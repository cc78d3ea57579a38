"""Laws of compiling: through the preprocessor, the parser and the binder into binary MOF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mofkit.bmf import decode
from mofkit.compilation import Compilation, CompileSettings, compile_files
from mofkit.diagnostics import Severity
from mofkit.source import MappingLoader, SourceFile
from mofkit.testing.laws.law import PROMISE, Kind, Law
from mofkit.testing.laws.places import findings_fault
from mofkit.testing.spelling import spell

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["COMPILE"]

_HEADER: Final = b"#pragma once\n#define LEVEL uint8\nclass Header { LEVEL Level; };\n"


def _is_compiled_or_refused(data: bytes) -> str:
    made = _compiled(data, CompileSettings())
    return _fault(made) or _fault(_compiled(data, CompileSettings(macros={"A": "1"}, wmi=True)))


def _compiled(data: bytes, settings: CompileSettings) -> Compilation:
    """Compile a file that may include itself, and a header."""
    source = SourceFile.from_bytes(data, path="a.mof")
    loader = MappingLoader({"a.mof": source, "h.h": _HEADER})
    return compile_files([source], settings=settings, loader=loader)


def _fault(made: Compilation) -> str:
    has_errors = any(found.severity is Severity.ERROR for found in made.diagnostics)
    if has_errors == (made.data is not None):
        return "an error, and a file" if has_errors else "no error, and no file"
    if made.data is not None:
        decode(made.data)
    return findings_fault(made.diagnostics)


_LINES: Final = (
    *("#define A 2\n", "#define F(x, y) x##y\n", "#undef A\n", "#ifdef A\n", "#if A > 1\n"),
    *("#else\n", "#endif\n", '#include "h.h"\n', '#pragma include ("a.mof")\n', "#line 7\n"),
    *("class A { uint8 F(Le, vel) = A; };\n", "class \\\nB {};\n", "#error a\n", "#elif 1\n"),
)


def _texts() -> SearchStrategy[str]:
    from hypothesis import strategies as st

    from mofkit.testing.strategies import driver_schemas

    lines = st.lists(st.sampled_from(_LINES), max_size=8).map("".join)
    return st.builds(str.__add__, lines, driver_schemas().map(spell) | lines)


COMPILE: Final = Kind(
    _texts,
    (),
    (Law("any text is compiled or refused", PROMISE, _is_compiled_or_refused),),
    str.encode,
    suffix=".mof",
    is_text=True,
)
