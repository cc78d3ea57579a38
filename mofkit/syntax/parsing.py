"""`parse`: a file's tree and diagnostics, the sum of this package.

Most files have nothing wrong with them, and the lexer and the parser can tell: only when they
counted a suspicion or met a fault is the tree built here and the checker run (`checker.py`). A test
holds the law that what the checker finds, one of the counters saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mofkit.source import SourceFile
from mofkit.syntax.lalr import MAX_CELLS
from mofkit.syntax.lexer import Kinds, read_tokens
from mofkit.syntax.parser import Parser
from mofkit.syntax.steps import parse_kinds
from mofkit.syntax.tree import SyntaxTree

if TYPE_CHECKING:
    from mofkit.diagnostics import Diagnostic

_MAX_KINDS = 200_000  # distinct token texts kept for the next file


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What reading one file gave.

    Attributes:
        tree: every token of the file in nodes; the nodes are built when `tree.root` is asked for.
        diagnostics: ENC and SYN findings, in order of place.
    """

    tree: SyntaxTree
    diagnostics: list[Diagnostic]

    @property
    def source(self) -> SourceFile:
        """The file."""
        return self.tree.source

    def to_bytes(self) -> bytes:
        """Return the bytes that were read, exactly."""
        return self.source.to_bytes()


def parse_bytes(data: bytes, *, path: str = "<bytes>") -> ParseResult:
    """Read MOF text from a file's bytes, whatever they are.

    Never raises for bad input: what is wrong is in `diagnostics`, and the tree is complete.

    >>> parse_bytes(b"class A {};").diagnostics
    []
    """
    return parse(SourceFile.from_bytes(data, path=path))


def parse_source(text: str, *, path: str = "<text>") -> ParseResult:
    """Read MOF text.

    >>> [d.message for d in parse_source("class A { uint8 X };").diagnostics]
    ['expected `;` after property `X`, found `}`']
    """
    return parse(SourceFile.from_text(text, path=path))


def parse(source: SourceFile) -> ParseResult:
    """Read one file."""
    parser = _parser
    words = parser.kinds
    before = parser.suspicions + words.suspicions
    tokens = read_tokens(source.text)
    parsed = parse_kinds(parser, words.of(tokens), source.text)
    suspicious = parser.suspicions + words.suspicions != before or bool(parsed.faults)
    _forget_excess(parser)
    tree = SyntaxTree(source, parsed, tokens)
    facts = source.facts()
    if not facts and not suspicious and not _may_have_open_comment(source.text):
        return ParseResult(tree, [])

    from mofkit.syntax.checker import check
    from mofkit.syntax.encoding import encoding_diagnostics

    diagnostics = [*encoding_diagnostics(source, facts, tree), *check(tree, facts)]
    diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    return ParseResult(tree, diagnostics)


_parser = Parser()


def _forget_excess(parser: Parser) -> None:
    if parser.cells > MAX_CELLS:
        parser.reset()
    if len(parser.kinds) > _MAX_KINDS:
        parser.kinds = Kinds(parser.kinds.suspicions)


def _may_have_open_comment(text: str) -> bool:
    """Say whether a `/*` stands behind the last `*/`; it may be in a string."""
    # Few files have an asterisk, and one character is found five times as fast as two.
    return "*" in text and "/*" in text and text.find("/*", text.rfind("*/") + 1) >= 0
