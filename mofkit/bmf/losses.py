"""What binary MOF does not hold of a schema, or holds in a form that nobody has seen yet.

Comments, layout, the form of numbers and the place of methods among properties are lost without a
word, as they mean nothing. Everything else is a `Loss`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mofkit.cim import Origin

__all__ = ["Loss", "LossKind", "LossNotes"]


class LossKind(StrEnum):
    """Why something of the schema is not in the file as it was said."""

    FLAVOR = "flavor"
    """A flavor without a bit, such as EnableOverride: the file does not say it."""
    DIRECTIVE = "directive"
    """A pragma that leaves no trace."""
    QUALIFIER_DECLARATION = "qualifier-declaration"
    """A qualifier type; its flavors are written at each use, by analogy."""
    PARAMETER_DEFAULT = "parameter-default"
    """The default of a parameter (MOF 3)."""
    NULL = "null"
    """NULL as initialiser of a property: stored as no initialiser."""
    NUMBER = "number"
    """An integer outside of sint32: stored as the sint32 with the same bits if it has 32, otherwise
    as decimal text. No known file shows what Microsoft's compiler does."""
    UNVERIFIED = "unverified"
    """A construct that is written by analogy, since no known file has it."""
    UNWRITABLE = "unwritable"
    """The format has no place for it: `encode` refuses the schema."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that is lost or written by analogy.

    Attributes:
        path: the element: `Demo_Fan.SetSpeed.Speed`.
        message: what happens to it; lower case, names the things involved.
        origin: where it was written, as for the elements of `mofkit.cim`.
        words: those that have no value, where that is why: macros that are not defined.
    """

    kind: LossKind
    path: str
    message: str
    origin: Origin | None = None
    words: tuple[str, ...] = ()


class LossNotes:
    """Collects losses; knows the path of the element that is being planned.

    Attributes:
        n_array_items: those of all arrays so far; objects do not count.
    """

    def __init__(self) -> None:
        self.losses: list[Loss] = []
        self.where: list[str] = []
        self.n_array_items = 0

    def enter(self, name: str, origin: Origin | None) -> None:
        """Enter an element, up to `where.pop()`; report a name that is not ASCII."""
        self.where.append(name)
        if not name.isascii():
            self.unverified("a name that is not ASCII", origin)

    def add(self, kind: LossKind, message: str, origin: Origin | None) -> None:
        """Take down a loss."""
        self.losses.append(Loss(kind, ".".join(self.where), message, origin))

    def unverified(self, what: str, origin: Origin | None) -> None:
        """Take down what is written by analogy."""
        self.add(LossKind.UNVERIFIED, f"no known file has {what}", origin)

    def refuse(self, reason: str, origin: Origin | None, words: tuple[str, ...] = ()) -> None:
        """Take down what cannot be written. Planning goes on, to find the rest."""
        where = ".".join(self.where)
        self.losses.append(Loss(LossKind.UNWRITABLE, where, reason, origin, words))
