"""How much of a buffer is explained: a bound, since fields may overlap and buffers be hostile."""

from __future__ import annotations

from collections.abc import Iterable

from mofkit.binary.annotation import Field

__all__ = ["MAX_FIELDS", "FieldBudget", "quoted"]

MAX_FIELDS = 30_000
"""So many fields are explained. Each takes fifty times the room of its bytes to show, and nobody
reads more."""

_FREE_BYTES = 0x10000
_MAX_SHOWN_CHARS = 400


class FieldBudget:
    """Bounds the fields of one buffer, in number and in bytes.

    Fields that do not overlap fit up to `max_fields`; those that overlap have as many bytes as the
    data once more, and 64 KB.
    """

    def __init__(self, n_bytes: int, max_fields: int = MAX_FIELDS) -> None:
        self.max_fields = max_fields
        self._n_bytes_left = 2 * n_bytes + _FREE_BYTES
        self._n_fields_left = max_fields
        self._is_exhausted = False

    @property
    def is_exhausted(self) -> bool:
        """Whether a field did not fit; then none is taken any more."""
        return self._is_exhausted

    @property
    def left_out(self) -> str:
        """What `Annotation.left_out` says."""
        if not self._is_exhausted:
            return ""
        most = f"{self.max_fields:,}"
        return f"not all fields are explained: there are more than {most}, or they overlap or nest"

    def stop(self) -> None:
        """Take no more fields."""
        self._is_exhausted = True

    def take(self, length_bytes: int) -> bool:
        """Say whether one more field is explained, which has that length."""
        self._n_fields_left -= 1
        self._n_bytes_left -= length_bytes
        self._is_exhausted |= min(self._n_fields_left, self._n_bytes_left) < 0
        return not self._is_exhausted

    def kept(self, fields: Iterable[Field]) -> list[Field]:
        """Return the fields up to the first that does not fit; the others are not even made."""
        found: list[Field] = []
        for field in fields:
            if not self.take(field.length_bytes):
                break
            found.append(field)
        return found


def quoted(text: str) -> str:
    """Return a text as a field's value; of a long one the start, for the bytes are there anyway.

    >>> quoted("Fan 1"), quoted("F" * 1000)[-24:]
    ('"Fan 1"', 'F" … 600 more characters')
    """
    rest = len(text) - _MAX_SHOWN_CHARS
    return f'"{text}"' if rest <= 0 else f'"{text[:_MAX_SHOWN_CHARS]}" … {rest:,} more characters'
