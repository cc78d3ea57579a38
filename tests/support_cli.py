"""Running the command line: in this process, which is quick, or in one of its own."""

import gc
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from mofkit.cli import run
from tests.support import ROOT

__all__ = ["TIMEOUT_SECONDS", "Outcome", "checked", "mofkit", "mofkit_process"]

TIMEOUT_SECONDS = 100  # a hang is a failure; the slowest test takes a tenth of it


class Outcome(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


def mofkit(
    *arguments: str | Path, stdin: bytes = b"", encoding: str = "utf-8", **environment: str
) -> Outcome:
    """Run `mofkit ARGUMENTS` here, on a console of that encoding."""
    streams: dict[str, Any] = {
        "stdin": io.TextIOWrapper(io.BytesIO(stdin)),
        "stdout": io.TextIOWrapper(out := io.BytesIO(), encoding, newline=""),
        "stderr": io.TextIOWrapper(err := io.BytesIO(), encoding, "backslashreplace", newline=""),
    }
    colours = {"NO_COLOR": "", "FORCE_COLOR": ""}
    try:
        with (
            patch.dict(os.environ, colours | environment),
            patch.multiple(sys, argv=["mofkit", *map(str, arguments)], **streams),
        ):
            code = run()
            for stream in streams.values():
                stream.flush()
    finally:
        gc.enable()  # `check` switches it off, as the process ends soon
    return checked(Outcome(code, out.getvalue().decode(encoding), err.getvalue().decode(encoding)))


def mofkit_process(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> Outcome:
    """Run `mofkit ARGUMENTS` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "mofkit", *map(str, arguments)],
        input=stdin,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )
    return checked(Outcome(done.returncode, done.stdout.decode(), done.stderr.decode()))


def checked(outcome: Outcome) -> Outcome:
    """Return an outcome that no exception of Python shows in."""
    for sign in ("Traceback", "internal error", "Exception ignored"):
        assert sign not in outcome.err
    return outcome
