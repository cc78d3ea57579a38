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
    if found.place is not None:  # an origin may be a file alone
        place, message = f"{visible(found.path)} ", f"{found.message} [{found.where}]"
    else:
        line, column = found.source.position(found.span.start)
        place, message = f"{visible(found.path)}({line},{column})", found.message
    return f"{place}: {found.severity.label} {found.code}: {visible(message)}\n"
