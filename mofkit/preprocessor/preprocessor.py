r"""`preprocess`: what the C preprocessor makes of a file, and where each part came from.

Takes a file, macros and a loader for headers; gives an `Expansion`. As `cl /EP` does, it

- carries out lines that begin with `#` and a word of C, and takes them out;
- leaves `#pragma` lines alone (but carries out `#pragma once`), and `#include ("x.mof")`, which is
  mofcomp's and names a file that mofcomp reads (WMI SDK, "Preprocessor commands");
- expands macros elsewhere, less in strings, characters, numbers and comments. Comments stay.

After a mistake in a line it goes on, to report the rest; the use of a macro without end and what
exceeds a limit (`budget.py`) end it.

Why not the library pcpp (1.30, BSD), which is well kept: it expands the macro `Fan` in `$Fan`,
MOF's sign for an alias and part of the word to Microsoft's compiler; the places of its tokens are
those in the macro's body, so that no finding could be shown where it belongs; it prints what it
does not understand, such as `#include (...)`, to standard error; and nothing bounds an expansion
(16 lines that double each other took 2.7 s, each further one twice as long).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from mofkit.preprocessor.expansion import Expansion
from mofkit.preprocessor.lines import read_file
from mofkit.preprocessor.logical_text import LogicalText
from mofkit.preprocessor.output import Output
from mofkit.preprocessor.run import HaltError, Run
from mofkit.preprocessor.tokens import PIECE, SPACE
from mofkit.source import Loader, SourceFile

__all__ = ["check_macros", "needs_preprocessing", "preprocess"]

_C_LINE: Final = re.compile(
    r"#[ \t]*+(?:(?:define|undef|ifn?def|if|elif|else|endif|line|error|warning|[0-9]+)\b"
    r"|include[ \t]*+[\"<])"
)


def needs_preprocessing(source: SourceFile) -> bool:
    r"""Say whether a file has lines for the C preprocessor, other than pragmas.

    >>> needs_preprocessing(SourceFile.from_text('#pragma include("a.mof")\n// #define A'))
    False
    """
    if not _C_LINE.search(source.text):
        return False
    logical = LogicalText(source)
    for piece in PIECE.finditer(logical.text):
        if piece.lastgroup == "directive":
            space = SPACE.match(logical.text, piece.start())
            if space and _C_LINE.match(logical.text, space.end()):
                return True
    return False


def preprocess(
    source: SourceFile,
    *,
    macros: Mapping[str, str] | None = None,
    loader: Loader | None = None,
) -> Expansion:
    r"""Return the file after the preprocessor; what is wrong is in `diagnostics`.

    `macros` are defined before the first line, as with `-D NAME=VALUE`. Without a loader, no header
    is found.

    Raises:
        ValueError: a macro of these is wrong; see `check_macros`.

    >>> source = SourceFile.from_text("#define LEVEL uint8\nclass Tank { LEVEL Level; };\n")
    >>> expansion = preprocess(source)
    >>> expansion.source.text
    '\nclass Tank { uint8 Level; };\n'
    """
    run = Run(loader)
    _define(run, macros or {})
    with suppress(HaltError):
        read_file(run, source)
    expanded = SourceFile(run.output.text, path=source.path)
    found = sorted(run.findings, key=lambda finding: finding.sort_key)
    return Expansion(
        source,
        expanded,
        found,
        tuple(run.headers.values()),
        tuple(run.output.pieces),
        run.included_by,
    )


def check_macros(macros: Mapping[str, str]) -> None:
    """Refuse macros that `preprocess` would refuse.

    Raises:
        ValueError: a macro has no name, more than one line, or a body that makes no sense.
    """
    _define(Run(None), macros)


_NAME: Final = re.compile(r"[^\W\d]\w*")


def _define(run: Run, macros: Mapping[str, str]) -> None:
    """Define the macros of the command line, as lines of a file of that name."""
    for name, value in macros.items():
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a macro")
        if len(value.splitlines()) > 1 or value.rstrip().endswith("\\"):
            raise ValueError(f"the value of macro {name} has more than one line")
    text = "".join(f"#define {name} {value}\n" for name, value in macros.items())
    read_file(run, SourceFile(text, path="<command line>"))
    for finding in run.findings:
        raise ValueError(f"{finding.message}")
    if run.output.text != "\n" * len(macros):  # it took the end of its line
        raise ValueError("the value of a macro has an open comment")
    run.output = Output()
