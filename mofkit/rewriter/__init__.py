"""Changes to files that leave every other byte alone. Start reading at `bump.py`."""

from mofkit.rewriter.bump import BumpOptions, bump_clsid
from mofkit.rewriter.errors import BumpError
from mofkit.rewriter.occurrence import Kind, Occurrence
from mofkit.rewriter.result import BumpResult, FileChange

__all__ = [
    "BumpError",
    "BumpOptions",
    "BumpResult",
    "FileChange",
    "Kind",
    "Occurrence",
    "bump_clsid",
]
