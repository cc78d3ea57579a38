"""`Diagnostic`: one finding as plain data. Text, JSON and other forms of it are in `render/`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mofkit.diagnostics.binary_place import BinaryPlace
from mofkit.diagnostics.rule import Rule
from mofkit.diagnostics.severity import Severity
from mofkit.source import Edit, SourceFile, Span

__all__ = ["Cause", "Diagnostic", "Fix", "Related", "Safety"]

# Stands for the rule's severity until __post_init__ puts that in; nobody else ever sees it, so the
# field is a plain Severity.
_FROM_RULE: Any = None


class Safety(StrEnum):
    """What making a fix can do to the meaning of the file."""

    SAFE = "safe"
    """The file means the same afterwards, or for the first time what it was meant to."""

    UNSAFE = "unsafe"
    """The file may mean something else afterwards: somebody should look."""

    DISPLAY = "display"
    """Shown as a hint and never made by a program."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits to the diagnostic's file that remove the finding; `message` says what they do."""

    message: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that has to do with a finding, perhaps in another file, and what is there."""

    source: SourceFile
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding that there may be, by its code and its place."""

    code: str
    source: SourceFile
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, and what to do about it.

    `message` names the things involved, in lower case and without a final period; `span` is the
    smallest part of `source` that explains it. `notes` are further lines, `help` is the remedy.
    The severity is the rule's unless another is given. Where people are told of one of the
    `causes`, this is the same mistake, and need not be told.

    In a file that is no text, `place` says where; `source` is then the text that was made of the
    file, under a path of its own, or has none, where the finding is about the bytes themselves.
    """

    rule: Rule
    message: str
    source: SourceFile
    span: Span
    severity: Severity = _FROM_RULE
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    help: str = ""
    fix: Fix | None = None
    place: BinaryPlace | None = None
    causes: tuple[Cause, ...] = ()

    def __post_init__(self) -> None:
        if self.severity is _FROM_RULE:
            object.__setattr__(self, "severity", self.rule.severity)

    @property
    def code(self) -> str:
        """The rule's code, such as `SYN004`."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The rule's name, such as `missing-semicolon`."""
        return self.rule.name

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.source.path if self.place is None else self.place.path

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Orders findings by file, then by place, then by code."""
        if self.place is not None:
            return (self.path, self.place.part.offset_bytes, self.place.offset_bytes, self.code)
        return (self.path, self.span.start, self.span.end, self.code)

    @property
    def is_about_bytes(self) -> bool:
        """Whether there is no text to show: the place in the bytes says it all."""
        return self.place is not None and not self.source.text

    @property
    def where(self) -> str:
        """The place in words, for forms that have a field for the file alone.

        `offset 0x4a0 of the payload (object[3])`; behind that the line of the text that was made of
        the bytes, where there is one. Empty for a finding in a file that is text.
        """
        if self.place is None:
            return ""
        if self.is_about_bytes:
            return str(self.place)
        line, column = self.source.position(self.span.start)
        return f"{self.place}; {self.source.path}:{line}:{column}"
