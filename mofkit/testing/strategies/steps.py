"""Drawing several things in a row, so that what is superfluous goes when an example shrinks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st

__all__ = ["draw_several", "several"]

T = TypeVar("T")


def draw_several(
    draw: st.DrawFn,
    step: Callable[[], object],
    max_size: int,
    *,
    min_size: int = 0,
    more: st.SearchStrategy[bool] | None = None,
) -> None:
    """Call `step`, which draws one thing and keeps it, from `min_size` to `max_size` times.

    Each thing stands in front of the rest of them, and both are one piece to Hypothesis: so one,
    however much is drawn for it, can be left out by taking the rest in place of that piece. From a
    list it can be left out only where little is drawn for it.

    `more` says each time whether there is another; by default, of three times it does so twice.
    """
    more = _MORE if more is None else more
    if max_size and (min_size or draw(more)):
        draw(_Steps(step, max_size, min_size, more).one)


@st.composite
def several(draw: st.DrawFn, of: st.SearchStrategy[T], max_size: int) -> list[T]:
    """Return up to `max_size` things, each of which can be left out however much it has."""
    found: list[T] = []
    draw_several(draw, lambda: found.append(draw(of)), max_size, more=_OFTEN)
    return found


class _Steps:
    """What is left to do; one strategy serves all steps, since making one takes time."""

    def __init__(
        self,
        step: Callable[[], object],
        max_size: int,
        min_size: int,
        more: st.SearchStrategy[bool],
    ) -> None:
        self._step = step
        self._n_left = max_size
        self._n_needed = min_size
        self._more = more
        self.one = st.composite(self._draw)()

    def _draw(self, draw: st.DrawFn) -> None:
        """Draw one thing, and then perhaps others."""
        self._n_left -= 1
        self._n_needed -= 1
        self._step()
        if self._n_needed > 0 or draw(self._more if self._n_left else _STOP):
            draw(self.one)


_MORE = st.sampled_from([False, True, True])
_OFTEN = st.sampled_from([False, True, True, True, True])
_STOP = st.sampled_from([False, False, False])
"""Stands at the end where all steps were taken, lest there be no decision when one is left out."""
