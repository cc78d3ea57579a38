"""A run of `mofkit fuzz roundtrip`: rounds over all laws, and what is said of them."""

from __future__ import annotations

import random
import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from mofkit.cli.fuzz.findings import save
from mofkit.cli.fuzz.limits import TooLongError, interruptible, time_limit
from mofkit.cli.fuzz.preload import load_everything
from mofkit.cli.fuzz.progress import Progress, progress
from mofkit.cli.fuzz.showing import Shown, shown_bytes, shown_value
from mofkit.cli.fuzz.targets import FileCheck, Plan
from mofkit.cli.terminal import write
from mofkit.diagnostics.render.glyphs import visible
from mofkit.testing.laws import KINDS, LawBroken
from mofkit.testing.runner import Caught, Trial, hunt, hypothesis_home, reduce_broken

if TYPE_CHECKING:
    from mofkit.testing.laws import Kind

__all__ = ["Session", "run_ended", "seeds_from", "workplace"]

_FIRST_ROUND: Final = 25
_LARGEST_ROUND: Final = 200
_MAX_DETAIL_CHARS: Final = 300
_TIMES_SHORTER: Final = 4


class _Enough(Exception):  # noqa: N818  # a wish rather than an error
    """The first finding is enough."""


@dataclass(slots=True)
class _Tally:
    """What became of one law."""

    kind: str
    law: str
    source: str
    n_examples: int = 0
    is_broken: bool = False

    def __str__(self) -> str:
        state = "BROKEN" if self.is_broken else "holds"
        return f"{state:7}{self.kind:12}{self.law} ({self.n_examples:,}; {self.source})\n"


class Session:
    """Laws, how they fare, and the count of what breaks them."""

    def __init__(self, plan: Plan, *, seed: int, folder: str, timeout_seconds: float) -> None:
        self._plan = plan
        self._seed = seed
        self._folder = folder
        self._limited = time_limit(timeout_seconds)
        self._limited_again = time_limit(timeout_seconds / _TIMES_SHORTER)
        self._only_first = False
        self._check_interrupt: Callable[[], None] = lambda: None
        self._tallies: dict[tuple[str, str], _Tally] = {}

    def run(self, *, seconds: float, n_examples: int | None, only_first: bool = False) -> int:
        """Try everything for a time, or so many times each; return the exit code."""
        interrupted = False
        self._only_first = only_first
        with workplace() as (_, count, self._check_interrupt):
            try:
                self._check_files(count)
                if n_examples is None:
                    self._go_on(time.monotonic() + seconds, count)
                elif n_examples:
                    for trial in self._plan.trials:
                        self._try(trial, self._seed, n_examples, lambda: False, count)
            except KeyboardInterrupt:
                interrupted = True
            except _Enough:
                pass
        for tally in self._tallies.values():
            write(str(tally))
        return run_ended(self._seed, count, interrupted=interrupted)

    # ------------------------------------------------------------------------------- rounds

    def _go_on(self, end: float, count: Progress) -> None:
        """Go round all laws that hold, each round with other inputs and more of them."""
        pending = list(self._plan.trials)
        seeds, n_examples = seeds_from(self._seed), _FIRST_ROUND
        while pending and time.monotonic() < end:
            seed = next(seeds)
            pending = [
                trial
                for trial in pending
                if self._try(trial, seed, n_examples, lambda: time.monotonic() > end, count)
            ]
            n_examples = min(2 * n_examples, _LARGEST_ROUND)

    def _try(
        self,
        trial: Trial,
        seed: int,
        n_examples: int,
        is_over: Callable[[], bool],
        count: Progress,
    ) -> bool:
        """Try a law, and say whether it held."""
        tally = self._tally(trial.kind, trial.law, trial.source)
        found = hunt(
            trial,
            seed=seed,
            max_examples=n_examples,
            is_over=is_over,
            guard=self._guard(count, f"{trial.kind}, {trial.law}"),
        )
        tally.n_examples += found.n_examples
        if found.caught is not None:
            again = ["--seed", str(seed), "--examples", str(n_examples)]
            self._report(tally, found.caught, again, count)
        if found.was_interrupted:
            raise KeyboardInterrupt
        return found.caught is None

    def _guard(self, count: Progress, doing: str) -> Callable[[], AbstractContextManager[None]]:
        """Return what limits the time of a check, to less where one took too long before.

        What hangs is made smaller then, and that takes many checks.
        """
        limited = self._limited

        @contextmanager
        def guarded() -> Iterator[None]:
            nonlocal limited
            self._check_interrupt()
            count.tick(doing)
            try:
                with limited():
                    yield
            except TooLongError:
                limited = self._limited_again
                raise

        return guarded

    # -------------------------------------------------------------------------------- files

    def _check_files(self, count: Progress) -> None:
        """Check files as they are; each law is broken once at most."""
        for check in self._plan.checks:
            tally = self._tally(check.kind, check.law.name, check.law.source)
            if tally.is_broken:
                continue
            tally.n_examples += 1
            guard = self._guard(count, check.path)
            try:
                with guard():
                    check.law.check(check.data)
            except LawBroken as broken:
                self._report(tally, self._smaller(check, broken, guard), [], count, check.path)
        self._plan.trials[:] = [
            trial for trial in self._plan.trials if not self._is_broken(trial.kind, trial.law)
        ]

    def _smaller(
        self,
        check: FileCheck,
        broken: LawBroken,
        guard: Callable[[], AbstractContextManager[None]],
    ) -> Caught:
        is_text = KINDS[check.kind].is_text
        return reduce_broken(check.law, Caught(check.data, broken.detail), guard, is_text=is_text)

    # ------------------------------------------------------------------------------- saying

    def _tally(self, kind: str, law: str, source: str) -> _Tally:
        return self._tallies.setdefault((kind, law), _Tally(kind, law, source))

    def _is_broken(self, kind: str, law: str) -> bool:
        tally = self._tallies.get((kind, law))
        return tally is not None and tally.is_broken

    def _report(
        self, tally: _Tally, caught: Caught, again: list[str], count: Progress, path: str = ""
    ) -> None:
        """Show an input that breaks a law, save it, and say how to check it again."""
        tally.is_broken = True
        count.n_findings += 1
        kind = KINDS[tally.kind]
        with self._limited():  # explaining it may be what hangs, and then it is not explained
            shown = _shown(tally.kind, kind, caught)
        saved = save(self._folder, f"{tally.kind}-{tally.law}", shown)
        base = ["mofkit", "fuzz", "roundtrip", tally.kind, "--law", tally.law]
        if self._is_broken_by(kind, tally.law, shown):
            again = ["--examples", "0", saved]
        detail = " ".join(visible(caught.detail).split())
        if len(detail) > _MAX_DETAIL_CHARS:
            detail = f"{detail[:_MAX_DETAIL_CHARS]}..."
        where = f" of {visible(path)}" if path else ""
        write(
            f"broken law of {tally.kind}: {tally.law}\n"
            f"source: {tally.source}\n"
            f"found: after {tally.n_examples:,} inputs{where}; {detail}\n"
            f"{shown.text}saved: {visible(saved)}\n"
            f"again: {shlex.join([*base, *again])}\n\n"
        )
        if self._only_first:
            raise _Enough

    def _is_broken_by(self, kind: Kind, law: str, shown: Shown) -> bool:
        """Say whether the saved file breaks the law by itself, as a path on a command line."""
        for each in kind.any_bytes:
            if each.name == law:
                try:
                    with self._limited():
                        each.check(kind.from_file(shown.data))
                except LawBroken:
                    return True
                except Exception:  # noqa: BLE001  # it may be what is broken
                    return False
        return False


def _shown(name: str, kind: Kind, caught: Caught) -> Shown:
    if isinstance(caught.value, bytes):
        return shown_bytes(name, kind, caught.value)
    return shown_value(name, kind, caught.value)


@contextmanager
def workplace() -> Iterator[tuple[str, Progress, Callable[[], None]]]:
    """Give a run a folder for what it writes, the progress, and what raises KeyboardInterrupt."""
    load_everything()
    with (
        TemporaryDirectory() as home,
        hypothesis_home(home),
        progress() as count,
        interruptible() as check_interrupt,
    ):
        yield home, count, check_interrupt


def run_ended(seed: int, count: Progress, *, interrupted: bool) -> int:
    """Write the last lines of a run; return the exit code."""
    write(f"seed {seed}, {count}\n")
    if interrupted:
        write("interrupted; this is what was found so far\n")
        return 130
    return int(count.n_findings > 0)


def seeds_from(seed: int) -> Iterator[int]:
    """Yield the seed, and then others that follow from it."""
    yield seed
    source = random.Random(seed)
    while True:
        yield source.getrandbits(32)
