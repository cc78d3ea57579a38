"""Where the grammar files are: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

START: Final = {
    "mof": "mof_specification",
    "object_path": "object_path",
    "sddl": "security_descriptor",
    "wql": "query",
}
"""Grammar → its start symbol: MOF, and the languages inside its strings."""


def grammar_text(name: str = "mof") -> str:
    """Return the text of `grammars/<name>.lark`.

    A wheel carries the folder as `mofkit/grammars`; a checkout, and an editable install of one,
    has it at the top.

    Raises:
        FileNotFoundError: there is no grammar of that name.

    >>> "mof_specification:" in grammar_text()
    True
    """
    package = Path(__file__).parents[1]
    for folder in (package / "grammars", package.parent / "grammars"):
        path = folder / f"{name}.lark"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError(f"no grammar {name!r} beside mofkit")
