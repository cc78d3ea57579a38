"""What the formatter must keep: tokens, comments in their order; and that it is done when done."""

import re

from mofkit.formatter import Style, format_tree
from mofkit.syntax import SyntaxTree, _tables, parse_source
from mofkit.syntax.lexer import KEYWORDS

__all__ = ["assert_formatted", "same_tokens", "trivia_words"]

_MARGIN = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_TRIVIA = re.compile("|".join(_tables.TRIVIA))


def trivia_words(tree: SyntaxTree) -> list[str]:
    """Return comments and lines for the C preprocessor, white space at line ends left out."""
    words = (
        match[0]
        for token in range(len(tree.kinds))
        for match in _TRIVIA.finditer(tree.source.text, *tree.trivia_before(token))
    )
    return [_MARGIN.sub("\n", word).rstrip(" \t") for word in words if word[0] in "/#"]


def same_tokens(before: SyntaxTree, after: SyntaxTree) -> bool:
    """Say whether two files have the same tokens, the case of words of the language aside."""
    return len(before.texts) == len(after.texts) and all(
        one == other or (one.lower() == other.lower() and one.lower() in KEYWORDS)
        for one, other in zip(before.texts, after.texts, strict=True)
    )


def assert_formatted(before: SyntaxTree, text: str, style: Style | None = None) -> None:
    """Assert what holds for every file, whatever the style."""
    after = parse_source(text).tree
    assert same_tokens(before, after)
    assert trivia_words(after) == trivia_words(before)
    assert format_tree(after, style or Style()) == text
