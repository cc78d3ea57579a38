"""Small decisions, made in advance: how what is given gets written where several ways are legal.

A generator that asked Hypothesis at every gap between two tokens would be slow. So a few numbers
are drawn once and used in turn, over and over. Each picks among the options at hand, of which the
first is the plainest: what fails shrinks to `PLAINEST`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import Final, TypeVar

__all__ = ["PLAINEST", "Choices", "Decider"]

T = TypeVar("T")


class Choices(tuple[int, ...]):
    """Numbers from 0 on, at least one."""

    __slots__ = ()

    def halves(self) -> tuple[Choices, Choices]:
        """Return every other number, from the first and from the second on.

        >>> Choices((5, 6, 7)).halves(), Choices((5,)).halves()
        (((5, 7), (6,)), ((5,), (0,)))
        """
        return Choices(self[::2]), Choices(self[1::2] or (0,))

    def decider(self) -> Decider:
        """Return what takes these numbers in turn, from the first on."""
        return Decider(self)


class Decider:
    """Takes the numbers of `Choices` in turn.

    >>> decider = Choices((0, 4)).decider()
    >>> [decider.pick("abc") for _ in range(3)]
    ['a', 'b', 'a']
    """

    def __init__(self, choices: Choices) -> None:
        self._numbers = cycle(choices)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options; the first for a 0."""
        return options[next(self._numbers) % len(options)]

    def below(self, end: int) -> int:
        """Return a number from 0 to `end` - 1."""
        return next(self._numbers) % end

    def maybe(self) -> bool:
        """Return False for a 0, and every other time else."""
        return bool(next(self._numbers) & 1)


PLAINEST: Final = Choices((0,))
