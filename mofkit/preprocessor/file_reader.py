"""`FileReader`: what the preprocessing of one file needs at every step.

The modules that carry out lines (`condition_lines`, `lines`) hold functions of a `FileReader` and
of the tokens of a line, from `#` and the word behind it.
"""

from __future__ import annotations

from typing import TypeAlias

from mofkit.diagnostics import Related, Rule
from mofkit.preprocessor import rules
from mofkit.preprocessor.budget import LimitError
from mofkit.preprocessor.conditionals import Conditionals
from mofkit.preprocessor.expander import CallError, Tail
from mofkit.preprocessor.logical_text import LogicalText
from mofkit.preprocessor.macros import PREDEFINED, UNSTEADY
from mofkit.preprocessor.run import HaltError, Run
from mofkit.preprocessor.tokens import Token
from mofkit.source import SourceFile, Span

__all__ = ["FileReader", "Line"]

Line: TypeAlias = list[Token]


class FileReader:
    """One file on its way into the output of a run.

    Attributes:
        depth: how many files include this one, each through the next.
        copied: how much of the text is in the output, or left out of it.
    """

    def __init__(self, run: Run, source: SourceFile, depth: int) -> None:
        self.run = run
        self.source = source
        self.logical = LogicalText(source)
        self.depth = depth
        self.conditionals = Conditionals(self.report)
        self.copied = 0

    def copy_up_to(self, end: int) -> None:
        """Copy what stands in front of a place, if it counts."""
        if self.conditionals.is_live:
            self.run.output.copy(self.logical, self.copied, end)

    def expand(self, word: Token) -> int:
        """Put out what a word stands for; return where the text goes on.

        Raises:
            HaltError: it cannot go on.
        """
        tail = Tail(self.logical, word.start, word.end)
        try:
            tokens = self.run.expander.expand([word], tail)
        except CallError as error:
            self.report_call(error, self.logical.span(word.start, tail.at))
            if error.is_open:
                raise HaltError from None
            return tail.at
        except LimitError as error:
            raise self.halt(str(error), self.span([word])) from None
        if tokens == [word]:  # a macro with parameters, without them
            return word.end
        self.copy_up_to(word.start)
        self.copied = tail.at
        use = self.logical.span(word.start, tail.at)
        self.run.output.put(tokens, self.source, use, self.run.macros.get(word.text))
        return tail.at

    def defines(self, name: str) -> bool:
        """Say whether a word is a macro here."""
        return name in self.run.macros or name in PREDEFINED or name in UNSTEADY

    # ------------------------------------------------------------------------------- findings

    def span(self, tokens: Line) -> Span:
        """Return the place of tokens of this file."""
        return self.logical.span(tokens[0].start, tokens[-1].end)

    def report(self, rule: Rule, message: str, tokens: Line) -> None:
        """Record a finding about tokens of this file."""
        self.run.report(rule, message, self.source, self.span(tokens))

    def report_call(self, error: CallError, span: Span) -> None:
        """Record the wrong use of a macro."""
        related: tuple[Related, ...] = ()
        if error.macro is not None:
            macro = error.macro
            related = (Related(macro.source, macro.span, f"`{macro.name}` is defined here"),)
        rule = rules.UNSTEADY if error.macro is None else rules.CALL
        self.run.report(rule, str(error), self.source, span, related=related)

    def halt(self, message: str, span: Span) -> HaltError:
        """Record that a limit is exceeded; return what to raise."""
        self.run.report(rules.LIMIT, message, self.source, span)
        return HaltError()
