r"""What mofcomp finds wrong with a pragma, before it stores anything.

>>> from mofkit.cim import CimDirective
>>> print(pragma_problem(CimDirective("classflags", ("safeupdate", "foo"))).message)
`classflags` has no flag `foo`
>>> pragma_problem(CimDirective("classflags", ("safeupdate",)))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from mofkit.cim import CLASS_FLAGS, INSTANCE_FLAGS, CimDirective
from mofkit.repository.status import WbemStatus

__all__ = ["STATUS_PAGE", "Problem", "pragma_problem"]

STATUS_PAGE: Final = "wbemcli/WBEMSTATUS"
"""The page with the errors of mofcomp."""


class Problem(NamedTuple):
    """What mofcomp does not take: in words, its error, and the page that says so."""

    message: str
    status: WbemStatus
    page: str = STATUS_PAGE


_DELETIONS: Final = {
    "deleteclass": Problem(
        "`deleteclass` takes a class, and fail or nofail",
        WbemStatus.INVALID_DELETECLASS_SYNTAX,
        "WmiSdk/pragma-deleteclass",
    ),
    "deleteinstance": Problem(
        "`deleteinstance` takes the path of an instance, and fail or nofail",
        WbemStatus.INVALID_DELETEINSTANCE_SYNTAX,
        "WmiSdk/pragma-deleteinstance",
    ),
}
_FLAGS: Final = {"classflags": CLASS_FLAGS, "instanceflags": INSTANCE_FLAGS}
_WITHOUT_EFFECT: Final = frozenset(
    "amendment autorecover include instancelocale locale noautorecover nonlocal nonlocaltype source"
    " sourcetype".split()
)
"""Pragmas of which nothing can be wrong here: those of DSP0004 7.10 among them, which files for
every compiler have, and `noautorecover`, which users of mofcomp name."""

_THIS_MACHINE: Final = frozenset({".", "localhost", "127.0.0.1"})
_SERVER: Final = re.compile(r"[\\/]{2}([^\\/]+)")
_UNESCAPED: Final = re.compile(r"\\\.|.*[\x00-\x1f\x7f]", re.DOTALL)


def pragma_problem(directive: CimDirective) -> Problem | None:
    """Return what mofcomp finds wrong with a pragma; None where it takes it."""
    name = directive.name.lower()
    if name in _DELETIONS:
        return None if _is_deletion(directive) else _DELETIONS[name]
    if name in _FLAGS:
        return _flags_problem(directive, _FLAGS[name])
    if name == "namespace":
        return _namespace_problem(directive)
    if name in _WITHOUT_EFFECT:
        return None
    return Problem(f"there is no pragma `{directive.name}`", WbemStatus.INVALID_PRAGMA)


def _is_deletion(directive: CimDirective) -> bool:
    match directive.arguments:
        case (str(name), str(word)):
            return bool(name) and word.lower() in {"fail", "nofail"}
    return False


def _flags_problem(directive: CimDirective, known: Mapping[str, int]) -> Problem | None:
    """Check flags: words, several words in one string, or a number with the bits of the words."""
    words = [word for argument in directive.arguments for word in _words(argument)]
    unknown = [str(word) for word in words if not _is_flag(word, known)]
    if words and not unknown:
        return None
    what = f"has no flag `{unknown[0]}`" if unknown else f"needs one of {', '.join(known)}"
    return Problem(f"`{directive.name}` {what}", WbemStatus.INVALID_FLAGS_SYNTAX)


def _words(argument: str | int) -> list[str | int]:
    return [argument] if isinstance(argument, int) else [*argument.replace(",", " ").split()]


def _is_flag(word: str | int, known: Mapping[str, int]) -> bool:
    if isinstance(word, int):
        return word & ~sum(known.values()) == 0
    return word.lower() in known


def _namespace_problem(directive: CimDirective) -> Problem | None:
    path = directive.arguments[0] if directive.arguments else None
    if not isinstance(path, str) or not path.strip("\\/ "):
        message = "`namespace` needs the path of a namespace"
        return Problem(message, WbemStatus.INVALID_NAMESPACE_SYNTAX)
    if _UNESCAPED.match(path):
        message = "a backslash in the path of the namespace is not doubled"
        return Problem(message, WbemStatus.INVALID_NAMESPACE_SYNTAX)
    server = _SERVER.match(path)
    if server is not None and server[1].lower() not in _THIS_MACHINE:
        message = f"namespace on another machine, `{server[1]}`"
        return Problem(message, WbemStatus.INVALID_NAMESPACE_SPECIFICATION)
    return None
