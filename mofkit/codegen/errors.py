"""What cannot be written as source code."""

from __future__ import annotations

from mofkit.errors import MofkitError

__all__ = ["CodegenError"]


class CodegenError(MofkitError):
    """A description that the chosen style of code cannot carry out.

    Attributes:
        path: the block in the header's names: `WMIREGINFO[0].WmiRegGuid[2]`.
        reason: the message without it.
    """

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")
