r"""Expected diagnostics as comments under the code they mark, in a file that is a test case.

    class Fan { uint32 Speed }
    //                      ^ SYN002 expected `;` after property `Speed`, found `}`

A marker is a line of its own. Its carets stand under the first line of the diagnostic's span; one
caret also stands for an empty span, in front of the character it points at. In the columns that
`//` takes there is no room for carets: each `<` in front of them moves them one column to the left,
so that `//<<^^^^` marks columns 1 to 4. Markers are taken out before a case is read, so they may
also stand inside comments and strings.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from mofkit.diagnostics import Diagnostic

__all__ = ["add_markers", "strip_markers"]

_MARKER = re.compile(r"//(?: *|<{1,2})\^+ [A-Z]+[0-9]{3} .*")


def strip_markers(marked: str) -> str:
    """Return the text of a case without its markers: what is to be read."""
    return "\n".join(line for line in marked.split("\n") if not _MARKER.fullmatch(line))


def add_markers(text: str, diagnostics: Iterable[Diagnostic]) -> str:
    r"""Return `text` with a marker for each diagnostic of it, those of a line in order of place.

    >>> from mofkit.syntax import parse_source
    >>> text = "class Fan { uint32 Speed };\n"
    >>> print(add_markers(text, parse_source(text).diagnostics), end="")
    class Fan { uint32 Speed };
    //                      ^ SYN002 expected `;` after property `Speed`, found `}`
    """
    markers = defaultdict(list)
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key):
        line, column = diagnostic.source.position(diagnostic.span.start)
        length = min(diagnostic.span.end, diagnostic.source.line_span(line).end)
        carets = "^" * max(length - diagnostic.span.start, 1)
        shift = " " * (column - 3) if column > 2 else "<" * (3 - column)
        markers[line].append(f"//{shift}{carets} {diagnostic.code} {diagnostic.message}")
    lines = enumerate(text.split("\n"), 1)
    return "\n".join(part for number, line in lines for part in (line, *markers[number]))
