"""What is wrong with the bytes of binary MOF, as rules: a page for each E- and W- code.

The codes and what they mean are in the docstrings of whoever finds them, a line each:

    - W-COUNT: a list or an array has another number of records than it says
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from mofkit.bmf import decompression, findings
from mofkit.decompiler import notes
from mofkit.diagnostics import Rule, Severity

__all__ = ["binary_rules"]

_LINE: Final = re.compile(r"^- ([EW]-[A-Z-]*[A-Z]): (.+)$", re.MULTILINE)
_WHY: Final = {
    "E": "These bytes cannot be read, so what they declare is not checked.",
    "W": (
        "The rest can be read all the same, so this does not change the exit code. No compiler is "
        "known to write it: somebody has changed the bytes, or made them otherwise."
    ),
    "W-MOF": (
        "What a binary MOF declares is checked as MOF text, and no text says this: the rules do "
        "not see it. It does not change the exit code."
    ),
}


@cache
def binary_rules() -> dict[str, Rule]:
    """Return code → rule, in order of code."""
    docs = [module.__doc__ or "" for module in (findings, decompression, notes)]
    found = dict(line for doc in docs for line in _LINE.findall(doc))
    return {code: _rule(code, text) for code, text in sorted(found.items())}


def _rule(code: str, text: str) -> Rule:
    is_error = code.startswith("E-")
    kind, _, rest = code.partition("-")
    return Rule(
        code=code,
        name=f"{'bad' if is_error else 'odd'}-{rest.lower()}",
        severity=Severity.ERROR if is_error else Severity.WARNING,
        what=f"{text[0].upper()}{text[1:]}.",
        why=_WHY["W-MOF" if code.startswith("W-MOF-") else kind],
        example="",
        instead="",
        source="mofkit's own reading of binary MOF, which Microsoft does not document.",
    )
