"""One line a diagnostic: `fan.mof:3:17: error SYN004 expected ...`, as editors and grep like it."""

from collections.abc import Sequence

from mofkit.diagnostics.diagnostic import Diagnostic
from mofkit.diagnostics.render.glyphs import visible

__all__ = ["render"]


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line for each diagnostic, in order of place."""
    return "".join(map(_line, sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)))


def _line(diagnostic: Diagnostic) -> str:
    source, place_in_bytes = diagnostic.source, diagnostic.place
    if place_in_bytes is not None and diagnostic.is_about_bytes:
        place = f"{visible(diagnostic.path)}: {visible(str(place_in_bytes))}"
    else:
        line, column = source.position(diagnostic.span.start)
        place = f"{visible(source.path)}:{line}:{column}"
    message = visible(diagnostic.message)
    return f"{place}: {diagnostic.severity.label} {diagnostic.code} {message}\n"
