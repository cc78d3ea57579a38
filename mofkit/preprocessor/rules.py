"""The CPP rules: what each code of the preprocessor means.

One constant a rule, in order of code; `RULES` is the list of all. The examples are tested.
"""

from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Rule, Severity

__all__ = [
    "CALL",
    "CONDITION",
    "ERROR_LINE",
    "HEADER",
    "LIMIT",
    "MALFORMED",
    "REDEFINED",
    "RULES",
    "UNBALANCED",
    "UNDEFINED",
    "UNSTEADY",
]

HEADER: Final = Rule(
    code="CPP001",
    name="header-not-found",
    severity=Severity.ERROR,
    what="Reports a header that is not there or cannot be read.",
    why=(
        "The macros it would define are missing then, and words stay where types and values "
        "belong. Headers are looked for beside the file that includes them, then in the folders "
        'of `-I`. `#include ("x.mof")`, with parentheses, is another thing: mofcomp reads it. '
        "`mofkit check` makes it a warning, since headers may be where the driver is built; the "
        "meaning of the file is then not checked, as any word may be a macro."
    ),
    example="""\
#include "fna.h"
class Fan { uint8 Speed; };
""",
    instead="""\
#include "fan.h"
class Fan { uint8 Speed; };
""",
    source="C11 §6.10.2",
)

MALFORMED: Final = Rule(
    code="CPP002",
    name="malformed-c-line",
    severity=Severity.ERROR,
    what=(
        "Reports a line for the C preprocessor that says nothing: no name, no parameter, no file; "
        "and one that begins with a word it does not know."
    ),
    why="What it was to define or to include is missing in the rest of the file.",
    example="""\
#define 3SPEEDS 3
class Fan { uint8 Speed; };
""",
    instead="""\
#define SPEEDS 3
class Fan { uint8 Speed; };
""",
    source="C11 §6.10",
)

UNBALANCED: Final = Rule(
    code="CPP003",
    name="unbalanced-condition",
    severity=Severity.ERROR,
    what="Reports an `#if` without `#endif`, and `#elif`, `#else` or `#endif` without `#if`.",
    why=(
        "Up to the end of the file everything depends on the condition, or nothing does: classes "
        "vanish, or are there twice."
    ),
    example="""\
#ifdef WITH_FAN
class Fan { uint8 Speed; };
""",
    instead="""\
#ifdef WITH_FAN
class Fan { uint8 Speed; };
#endif
""",
    source="C11 §6.10.1",
)

CONDITION: Final = Rule(
    code="CPP004",
    name="bad-condition",
    severity=Severity.ERROR,
    what="Reports an `#if` or `#elif` whose expression has no value.",
    why=(
        "Which lines count cannot be told. Conditions are made of integers, macros, `defined` and "
        "the operators of C; there are no strings and no real numbers."
    ),
    example="""\
#if 2 +
class Fan { uint8 Speed; };
#endif
""",
    instead="""\
#if 2 + 1
class Fan { uint8 Speed; };
#endif
""",
    source="C11 §6.10.1",
)

UNDEFINED: Final = Rule(
    code="CPP005",
    name="undefined-in-condition",
    severity=Severity.WARNING,
    what="Reports a word in an `#if` that is no macro. C, and mofkit, take it for 0.",
    why=(
        "A misspelled macro, or an option that this build forgot, then leaves lines out without "
        "a word. Microsoft's compiler has a warning for it, C4668, which is off by default."
    ),
    example="""\
#if FANS > 1
class Fan { uint8 Speed; };
#endif
""",
    instead="""\
#if defined(FANS) && FANS > 1
class Fan { uint8 Speed; };
#endif
""",
    source="C11 §6.10.1",
)

ERROR_LINE: Final = Rule(
    code="CPP006",
    name="error-line",
    severity=Severity.ERROR,
    what="Reports what an `#error` says; `#warning` is a warning.",
    why="Whoever wrote the line wants the build to stop there.",
    example="""\
#ifndef MODEL
#error say which model with -D MODEL=...
#endif
class Fan { uint8 Speed; };
""",
    instead="""\
#define MODEL 3
#ifndef MODEL
#error say which model with -D MODEL=...
#endif
class Fan { uint8 Speed; };
""",
    source="C11 §6.10.5",
)

REDEFINED: Final = Rule(
    code="CPP007",
    name="macro-redefined",
    severity=Severity.WARNING,
    what="Reports a macro that is defined a second time, as something else.",
    why=(
        "From there on it means the other thing. C forbids it; Microsoft's compiler warns, C4005, "
        "and goes on, as mofkit does."
    ),
    example="""\
#define SPEED uint8
#define SPEED uint16
class Fan { SPEED Speed; };
""",
    instead="""\
#define SPEED uint8
#undef SPEED
#define SPEED uint16
class Fan { SPEED Speed; };
""",
    source="C11 §6.10.3",
)

CALL: Final = Rule(
    code="CPP008",
    name="bad-macro-use",
    severity=Severity.ERROR,
    what=(
        "Reports a macro that is used with too few or too many arguments or without its `)`, or "
        "whose `##` joins what is no word."
    ),
    why="What the macro stands for cannot be told, so nothing is put in its place.",
    example="""\
#define LEVEL(n, name) [WmiDataId(n)] uint8 name
class Fan { LEVEL(1); };
""",
    instead="""\
#define LEVEL(n, name) [WmiDataId(n)] uint8 name
class Fan { LEVEL(1, Speed); };
""",
    source="C11 §6.10.3",
)

UNSTEADY: Final = Rule(
    code="CPP009",
    name="unsteady-macro",
    severity=Severity.ERROR,
    what="Reports `__DATE__`, `__TIME__` and `__TIMESTAMP__`.",
    why=(
        "They would make another file of the same sources each time. mofkit does not ask the "
        "clock: give the value you want, with `-D __DATE__=...`."
    ),
    example="""\
[Description("Built " __DATE__)]
class Fan { uint8 Speed; };
#define BUILT
""",
    instead="""\
#define BUILT "Nov 21 2026"
[Description("Built " BUILT)]
class Fan { uint8 Speed; };
""",
    source="C11 §6.10.8; a policy of mofkit",
)

LIMIT: Final = Rule(
    code="CPP010",
    name="expansion-limit",
    severity=Severity.ERROR,
    what=(
        "Reports macros and headers that make a file larger by more than 10 million characters, "
        "headers and calls that are nested deeper than 64 levels, and more than 20,000 headers."
    ),
    why=(
        "A macro that names another twice, which does the same, and so on, fills the memory of any "
        "machine; so do headers that include one another. No known file comes near the limits."
    ),
    example="\n".join(
        [
            "#define SAME(x) x",
            "class Fan { uint8",
            *["SAME(SAME(SAME(SAME(SAME(SAME(SAME(SAME(SAME(SAME(SAME("] * 6,
            "Speed",
            ")" * 66,
            "; };\n",
        ]
    ),
    instead="""\
#define SAME(x) x
class Fan { uint8 SAME(Speed); };
""",
    source="A policy of mofkit",
)

RULES: Final = (
    HEADER,
    MALFORMED,
    UNBALANCED,
    CONDITION,
    UNDEFINED,
    ERROR_LINE,
    REDEFINED,
    CALL,
    UNSTEADY,
    LIMIT,
)
"""Every rule of this package, in order of code."""
