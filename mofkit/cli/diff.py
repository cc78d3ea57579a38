"""Unified diffs of whatever became of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mofkit.source import SourceFile

__all__ = ["text_diff"]


def text_diff(before: SourceFile, after: SourceFile) -> str:
    r"""Return the unified diff of two texts; empty where nothing changed.

    Lines end as in the files, so that the diff of a CR LF file can be applied to it.

    >>> from mofkit.source import SourceFile
    >>> texts = [SourceFile.from_text(text, path="a.mof") for text in ("x\ny\nz\n", "x\nz\n")]
    >>> print(text_diff(*texts), end="")
    --- a.mof
    +++ a.mof
    @@ -1,3 +1,2 @@
     x
    -y
     z
    """
    if before.text.count("\n") == after.text.count("\n"):
        from mofkit.rewriter.diff import unified_diff  # linear, as every line stays in its place

        if before.text.endswith("\n") == after.text.endswith("\n"):
            return unified_diff(before, after)
    from difflib import unified_diff as any_diff

    lines = any_diff(_lines(before.text), _lines(after.text), before.path, after.path)
    return "".join(line if line.endswith("\n") else f"{line}{_NO_LINE_END}" for line in lines)


_NO_LINE_END = "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Return the lines as `patch` counts them: a lone CR ends none."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
