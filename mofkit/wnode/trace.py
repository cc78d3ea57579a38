"""What a reader saw while it read: each field with its place, for `annotate`.

Readers take a `Trace` or None, so that what is shown is what was read, by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Part", "Seen", "Trace"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A field: where it stands, its path in the header's names, its type, what was read there."""

    offset_bytes: int
    length_bytes: int
    path: str
    type: str
    value: object
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The data of one instance."""

    offset_bytes: int
    length_bytes: int
    path: str


@dataclass(slots=True)
class Trace:
    """The fields in the order in which they were read, and the parts that hold data."""

    seen: list[Seen] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
