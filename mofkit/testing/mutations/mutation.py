"""`Mutation`: input with one thing changed, and what a correct reader says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Mutation"]


@dataclass(frozen=True, slots=True)
class Mutation:
    """Near-valid input.

    Attributes:
        label: what was done, with the place: `Flags of entry 2: two kinds of name`.
        data: the input.
        expected: codes, or families of them, of which a reader has to give one: `E-STRING`, `SYN`.
            Where it is empty the input is as valid as it was.
    """

    label: str
    data: bytes
    expected: tuple[str, ...] = ()

    def is_met_by(self, codes: Iterable[str], before: Iterable[str] = ()) -> bool:
        """Say whether a reader that gives `codes` is right.

        Args:
            codes: of everything it says, errors and warnings.
            before: what it says of the input that was changed, which valid input may keep.

        >>> Mutation("a bad escape", b"", ("SYN010",)).is_met_by(["ENC001", "SYN010"])
        True
        >>> Mutation("a comment", b"").is_met_by(["SYN001"])
        False
        """
        if self.expected:
            return any(code.startswith(self.expected) for code in codes)
        return set(codes) <= set(before)
