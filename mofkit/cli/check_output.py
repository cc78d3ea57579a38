"""What `mofkit check` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO

from mofkit.cli.findings import counted, full_text, tally

if TYPE_CHECKING:
    from mofkit.diagnostics import Diagnostic

__all__ = ["FORMATS", "FOR_PROGRAMS", "rendered", "statistics", "summary"]

FOR_PROGRAMS: Final = ("json", "sarif", "github", "msbuild")
"""Forms that nothing may stand beside."""

FORMATS: Final = ("full", "concise", *FOR_PROGRAMS)

_MODULES: Final = {"json": "json_"}  # where a module of Python has the name


def rendered(findings: Sequence[Diagnostic], format_: str, stream: TextIO) -> str:
    """Return the findings in one of the `FORMATS`."""
    if not findings and format_ not in ("json", "sarif"):
        return ""
    if format_ == "full":
        return full_text(findings, stream) + "\n"
    module = import_module(f"mofkit.diagnostics.render.{_MODULES.get(format_, format_)}")
    text: str = module.render(findings)
    return text


def statistics(findings: Iterable[Diagnostic]) -> str:
    """Return how often each code was found, in order of code."""
    counts = Counter((finding.code, finding.name) for finding in findings)
    return "".join(f"{count:6}  {code}  {name}\n" for (code, name), count in sorted(counts.items()))


def summary(
    findings: Sequence[Diagnostic],
    n_files: int,
    *,
    n_fixed: int | None = None,
    n_known: int = 0,
) -> str:
    """Return the last lines: how much was found in how many files.

    Args:
        findings: those shown.
        n_files: how many were checked.
        n_fixed: how many were mended; None where nobody asked for that.
        n_known: how many the baseline hides.
    """
    checked = counted(n_files, "file")
    if findings:
        concerned = len({finding.path for finding in findings})
        where = f"in {concerned} of {checked}" if n_files > 1 else f"in {checked}"
        text = f"{tally(findings)} {where}\n"
    else:
        text = f"{checked} checked, nothing found\n"
    if n_known:
        text = text.replace("nothing found", "nothing new found")
        text += f"{n_known:,} known from the baseline\n"
    if n_fixed is not None:
        text += f"{n_fixed:,} fixed, {len(findings):,} left\n"
    return text
