r"""Paths of namespaces in pragmas: which mofcomp can use.

Written in MOF, each `\` of a path is `\\`. Where somebody forgot, `\r` of `\root` is a carriage
return, so what is wrong shows in the characters of the value.
"""

from __future__ import annotations

import re
from typing import Final

from mofkit.cim.record import record
from mofkit.compiler import rules
from mofkit.compiler.findings import Details
from mofkit.diagnostics import Fix, Rule, Safety
from mofkit.source import Edit, Span

__all__ = ["NamespaceProblem", "namespace_problem"]


@record
class NamespaceProblem:
    """What keeps a path from naming a namespace of this machine.

    Attributes:
        meant: the path that was meant, where that is plain.
    """

    rule: Rule
    message: str
    details: Details
    meant: str | None = None


_THIS_MACHINE: Final = frozenset({".", "localhost", "127.0.0.1"})
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_HOST: Final = re.compile(r"(?:https?:)?[\\/]{2}[^\\/]*", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\s\"'`<>|:*?;,=]")
_SERVER: Final = re.compile(r"\\\\([^\\/]+)")


def namespace_problem(path: str, literal: str, span: Span) -> NamespaceProblem | None:
    r"""Return what is wrong with a path, None where nothing is.

    `literal` is its first string as the file has it, `span` the whole argument. Accepted are
    `\\.\root\x`, `root\x`, `\root\x`, `/` in their place, and DSP0004's `//host/x` and
    `http://host/x`.
    """
    if not path.strip("\\/ "):
        return NamespaceProblem(rules.NAMESPACE_SYNTAX, "the path of the namespace is empty", {})
    if _CONTROL.search(path) or path.startswith("\\."):
        details, meant = _with_doubled_backslashes(literal, span)
        message = "a backslash in the path of the namespace is not doubled"
        return NamespaceProblem(rules.NAMESPACE_SYNTAX, message, details, meant)
    if odd := _odd_part(path):
        return NamespaceProblem(
            rules.NAMESPACE_SYNTAX, f"`{odd}` in the path is no name of a namespace", {}
        )
    server = _SERVER.match(path)
    if server is not None and server[1].lower() not in _THIS_MACHINE:
        return NamespaceProblem(
            rules.OTHER_SERVER,
            f"namespace on another machine, `{server[1]}`",
            {"help": r"write \\\\.\\ for this machine, and compile the file over there"},
        )
    return None


def _odd_part(path: str) -> str:
    """Return the first part of a path that no namespace can be called; empty where there is none.

    Letters of any script are left to Windows.
    """
    for name in re.split(r"[\\/]", _HOST.sub("", path)):
        if set(name) == {"."} or _NO_NAME.search(name):
            return name
    return ""


def _with_doubled_backslashes(literal: str, span: Span) -> tuple[Details, str | None]:
    """Return the fix that writes the path out, and the path; not where it is several strings."""
    remedy = r"write each \ of the path as \\"
    if span.length != len(literal):
        return {"help": remedy}, None
    parts = [part for part in re.split(r"[\\/]+", literal.strip('"')) if part]
    is_absolute = parts[0] == "."
    meant = "\\".join(parts[1:] if is_absolute else parts)
    if is_absolute:
        meant = rf"\\.\{meant}"
    text = '"' + meant.replace("\\", r"\\") + '"'
    fix = Fix(f"write {text}", (Edit(span, text),), Safety.UNSAFE)
    return {"help": remedy, "fix": fix}, meant
