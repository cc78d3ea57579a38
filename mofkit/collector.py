"""Pausing Python's cyclic garbage collector while a large value is made.

The collector would walk the value again and again as it grows: that takes a third to a half of the
time of reading a large file. Nearly nothing of what is made is in a cycle, but a long-lived process
must get that little back, too: so what was made is counted, and walked once in a while.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["garbage_collector_paused"]

_WALK_AFTER: Final = 300_000  # objects, about what a file of 2 MB makes


class _Unwalked:
    """How many objects went to the oldest generation since it was last walked."""

    n_objects = 0


@contextmanager
def garbage_collector_paused() -> Iterator[None]:
    """Keep the cyclic collector from walking a growing value again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            _settle()
            gc.enable()


def _settle() -> None:
    """Spare the next collections of the youngest generation what was made."""
    _Unwalked.n_objects += gc.get_count()[0]
    if _Unwalked.n_objects > _WALK_AFTER:
        _Unwalked.n_objects = 0
        gc.collect()
    elif not gc.get_freeze_count():  # somebody who froze objects of their own keeps them
        # Moves everything to the oldest generation. Python would not walk that before its share of
        # objects has grown, for which objects that come so do not count.
        gc.freeze()
        gc.unfreeze()
