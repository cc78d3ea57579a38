"""What MOF text cannot say of a schema, and the comments that say so in its place.

What is left out is the least that can be: a qualifier, an initialiser, a member, an item. A method
goes with its parameter, since the parameters behind it are numbered by their place.

- W-MOF-NAME: a name is no identifier
- W-MOF-TYPE: a type has no word, or the word means another type
- W-MOF-VALUE: a value has no literal: an infinite number, an array in an array
- W-MOF-FLAVOR: a flavor has no word
- W-MOF-PRAGMA: pragmas cannot bring about what holds for an object
- W-MOF-DEPTH: instances are nested deeper than the binder reads them
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mofkit.cim import NO_PRAGMAS, CimFlavor, PragmaState
from mofkit.compiler.reader import MAX_DEPTH
from mofkit.diagnostics.render.glyphs import visible

__all__ = ["Notes", "Unsayable", "comment", "is_comment", "listed"]

_MAX_STEP_CHARS: Final = 100
"""Of a name in a path. Many members in a class with a long name would take memory without end."""


@dataclass(frozen=True, slots=True)
class Unsayable:
    """One thing that the text does not say, or only in a comment.

    Attributes:
        item_idx: of the schema's item that it is in.
        path: the element: `Demo_Fan.SetSpeed.Speed`.
        message: what it is; lower case, names the things involved.
    """

    code: str
    item_idx: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.code}, {self.path}: {self.message}"


class Notes:
    """Collects what cannot be said; knows what holds for the text that is being written.

    Attributes:
        found: so far, in order.
        item_idx: of the item that is being written.
        pragmas: what holds for that item.
        flavors: lower-case qualifier name → the flavors declared for it so far.
        depth: how many embedded instances, or classes in classes, are being written.
    """

    def __init__(self) -> None:
        self.found: list[Unsayable] = []
        self.item_idx = 0
        self.pragmas: PragmaState = NO_PRAGMAS
        self.flavors: dict[str, CimFlavor] = {}
        self.depth = 0
        self._where: list[str] = []
        self._refused: list[Unsayable] = []

    def descend(self, what: str, write: Callable[[], str]) -> str:
        """Return what is written one level deeper; refuse what is deeper than the binder reads."""
        if self.depth >= MAX_DEPTH:
            self.refuse("W-MOF-DEPTH", f"{what} are nested deeper than {MAX_DEPTH} levels")
            return ""
        self.depth += 1
        text = write()
        self.depth -= 1
        return text

    def refuse(self, code: str, message: str) -> None:
        """Take back what is being written, up to the `say` around it."""
        self._refused.append(self._unsayable(code, message))

    def remark(self, code: str, message: str) -> str:
        """Warn of what the text does not say of an element; return the comment to put there."""
        self.found.append(self._unsayable(code, message))
        return comment(visible(message, ascii_only=True))

    def say(self, name: str, write: Callable[[], str]) -> str:
        """Return what is written of an element, as a comment if any of it is refused.

        `name` is the element's part of the path; empty for a part that has no name.
        """
        outer, self._refused = self._refused, []
        if name:
            self._where.append(name[:_MAX_STEP_CHARS])
        text = write()
        if name:
            self._where.pop()
        refused, self._refused = self._refused, outer
        if not refused:
            return text
        self.found += refused
        reasons = "; ".join(visible(each.message, ascii_only=True) for each in refused)
        return comment(f"left out, {reasons}: {text}")

    def _unsayable(self, code: str, message: str) -> Unsayable:
        return Unsayable(code, self.item_idx, ".".join(self._where), message)


def comment(text: str) -> str:
    """Return text as a comment, which it cannot end.

    >>> comment("a */ b")
    '/* a * / b */'
    """
    return f"/* {text.replace('*/', '* /')} */"


def is_comment(text: str) -> bool:
    """Say whether a text of `say` is one comment, with nothing behind it."""
    return text.startswith("/*") and text.find("*/") == len(text) - 2


def listed(parts: list[str]) -> str:
    """Return the parts of a list, with commas between those that are no comments.

    >>> listed(["Key", "/* left out */", "Read"])
    'Key /* left out */, Read'
    """
    pieces: list[str] = []
    has_part = False
    for part in parts:
        is_part = not is_comment(part)
        if pieces:
            pieces.append(", " if has_part and is_part else " ")
        pieces.append(part)
        has_part = has_part or is_part
    return "".join(pieces)
