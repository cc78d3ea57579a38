r"""Compiler directives: what each pragma takes, and what it does to what follows it.

Takes tokens, gives a `CimDirective` and changes the pragmas of the unit. Includes are followed by
the binder. The pragmas and their arguments are those of mofcomp (Microsoft's "Pragma ..." pages)
and of DSP0004 §7.10; what real files write, and how often, is counted in the tests' corpus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from mofkit.cim import (
    CLASS_FLAGS,
    INSTANCE_FLAGS,
    CimDirective,
    CimInteger,
    CimString,
    CimUnexpanded,
)
from mofkit.compiler import rules
from mofkit.compiler.namespaces import namespace_problem
from mofkit.compiler.reader import FileReader
from mofkit.compiler.values import read_argument
from mofkit.diagnostics import Related, Rule, Severity
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.source import Span
from mofkit.syntax.lexer import KIND

__all__ = ["Argument", "read_directive"]

_COMMA: Final = KIND["COMMA"]
_LPAREN: Final = KIND["LPAREN"]
_PRAGMA: Final = KIND["PRAGMA"]
_RPAREN: Final = KIND["RPAREN"]


class Argument(NamedTuple):
    """One argument of a directive; bare words such as `nofail` come as they are."""

    value: str | int
    span: Span
    token: int


class _Pragma(NamedTuple):
    """A pragma while it is looked at."""

    reader: FileReader
    name: str
    name_span: Span
    arguments: list[Argument]

    def report(self, rule: Rule, message: str, span: Span | None = None, help: str = "") -> None:  # noqa: A002  # as the field of Diagnostic
        place = self.name_span if span is None else span
        self.reader.report(rule, message, place, help=help)


def read_directive(reader: FileReader, at: int) -> tuple[CimDirective, list[Argument], int]:
    """Read `#pragma name (...)` or `#include (...)`, and do what it says to the unit's pragmas."""
    first = at
    name = at + 2 if reader.kinds[at + 1] == _PRAGMA else at + 1
    at = name + 1
    arguments: list[Argument] = []
    if reader.kinds[at] == _LPAREN:
        arguments, at = _read_arguments(reader, at + 1)
    text = reader.texts[name]
    pragma = _Pragma(reader, text, reader.span(name), arguments)
    _ACTIONS.get(text.lower(), _unknown)(pragma)
    directive = CimDirective(
        text,
        tuple([argument.value for argument in arguments]),
        pragmas=reader.unit.pragmas,
        origin=reader.origin(first, at, name),
    )
    return directive, arguments, at


def _read_arguments(reader: FileReader, at: int) -> tuple[list[Argument], int]:
    arguments: list[Argument] = []
    while reader.kinds[at] != _RPAREN:
        if reader.kinds[at] == _COMMA:
            at += 1
            continue
        first = at
        value, at = read_argument(reader, at)
        match value:
            case CimString(text) | CimUnexpanded(text):
                plain: str | int = text
            case CimInteger(number):
                plain = number
            case _:  # a real
                plain = reader.text(first, at)
        arguments.append(Argument(plain, reader.span(first, at), first))
    return arguments, at + 1


# ------------------------------------------------------------------------------ what each one takes


def _namespace(pragma: _Pragma) -> None:
    path = _only_string(pragma, rules.NAMESPACE_SYNTAX, "the path of a namespace")
    if path is None:
        return
    reader, text = pragma.reader, str(path.value)
    problem = namespace_problem(text, reader.texts[path.token], path.span)
    if problem is not None:
        reader.report(problem.rule, problem.message, path.span, **problem.details)
        text = problem.meant or text
    reader.unit.pragmas = reader.unit.pragmas._replace(namespace=text)


def _class_flags(pragma: _Pragma) -> None:
    flags = _flags(pragma, CLASS_FLAGS)
    if flags is not None:
        unit = pragma.reader.unit
        unit.pragmas = unit.pragmas._replace(class_flags=flags)


def _instance_flags(pragma: _Pragma) -> None:
    flags = _flags(pragma, INSTANCE_FLAGS)
    if flags is not None:
        unit = pragma.reader.unit
        unit.pragmas = unit.pragmas._replace(instance_flags=flags)


def _flags(pragma: _Pragma, known: dict[str, int]) -> int | None:
    """Return the bits that the arguments name: words, words in one string, or a number."""
    if not pragma.arguments:
        words = ", ".join(f'"{word}"' for word in known)
        pragma.report(rules.FLAGS, f"`{pragma.name}` needs one of {words}")
        return None
    flags = 0
    first_of: dict[str, Span] = {}
    for value, span, _ in pragma.arguments:
        if isinstance(value, int):
            flags |= value
            continue
        for word in value.replace(",", " ").split():
            bit = known.get(word.lower())
            if bit is None:
                _report_unknown_flag(pragma, word, span, known)
            else:
                flags |= bit
                first_of.setdefault(word.lower(), span)
    for one, other in _CONTRADICTIONS:
        if one in first_of and other in first_of:
            span = max(first_of[one], first_of[other])
            pragma.report(rules.FLAGS, f"`{one}` and `{other}` contradict each other", span)
    return flags


_CONTRADICTIONS: Final = (("updateonly", "createonly"), ("safeupdate", "forceupdate"))


def _report_unknown_flag(pragma: _Pragma, word: str, span: Span, known: dict[str, int]) -> None:
    suggestion = nearest(word, known)
    remedy = f"the flags are {', '.join(known)}"
    if suggestion is not None:
        remedy = f"did you mean `{suggestion}`? {remedy}"
    pragma.report(rules.FLAGS, f"`{pragma.name}` has no flag `{word}`", span, remedy)


def _delete_class(pragma: _Pragma) -> None:
    _deletion(pragma, rules.DELETE_CLASS, "a class")


def _delete_instance(pragma: _Pragma) -> None:
    _deletion(pragma, rules.DELETE_INSTANCE, "the path of an instance")


def _deletion(pragma: _Pragma, rule: Rule, target: str) -> None:
    usage = f'#pragma {pragma.name}("...", nofail)'
    match [argument.value for argument in pragma.arguments]:
        case [str(name), str(word)] if name and word.lower() in {"fail", "nofail"}:
            return
        case [str(name), _] if name:
            given = pragma.arguments[1]
            found = f"found `{given.value}`"
            pragma.report(rule, f"expected fail or nofail, {found}", given.span, usage)
        case _:
            pragma.report(rule, f"`{pragma.name}` takes {target}, and fail or nofail", help=usage)


def _amendment(pragma: _Pragma) -> None:
    locale = _only_string(pragma, rules.AMENDMENT, 'a locale such as "MS_409"')
    if locale is None:
        return
    reader = pragma.reader
    if reader.unit.amendment is not None:
        reader.report(
            rules.DUPLICATE_AMENDMENT,
            "a second amendment pragma",
            pragma.name_span,
            related=(reader.unit.amendment,),
        )
    else:
        first = Related(reader.source, pragma.name_span, "the first one")
        reader.unit.amendment = first


def _no_arguments(pragma: _Pragma) -> None:
    if pragma.arguments:
        pragma.reader.report(
            rules.PRAGMA_ARGUMENTS,
            f"`{pragma.name}` takes no arguments",
            pragma.arguments[0].span,
            severity=Severity.WARNING,
        )


def _string(pragma: _Pragma) -> None:
    _only_string(pragma, rules.PRAGMA_ARGUMENTS, "one string")


def _unknown(pragma: _Pragma) -> None:
    is_opposite = pragma.name.lower().startswith("no")  # noautorecover is no misspelling
    suggestion = None if is_opposite else nearest(pragma.name, _ACTIONS)
    pragma.reader.report(
        rules.UNKNOWN_PRAGMA,
        f"there is no pragma `{pragma.name}`",
        pragma.name_span,
        fix=replace_word(pragma.name_span, suggestion),
    )


def _only_string(pragma: _Pragma, rule: Rule, what: str) -> Argument | None:
    """Return the argument of a pragma that takes one string, after reporting all that is amiss."""
    if not pragma.arguments or not isinstance(pragma.arguments[0].value, str):
        pragma.report(rule, f"`{pragma.name}` needs {what}")
        return None
    for extra in pragma.arguments[1:]:
        pragma.reader.report(
            rules.PRAGMA_ARGUMENTS,
            f"`{pragma.name}` takes one argument",
            extra.span,
            severity=Severity.WARNING,
        )
    return pragma.arguments[0]


_ACTIONS: Final[dict[str, Callable[[_Pragma], None]]] = {
    "namespace": _namespace,
    "autorecover": _no_arguments,
    "classflags": _class_flags,
    "instanceflags": _instance_flags,
    "deleteclass": _delete_class,
    "deleteinstance": _delete_instance,
    "amendment": _amendment,
    "include": _string,
    "locale": _string,
    "instancelocale": _string,
    "source": _string,
    "sourcetype": _string,
    "nonlocal": _string,
    "nonlocaltype": _string,
}
"""Every pragma that mofcomp or DSP0004 knows."""
