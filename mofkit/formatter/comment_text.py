"""The text of comments that move: block comments to another column, trailing ones below another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mofkit.formatter.document import Comment

__all__ = ["align_comments", "moved"]

_LINE_END = re.compile(r"(\r\n|\r|\n)")


def moved(comment: Comment, column: int) -> str:
    """Return the text of a comment that begins at `column`.

    Where every line of a block begins with a star, the stars are put below one another. Of any
    other block, the lines that are indented as its first one was are indented as that one is.
    """
    if not comment.has_lines or comment.text.startswith("//"):
        return comment.text
    first, *rest = _LINE_END.split(comment.text)
    margin = " " * column
    lines = rest[1::2]
    if all(line.lstrip(" \t").startswith("*") for line in lines):
        rest[1::2] = [f"{margin} " + line.strip(" \t") for line in lines]
    elif comment.margin:
        old = comment.margin
        rest[1::2] = [
            margin + line.removeprefix(old) if line.startswith(old) else line for line in lines
        ]
    return first + "".join(rest)


def align_comments(lines: Sequence[str], comments: Mapping[int, str], width: int) -> list[str]:
    """Return the lines, each with its comment behind it.

    The comments of lines in a row that are indented alike stand below one another, as long as none
    of them goes beyond `width` because of that.
    """
    result = list(lines)
    for run in _runs(lines, sorted(comments)):
        column = max(len(lines[number]) for number in run) + 1
        if any(column + len(comments[number]) > width for number in run):
            column = 0
        for number in run:
            result[number] = f"{lines[number].ljust(column - 1)} {comments[number]}"
    return result


def _runs(lines: Sequence[str], numbers: Iterable[int]) -> Iterable[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and (number > run[-1] + 1 or _indent(lines[number]) != _indent(lines[run[-1]])):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
