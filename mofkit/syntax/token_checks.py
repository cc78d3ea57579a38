"""Tokens that DSP0004 forbids though the grammar reads them: strings, numbers, comments.

The lexer takes everything that hangs together for one token; what it should have been is said
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mofkit.diagnostics import Diagnostic, Fix, Related, Safety
from mofkit.source import Edit, Span
from mofkit.syntax import rules
from mofkit.syntax.lexer import CHARACTER, ESCAPE, KIND, NUMBER, STRING_KINDS, faultless_token
from mofkit.syntax.messages import open_comments
from mofkit.syntax.tree import SyntaxTree

_UNTERMINATED = KIND["UNTERMINATED_STRING"]
_TYPOGRAPHIC = KIND["TYPOGRAPHIC_STRING"]
_MULTILINE = KIND["MULTILINE_STRING"]


def check_tokens(tree: SyntaxTree) -> Iterator[Diagnostic]:
    """Yield what is wrong with strings, numbers and characters."""
    for token, kind in enumerate(tree.kinds):
        if kind in STRING_KINDS:
            yield from _check_string(tree, token, kind)
        elif kind == NUMBER:
            if tree.kinds[token + 1] == NUMBER and tree.touches_next(token):
                if not token or not tree.touches_next(token - 1):
                    yield _bare_text(tree, token)
            elif token and tree.kinds[token - 1] == NUMBER and tree.touches_next(token - 1):
                pass  # the end of what was reported where it begins
            elif not faultless_token().fullmatch(tree.texts[token]):
                yield _bad_number(tree, token)
        elif kind == CHARACTER and not faultless_token().fullmatch(tree.texts[token]):
            yield _bad_character(tree, token)


def _check_string(tree: SyntaxTree, token: int, kind: int) -> Iterator[Diagnostic]:
    source, span = tree.source, tree.token_span(token)
    text = tree.texts[token]
    if kind == _TYPOGRAPHIC:
        plain = '"' + re.sub(r'["“-‟]', "", text) + '"'
        yield Diagnostic(
            rules.TYPOGRAPHIC_QUOTES,
            f"typographic quotes {text[0]} {text[-1]} around a string",
            source,
            span,
            help="MOF knows only the straight quote",
            fix=Fix('use `"`', (Edit(span, plain),)),
        )
    elif kind == _UNTERMINATED:
        yield Diagnostic(
            rules.UNTERMINATED_STRING,
            "this string is not closed on its line",
            source,
            Span(span.start, span.start + 1),
            help='close it with `"`; a long text is several strings one after the other',
            fix=Fix("close the string", (Edit(Span.at(span.end), '"'),), Safety.UNSAFE),
        )
    elif kind == _MULTILINE:
        first_line = source.line_span(source.position(span.start).line)
        yield Diagnostic(
            rules.MULTILINE_STRING,
            "this string runs over the end of its line",
            source,
            Span(span.start, first_line.end),
            related=(Related(source, Span(span.end - 1, span.end), "it is closed here"),),
            help='close each line with `\\n"` and open the next with `"`: neighbours are joined',
        )
    if "\\" in text:
        yield from _check_escapes(tree, token, text[1:-1] if len(text) > 1 else "")


_ANY_ESCAPE = re.compile(rf"{ESCAPE}|\\([\s\S]?)")


def _check_escapes(tree: SyntaxTree, token: int, body: str) -> Iterator[Diagnostic]:
    wrong = [match for match in _ANY_ESCAPE.finditer(body) if match[1] is not None]
    if not wrong:
        return
    base = tree.starts[token] + 1
    edits = tuple(Edit(Span.at(base + match.start()), "\\") for match in wrong)
    first = wrong[0]
    what = f"`\\{first[1]}` is not an escape"
    if len(wrong) > 1:
        what += f", and {len(wrong) - 1} more in this string"
    yield Diagnostic(
        rules.BAD_ESCAPE,
        what,
        tree.source,
        Span(base + first.start(), base + first.end()),
        help="a backslash in a string is written `\\\\`",
        fix=Fix("double the backslash", edits, Safety.UNSAFE),
    )


def _bad_number(tree: SyntaxTree, token: int) -> Diagnostic:
    text = tree.texts[token]
    digits = text.lstrip("+-")
    fix = ""
    if re.fullmatch(r"0[0-9]*[89][0-9]*", digits):
        message, remedy = f"`{text}` begins like an octal number", "octal digits go from 0 to 7"
        fix = digits.lstrip("0")
    elif re.fullmatch(r"[0-9]+[bB]", digits):
        message, remedy = f"`{text}` is not a binary number", "binary digits are 0 and 1"
    elif re.match(r"0[xX]", digits):
        message, remedy = f"`{text}` is not a hexadecimal number", "it takes 0-9 and A-F after `0x`"
    elif re.fullmatch(r"[0-9]+[eE][+-]?[0-9]+", digits):
        message, remedy = f"`{text}` has no decimal point", "a real number needs one: `1.0e5`"
        fix = re.sub("[eE]", r".0\g<0>", digits)
    elif re.fullmatch(r"[0-9]+\.", digits):
        message, remedy = f"`{text}` has no digit after the point", "write `1.0`"
        fix = digits + "0"
    else:
        message = f"`{text}` is not a number"
        remedy = "nor a name, which cannot begin with a digit; a string needs quotes"
    sign = text[: len(text) - len(digits)]
    span = tree.token_span(token)
    return Diagnostic(
        rules.BAD_NUMBER,
        message,
        tree.source,
        span,
        help=remedy,
        fix=Fix(f"write `{sign}{fix}`", (Edit(span, sign + fix),), Safety.UNSAFE) if fix else None,
    )


def _bare_text(tree: SyntaxTree, token: int) -> Diagnostic:
    """Report numbers that hang together, as a GUID without quotes makes them."""
    end = token
    while tree.touches_next(end) and tree.kinds[end + 1] == NUMBER:
        end += 1
    span = Span(tree.starts[token], tree.token_end(end))
    text = tree.source.text[span.start : span.end]
    return Diagnostic(
        rules.BAD_NUMBER,
        f"`{text}` is not a number",
        tree.source,
        span,
        help="a string needs quotes",
        fix=Fix("put it in quotes", (Edit(span, f'"{text}"'),), Safety.UNSAFE),
    )


def _bad_character(tree: SyntaxTree, token: int) -> Diagnostic:
    text, span = tree.texts[token], tree.token_span(token)
    body = text[1:-1]
    fix = None
    if not body:
        message = "an empty character"
    elif body[0] == "\\":
        message = f"`{body}` is not one character"
    else:
        message = f"{text} holds {len(body)} characters"
        if '"' not in body:
            fix = Fix("make it a string", (Edit(span, f'"{body}"'),), Safety.UNSAFE)
    return Diagnostic(
        rules.BAD_CHARACTER,
        message,
        tree.source,
        span,
        help="single quotes hold one character, double quotes a string",
        fix=fix,
    )


def check_comments(tree: SyntaxTree) -> Iterator[Diagnostic]:
    """Report a `/*` that nothing closes: it is the last trivia of the file."""
    for match in open_comments(tree):
        if match[1]:
            yield Diagnostic(
                rules.UNTERMINATED_COMMENT,
                "this comment is never closed",
                tree.source,
                Span(match.start(1), match.start(1) + 2),
                help="everything after it was taken for comment; close it with `*/`",
            )
