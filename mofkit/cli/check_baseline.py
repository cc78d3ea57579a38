"""`mofkit check --baseline` and `--write-baseline`: the file on disk, and the names in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mofkit.diagnostics import Diagnostic

__all__ = ["new_findings", "write_baseline"]


def new_findings(findings: Sequence[Diagnostic], path: str) -> list[Diagnostic]:
    """Return the findings that a baseline does not know.

    Raises:
        OSError: it cannot be read.
        MofkitError: it is none.
    """
    from mofkit.linter.baseline import read_baseline

    text = Path(path).read_bytes().decode("utf-8", "replace")
    return read_baseline(text, path).new_of(findings, _names_in(path))


def write_baseline(findings: Sequence[Diagnostic], path: str) -> None:
    """Write the baseline that knows all of these.

    Raises:
        OSError: it cannot be written.
    """
    from mofkit.cli.output import write_files
    from mofkit.linter.baseline import baseline_of

    write_files({path: baseline_of(findings, _names_in(path)).to_json().encode()})


def _names_in(path: str) -> Callable[[str], str]:
    """Return what gives the names of files in a baseline: seen from its folder, with slashes."""
    folder = Path(path).absolute().parent

    def name_of(file: str) -> str:
        try:
            return os.path.relpath(file, folder).replace(os.sep, "/")
        except ValueError:  # on another drive
            return file.replace(os.sep, "/")

    return name_of
