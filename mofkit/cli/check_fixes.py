"""`mofkit check --fix`: round by round, until nothing is left that can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mofkit.cli.checking import Checker
from mofkit.cli.includes import real_path
from mofkit.cli.output import STDOUT, write_files
from mofkit.linter.fixer import fix_file

if TYPE_CHECKING:
    from mofkit.diagnostics import Diagnostic
    from mofkit.source import SourceFile

__all__ = ["Mended", "diff_of", "mend", "write_mended"]

MAX_ROUNDS: Final = 20
"""A round makes all fixes that do not touch one another; two that undo each other would go on."""


@dataclass(frozen=True)
class Mended:
    """Files before and after.

    Attributes:
        before: as they were read.
        after: the same, in the same order, with the fixes made.
        findings: what is left.
        n_fixes: how many fixes were made.
    """

    before: tuple[SourceFile, ...]
    after: tuple[SourceFile, ...]
    findings: list[Diagnostic]
    n_fixes: int

    @property
    def changed(self) -> list[tuple[SourceFile, SourceFile]]:
        """The files that are no longer as they were: before, after."""
        pairs = zip(self.before, self.after, strict=True)
        return [(old, new) for old, new in pairs if old.text != new.text]


def mend(checker: Checker, sources: Sequence[SourceFile], *, unsafe: bool) -> Mended:
    """Return files with the fixes for what is reported about them; nothing is written.

    Only the files of the command line are mended, not those that they include from elsewhere.
    """
    current = {real_path(source.path): source for source in sources}
    originals = dict(current)
    n_fixes = 0
    findings = checker.check(sources)
    for _ in range(MAX_ROUNDS):
        n_made = 0
        by_file: dict[str, list[Diagnostic]] = {}
        for found in findings:
            by_file.setdefault(real_path(found.path), []).append(found)
        for real, about in by_file.items():
            if real in current:
                fixed = fix_file(current[real], about, unsafe=unsafe)
                current[real] = fixed.source
                n_made += fixed.n_fixes
        if not n_made:
            break
        n_fixes += n_made
        edited = {file.path: file for real, file in current.items() if file is not originals[real]}
        findings = checker.check(list(current.values()), edited)
    return Mended(tuple(originals.values()), tuple(current.values()), findings, n_fixes)


def diff_of(mended: Mended) -> str:
    """Return unified diffs of all files that changed."""
    from mofkit.cli.diff import text_diff

    return "".join(text_diff(old, new) for old, new in mended.changed)


def write_mended(mended: Mended, stdin_name: str | None) -> None:
    """Write the files that changed; what came from standard input goes to standard output.

    Args:
        mended: the files.
        stdin_name: under which name standard input was read; None where it was not.

    Raises:
        OSError: one cannot be written; then none is.
    """
    files = {new.path: new.to_bytes() for _, new in mended.changed if new.path != stdin_name}
    for file in mended.after:
        if file.path == stdin_name:
            files[STDOUT] = file.to_bytes()
    write_files(files)
