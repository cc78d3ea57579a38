"""`TokenStream`: the tokens of a file as the grammar takes them, whatever the file looks like.

Where nothing is wrong these are the tokens of the file. Where error recovery had a say, they are
what it made of them: supplied tokens are there, with an empty text; deleted ones are not; what it
gave up is one token of the kind ERROR. So the stream always follows `grammars/mof.lark`, and the
readers of this package can rely on it: they look at a kind only to decide what comes next.
"""

from __future__ import annotations

from typing import Final

from mofkit.source import SourceFile, Span
from mofkit.syntax import SyntaxTree, _tables
from mofkit.syntax.lexer import KIND
from mofkit.syntax.steps import Run, Skipped, Supplied

__all__ = ["ERROR", "TokenStream", "stream_of"]

ERROR: Final = KIND["ERROR"]
_SUPPLIED: Final = -1


class TokenStream:
    """Kinds and texts of the tokens, the end's last, and their places in the file.

    Attributes:
        kinds: the lexer's; a keyword is one even where the file uses it as a name.
        texts: as in the file.
    """

    def __init__(
        self,
        tree: SyntaxTree,
        kinds: list[int],
        texts: list[str],
        file_tokens: list[int] | None,
    ) -> None:
        self.kinds = kinds
        self.texts = texts
        self._tree = tree
        self._file_tokens = file_tokens

    @property
    def source(self) -> SourceFile:
        """The file."""
        return self._tree.source

    def span(self, first: int, end: int) -> Span:
        """Return the place from token `first` up to, but not including, token `end`.

        Supplied tokens have no place; a range of them is empty, and stands behind what is before.
        """
        tree = self._tree
        if self._file_tokens is None:
            return Span(tree.starts[first], tree.token_end(end - 1))
        real = [token for token in self._file_tokens[first:end] if token != _SUPPLIED]
        if real:
            return Span(tree.starts[real[0]], tree.token_end(real[-1]))
        before = [token for token in self._file_tokens[:first] if token != _SUPPLIED]
        return Span.at(tree.token_end(before[-1]) if before else 0)


def stream_of(tree: SyntaxTree) -> TokenStream:
    """Return the tokens of a file as the grammar takes them."""
    if not tree.faults:
        return TokenStream(tree, tree.kinds, tree.texts, None)
    kinds, file_tokens = _accepted(tree)
    texts = ["" if token == _SUPPLIED else tree.texts[token] for token in file_tokens]
    return TokenStream(tree, kinds, texts, file_tokens)


def _accepted(tree: SyntaxTree) -> tuple[list[int], list[int]]:
    """Return the kinds that the parser took, and the token of the file that each stands for.

    This replays the parse with a stack of places in the output: what recovery pops from the
    parser's stack, it takes out of the output again.
    """
    kinds: list[int] = []
    file_tokens: list[int] = []
    stack: list[int] = []

    def take(kind: int, token: int) -> None:
        stack.append(len(kinds))
        kinds.append(kind)
        file_tokens.append(token)

    def reduce(rules: tuple[int, ...]) -> None:
        for rule in rules:
            length = len(_tables.RULES[rule][1])
            if length:
                del stack[len(stack) - length + 1 :]
            else:
                stack.append(len(kinds))

    for step in tree.steps:
        match step:
            case Run():
                for token, cell in enumerate(step.cells[:-1], step.first):
                    kind = tree.kinds[token]
                    reduce(cell.reductions(kind))
                    take(kind, token)
            case Supplied():
                reduce(step.cell.reductions(step.kind))
                take(step.kind, _SUPPLIED if step.stands_for < 0 else step.stands_for)
            case Skipped():
                if step.popped:
                    start = stack[-step.popped]
                    del stack[-step.popped :], kinds[start:], file_tokens[start:]
                reduce(step.cell.reductions(ERROR))
                take(ERROR, step.first if step.first < step.end else _SUPPLIED)
    return kinds, file_tokens
