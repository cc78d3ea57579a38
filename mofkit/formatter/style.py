"""`Style`: the few things about the layout that one may choose."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Style"]


@dataclass(frozen=True, slots=True)
class Style:
    """How to lay MOF out.

    Attributes:
        indent: columns of a level, 1 to 16.
        width: columns a line should have at most, 20 to 1000. What cannot be broken (a string, a
            name) may go beyond.
        inline: columns that the qualifiers of a property, a method or a parameter may take to stand
            on the line of what they qualify; 0 gives them lines of their own, always.

    Raises:
        ValueError: one of them is out of its bounds.
    """

    indent: int = 4
    width: int = 100
    inline: int = 40

    def __post_init__(self) -> None:
        for name, low, high in (("indent", 1, 16), ("width", 20, 1000), ("inline", 0, 1000)):
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}, not within {low} to {high}")
