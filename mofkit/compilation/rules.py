"""The SEM5xx rules: what binary MOF does not hold, or holds in a form that nobody has seen.

One constant a rule, in order of code; `RULES` is the list of all. The examples are tested. They are
about compiling: `mofkit check` does not report them, since as text the files are fine.
"""

from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Rule, Severity

__all__ = [
    "DIRECTIVE",
    "FLAVOR",
    "NULL",
    "NUMBER",
    "PARAMETER_DEFAULT",
    "QUALIFIER_DECLARATION",
    "RULES",
    "UNVERIFIED",
    "UNWRITABLE",
]

_SOURCE: Final = "213 files of Microsoft's compiler, 26 of them with their source"

FLAVOR: Final = Rule(
    code="SEM501",
    name="flavor-without-trace",
    severity=Severity.WARNING,
    what=(
        "Reports flavors that binary MOF has no bit for: EnableOverride, Restricted, "
        "NotToInstance, NotToSubclass and Translatable."
    ),
    why=(
        "Whoever reads the file sees a qualifier without them. ToInstance, ToSubclass, "
        "DisableOverride and Amended are kept. That Translatable leaves nothing is mofkit's "
        "reading: no known file comes from such a source."
    ),
    example="""\
[Color("grey") : NotToSubclass] class Fan { uint8 Speed; };
""",
    instead="""\
[Color("grey")] class Fan { uint8 Speed; };
""",
    source=_SOURCE,
)

DIRECTIVE: Final = Rule(
    code="SEM502",
    name="pragma-without-trace",
    severity=Severity.INFO,
    what=(
        "Reports pragmas that leave nothing in the file; as warnings those that do something: "
        "amendment, deleteclass and deleteinstance."
    ),
    why=(
        "What compiles the binary file later does not know of them: nothing is deleted and no text "
        "is set aside. `autorecover` and `locale` mean nothing there."
    ),
    example="""\
#pragma deleteclass("Fan", nofail)
class Fan { uint8 Speed; };
""",
    instead="""\
#pragma classflags("forceupdate")
class Fan { uint8 Speed; };
""",
    source=f"{_SOURCE}: of `autorecover` there is none in them; none with the others is known",
)

QUALIFIER_DECLARATION: Final = Rule(
    code="SEM503",
    name="qualifier-declaration-left-out",
    severity=Severity.INFO,
    what="Reports declarations of qualifiers, which binary MOF has no place for.",
    why=(
        "The flavors that they give are written at each use of the qualifier instead; that is "
        "mofkit's reading, since no known file comes from such a source."
    ),
    example="""\
Qualifier Color : string = null, Scope(class), Flavor(ToSubclass);
[Color("grey")] class Fan { uint8 Speed; };
""",
    instead="""\
[Color("grey") : ToSubclass] class Fan { uint8 Speed; };
""",
    source=_SOURCE,
)

PARAMETER_DEFAULT: Final = Rule(
    code="SEM504",
    name="parameter-default-left-out",
    severity=Severity.WARNING,
    what="Reports values that parameters have where a call gives none (MOF 3).",
    why="The file does not say them, so a call without the argument passes nothing.",
    example="""\
class Fan { void Turn([in] uint8 Percent = 3); };
""",
    instead="""\
class Fan { void Turn([in] uint8 Percent); };
""",
    source=_SOURCE,
)

NULL: Final = Rule(
    code="SEM505",
    name="null-as-none",
    severity=Severity.INFO,
    what="Reports properties of classes that are NULL by default, which is stored as no default.",
    why=(
        "Both mean the same; the file does not say which of them stood there. That is mofkit's "
        "reading, since no known file comes from such a source."
    ),
    example="""\
class Fan { uint8 Speed = NULL; };
""",
    instead="""\
class Fan { uint8 Speed; };
""",
    source=_SOURCE,
)

NUMBER: Final = Rule(
    code="SEM506",
    name="number-beyond-sint32",
    severity=Severity.WARNING,
    what=(
        "Reports integers outside of -2147483648..2147483647. Those of 32 bits are stored as the "
        "sint32 with the same bits, larger ones as text, and with them all items of their array."
    ),
    why=(
        "Binary MOF stores every integer as a sint32, whatever the declared type. What Microsoft's "
        "compiler does with others is not known."
    ),
    example="""\
class Fan { uint32 Mask = 0xFFFFFFFF; };
""",
    instead="""\
class Fan { uint32 Mask = 0x7FFFFFFF; };
""",
    source=f"{_SOURCE}, in which the largest integer is 0x59454B48",
)

UNVERIFIED: Final = Rule(
    code="SEM507",
    name="unverified-encoding",
    severity=Severity.INFO,
    what="Reports what no known binary file has, so that mofkit writes it by analogy.",
    why=(
        "The bytes follow the rules of everything that is known, and mofkit reads them back; "
        "whether Microsoft's compiler writes the same was not seen."
    ),
    example="""\
[Weight(0.5)] class Fan { uint8 Speed; };
""",
    instead="""\
[Weight("0.5")] class Fan { uint8 Speed; };
""",
    source=_SOURCE,
)

UNWRITABLE: Final = Rule(
    code="SEM508",
    name="not-in-binary-mof",
    severity=Severity.ERROR,
    what="Reports what binary MOF has no place for; nothing is written then.",
    why=(
        "Words without a value (macros that are not defined), structures and enumerations of "
        "MOF 3, arrays of several kinds of values, strings with a zero inside. And more than "
        "64 MiB when it is expanded, or 500,000 items in arrays, which mofkit would not read."
    ),
    example="""\
class Fan { uint8 Speed = MAX_SPEED; };
""",
    instead="""\
#define MAX_SPEED 9
class Fan { uint8 Speed = MAX_SPEED; };
""",
    source=_SOURCE,
)

RULES: Final = (
    FLAVOR,
    DIRECTIVE,
    QUALIFIER_DECLARATION,
    PARAMETER_DEFAULT,
    NULL,
    NUMBER,
    UNVERIFIED,
    UNWRITABLE,
)
"""Every rule of this package, in order of code."""
