"""Diagnostics as MSBuild and Visual Studio read them: `fan.mof(3,17): error SYN004: expected ...`.

The form is that of "MSBuild and Visual Studio format for diagnostic messages"; it knows errors and
warnings, and what is information is passed on as text.
"""

from collections.abc import Sequence

from mofkit.diagnostics.diagnostic import Diagnostic
from mofkit.diagnostics.render.glyphs import visible

__all__ = ["render"]


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line for each diagnostic, in order of place."""
    return "".join(map(_line, sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)))


def _line(found: Diagnostic) -> str:
    line, column = found.source.position(found.span.start)
    place = f"{visible(found.path)}({line},{column})"
    return f"{place}: {found.severity.label} {found.code}: {visible(found.message)}\n"
