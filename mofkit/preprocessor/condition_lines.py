"""The lines that decide which others count: `#if`, `#ifdef`, `#elif`, `#else`, `#endif`."""

from __future__ import annotations

from typing import Final

from mofkit.preprocessor import rules
from mofkit.preprocessor.budget import LimitError
from mofkit.preprocessor.condition import ConditionError, evaluate
from mofkit.preprocessor.expander import CallError, Tail
from mofkit.preprocessor.file_reader import FileReader, Line
from mofkit.preprocessor.tokens import Token

__all__ = ["CONDITION_LINES", "is_defined", "read_condition_line"]

CONDITION_LINES: Final = frozenset({"if", "ifdef", "ifndef", "elif", "else", "endif"})


def read_condition_line(reader: FileReader, line: Line) -> None:
    """Carry out one of `CONDITION_LINES`."""
    conditionals = reader.conditionals
    match line[1].text:
        case "if":
            conditionals.open(line, lambda: _holds(reader, line))
        case "ifdef":
            conditionals.open(line, lambda: is_defined(reader, line))
        case "ifndef":
            conditionals.open(line, lambda: not is_defined(reader, line))
        case "elif":
            conditionals.next(line, lambda: _holds(reader, line))
        case "else":
            conditionals.next(line, lambda: True)
        case _:
            conditionals.close(line)


def is_defined(reader: FileReader, line: Line) -> bool:
    """Say whether the word behind the line's own is a macro; report a line without one."""
    if len(line) < 3 or line[2].kind != "word":
        reader.report(rules.MALFORMED, f"`#{line[1].text}` needs the name of a macro", line)
        return False
    return reader.defines(line[2].text)


def _holds(reader: FileReader, line: Line) -> bool:
    written = line[2:]
    tail = Tail(reader.logical, line[0].start, line[-1].end)
    try:
        resolved = _without_defined(reader, written)
        tokens = reader.run.expander.expand(resolved, tail, may_read_on=False)
        return evaluate(tokens, lambda word: _report_undefined(reader, word, written))
    except ConditionError as error:
        reader.report(rules.CONDITION, str(error), _where(error.token, written) or line)
    except CallError as error:
        reader.report_call(error, reader.span(written))
    except LimitError as error:
        raise reader.halt(str(error), reader.span(line)) from None
    return False


def _where(token: Token | None, written: Line) -> Line:
    """Return the token, if it stands in the line; the whole condition, if a macro made it."""
    return [token] if token is not None and token in written else written


def _report_undefined(reader: FileReader, word: Token, written: Line) -> None:
    if not reader.run.is_complete:
        return  # it may be in the header that is missing
    reader.run.report(
        rules.UNDEFINED,
        f"`{word.text}` is no macro, and counts as 0",
        reader.source,
        reader.span(_where(word, written)),
        help=f"define it, with `-D {word.text}=...`, or ask `defined({word.text})`",
    )


def _without_defined(reader: FileReader, tokens: Line) -> Line:
    """Return a condition with 1 or 0 for each `defined NAME` and `defined(NAME)`."""
    result: Line = []
    rest = iter(tokens)
    for token in rest:
        if token.text != "defined":
            result.append(token)
            continue
        name = next(rest, None)
        in_parentheses = name is not None and name.text == "("
        if in_parentheses:
            name = next(rest, None)
        if name is None or name.kind != "word":
            raise ConditionError("`defined` needs the name of a macro", token)
        if in_parentheses:
            closing = next(rest, None)
            if closing is None or closing.text != ")":
                raise ConditionError("expected `)` behind the name", closing)
        value = str(int(reader.defines(name.text)))
        result.append(token._replace(kind="number", text=value))
    return result
