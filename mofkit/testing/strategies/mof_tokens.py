"""MOF text without regard to sense: tokens in any order, and sentences of the grammar.

Sentences are derived from the same rules that the parser runs (`mofkit.syntax._tables.RULES`), so
that every production is met. `lark_sentences` has Hypothesis derive them from `grammars/mof.lark`
itself: slower, and independent of our tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from hypothesis import strategies as st

from mofkit.syntax import _tables

__all__ = ["lark_sentences", "sentences", "token_streams"]

# ------------------------------------------------------------------------------------- spellings

WORDS = {
    "AS": "as As",
    "ASSOCIATION": "association",
    "CLASS": "class CLASS Class cla\u017fs",  # a long s is an s where case does not count
    "ENUMERATION": "enumeration",
    "FALSE": "false FALSE",
    "INCLUDE": "include",
    "INDICATION": "indication Indication",
    "INSTANCE": "instance Instance INSTANCE",
    "NULL": "null NULL",
    "OF": "of Of",
    "PRAGMA": "pragma PRAGMA",
    "QUALIFIER": "qualifier",
    "REF": "ref REF",
    "STRUCTURE": "structure",
    "TRUE": "true True",
    "VALUE": "value Value",
    "NAME": "Fan X _x __Path uint8 string classes ofs Überlauf 風扇 flavor toinstance",
    "ALIAS_IDENTIFIER": "$A $_b $Ä9",
    "NUMBER": "0 7 -1 +42 017 0x1F 101b .5 -1.25 1.5e-3 089 102b 0x 1e5 1. 1.2.3 5G",
    "CHARACTER": r"'a' '\n' '\x41' '' 'ab' '\q' 'ä'",
}
TEXTS: dict[str, list[str]] = {name: texts.split(" ") for name, texts in WORDS.items()} | {
    "STRING": ['""', '"a"', '"a b"', r'"\"\\\n"', r'"\q"', '"ä"', '"// no comment"', '"/*"'],
    "MULTILINE_STRING": ['"a\nb"', '"\r\n"'],
    "UNTERMINATED_STRING": ['"a\n', '"a b;\n', '"\n'],
    "TYPOGRAPHIC_STRING": ["“a”", '„a"'],
    **{_tables.TERMINALS[kind]: [text] for kind, text in _tables.SPELLING if not text.isalpha()},
}
"""Terminal → how it may be spelled, the usual way first."""

STRAYS = [*"?@$\\'\"*/+-\0\x1a\x1b\u00a0\u200b\u2013\u201d\ufeff\U0001f300\ud800", "*/", "\0 \0"]
"""What begins no token, or one that a part is missing of."""

TRIVIA = [
    *(" ", " ", "\n", "\n", "", "\t", "\r\n", "\r", "\f\v", "// a\n", "/* a */", "/*\n*/", "/**/"),
    *("#define A B\n", "# if 1\n", '#include "a.mof"\n', "\\\n", "\u00a0", "\ufeff", "\u2028"),
]
ENDS = [*TRIVIA, "//", "/* open", "\0", "\x1a\n", "\\", "#endif", "#define A \\"]

# ------------------------------------------------------------------------------ tokens anyhow

_TOKENS = st.sampled_from(sorted(TEXTS)).flatmap(lambda name: st.sampled_from(TEXTS[name]))


@st.composite
def _joined(draw: st.DrawFn, tokens: list[str]) -> str:
    gaps = draw(st.lists(st.sampled_from(TRIVIA), min_size=len(tokens), max_size=len(tokens)))
    pairs = zip(gaps, tokens, strict=True)
    return "".join(gap + token for gap, token in pairs) + draw(st.sampled_from(ENDS))


def token_streams() -> st.SearchStrategy[str]:
    """Return tokens in any order, up to 15, with trivia between them, or with none.

    Every terminal is among them, spelled well and ill; so is what begins no token.
    """
    tokens = _TOKENS | st.sampled_from(STRAYS)
    return st.lists(tokens, max_size=15).flatmap(_joined)


# --------------------------------------------------------------------- sentences of the grammar

_ERROR = _tables.TERMINALS.index("ERROR")  # made by the parser, never by a text
_START = len(_tables.TERMINALS) + _tables.NONTERMINALS.index("mof_specification")


def _fewest_tokens() -> dict[int, int]:
    """Return for each symbol that a text can stand for the length of the shortest one."""
    fewest = {kind: 1 for kind in range(len(_tables.TERMINALS)) if kind != _ERROR}
    grew = True
    while grew:
        grew = False
        for left, right, _, _ in _tables.RULES:
            if fewest.keys() >= set(right):
                length = sum(fewest[symbol] for symbol in right)
                if length < fewest.get(left, length + 1):
                    fewest[left], grew = length, True
    return fewest


_FEWEST = _fewest_tokens()


def _length(symbols: Iterable[int]) -> int:
    return sum(_FEWEST[symbol] for symbol in symbols)


def _rules() -> dict[int, list[tuple[int, ...]]]:
    """Return left side → right sides, the shortest first, to which a derivation shrinks."""
    rules: dict[int, list[tuple[int, ...]]] = {}
    for left, right, _, _ in _tables.RULES:
        if _FEWEST.keys() >= set(right):
            rules.setdefault(left, []).append(right)
    return {left: sorted(rights, key=_length) for left, rights in rules.items()}


_RULES_OF = _rules()


@st.composite
def _derivations(draw: st.DrawFn, max_tokens: int = 40) -> list[str]:
    """Terminals that the grammar puts in this order."""
    found: list[str] = []
    todo = [_START]
    while todo:
        symbol = todo.pop()
        if symbol not in _RULES_OF:
            found.append(_tables.TERMINALS[symbol])
            continue
        rules = _RULES_OF[symbol]
        is_full = len(found) + _length(todo) > max_tokens
        todo += reversed(rules[0] if is_full else draw(st.sampled_from(rules)))
    return found


@st.composite
def sentences(draw: st.DrawFn, *, slips: bool = False, odd: bool = True) -> str:
    """Return text that the grammar derives, up to some 40 tokens; shrinks to none.

    Args:
        draw: given by Hypothesis.
        slips: afterwards a few tokens are lost, doubled, or come from nowhere.
        odd: tokens may be spelled in ways the language forbids or that need luck to be read as
            meant, and trivia may be anything; otherwise the reading is certain.
    """
    names = draw(_derivations())
    if not odd:
        return " ".join(_plain_text(name) for name in names)
    tokens = [draw(st.sampled_from(TEXTS[name])) for name in names]
    for _ in range(draw(st.integers(1, 3)) if slips and tokens else 0):
        place = draw(st.integers(0, len(tokens) - 1))
        tokens[place : place + 1] = draw(
            st.sampled_from([[], [tokens[place]] * 2])
            | st.tuples(_TOKENS | st.sampled_from(STRAYS), st.just(tokens[place])).map(list)
        )
        tokens = tokens or [";"]
    return draw(_joined(tokens))


def lark_sentences() -> st.SearchStrategy[str]:
    """Return what `hypothesis.extra.lark` derives from the grammar, of tokens read as meant.

    Needs Lark, and half a second for the first one. Not generated: what only error recovery makes
    of a file, and odd trivia.
    """
    return st.deferred(lambda: _lark_sentences())  # noqa: PLW0108  # it must be a lambda


@cache
def _lark_sentences() -> st.SearchStrategy[str]:
    from hypothesis.extra.lark import from_lark

    lark = _lark_without_errors()
    trivia = {terminal: st.sampled_from([" ", "\n"]) for terminal in lark.ignore_tokens}
    # A space behind each, lest two of them be read as one.
    tokens = {
        terminal.name: st.sampled_from(
            ["NULL ", "null "] if terminal.name == "NULL" else [f"{_plain_text(terminal.name)} "]
        )
        for terminal in lark.terminals
        if terminal.name not in trivia
    }
    return from_lark(lark, explicit=tokens | trivia)


def _lark_without_errors() -> Any:
    """Return the grammar as Lark's parser without the rules that only recovery uses."""
    from mofkit.syntax.generate_tables import build_lark
    from mofkit.syntax.grammar import grammar_text

    lines = [
        line
        for line in grammar_text().splitlines()
        if line.strip() not in {"| error", "| _forgotten_brace", "error: ERROR", "%declare ERROR"}
        and not line.startswith("_forgotten_brace:")
    ]
    return build_lark(grammar="\n".join(lines))


def _plain_text(name: str) -> str:
    """Return a spelling that is read as meant, whatever stands beside it."""
    return TEXTS["STRING" if name.endswith("_STRING") else name][0]
