"""Near-valid MOF text: one mistake at a time, in the bytes, in a token, or in the meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mofkit.source import Edit, SourceFile, Span, apply_edits
from mofkit.syntax import ParseResult, Token, parse_bytes
from mofkit.syntax._tables import TERMINALS
from mofkit.testing.mutations.meaning import meaning_edits
from mofkit.testing.mutations.mutation import Mutation

__all__ = ["mof_mutations"]


def mof_mutations(data: bytes) -> Iterator[Mutation]:
    """Yield a file with one thing changed at a time, in the encoding that it has.

    The file should have no finding; the places are those of the file, from the first to the last,
    once for its end, once for its tokens and once for what they mean.

    >>> found = list(mof_mutations(b"class Fan { };"))
    >>> found[-2].label, found[-2].data, found[-2].expected
    ('`;` 4 left out', b'class Fan { }', ('SYN', 'SEM117'))
    """
    result = parse_bytes(data)
    source = result.source
    for label, edit, expected in _edits(result):
        if _can_hold(source, edit.text):
            yield Mutation(label, apply_edits(source, [edit]).to_bytes(), expected)


_Found = tuple[str, Edit, tuple[str, ...]]


def _edits(result: ParseResult) -> Iterator[_Found]:
    yield from _at_the_ends(result.source)
    for token in result.tree.tokens():
        neighbours = _Neighbours(result, token.number)
        yield from _around(token)
        yield from _punctuation(token, neighbours)
        for label, text, *expected in _REPLACED.get(token.kind, ()):
            yield f"{label}, {_name(token)}", Edit(token.span, text), tuple(expected)
        if token.kind == "STRING":
            yield from _in_string(token, result.source)
        elif neighbours.make_keyword(token.kind):
            yield from _keyword(token)
    yield from meaning_edits(result)


class _Neighbours:
    """The kinds of the tokens around one, which say what it is there for."""

    def __init__(self, result: ParseResult, number: int) -> None:
        kinds = result.tree.kinds
        names = [TERMINALS[kind] for kind in kinds[max(number - 1, 0) : number + 3]]
        self.before = names[0] if number else ""
        rest = names[1 if number else 0 :]
        self.after, self.further = [*rest, "", "", ""][1:3]

    def make_keyword(self, kind: str) -> bool:
        """Say whether a word is a keyword here; all of them are names, too."""
        match kind:
            case "PRAGMA":
                return self.before == "HASH"
            case "INSTANCE":
                return self.after == "OF" and self.further not in {"SEMICOLON", "EQUAL", "LBRACKET"}
            case "OF":
                return self.before == "INSTANCE" and self.further in {"LBRACE", "AS"}
            case "CLASS":
                return self.further in {"LBRACE", "COLON"}
            case "TRUE" | "FALSE":
                return self.before == "EQUAL" and self.after == "SEMICOLON"
        return False


def _can_hold(source: SourceFile, text: str) -> bool:
    """Say whether a file can hold a character; one in Windows-1252 cannot hold every one."""
    return source.encoding.value != "cp1252" or text.isascii()


def _at_the_ends(source: SourceFile) -> Iterator[_Found]:
    end = Span.at(len(source.text))
    for label, text, *expected in _TAILS:
        yield label, Edit(end, text), tuple(expected)


_TAILS: Final = (
    ("a comment that is never closed", "\n/* open", "SYN009"),
    ("a string that is never closed", '\ninstance of X { Y = "open;\n', "SYN"),
    ("a class that is never closed", "\nclass Open_1 { uint8 X;\n", "SYN003"),
    ("NUL at the end", "\n\0", "ENC007"),
    ("Ctrl-Z at the end", "\n\x1a", "ENC007"),
    ("line ends of two kinds", " \r\n \n", "ENC010"),
    ("a line that ends in CR", " \r ", "ENC011"),
    ("a pragma there is none of", '\n#pragma fenwick("x")\n', "SEM001"),
    ("a namespace elsewhere", '\n#pragma namespace("\\\\\\\\far\\\\root")\n', "SEM004"),
    ("a comment at the end", " // } end"),
)


def _around(token: Token) -> Iterator[_Found]:
    place = f"before {_name(token)}"
    at = Span.at(token.span.start)
    yield f"no-break space {place}", Edit(at, "\u00a0"), ("ENC009",)
    if at.start:  # at the very start it belongs there
        yield f"a byte order mark {place}", Edit(at, "\ufeff"), ("ENC008",)
    yield f"a stray character {place}", Edit(at, "@ "), ("SYN",)
    yield f"a comment {place}", Edit(at, ' /* ; } " */ '), ()


def _punctuation(token: Token, neighbours: _Neighbours) -> Iterator[_Found]:
    before, after = neighbours.before, neighbours.after
    ends_nothing = token.kind == "SEMICOLON" and before in {"", "SEMICOLON", "LBRACE"}
    if token.kind in _NEEDED and not ends_nothing:
        # A string and the name behind it may be read as one value with a macro.
        yield f"{_name(token)} left out", Edit(token.span, ""), ("SYN", "SEM117")
    elif token.kind == "COMMA" and before == after == "NUMBER":
        yield f"{_name(token)} left out", Edit(token.span, " "), ("SYN",)


def _keyword(token: Token) -> Iterator[_Found]:
    yield f"letter case of {_name(token)}", Edit(token.span, token.text.swapcase()), ()
    expected = ("SEM",) if token.kind in {"TRUE", "FALSE"} else ("SYN", "SEM001")
    yield f"{_name(token)} misspelled", Edit(token.span, f"{token.text}q_9"), expected


def _in_string(token: Token, source: SourceFile) -> Iterator[_Found]:
    name, (start, end) = _name(token), token.span
    yield f"an escape there is none of in {name}", Edit(Span.at(start + 1), "\\q"), ("SYN010",)
    yield f"an empty string in front of {name}", Edit(token.span, f'"" {token.text}'), ()
    line_end = source.line_span(source.position(end).line).end
    if '"' not in source.text[end:line_end] and "/" not in token.text:
        yield f"{name} not closed", Edit(Span(end - 1, end), ""), ("SYN",)
        yield f"{name} not opened", Edit(Span(start, start + 1), ""), ("SYN",)
    if "\\" not in token.text:
        typographic = f"\u201c{token.text[1:-1]}\u201d"
        yield f"typographic quotes around {name}", Edit(token.span, typographic), ("SYN014",)


def _name(token: Token) -> str:
    return f"`{token.text[:20]}` {token.number}"


_NEEDED: Final = frozenset("SEMICOLON LBRACE RBRACE LBRACKET RBRACKET LPAREN RPAREN".split())
_REPLACED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "NUMBER": (
        ("a decimal digit in an octal number", "089", "SYN011"),
        ("a digit too large for a binary number", "102b", "SYN011"),
        ("a real without a point", "1e5", "SYN011"),
        ("a sign that stands alone", "- 5", "SYN"),
    ),
    "CHARACTER": (("an empty character", "''", "SYN013"), ("two characters", "'ab'", "SYN013")),
    "ALIAS_IDENTIFIER": (("a dollar sign alone", "$ ", "SYN"),),
}
