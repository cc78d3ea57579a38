"""`Conditionals`: which lines of a file count, by its `#if`, `#elif`, `#else` and `#endif`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from mofkit.diagnostics import Rule
from mofkit.preprocessor import rules
from mofkit.preprocessor.tokens import Token

__all__ = ["Conditionals"]

_Line: TypeAlias = list[Token]


@dataclass(slots=True)
class _Group:
    """One `#if` with what belongs to it.

    Attributes:
        opened: its first line.
        is_live: whether the part that is being read counts.
        is_decided: whether a part counted already, or none can.
    """

    opened: _Line
    is_live: bool
    is_decided: bool
    has_else: bool = False


class Conditionals:
    """The groups that are open. A condition is called for only where it counts."""

    def __init__(self, report: Callable[[Rule, str, _Line], None]) -> None:
        self._report = report
        self._groups: list[_Group] = []

    @property
    def is_live(self) -> bool:
        """Whether what is being read counts."""
        return not self._groups or self._groups[-1].is_live

    def open(self, line: _Line, condition: Callable[[], bool]) -> None:
        """Begin a group."""
        can_be_live = self.is_live
        is_live = can_be_live and condition()
        self._groups.append(_Group(line, is_live, is_decided=is_live or not can_be_live))

    def next(self, line: _Line, condition: Callable[[], bool]) -> None:
        """Begin the next part of a group, with `#elif` or `#else`."""
        name = line[1].text
        if not self._groups:
            self._report(rules.UNBALANCED, f"`#{name}` without `#if`", line[:2])
            return
        group = self._groups[-1]
        if group.has_else:
            self._report(rules.UNBALANCED, f"`#{name}` behind `#else`", line[:2])
        group.has_else |= name == "else"
        group.is_live = not group.is_decided and condition()
        group.is_decided |= group.is_live

    def close(self, line: _Line) -> None:
        """End a group."""
        if self._groups:
            self._groups.pop()
        else:
            self._report(rules.UNBALANCED, "`#endif` without `#if`", line[:2])

    def finish(self) -> None:
        """Report the groups that the file does not end."""
        for group in self._groups:
            message = f"no `#endif` ends this `#{group.opened[1].text}`"
            self._report(rules.UNBALANCED, message, group.opened[:2])
