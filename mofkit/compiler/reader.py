"""`FileReader`: what the reading of one file needs at every step.

The modules that turn tokens into records (`values`, `qualifiers`, `declarations`, `instances`,
`directives`) hold functions of a `FileReader` and the number of a token; they return the record
and the number of the token behind it. The tokens follow the grammar (`tokens.py`), so each function
is its production, and a kind is looked at only where the grammar has a choice.

Findings wait until a declaration is read to its end, and are dropped where the text cannot be
trusted: in declarations that a syntax error damaged, and in files for the C preprocessor.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple, Unpack

from mofkit.cim import NO_PRAGMAS, CimFlavor, Origin, PragmaState, flavors_of, merge_flavors
from mofkit.compiler.findings import Details, Findings
from mofkit.compiler.tokens import stream_of
from mofkit.diagnostics import Diagnostic, Related, Rule, Severity
from mofkit.source import SourceFile, Span
from mofkit.syntax import ParseResult
from mofkit.syntax.lexer import KEYWORDS, KIND, NAME

__all__ = ["MAX_DEPTH", "WORD_KINDS", "FileReader", "Notes", "Unit", "WordUse"]

_LBRACE: Final = KIND["LBRACE"]
_RBRACE: Final = KIND["RBRACE"]

WORD_KINDS: Final = frozenset({NAME, *KEYWORDS.values()})
"""Kinds of the tokens that can be names."""

MAX_DEPTH: Final = 32
"""Embedded instances, or declarations of MOF 3, that may stand inside one another."""


class WordUse(NamedTuple):
    """One place where a file says a word that something else has to explain."""

    word: str
    source: SourceFile
    span: Span


class Notes:
    """What is noted while declarations are read.

    Attributes:
        findings: about these declarations.
        aliases: each `as $Name`, less the `$`.
        alias_uses: each `$Name` among the values, less the `$`.
        foreign_types: type words of other languages; a class may be called so.
    """

    __slots__ = ("alias_uses", "aliases", "findings", "foreign_types")

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []
        self.aliases: list[WordUse] = []
        self.alias_uses: list[WordUse] = []
        self.foreign_types: list[WordUse] = []

    def __bool__(self) -> bool:
        return bool(self.findings or self.aliases or self.alias_uses or self.foreign_types)


class Unit:
    """One of the files given to `bind`, with all that it includes: the scope of aliases.

    Attributes:
        flavors: lower-case qualifier name → the flavors declared for it so far.
        pragmas: what the pragmas so far say about the next declaration.
        amendment: the first `#pragma amendment`, once there was one.
        is_complete: whether every include was followed and every declaration could be read.
        notes: of every sound declaration so far; their findings are passed on.
    """

    __slots__ = ("amendment", "flavors", "is_complete", "notes", "pragmas")

    def __init__(self, flavors: dict[str, CimFlavor], pragmas: PragmaState = NO_PRAGMAS) -> None:
        self.flavors = flavors
        self.pragmas = pragmas
        self.amendment: Related | None = None
        self.is_complete = True
        self.notes = Notes()


class FileReader:
    """One file of a unit, while it is read.

    Attributes:
        kinds, texts: of the tokens; see `TokenStream`.
        depth: how many embedded instances or nested structures are being read.
        preprocessor_line: the first line for the C preprocessor, None without one.
    """

    def __init__(self, result: ParseResult, unit: Unit, findings: Findings) -> None:
        self.stream = stream_of(result.tree)
        self.kinds = self.stream.kinds
        self.texts = self.stream.texts
        self.source = result.source
        self.unit = unit
        self.depth = 0
        self.preprocessor_line = _preprocessor_line(result)
        self._findings = findings
        self._notes = Notes()
        errors = [
            diagnostic.span
            for diagnostic in result.diagnostics
            if diagnostic.severity >= Severity.ERROR
        ]
        self._error_starts = [span.start for span in errors]
        self._error_ends = list(accumulate((span.end for span in errors), max))
        if errors or self.preprocessor_line is not None:
            unit.is_complete = False

    def finish(self, first: int, end: int) -> bool:
        """Say whether the declaration of these tokens can be trusted, and keep its notes if so.

        An error counts up to the next token: what is missing behind a declaration is missing.
        """
        is_sound = self.preprocessor_line is None and not self._touches_error(first, end)
        notes = self._notes
        if notes:
            self._notes = Notes()
            if is_sound:
                for finding in notes.findings:
                    self._findings.add_diagnostic(finding)
                kept = self.unit.notes
                kept.aliases += notes.aliases
                kept.alias_uses += notes.alias_uses
                kept.foreign_types += notes.foreign_types
        return is_sound

    def _touches_error(self, first: int, end: int) -> bool:
        if not self._error_starts:
            return False
        start, stop = self.span(first).start, self.span(end).start
        n_before = bisect_right(self._error_starts, stop)
        return n_before > 0 and self._error_ends[n_before - 1] >= start

    def report(self, rule: Rule, message: str, span: Span, **details: Unpack[Details]) -> None:
        """Note a finding about the declaration that is being read."""
        self._notes.findings.append(Diagnostic(rule, message, self.source, span, **details))

    def report_surely(
        self, rule: Rule, message: str, span: Span, **details: Unpack[Details]
    ) -> None:
        """Record a finding that holds wherever it stands, unless its own line is damaged."""
        if self.preprocessor_line is not None or self._on_line_with_error(span):
            return
        self._findings.add(rule, message, self.source, span, **details)

    def _on_line_with_error(self, span: Span) -> bool:
        if not self._error_starts:
            return False
        line = self.source.line_span(self.source.position(span.start).line)
        at = bisect_left(self._error_starts, line.start)
        return at < len(self._error_starts) and self._error_starts[at] <= line.end

    def note_alias(self, token: int) -> str:
        """Note an `as $Name`; return the name without the `$`."""
        use = self._word(token, self.texts[token][1:])
        self._notes.aliases.append(use)
        return use.word

    def note_alias_use(self, token: int) -> str:
        """Note a `$Name` among the values; return the name without the `$`."""
        use = self._word(token, self.texts[token][1:])
        self._notes.alias_uses.append(use)
        return use.word

    def note_foreign_type(self, token: int) -> None:
        """Note a type word of another language."""
        self._notes.foreign_types.append(self._word(token, self.texts[token]))

    def _word(self, token: int, word: str) -> WordUse:
        return WordUse(word, self.source, self.span(token))

    def span(self, token: int, end: int | None = None) -> Span:
        """Return the place of a token, or from it up to `end`."""
        return self.stream.span(token, token + 1 if end is None else end)

    def text(self, first: int, end: int) -> str:
        """Return the text of the file from one token up to another."""
        return self.source.text[slice(*self.stream.span(first, end))]

    def spelled(self, first: int, end: int) -> str:
        """Return tokens with a space between them, however the file lays them out."""
        return " ".join(self.texts[first:end])

    def behind_braces(self, at: int) -> int:
        """Return the token behind the `}` that closes the `{` at a token."""
        kinds = self.kinds
        depth = 0
        while True:
            depth += (kinds[at] == _LBRACE) - (kinds[at] == _RBRACE)
            at += 1
            if not depth:
                return at

    def origin(self, first: int, end: int, name: int) -> Origin:
        """Return the origin of a record."""
        return Origin(self.stream, first, end, name)

    def effective_flavors(self, name: str, written: tuple[str, ...]) -> CimFlavor:
        """Return the flavors of a qualifier at this place of the file."""
        declared = self.unit.flavors.get(name.lower(), CimFlavor.NONE)
        return _effective(declared, written) if written else declared


@cache
def _effective(declared: CimFlavor, written: tuple[str, ...]) -> CimFlavor:
    return merge_flavors(declared, flavors_of(written))


_C_LINE: Final = re.compile(
    r"#[ \t]*(?:define|undef|ifdef|ifndef|if|elif|else|endif|include[ \t]*[\"<])"
)
_COMMENT_OR_C_LINE: Final = re.compile(
    rf"//[^\r\n]*|/\*[\s\S]*?(?:\*/|\Z)|({_C_LINE.pattern}[^\r\n]*)"
)


def _preprocessor_line(result: ParseResult) -> Span | None:
    """Return the first line of the file that is for the C preprocessor."""
    tree = result.tree
    text = tree.source.text
    for guess in _C_LINE.finditer(text):
        # Between two tokens, and not in a comment there.
        gap = tree.trivia_before(tree.token_at(guess.start()) + 1)
        if gap.start <= guess.start() < gap.end:
            for found in _COMMENT_OR_C_LINE.finditer(text, *gap):
                if found[1] is not None:
                    return Span(*found.span(1))
    return None
