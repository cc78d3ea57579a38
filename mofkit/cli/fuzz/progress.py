"""How far a run is: a line that changes on a terminal, elsewhere one now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from mofkit.cli.terminal import write

__all__ = ["Progress", "progress"]

_REFRESH_SECONDS: Final = 0.2
_LINE_SECONDS: Final = 10.0


class Progress:
    """Counts inputs and findings, and shows them on standard error."""

    def __init__(self) -> None:
        self.n_examples = 0
        self.n_findings = 0
        self.started = time.monotonic()
        self._shown = self.started

    def tick(self, doing: str) -> None:
        """Count an input; `doing` is what is tried."""
        self.n_examples += 1
        now = time.monotonic()
        if now - self._shown >= self._every_seconds:
            self._shown = now
            self._show(f"{doing}: {self}")

    _every_seconds = _LINE_SECONDS

    def _show(self, text: str) -> None:
        write(f"mofkit fuzz: {text}\n", sys.stderr)
        sys.stderr.flush()

    def __str__(self) -> str:
        seconds = time.monotonic() - self.started
        return f"{seconds:.0f} s, {self.n_examples:,} inputs, {self.n_findings} findings"


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a count that shows itself if somebody is looking."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    class OnTerminal(Progress):
        _every_seconds = _REFRESH_SECONDS

        def _show(self, text: str) -> None:
            live.update(Text(text, overflow="ellipsis", no_wrap=True), refresh=True)

    with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
        yield OnTerminal()
