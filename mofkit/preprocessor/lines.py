"""`read_file`: a file piece by piece, and what its lines do to the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from mofkit.diagnostics import Related, Severity
from mofkit.preprocessor import rules
from mofkit.preprocessor.budget import MAX_DEPTH, LimitError
from mofkit.preprocessor.condition_lines import (
    CONDITION_LINES,
    is_defined,
    read_condition_line,
)
from mofkit.preprocessor.expander import CallError, Tail
from mofkit.preprocessor.file_reader import FileReader, Line
from mofkit.preprocessor.macros import DefinitionError, read_macro
from mofkit.preprocessor.run import Run
from mofkit.preprocessor.tokens import PIECE, SPACE, Token, tokens_of
from mofkit.source import IncludeError, SourceFile, Span

__all__ = ["read_file"]


def read_file(run: Run, source: SourceFile, depth: int = 0) -> None:
    """Read a file into the output of a run.

    Raises:
        HaltError: it makes no sense to go on.
    """
    reader = FileReader(run, source, depth)
    text = reader.logical.text
    concerns = run.expander.concerns
    at = 0
    while at < len(text):
        piece = PIECE.match(text, at)
        assert piece is not None  # it matches any character
        start, at = piece.span()
        if piece.lastgroup == "directive":
            _read_line(reader, start, at)
        elif piece.lastgroup == "word" and concerns(piece[0]) and reader.conditionals.is_live:
            at = reader.expand(Token("word", piece[0], start, at))
    reader.copy_up_to(at)
    reader.conditionals.finish()


def _read_line(reader: FileReader, start: int, end: int) -> None:
    """Carry out a line, and leave it out of the output; or leave it alone."""
    line = list(tokens_of(reader.logical.text, start, end))
    counts = reader.conditionals.is_live
    if line[0].text != "#" or (counts and _is_left_alone(line)):
        return
    reader.copy_up_to(start)
    reader.copied = end
    if len(line) == 1:
        return
    if line[1].text in CONDITION_LINES:
        read_condition_line(reader, line)
    elif counts and line[1].text in _ACTIONS:
        try:
            _ACTIONS[line[1].text](reader, line, end)
        except DefinitionError as error:
            reader.report(rules.MALFORMED, str(error), [error.token] if error.token else line)
    elif counts and line[1].kind == "word":
        _unknown(reader, line)


def _is_left_alone(line: Line) -> bool:
    """Say whether a line is for the compiler of MOF, or not even like one, which that reports."""
    match [token.text for token in line[1:4]]:
        case ["pragma", *rest]:
            return rest != ["once"]
        case ["include", "(", *_]:
            return True
        case [name, *_] if name not in _KNOWN:
            # Numbers begin the marker of a line, as preprocessors write them. MOF has `#PRAGMA`.
            is_word = line[1].kind == "word" and name.lower() not in _OF_MOF
            return not is_word and line[1].kind != "number"
    return False


def _unknown(reader: FileReader, line: Line) -> None:
    name = line[1].text
    reader.run.report(
        rules.MALFORMED,
        f"there is no line `#{name}`",
        reader.source,
        reader.span(line[:2]),
        help=f"the lines are {', '.join(f'#{known}' for known in sorted(_KNOWN))}",
    )


def _define(reader: FileReader, line: Line, _end: int) -> None:
    if len(line) < 3:
        raise DefinitionError("`#define` needs a name", None)
    run = reader.run
    macro = read_macro(line[2:], reader.source, reader.span([line[2]]))
    former = run.macros.get(macro.name)
    run.macros[macro.name] = macro
    if former is not None and not macro.means_the_same(former):
        run.report(
            rules.REDEFINED,
            f"macro `{macro.name}` is defined a second time, as something else",
            reader.source,
            macro.span,
            related=(Related(former.source, former.span, "the first definition"),),
            help=f"write `#undef {macro.name}` in front of it, if that is meant",
        )


def _undef(reader: FileReader, line: Line, _end: int) -> None:
    if is_defined(reader, line):
        reader.run.macros.pop(line[2].text, None)


def _error(reader: FileReader, line: Line, end: int) -> None:
    name = line[1].text
    reader.run.report(
        rules.ERROR_LINE,
        reader.logical.text[line[1].end : end].strip() or f"`#{name}`",
        reader.source,
        reader.span(line),
        severity=Severity.ERROR if name == "error" else Severity.WARNING,
    )


def _pragma_once(reader: FileReader, _line: Line, _end: int) -> None:
    reader.run.once.add(reader.source.path)


def _nothing(_reader: FileReader, _line: Line, _end: int) -> None:
    """Leave `#line` out: places are those of the files that are read."""


def _include(reader: FileReader, line: Line, end: int) -> None:
    name, span = _header_name(reader, line, end)
    run = reader.run
    try:
        header = run.load(name, reader.source.path)
    except IncludeError as error:
        run.is_complete = False
        run.report(rules.HEADER, str(error), reader.source, span)
        return
    if header.path in run.once:
        return
    if reader.depth >= MAX_DEPTH:
        raise reader.halt(_too_deep(run, reader.source, header), span)
    try:
        run.budget.include(len(header.text))
    except LimitError as error:
        raise reader.halt(str(error), span) from None
    run.included_by.setdefault(header.path, Related(reader.source, span, "included here"))
    run.open_files.append(reader.source)
    read_file(run, header, reader.depth + 1)
    run.open_files.pop()


def _too_deep(run: Run, source: SourceFile, header: SourceFile) -> str:
    """Return what is wrong with the last of many includes; most often it is a circle."""
    message = f"headers include one another deeper than {MAX_DEPTH} levels"
    paths = [opened.path for opened in (*run.open_files, source)]
    if header.path not in paths:
        return message
    last = len(paths) - 1 - paths[::-1].index(header.path)
    return f"{message}: {' → '.join([*paths[last:], header.path])}"


def _header_name(reader: FileReader, line: Line, end: int) -> tuple[str, Span]:
    """Return the name of a header, in quotes or angles, or made by a macro.

    Raises:
        DefinitionError: there is none.
    """
    logical = reader.logical
    space = SPACE.match(logical.text, line[1].end)
    match = _HEADER.match(logical.text, space.end() if space else line[1].end, end)
    if match is not None:
        return match[1] or match[2], logical.span(*match.span())
    try:
        tail = Tail(logical, line[0].start, end)
        made = reader.run.expander.expand(line[2:], tail, may_read_on=False)
    except (CallError, LimitError) as error:
        raise DefinitionError(str(error), None) from None
    match = _HEADER.fullmatch("".join(token.text for token in made))
    if match is None:
        raise DefinitionError("`#include` needs the name of a header", None)
    return match[1] or match[2], reader.span(line[2:])


_HEADER: Final = re.compile(r'"([^"\r\n]+)"|<([^>\r\n]+)>')
_ACTIONS: Final[dict[str, Callable[[FileReader, Line, int], None]]] = {
    "define": _define,
    "undef": _undef,
    "include": _include,
    "error": _error,
    "warning": _error,
    "line": _nothing,
    "pragma": _pragma_once,
}
_OF_MOF: Final = frozenset({"pragma", "include"})
_KNOWN: Final = CONDITION_LINES.union(_ACTIONS)
