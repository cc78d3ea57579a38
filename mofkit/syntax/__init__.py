"""MOF text as a tree: tokens, nodes, and what is wrong with them.

Takes a `SourceFile`, gives a `ParseResult`: a tree that holds every token whatever the file looks
like, and the ENC and SYN diagnostics (their rules: `rules.RULES`). Start reading at `parsing.py`.
"""

from mofkit.syntax.parsing import ParseResult, parse, parse_bytes, parse_source
from mofkit.syntax.tree import Node, SyntaxTree, Token
from mofkit.syntax.visitor import Visitor, walk

__all__ = [
    "Node",
    "ParseResult",
    "SyntaxTree",
    "Token",
    "Visitor",
    "parse",
    "parse_bytes",
    "parse_source",
    "walk",
]
