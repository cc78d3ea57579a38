"""A run of `mofkit fuzz exec`: inputs, what the program makes of them, and what is said of that."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mofkit.cli.fuzz.findings import save
from mofkit.cli.fuzz.process import PLACEHOLDER, Program
from mofkit.cli.fuzz.session import run_ended, seeds_from, workplace
from mofkit.cli.fuzz.showing import shown_file
from mofkit.cli.terminal import write
from mofkit.diagnostics.render.glyphs import visible
from mofkit.testing.damage import damaged_files
from mofkit.testing.laws import KINDS, LawBroken
from mofkit.testing.runner import Caught, Trial, hunt, reduce_bytes_for_a_while
from mofkit.testing.samples import Sample, samples_of

if TYPE_CHECKING:
    from mofkit.cli.fuzz.process import Run
    from mofkit.cli.fuzz.progress import Progress

__all__ = ["ExecSession"]

_ROUND: Final = 200
_MAX_TOLD: Final = 8
"""Lines of what the program wrote to standard error."""


class ExecSession:
    """A program, and what is known to be wrong with it."""

    def __init__(
        self,
        kind: str,
        command: Sequence[str],
        expect: frozenset[str],
        *,
        seed: int,
        folder: str,
        timeout_seconds: float,
        memory_mb: int,
    ) -> None:
        self._name = kind
        self._kind = KINDS[kind]
        self._command = command
        self._expect = expect
        self._seed = seed
        self._folder = folder
        self._timeout_seconds = timeout_seconds
        self._memory_mb = memory_mb
        self._known: set[str] = set()
        self._hunted = ""
        self._only_first = False
        self._check_interrupt: Callable[[], None] = lambda: None

    def run(self, *, seconds: float, n_examples: int | None, only_first: bool = False) -> int:
        """Go on for a time, or for so many inputs; return the exit code."""
        interrupted = False
        self._only_first = only_first
        with workplace() as (home, count, self._check_interrupt):
            program = Program(
                self._command,
                home,
                timeout_seconds=self._timeout_seconds,
                memory_mb=self._memory_mb,
            )
            try:
                self._go_on(program, count, seconds, n_examples)
            except KeyboardInterrupt:
                interrupted = True
        return run_ended(self._seed, count, interrupted=interrupted)

    def _go_on(
        self, program: Program, count: Progress, seconds: float, n_examples: int | None
    ) -> None:
        """Try labelled input and damaged input in turn, each round others."""
        end = time.monotonic() + seconds if n_examples is None else float("inf")
        left = n_examples

        def is_over() -> bool:
            return time.monotonic() > end

        for seed in seeds_from(self._seed):
            for trial in self._trials(program, count):
                if is_over() or left == 0 or (self._only_first and count.n_findings):
                    return
                size = _ROUND if left is None else min(left, _ROUND)
                n_done = self._hunt(trial, seed, size, is_over, count, program)
                left = None if left is None else max(left - max(n_done, 1), 0)

    def _trials(self, program: Program, count: Progress) -> list[Trial]:
        def check_sample(sample: Sample) -> None:
            count.tick(f"{self._name}, {sample.label}")
            self._judge(program, sample)

        def check_bytes(data: bytes) -> None:
            count.tick(f"{self._name}, damaged")
            self._judge(program, _unlabelled(data))

        law, source = "the program does not crash", "what it was asked for"
        labelled = Trial(self._name, law, source, samples_of(self._kind), check_sample)
        damaged = damaged_files(self._kind)
        return [labelled, Trial(self._name, law, source, damaged, check_bytes)]

    def _hunt(
        self,
        trial: Trial,
        seed: int,
        size: int,
        is_over: Callable[[], bool],
        count: Progress,
        program: Program,
    ) -> int:
        """Try a round of inputs; a finding is made smaller, as far as it stays the same one."""
        self._hunted = ""
        found = hunt(trial, seed=seed, max_examples=size, is_over=is_over)
        if found.caught is not None:
            self._known.add(self._hunted)
            self._report(found.caught, count, program)
        if found.was_interrupted:
            raise KeyboardInterrupt
        return found.n_examples

    # ------------------------------------------------------------------------------ judging

    def _judge(self, program: Program, sample: Sample) -> None:
        """Run the program; what is known already, or another finding, is none while shrinking.

        Raises:
            LawBroken: it crashes, hangs, or gives a wrong answer.
        """
        self._check_interrupt()
        fault = self._fault(program.run(sample.data, self._kind.suffix), sample)
        if not fault or fault in self._known or (self._hunted and fault != self._hunted):
            return
        self._hunted = fault
        raise LawBroken("the program does not crash", sample, fault)

    def _fault(self, run: Run, sample: Sample) -> str:
        if run.crash:
            return run.crash
        if "roundtrip" in self._expect and sample.is_valid:
            if run.code:
                return "wrong answer: refuses valid input"
            if run.output != sample.data:
                return "wrong answer: writes valid input otherwise"
        if "reject" in self._expect and sample.is_malformed and not run.code:
            return "wrong answer: accepts malformed input"
        return ""

    # ------------------------------------------------------------------------------- saying

    def _report(self, caught: Caught, count: Progress, program: Program) -> None:
        sample = self._smallest(caught, program)
        count.n_findings += 1
        run = program.run(sample.data, self._kind.suffix, with_names=True)
        fault = run.crash or caught.detail
        shown = shown_file(self._name, self._kind, sample.data, sample.about.get("arch", "x64"))
        saved = save(self._folder, f"{self._name}-{fault}", shown)
        lines = [f"    {visible(line)}\n" for line in run.told.strip().splitlines()[:_MAX_TOLD]]
        about = "".join([f", {key} {value}" for key, value in sample.about.items()])
        wanted = f"; expected: {' or '.join(sample.expected)}" if sample.expected else ""
        write(
            f"{visible(fault)}\n"
            f"input: {sample.label}{about}, {len(sample.data):,} bytes{wanted}\n"
            f"{shown.text}{''.join(lines)}saved: {visible(saved)}\n"
            f"again: {self._again(saved)}\n\n"
        )

    def _again(self, saved: str) -> str:
        words = [word.replace(PLACEHOLDER, str(Path(saved))) for word in self._command]
        takes_file = words != list(self._command)
        return shlex.join(words) + ("" if takes_file else f" < {shlex.quote(saved)}")

    def _smallest(self, caught: Caught, program: Program) -> Sample:
        """Leave out bytes of a crash; a wrong answer has to keep what the label says."""
        sample = caught.value
        assert isinstance(sample, Sample)
        if caught.detail.startswith("wrong answer"):
            return sample

        def crashes(data: bytes) -> bool:
            self._check_interrupt()
            return program.run(data, self._kind.suffix).crash == caught.detail

        data = reduce_bytes_for_a_while(sample.data, crashes, is_text=self._kind.is_text)
        if data == sample.data:
            return sample
        return replace(_unlabelled(data), label=f"made of: {sample.label}", about=sample.about)


def _unlabelled(data: bytes) -> Sample:
    return Sample(data, "damaged", (), (), is_valid=False, is_malformed=False, about={})
