"""Drawing several things in a row, so that what is superfluous goes when an example shrinks."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

__all__ = ["draw_several"]


def draw_several(
    draw: st.DrawFn, step: Callable[[], object], max_size: int, *, min_size: int = 0
) -> None:
    """Call `step`, which draws one thing and keeps it, from `min_size` to `max_size` times.

    Not a number that is drawn first: Hypothesis can leave out a step, together with the decision to
    take it, only where both stand side by side.
    """
    for _ in range(min_size):
        step()
    for _ in range(max_size - min_size):
        if not draw(_step(step)):
            return
    draw(_STOP)


@st.composite
def _step(draw: st.DrawFn, step: Callable[[], object]) -> bool:
    has_one = draw(_MORE)
    if has_one:
        step()
    return has_one


_MORE = st.sampled_from([False, True, True])
_STOP = st.sampled_from([False, False, False])
"""Stands at the end where all steps were taken, lest there be no decision when one is left out."""
