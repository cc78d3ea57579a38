r"""`format_tree` and `format_file`: the sum of this package.

Only what stands between tokens changes, and the case of words of the language: `class`, `instance`,
`of`, `as`, `ref`, `qualifier`, `pragma`, `include`, `structure`, `enumeration`, `association` and
`indication` in lower case, `TRUE`, `FALSE` and `NULL` in upper case. In a file with lines for the C
preprocessor, to which such a word may be a macro, they stay as they are, too.

What is between tokens is white space, comments, and lines for the C preprocessor. Line splices (`\`
at the end of a line) outside of the latter are dropped, and spaces at the end of a `//` comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mofkit.collector import garbage_collector_paused
from mofkit.formatter.builder import Builder
from mofkit.formatter.printer import print_document
from mofkit.formatter.style import Style
from mofkit.formatter.untouched import step_places
from mofkit.source import SourceFile
from mofkit.syntax import parse

if TYPE_CHECKING:
    from mofkit.syntax import SyntaxTree

__all__ = ["format_file", "format_tree"]

_DEFAULT = Style()


def format_tree(tree: SyntaxTree, style: Style = _DEFAULT) -> str:
    r"""Return the text of a file in the canonical layout.

    Lines end as most of those of the file do. Lines for the C preprocessor stay as they are, and so
    do the declarations or members that the parser could not read. A file in which these would read
    differently with another layout around them is returned as it is.

    >>> from mofkit.syntax import parse_source
    >>> print(format_tree(parse_source('CLASS A{[Key]uint8 X;A REF Y={"a","b"};};').tree), end="")
    class A
    {
        [Key] uint8 X;
        A ref Y = {"a", "b"};
    };
    """
    with garbage_collector_paused():
        builder = Builder(tree)
        text = print_document(builder.build(), style, tree.source.text)
    after = parse(SourceFile(text, path=tree.source.path)).tree
    if after.texts != builder.texts or step_places(after) != step_places(tree):
        return tree.source.text
    return text


def format_file(source: SourceFile, style: Style = _DEFAULT) -> SourceFile:
    """Return a file in the canonical layout, with the encoding and byte order mark it has."""
    return SourceFile(
        format_tree(parse(source).tree, style),
        path=source.path,
        encoding=source.encoding,
        bom=source.bom,
        tail=source.tail,
    )
