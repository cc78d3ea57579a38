"""How long a check may take and how much memory there is, in this process; and being told to end.

Where the system has no such limits (Windows), there are none.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Final

__all__ = ["TooLongError", "interruptible", "memory_limit", "time_limit"]


class TooLongError(Exception):
    """A check took more processor time than it may."""


def time_limit(seconds: float) -> Callable[[], AbstractContextManager[None]]:
    """Return what limits the processor time of a block; that of a busy machine does not count."""

    @contextmanager
    def limited() -> Iterator[None]:
        if not hasattr(signal, "setitimer") or not _is_main_thread():
            yield
            return
        before = signal.signal(signal.SIGPROF, expired)
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def expired(_signal: int, frame: FrameType | None) -> None:
        if not _is_in_collector(frame):
            raise TooLongError(f"more than {seconds:g} s")

    return limited


@contextmanager
def memory_limit(megabytes: int) -> Iterator[None]:
    """Limit what this process may allocate in a block; 0 is no limit."""
    if not megabytes or sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes << 20
    limits = [wanted, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Take a request to terminate as Ctrl-C, so that what was begun is cleaned up.

    Gives a function that raises `KeyboardInterrupt` where the signal came when it could not be.
    """
    requested = False

    def interrupt(_signal: int, frame: FrameType | None) -> None:
        nonlocal requested
        requested = True
        if not _is_in_collector(frame):
            raise KeyboardInterrupt

    def check() -> None:
        if requested:
            raise KeyboardInterrupt

    if not _is_main_thread():
        yield check
        return
    before = [(number, signal.signal(number, interrupt)) for number in _ENDING]
    try:
        yield check
    finally:
        for number, handler in before:
            signal.signal(number, handler)


_ENDING: Final = (signal.SIGINT, signal.SIGTERM)
_AGAIN_SECONDS: Final = 0.5


def _is_in_collector(frame: FrameType | None) -> bool:
    """Say whether Hypothesis' callback of the garbage collector runs: what is raised there is lost.

    The timer goes off again then, and whoever interrupted is heard at the next input.
    """
    return frame is not None and frame.f_code.co_name == "gc_callback"


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
