"""What is wrong with a description, and where: the file, the line, the key."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from mofkit.errors import MofkitError

__all__ = ["DescriptionError", "Key", "Problem", "key_text", "shown"]

Key: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of keys, and positions in arrays from 0."""

_MAX_SHOWN_PROBLEMS: Final = 20
_MAX_SHOWN_CHARS: Final = 60
_BARE = re.compile(r"[\w$-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        path: the description's file; empty where there is none.
        line: from 1; None where there is no text.
        key: the place in it, `infos[0].guids[2].names.count`; empty for all of it.
        reason: goes on after the key: `is missing`.
    """

    path: str
    line: int | None
    key: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line is not None else self.path
        return ": ".join(part for part in (place, self.key, self.reason) if part)


class DescriptionError(MofkitError):
    """A description that cannot be used; everything that is wrong with it, in order of line.

    `path`, `line` and `key` are those of the first problem. The message has a line for each of the
    first 20.

    >>> str(DescriptionError([Problem("fan.toml", 12, "infos[0].guids[2].guid", "is missing")]))
    'fan.toml:12: infos[0].guids[2].guid: is missing'
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        self.path = problems[0].path
        self.line = problems[0].line
        self.key = problems[0].key
        lines = [str(problem) for problem in problems[:_MAX_SHOWN_PROBLEMS]]
        if len(problems) > len(lines):
            lines.append(f"and {len(problems) - len(lines)} more")
        super().__init__("\n".join(lines))


def key_text(key: Key) -> str:
    """Return a key as messages name it.

    >>> key_text(("infos", 0, "guids", 2, "the count"))
    'infos[0].guids[2]."the count"'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{_name(part)}" for part in key)
    return "".join(parts).removeprefix(".")


def shown(text: str) -> str:
    """Return a text of the description for a message: in quotes, in ASCII, not too long."""
    cut = text if len(text) <= _MAX_SHOWN_CHARS else text[:_MAX_SHOWN_CHARS] + "..."
    return json.dumps(cut)


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else shown(name)
