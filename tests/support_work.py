"""Work counted in calls, which are the same in every run, where seconds are not."""

import gc
import sys
from collections.abc import Callable

__all__ = ["n_calls"]


def n_calls(action: Callable[[], object]) -> int:
    """Return how often `action` calls or resumes a function, Python's own among them.

    What one call of C code does inside, a search of `re` say, is not seen.
    """
    n = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal n
        n += event in ("call", "c_call")

    before = sys.getprofile()
    gc.disable()  # it may call finalizers, and Hypothesis watches it
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
        gc.enable()
    return n
