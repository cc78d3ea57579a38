"""A program that is run on one file: how it ended, and nothing of it left behind.

On POSIX it runs in a session of its own, which is killed when it is done or takes too long, with
limits for memory, for what it writes, and without core files. Elsewhere only the time is limited.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["PLACEHOLDER", "Program", "Run"]

PLACEHOLDER: Final = "{file}"
_MAX_OUTPUT_BYTES: Final = 64 << 20
_MAX_STDERR_BYTES: Final = 100_000
_SANITIZED: Final = (b"__asan_init", b"__msan_init", b"__tsan_init")
_SANITIZER: Final = re.compile(r"(?:ERROR|WARNING): (\w*Sanitizer): ([\w-]+)|: runtime error: (.*)")
_FRAME: Final = re.compile(
    r"^ +#\d+ 0x[0-9a-f]+ +(?:in (\w+).*|\((?:.*/)?([^/]+\+0x[0-9a-f]+)\).*)"
)
_SANITIZER_OPTIONS: Final = ("ASAN_OPTIONS", "MSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS")
_LIMITED: Final = 'ulimit -c 0; ulimit -f "$1"; [ "$2" = 0 ] || ulimit -v "$2"; shift 2; exec "$@"'


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of the program ended.

    Attributes:
        code: its exit code; minus the number of the signal that ended it.
        output: what it wrote to standard output.
        crash: what is wrong with how it ended; empty where it ended by itself. Runs that crash in
            the same place have the same.
        told: what it wrote to standard error.
    """

    code: int
    output: bytes
    crash: str
    told: str


class Program:
    """A command with `{file}`, or one that reads standard input.

    Args:
        command: the words.
        folder: where files may be put.
        timeout_seconds: after so long it hangs.
        memory_mb: how much it may allocate; 0 is no limit.
    """

    def __init__(
        self, command: Sequence[str], folder: str, *, timeout_seconds: float, memory_mb: int
    ) -> None:
        self._command = list(command)
        self._folder = Path(folder)
        self._timeout_seconds = timeout_seconds
        self._memory_mb = memory_mb
        kilobytes = 0 if _is_sanitized(command[0]) else memory_mb << 10
        self._limits = [str(_MAX_OUTPUT_BYTES >> 9), str(kilobytes)]

    def run(self, data: bytes, suffix: str = ".bin", *, with_names: bool = False) -> Run:
        """Run it on a file with these bytes.

        Args:
            data: of the file.
            suffix: of the file's name.
            with_names: a sanitizer names functions, which takes many times as long; without, places
                are addresses in the program.

        Raises:
            OSError: it cannot be started.
        """
        path = self._folder / f"input{suffix}"
        path.write_bytes(data)
        words = [word.replace(PLACEHOLDER, str(path)) for word in self._command]
        takes_file = words != self._command
        output, told = self._folder / "stdout", self._folder / "stderr"
        with path.open("rb") as given, output.open("wb") as to_output, told.open("wb") as to_told:
            streams: dict[str, Any] = {"stdout": to_output, "stderr": to_told}
            streams["stdin"] = subprocess.DEVNULL if takes_file else given
            code = self._code(words, streams, self._environment(with_names=with_names))
        with told.open("rb") as file:
            text = file.read(_MAX_STDERR_BYTES).decode("utf-8", "replace")
        with output.open("rb") as file:
            out = file.read(_MAX_OUTPUT_BYTES)
        return Run(0 if code is None else code, out, self._crash(code, text), text)

    def _environment(self, *, with_names: bool) -> dict[str, str]:
        """Return the environment with options for sanitizers; those that are there count more."""
        ours = f"exitcode=86:symbolize={int(with_names)}"
        if self._memory_mb:
            ours += f":hard_rss_limit_mb={self._memory_mb}"
        return os.environ | {
            name: f"{ours}:{os.environ.get(name, '')}".rstrip(":") for name in _SANITIZER_OPTIONS
        }

    def _code(
        self, words: list[str], streams: dict[str, Any], environment: dict[str, str]
    ) -> int | None:
        """Return the exit code; None where it took too long."""
        if os.name == "posix":
            words = ["/bin/sh", "-c", _LIMITED, "sh", *self._limits, *words]
        process = subprocess.Popen(words, env=environment, start_new_session=True, **streams)
        try:
            return int(process.wait(self._timeout_seconds))
        except subprocess.TimeoutExpired:
            return None
        finally:
            _kill(process)

    def _crash(self, code: int | None, told: str) -> str:
        if code is None:
            return f"hang: more than {self._timeout_seconds:g} s"
        if found := _SANITIZER.search(told):
            problem = f"{found[1] or 'UndefinedBehaviorSanitizer'}: {found[2] or found[3]}"
            return f"{problem}{self._where(told)}"
        if code < 0:
            try:
                return f"signal: {signal.Signals(-code).name}"
            except ValueError:
                return f"signal: {-code}"
        is_exception = os.name == "nt" and code & 0xC0000000 == 0xC0000000
        return f"exception: {code & 0xFFFFFFFF:#x}" if is_exception else ""

    def _where(self, told: str) -> str:
        """Return the place of a report: the first frame that is in the program itself."""
        frames = [found for line in told.splitlines() if (found := _FRAME.match(line))]
        program = Path(self._command[0]).name
        for name, address in [found.groups() for found in frames]:
            if name and not name.startswith("__"):
                return f" in {name}"
            if address and address.partition("+")[0] == program:
                return f" at {address}"
        return ""


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started, and wait for it."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # all of them are gone
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _is_sanitized(program: str) -> bool:
    """Say whether a program has a sanitizer: those reserve more addresses than a limit allows."""
    try:
        data = Path(program).read_bytes()
    except OSError:
        return False
    return any(sign in data for sign in _SANITIZED)
