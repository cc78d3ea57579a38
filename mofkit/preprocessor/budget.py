"""`Budget`: how much macros and headers may add to a file.

A macro that names another twice, which does the same, and so on, is two to the power of its depth.
So is a header that includes another one twice. Every token made is paid for, also those that
vanish, so that time and memory are bounded.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MAX_ADDED_CHARS", "MAX_DEPTH", "MAX_INCLUDES", "Budget", "LimitError"]

MAX_ADDED_CHARS: Final = 10_000_000
"""Code points; the largest real file, iSCSI's `mgmt.mof`, has 0.1 million."""

MAX_INCLUDES: Final = 20_000
"""As the binder's, for its includes."""

MAX_DEPTH: Final = 64
"""Headers, calls or parentheses inside one another."""

_TOKEN_CHARS: Final = 10
"""What a token costs beside its text: a million of them take some seconds."""


class LimitError(Exception):
    """What macros and headers make of a file is too large; the text says which limit."""


class Budget:
    """What is left of the limits."""

    def __init__(self) -> None:
        self._chars = MAX_ADDED_CHARS
        self._includes = MAX_INCLUDES

    def spend(self, n_chars: int, n_tokens: int = 0) -> None:
        """Pay for what is added.

        Raises:
            LimitError: nothing is left.
        """
        self._chars -= n_chars + n_tokens * _TOKEN_CHARS
        if self._chars < 0:
            million = MAX_ADDED_CHARS // 1_000_000
            raise LimitError(f"macros and headers make the file larger by {million} million")

    def include(self, n_chars: int) -> None:
        """Pay for a header.

        Raises:
            LimitError: there were too many, or they are too large.
        """
        self._includes -= 1
        if self._includes < 0:
            raise LimitError(f"headers are included more than {MAX_INCLUDES:,} times")
        self.spend(n_chars)
