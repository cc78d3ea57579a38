"""`Macro`: what `#define` says, and reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mofkit.preprocessor.tokens import Token
from mofkit.source import SourceFile, Span

__all__ = ["PREDEFINED", "UNSTEADY", "DefinitionError", "Macro", "read_macro"]

PREDEFINED: Final = frozenset({"__LINE__", "__FILE__", "__COUNTER__"})
"""Macros whose value depends on where they stand."""

UNSTEADY: Final = frozenset({"__DATE__", "__TIME__", "__TIMESTAMP__"})
"""Macros of C whose value is another one each time; mofkit does not make one up."""

_REST: Final = "__VA_ARGS__"


class DefinitionError(Exception):
    """A `#define` makes no sense; `token` is where, None at its end."""

    def __init__(self, message: str, token: Token | None) -> None:
        super().__init__(message)
        self.token = token


@dataclass(frozen=True, slots=True)
class Macro:
    """One definition.

    Attributes:
        parameters: None for a macro without parentheses.
        is_variadic: whether the last parameter takes the rest of the arguments.
        source, span: the place of the name in its definition.
    """

    name: str
    parameters: tuple[str, ...] | None
    is_variadic: bool
    body: tuple[Token, ...]
    source: SourceFile
    span: Span

    def means_the_same(self, other: Macro) -> bool:
        """Say whether C takes another definition for the same one (C11 §6.10.3)."""
        return self._meaning == other._meaning

    @property
    def _meaning(self) -> tuple[object, ...]:
        body = [(token.text, token.spaced and index > 0) for index, token in enumerate(self.body)]
        return (self.parameters, self.is_variadic, body)


def read_macro(tokens: list[Token], source: SourceFile, span: Span) -> Macro:
    """Return the macro that the tokens behind `#define` say; `span` is the place of its name.

    Raises:
        DefinitionError: they say none.
    """
    name = tokens[0]
    if name.kind != "word":
        raise DefinitionError(f"`{name.text}` is no name for a macro", name)
    if name.text == "defined" or name.text in PREDEFINED:
        raise DefinitionError(f"`{name.text}` cannot be defined", name)
    parameters: tuple[str, ...] | None = None
    at = 1
    if len(tokens) > 1 and tokens[1].text == "(" and not tokens[1].spaced:
        parameters, at = _read_parameters(tokens)
    is_variadic = parameters is not None and parameters[-1:] == (_REST,)
    body = tokens[at:]
    _check_body(body, parameters)
    return Macro(name.text, parameters, is_variadic, tuple(body), source, span)


def _read_parameters(tokens: list[Token]) -> tuple[tuple[str, ...], int]:
    """Return the parameters, and the number of the token behind the `)`."""
    names: list[str] = []
    at = 2
    if tokens[2:3] and tokens[2].text == ")":
        return (), 3
    while True:
        token = tokens[at] if at < len(tokens) else None
        if token is None or (token.kind != "word" and token.text != "..."):
            raise DefinitionError("expected the name of a parameter", token)
        name = _REST if token.text == "..." else token.text
        if name in names:
            raise DefinitionError(f"a second parameter `{name}`", token)
        names.append(name)
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        if behind is not None and behind.text == ")":
            return tuple(names), at + 2
        if behind is None or behind.text != "," or token.text == "...":
            raise DefinitionError("expected `)` behind the parameters", behind)
        at += 2


def _check_body(body: list[Token], parameters: tuple[str, ...] | None) -> None:
    for token in body[:1] + body[-1:]:
        if token.text == "##":
            raise DefinitionError("`##` needs something on both sides", token)
    if parameters is None:
        return
    for at, token in enumerate(body, 1):
        if token.text == "#" and (at == len(body) or body[at].text not in parameters):
            raise DefinitionError("`#` needs a parameter behind it", token)
