"""The rules about comments that suppress findings: STY901 and STY902.

They have no row in the registry: it is not by looking at a file that one finds them, but by looking
at what all the other rules found (`suppressions.py`).
"""

from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Rule, Severity

__all__ = ["RULES", "UNKNOWN_SUPPRESSION", "UNUSED_SUPPRESSION"]

UNUSED_SUPPRESSION: Final = Rule(
    code="STY901",
    name="unused-suppression",
    severity=Severity.WARNING,
    what=(
        "Reports a comment such as `// mofkit: noqa[SEM101]` that keeps no finding from being "
        "reported. Of several codes, those that do nothing are named. A code that this run does "
        "not look for (--select, --ignore, --syntax-only) is not judged."
    ),
    why=(
        "What it was there for has been mended or has moved. Left where it is, it will hide the "
        "next mistake on that line."
    ),
    example=("class Fenwick_Fan\n{\n    uint8 Speed = 100; // mofkit: noqa[SEM101]\n};\n"),
    instead="class Fenwick_Fan\n{\n    uint8 Speed = 100;\n};\n",
    source="mofkit's own.",
    fix_safety="Safe: the comment, or the code in it, is removed; other words of it stay.",
)

UNKNOWN_SUPPRESSION: Final = Rule(
    code="STY902",
    name="unknown-suppression",
    severity=Severity.WARNING,
    what=(
        "Reports a comment that begins with `mofkit:` and says nothing mofkit understands, or "
        "names a code that no rule has. Understood are noqa, noqa[CODES], file-noqa, "
        "file-noqa[CODES], disable, disable=CODES, enable and enable=CODES; `noqa: CODES` and "
        "`noqa CODES` are read as noqa[CODES], as other tools write it."
    ),
    why="It was meant to suppress something and does not.",
    example=("class Fenwick_Fan\n{\n    uint8 Speed; // mofkit: noqa[SEM999]\n};\n"),
    instead="class Fenwick_Fan\n{\n    uint8 Speed;\n};\n",
    source="mofkit's own.",
    fix_safety="Unsafe: the nearest word that is understood may not be the one that was meant.",
)

RULES: Final = (UNUSED_SUPPRESSION, UNKNOWN_SUPPRESSION)
"""Both, in order of code."""
