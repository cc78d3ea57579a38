"""CPU time of processes, user and system together. POSIX only, where `resource` is."""

import resource
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from benchmarks.inputs import ROOT

Job = Callable[[], float]


def best_of(rounds: int, *jobs: Job) -> list[float]:
    """Return the least result of each job.

    The jobs take turns, so that a machine that gets slower or busier does so for all of them.
    """
    results = [[job() for job in jobs] for _ in range(rounds)]
    return [min(each) for each in zip(*results, strict=True)]


def command(*arguments: str | Path, exit_codes: Collection[int] = (0,)) -> Job:
    """Return a job that runs the command and gives the CPU seconds of its whole process.

    Raises:
        RuntimeError: (the job) the exit code is none of `exit_codes`.
    """

    def job() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        _run(arguments, exit_codes)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return job


def worker(name: str, *arguments: str | int | Path) -> Job:
    """Return a job that runs a module of `benchmarks.workers` and gives the number it prints."""
    words = [sys.executable, "-m", f"benchmarks.workers.{name}", *arguments]
    return lambda: float(_run(words, (0,)).split()[-1])


def mofkit_command() -> list[str]:
    """Return how the running environment starts mofkit: its script, or the module without one."""
    script = Path(sys.executable).parent / "mofkit"
    return [str(script)] if script.exists() else [sys.executable, "-m", "mofkit"]


def _run(words: Collection[str | int | Path], exit_codes: Collection[int]) -> str:
    done = subprocess.run(
        [str(word) for word in words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode not in exit_codes:
        said = done.stderr or done.stdout
        raise RuntimeError(f"exit code {done.returncode} of {' '.join(map(str, words))}\n{said}")
    return done.stdout
