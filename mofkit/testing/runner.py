"""Looking for inputs that break a law: with a seed, without pytest, and nothing left behind.

`trials_of` lists what there is to try of a kind, `hunt` tries one thing and returns the smallest
input that it found. Hypothesis finds and shrinks; what is of bytes is then made smaller byte by
byte. For a program that is tested instead of mofkit, `check` runs it: `mofkit fuzz exec`.

>>> from mofkit.testing.laws import KINDS
>>> kind = KINDS["wnode"]
>>> [trial.law for trial in trials_of("wnode", kind)][:2]
['a chain comes back', 'a WNODE is read or refused']
>>> hunt(trials_of("wnode", kind)[0], seed=1, max_examples=3)
Hunt(n_examples=3, caught=None, was_interrupted=False)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir, storage_directory
from hypothesis.errors import HypothesisException

from mofkit.testing.damage import any_bytes_of, damaged
from mofkit.testing.laws import Kind, Law, LawBroken, check_mutation
from mofkit.testing.laws.law import raised_text
from mofkit.testing.reduce import reduce_bytes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "Caught",
    "Hunt",
    "Trial",
    "hunt",
    "hypothesis_home",
    "reduce_broken",
    "reduce_bytes_for_a_while",
    "trials_of",
    "trials_of_files",
]

MAX_SHRINK_SECONDS: Final = 30.0
_SLOW_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """Something to try on many inputs.

    Attributes:
        kind: the name of what the inputs are.
        law: what ought to hold.
        source: where that comes from.
        inputs: the inputs.
        check: raises `LawBroken` where it does not hold; its `input` is what to show.
        of_bytes: whether inputs are bytes.
        is_text: whether those bytes are text.
    """

    kind: str
    law: str
    source: str
    inputs: SearchStrategy[Any]
    check: Callable[[Any], None]
    of_bytes: bool = False
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Caught:
    """An input that breaks a law, as small as it could be made."""

    value: Any
    detail: str


@dataclass(frozen=True, slots=True)
class Hunt:
    """How many inputs were tried until one broke the law, and that one.

    Attributes:
        n_examples: without those that shrinking tries.
        caught: None where the law held.
        was_interrupted: by Ctrl-C, before it was as small as it could be.
    """

    n_examples: int
    caught: Caught | None = None
    was_interrupted: bool = False


def trials_of(name: str, kind: Kind) -> list[Trial]:
    """Return the laws of a kind with inputs that are generated."""
    trials = [Trial(name, law.name, law.source, kind.inputs(), law.check) for law in kind.laws]
    if kind.any_bytes:
        found = any_bytes_of(kind)
        trials += [_of_bytes(name, kind, law, found) for law in kind.any_bytes]
    if name in _WITH_MUTATIONS:
        source = "the documented codes of the reader"
        inputs = st.tuples(kind.inputs(), st.integers(0, (1 << 16) - 1))
        trials.append(Trial(name, _BY_NAME, source, inputs, lambda pair: _check_some(kind, *pair)))
    return trials


def trials_of_files(name: str, kind: Kind, contents: Sequence[bytes]) -> list[Trial]:
    """Return the laws of any bytes with what becomes of contents that are damaged."""
    found = damaged(st.sampled_from(contents))
    return [_of_bytes(name, kind, law, found) for law in kind.any_bytes]


_BY_NAME: Final = "a mistake is called by its name"
_N_MUTATIONS: Final = 8
_WITH_MUTATIONS: Final = ("mof", "bmf", "bmf-file", "reginfo", "wnode")


def _of_bytes(name: str, kind: Kind, law: Law, inputs: SearchStrategy[bytes]) -> Trial:
    return Trial(name, law.name, law.source, inputs, law.check, of_bytes=True, is_text=kind.is_text)


def _check_some(kind: Kind, value: object, number: int) -> None:
    """Check some of the mutations of a value: what it takes to make a value, pays off."""
    mutations = list(kind.mutations(value))
    step = max(len(mutations) // _N_MUTATIONS, 1)
    for place in range(min(_N_MUTATIONS, len(mutations))):
        check_mutation(kind, value, mutations[(number + place * step) % len(mutations)])


def hunt(
    trial: Trial,
    *,
    seed: int,
    max_examples: int,
    is_over: Callable[[], bool] = lambda: False,
    guard: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Hunt:
    """Try inputs until one breaks the law, and make that smaller.

    Args:
        trial: what to try.
        seed: the same seed gives the same inputs, with the same versions of mofkit, Hypothesis and
            Python and the same modules loaded.
        max_examples: how many inputs at most.
        is_over: says whether to stop, whatever was found; shrinking goes on for some seconds.
        guard: entered around each check; raises an exception where that takes too long.

    Raises:
        KeyboardInterrupt: while nothing had been caught.
    """
    hunter = _Hunter(trial, is_over, guard)
    options = settings(
        max_examples=max(max_examples, 1),
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )

    @with_seed(seed)
    @options
    @given(trial.inputs)
    def run(value: object) -> None:
        hunter.run(value)

    try:
        with suppress(LawBroken, _Over):
            run()
        hunter.reduce()
    except HypothesisException:  # what breaks the law once and not again
        if hunter.caught is None:
            raise
    except KeyboardInterrupt:
        if hunter.caught is None:
            raise
        return hunter.result(was_interrupted=True)
    return hunter.result()


def reduce_broken(
    law: Law,
    caught: Caught,
    guard: Callable[[], AbstractContextManager[object]] = nullcontext,
    *,
    is_text: bool = False,
) -> Caught:
    """Return bytes that break a law, with as many left out as can be in some seconds."""
    trial = Trial("", law.name, law.source, st.nothing(), law.check, of_bytes=True, is_text=is_text)
    hunter = _Hunter(trial, lambda: False, guard)
    hunter.caught = LawBroken(law.name, caught.value, caught.detail)
    hunter.reduce()
    return hunter.result().caught or caught


def reduce_bytes_for_a_while(
    data: bytes, holds: Callable[[bytes], bool], *, is_text: bool = False
) -> bytes:
    """Return fewer bytes for which `holds` returns True, after some seconds at most."""
    end = time.monotonic() + MAX_SHRINK_SECONDS
    return reduce_bytes(data, holds, is_over=lambda: time.monotonic() > end, clears=not is_text)


@contextmanager
def hypothesis_home(folder: str) -> Iterator[None]:
    """Keep what Hypothesis writes, such as tables of Unicode, in a folder for a while."""
    before = storage_directory(intent_to_write=False).home_directory
    set_hypothesis_home_dir(folder)
    try:
        yield
    finally:
        set_hypothesis_home_dir(before)


class _Over(BaseException):
    """Ends a run of Hypothesis; no `Exception`, as those are taken for failures."""


class _Hunter:
    """Counts what is tried, and keeps what broke the law."""

    def __init__(
        self,
        trial: Trial,
        is_over: Callable[[], bool],
        guard: Callable[[], AbstractContextManager[object]],
    ) -> None:
        self.n_examples = 0
        self.caught: LawBroken | None = None
        self._trial = trial
        self._is_over = is_over
        self._guard = guard
        self._shrink_until = 0.0

    def run(self, value: object) -> None:
        if self.caught is None:
            if self._is_over():
                raise _Over
            self.n_examples += 1
        elif self._is_shrunk():
            raise _Over
        self._check(value)

    def _is_shrunk(self) -> bool:
        return time.monotonic() > self._shrink_until

    def _check(self, value: object) -> None:
        started = time.process_time()
        try:
            with self._guard():
                self._trial.check(value)
        except LawBroken as broken:
            self._keep(broken, time.process_time() - started)
            raise
        except Exception as error:
            found = LawBroken(self._trial.law, value, raised_text(error))
            self._keep(found, time.process_time() - started)
            raise found from error

    def _keep(self, broken: LawBroken, seconds: float) -> None:
        """Keep the last: what shrinking tries is always smaller than what it has.

        Where each takes its time, few can be tried, and it is not worth while to wait for them.
        """
        if self.caught is None:
            budget = MAX_SHRINK_SECONDS / (2 if seconds > _SLOW_SECONDS else 1)
            self._shrink_until = time.monotonic() + budget
        self.caught = broken.with_traceback(None)

    def reduce(self) -> None:
        """Leave out bytes of what was caught, if it has such."""
        if self.caught is None or not self._trial.of_bytes:
            return
        self._shrink_until = max(self._shrink_until, time.monotonic() + MAX_SHRINK_SECONDS / 4)
        data = self.caught.input
        assert isinstance(data, bytes)
        reduce_bytes(data, self._breaks, is_over=self._is_shrunk, clears=not self._trial.is_text)

    def result(self, *, was_interrupted: bool = False) -> Hunt:
        """Return what there is."""
        broken = self.caught
        caught = None if broken is None else Caught(broken.input, broken.detail)
        return Hunt(self.n_examples, caught, was_interrupted)

    def _breaks(self, data: bytes) -> bool:
        try:
            self._check(data)
        except LawBroken:
            return True
        return False
