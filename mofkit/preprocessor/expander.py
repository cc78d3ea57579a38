"""`Expander`: from the use of a macro to the tokens it stands for.

The algorithm is Dave Prosser's of 1986, on which the text of C11 §6.10.3 rests: each token carries
the macros it must not be expanded by again, so that a macro that names itself ends.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from mofkit.preprocessor.budget import MAX_DEPTH, Budget, LimitError
from mofkit.preprocessor.logical_text import LogicalText
from mofkit.preprocessor.macros import PREDEFINED, UNSTEADY, Macro
from mofkit.preprocessor.tokens import (
    SPACE,
    Token,
    is_one_token,
    tokens_of,
)

__all__ = ["CallError", "Expander", "Tail"]


class CallError(Exception):
    """A macro is used in a way that gives nothing; `is_open` when its `)` is missing."""

    def __init__(self, message: str, macro: Macro | None = None, *, is_open: bool = False) -> None:
        super().__init__(message)
        self.macro = macro
        self.is_open = is_open


class Tail:
    """The rest of a file behind the use of a macro, where its arguments may stand.

    Attributes:
        at: where the file goes on behind what was taken, in the logical text.
    """

    def __init__(self, logical: LogicalText, start: int, end: int) -> None:
        self.logical = logical
        self.start = start
        self.at = end

    def opens(self) -> bool:
        """Say whether a `(` comes next, and take it."""
        match = SPACE.match(self.logical.text, self.at)
        behind = match.end() if match else self.at
        if not self.logical.text.startswith("(", behind):
            return False
        self.at = behind + 1
        return True

    def next(self) -> Token | None:
        """Take a token; None at the end of the file, and where a line begins with `#`."""
        text = self.logical.text
        token = next(tokens_of(text, self.at, len(text)), None)
        if token is None or (token.text == "#" and _LINE_END.search(text, self.at, token.start)):
            return None
        self.at = token.end
        return token

    def line(self) -> int:
        """Return the line of the use, from 1."""
        return self.logical.line(self.start)


_LINE_END: Final = re.compile(r"[\r\n]")
_Arguments: TypeAlias = list[list[Token]]


class Expander:
    """Expands; `macros` may change between two uses."""

    def __init__(self, macros: dict[str, Macro], budget: Budget) -> None:
        self.macros = macros
        self._budget = budget
        self._depth = 0
        self._counter = 0

    def concerns(self, word: str) -> bool:
        """Say whether a word is to be expanded."""
        return word in self.macros or word in PREDEFINED or word in UNSTEADY

    def expand(self, tokens: list[Token], tail: Tail, *, may_read_on: bool = True) -> list[Token]:
        """Return what tokens stand for; where arguments are missing, they are taken from the tail.

        Raises:
            CallError: a use is wrong.
            LimitError: it is too much.
        """
        expanded: list[Token] = []
        pending = tokens[::-1]
        while pending:
            token = pending.pop()
            if token.kind != "word" or token.text in token.hidden:
                expanded.append(token)
                continue
            macro = self.macros.get(token.text)
            if macro is None:
                expanded.append(self._predefined(token, tail))
            elif macro.parameters is None:
                self._push(pending, self._joined(macro, list(macro.body), [], tail), token, macro)
            else:
                called = self._arguments(macro, pending, tail if may_read_on else None)
                if called is None:
                    expanded.append(token)
                    continue
                arguments, closing = called
                body = self._joined(macro, list(macro.body), arguments, tail)
                # What was hidden on both sides of the call stays so.
                common = token._replace(hidden=token.hidden & closing.hidden)
                self._push(pending, body, common, macro)
        return expanded

    def _push(self, pending: list[Token], body: list[Token], use: Token, macro: Macro) -> None:
        """Put what a macro stands for in front of the tokens still to be read."""
        hidden = use.hidden | {macro.name}
        n_hidden = len(hidden)
        self._budget.spend(sum(len(token.text) + n_hidden for token in body), len(body) + 1)
        if body:
            body[0] = body[0]._replace(spaced=use.spaced)
        pending += [
            token._replace(hidden=token.hidden | hidden if token.hidden else hidden)
            for token in reversed(body)
        ]

    def _predefined(self, token: Token, tail: Tail) -> Token:
        match token.text:
            case "__LINE__":
                return token._replace(kind="number", text=str(tail.line()))
            case "__FILE__":
                return token._replace(kind="string", text=_quoted(tail.logical.source.path))
            case "__COUNTER__":
                self._counter += 1
                return token._replace(kind="number", text=str(self._counter - 1))
            case word if word in UNSTEADY:
                raise CallError(f"`{word}` would be another text each time")
        return token

    # ------------------------------------------------------------------------------ arguments

    def _arguments(
        self, macro: Macro, pending: list[Token], tail: Tail | None
    ) -> tuple[_Arguments, Token] | None:
        """Take the arguments of a call and its `)`; None where no `(` comes."""
        if pending:
            if pending[-1].text != "(":
                return None
            pending.pop()
        elif tail is None or not tail.opens():
            return None
        arguments: _Arguments = [[]]
        depth = 1
        while True:
            token = self._next(pending, tail)
            if token is None:
                raise CallError(
                    f"no `)` closes the use of macro `{macro.name}`", macro, is_open=True
                )
            depth += (token.text == "(") - (token.text == ")")
            if not depth:
                return self._counted(macro, arguments), token
            if token.text == "," and depth == 1 and not self._takes_rest(macro, arguments):
                arguments.append([])
            else:
                arguments[-1].append(token)

    def _next(self, pending: list[Token], tail: Tail | None) -> Token | None:
        token = pending.pop() if pending else tail.next() if tail else None
        if token is not None:
            self._budget.spend(len(token.text), 1)
        return token

    def _takes_rest(self, macro: Macro, arguments: _Arguments) -> bool:
        assert macro.parameters is not None
        return macro.is_variadic and len(arguments) == len(macro.parameters)

    def _counted(self, macro: Macro, arguments: _Arguments) -> _Arguments:
        assert macro.parameters is not None
        expected = len(macro.parameters)
        if not expected and arguments == [[]]:
            return []
        if macro.is_variadic and len(arguments) == expected - 1:
            arguments.append([])
        if len(arguments) != expected:
            takes = f"{expected} argument{'' if expected == 1 else 's'}"
            raise CallError(f"macro `{macro.name}` takes {takes}, found {len(arguments)}", macro)
        return arguments

    # --------------------------------------------------------------------------- substitution

    def _joined(
        self, macro: Macro, body: list[Token], arguments: _Arguments, tail: Tail
    ) -> list[Token]:
        """Return the body with its arguments put in, its `#` and `##` done."""
        parameters = dict(zip(macro.parameters or (), arguments, strict=True))
        expanded: dict[str, list[Token]] = {}
        result: list[Token] = []
        pastes = False
        is_left_empty = True
        at = 0
        while at < len(body):
            token = body[at]
            at += 1
            if token.text == "##":
                pastes = True
                continue
            if token.text == "#" and macro.parameters is not None:
                piece = [_stringized(parameters[body[at].text], token)]
                at += 1
            elif token.text not in parameters:
                piece = [token]
            elif pastes or (at < len(body) and body[at].text == "##"):
                piece = _spaced_as(token, parameters[token.text])
            else:
                if token.text not in expanded:
                    expanded[token.text] = self._expanded(parameters[token.text], tail)
                piece = _spaced_as(token, expanded[token.text])
            self._budget.spend(sum(len(part.text) for part in piece), len(piece))
            if pastes and piece and not is_left_empty:
                piece[0] = _pasted(result.pop(), piece[0], macro)
            is_left_empty = not piece and (is_left_empty or not pastes)
            result += piece
            pastes = False
        return result

    def _expanded(self, argument: list[Token], tail: Tail) -> list[Token]:
        if self._depth >= MAX_DEPTH:
            raise LimitError(f"calls of macros are nested deeper than {MAX_DEPTH} levels")
        self._depth += 1
        try:
            return self.expand(argument, tail, may_read_on=False)
        finally:
            self._depth -= 1


def _spaced_as(use: Token, tokens: list[Token]) -> list[Token]:
    return [tokens[0]._replace(spaced=use.spaced), *tokens[1:]] if tokens else []


def _stringized(argument: list[Token], use: Token) -> Token:
    """Return an argument as a string: its text, with the quotes and backslashes of literals."""
    parts: list[str] = []
    for index, token in enumerate(argument):
        is_literal = token.kind in _LITERALS
        text = _escaped(token.text) if is_literal else token.text
        parts.append(f" {text}" if token.spaced and index else text)
    return Token("string", f'"{"".join(parts)}"', spaced=use.spaced)


_LITERALS: Final = frozenset({"string", "character"})


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _pasted(left: Token, right: Token, macro: Macro) -> Token:
    text = left.text + right.text
    if not is_one_token(text):
        message = f"`##` of macro `{macro.name}` cannot join `{left.text}` and `{right.text}`"
        raise CallError(message, macro)
    token = next(tokens_of(text, 0, len(text)))
    return token._replace(spaced=left.spaced, hidden=left.hidden & right.hidden)
