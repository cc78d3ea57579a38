"""Pausing Python's cyclic garbage collector while a large value is made.

The collector would walk the value again and again as it grows: that takes a third to a half of the
time of reading a large file. What is read is in no cycle but for syntax trees, and a long-lived
process must get those back: so what may be in a cycle is counted, and walked once in a while.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["garbage_collector_paused"]

_WALK_AFTER: Final = 300_000  # objects at least, about what the tree of a file of 2 MB has
_WALK_AFTER_SHARE: Final = 2  # of what is alive: walking then costs each object made the same


class _Unwalked:
    """How many objects went to the oldest generation since it was last walked, and the bound."""

    n_objects = 0
    walk_after = _WALK_AFTER


@contextmanager
def garbage_collector_paused(*, makes_cycles: bool = False) -> Iterator[None]:
    """Keep the cyclic collector from walking a growing value again and again.

    `makes_cycles` is for values that hold themselves, as a tree whose nodes know it does.
    """
    enabled = gc.isenabled()
    n_before = gc.get_count()[0]  # other people's, which go to the oldest generation as well
    gc.disable()
    try:
        yield
    finally:
        if makes_cycles:
            _Unwalked.n_objects += gc.get_count()[0] - n_before
        if enabled:
            _Unwalked.n_objects += n_before
            _settle()
            gc.enable()


def _settle() -> None:
    """Spare the next collections of the youngest generation what was made."""
    if _Unwalked.n_objects > _Unwalked.walk_after:
        gc.collect()
        _Unwalked.n_objects = 0
        _Unwalked.walk_after = max(_WALK_AFTER, _WALK_AFTER_SHARE * len(gc.get_objects()))
    elif not gc.get_freeze_count():  # somebody who froze objects of their own keeps them
        # Moves everything to the oldest generation. Python would not walk that before its share of
        # objects has grown, for which objects that come so do not count.
        gc.freeze()
        gc.unfreeze()
