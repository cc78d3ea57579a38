"""`evaluate`: what the expression of an `#if` comes to.

C11 §6.10.1: integers of 64 bits, signed unless one says otherwise; a word that is no macro is 0,
which is reported, since it is most often a macro that somebody forgot.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from mofkit.preprocessor.budget import MAX_DEPTH
from mofkit.preprocessor.tokens import Token

__all__ = ["ConditionError", "evaluate"]


class ConditionError(Exception):
    """An expression has no value; `token` is where, None at its end."""

    def __init__(self, message: str, token: Token | None) -> None:
        super().__init__(message)
        self.token = token


class _Number(NamedTuple):
    value: int
    is_unsigned: bool = False


def evaluate(tokens: list[Token], undefined: Callable[[Token], None]) -> bool:
    """Say whether an expression, its macros expanded, is not zero.

    `undefined` is called with each word that is no macro, where its value counts.

    Raises:
        ConditionError: it is no expression.

    >>> from mofkit.preprocessor.tokens import tokens_of
    >>> evaluate(list(tokens_of("1 + 2 * 3 == 7 && !0", 0, 20)), print)
    True
    """
    parser = _Parser(tokens, undefined)
    value = parser.conditional(is_live=True).value
    if parser.at < len(tokens):
        extra = tokens[parser.at]
        raise ConditionError(f"`{extra.text}` is one too many in the condition", extra)
    return value != 0


_INTEGER: Final = re.compile(
    r"(?P<digits>0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)(?P<suffix>[uU]?(?:[lL]{0,2}|[iI]64)|[lL]{1,2}[uU])"
)
_CHARACTER: Final = re.compile(r"'([^\\])'")
_BINDING: Final = {
    operator: strength
    for strength, operators in enumerate(
        ("||", "&&", "|", "^", "&", "== !=", "< > <= >=", "<< >>", "+ -", "* / %"), 1
    )
    for operator in operators.split()
}
_BITS: Final = 64


class _Parser:
    """Evaluates while it reads; what does not count (`0 && x`) is read all the same."""

    def __init__(self, tokens: list[Token], undefined: Callable[[Token], None]) -> None:
        self.tokens = tokens
        self.at = 0
        self._undefined = undefined
        self._depth = 0

    def _text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def _next(self, what: str) -> Token:
        if self.at >= len(self.tokens):
            raise ConditionError(f"expected {what} at the end of the condition", None)
        self.at += 1
        return self.tokens[self.at - 1]

    def _take(self, text: str) -> None:
        token = self._next(f"`{text}`")
        if token.text != text:
            raise ConditionError(f"expected `{text}`, found `{token.text}`", token)

    def conditional(self, *, is_live: bool) -> _Number:
        """Read `a ? b : c`, or what binds tighter."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ConditionError(f"the condition is nested deeper than {MAX_DEPTH} levels", None)
        value = self._binary(1, is_live=is_live)
        if self._text() == "?":
            self.at += 1
            chosen = value.value != 0
            first = self.conditional(is_live=is_live and chosen)
            self._take(":")
            second = self.conditional(is_live=is_live and not chosen)
            number = first if chosen else second
            value = _wrapped(number.value, is_unsigned=first.is_unsigned or second.is_unsigned)
        self._depth -= 1
        return value

    def _binary(self, weakest: int, *, is_live: bool) -> _Number:
        left = self._unary(is_live=is_live)
        while _BINDING.get(self._text(), 0) >= weakest:
            operator = self._next("an operator")
            counts = is_live and not _is_decided(operator.text, left)
            right = self._binary(_BINDING[operator.text] + 1, is_live=counts)
            left = _apply(operator, left, right, is_live=counts)
        return left

    def _unary(self, *, is_live: bool) -> _Number:
        signs: list[str] = []
        while self._text() in _SIGNS:
            signs.append(self._next("a value").text)
        value = self._primary(is_live=is_live)
        for sign in reversed(signs):
            value = _SIGNS[sign](value)
        return value

    def _primary(self, *, is_live: bool) -> _Number:
        token = self._next("a value")
        if token.text == "(":
            value = self.conditional(is_live=is_live)
            self._take(")")
            return value
        match token.kind:
            case "number":
                return _number(token)
            case "character" if found := _CHARACTER.fullmatch(token.text):
                return _Number(ord(found[1]))
            case "word":
                if is_live:
                    self._undefined(token)
                return _Number(0)
        raise ConditionError(f"expected a value, found `{token.text}`", token)


def _number(token: Token) -> _Number:
    match = _INTEGER.fullmatch(token.text)
    if match is None:
        raise ConditionError(f"`{token.text}` is no integer", token)
    digits = match["digits"]
    is_octal = digits.isdigit() and digits.startswith("0")
    try:
        value = int(digits, 8 if is_octal else 0)
    except ValueError:
        raise ConditionError(f"`{token.text}` is no integer", token) from None
    if value >> _BITS:
        raise ConditionError(f"`{token.text}` has more than {_BITS} bits", token)
    is_unsigned = "u" in match["suffix"].lower() or value >> (_BITS - 1) > 0
    return _Number(value, is_unsigned)


def _wrapped(value: int, *, is_unsigned: bool) -> _Number:
    value &= (1 << _BITS) - 1
    if not is_unsigned and value >> (_BITS - 1):
        value -= 1 << _BITS
    return _Number(value, is_unsigned)


_SIGNS: Final[dict[str, Callable[[_Number], _Number]]] = {
    "!": lambda number: _Number(int(not number.value)),
    "~": lambda number: _wrapped(~number.value, is_unsigned=number.is_unsigned),
    "-": lambda number: _wrapped(-number.value, is_unsigned=number.is_unsigned),
    "+": lambda number: number,
}


def _is_decided(operator: str, left: _Number) -> bool:
    return (operator == "||" and left.value != 0) or (operator == "&&" and left.value == 0)


_LOGIC: Final[dict[str, Callable[[int, int], bool]]] = {
    "||": lambda a, b: bool(a or b),
    "&&": lambda a, b: bool(a and b),
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
_ARITHMETIC: Final[dict[str, Callable[[int, int], int]]] = {
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "&": lambda a, b: a & b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def _apply(operator: Token, left: _Number, right: _Number, *, is_live: bool) -> _Number:
    text = operator.text
    if text in ("<<", ">>"):
        return _shifted(operator, left, right, is_live=is_live)
    is_unsigned = left.is_unsigned or right.is_unsigned
    a = _wrapped(left.value, is_unsigned=is_unsigned).value
    b = _wrapped(right.value, is_unsigned=is_unsigned).value
    if text in _LOGIC:
        return _Number(int(_LOGIC[text](a, b)))
    if text in _ARITHMETIC:
        return _wrapped(_ARITHMETIC[text](a, b), is_unsigned=is_unsigned)
    if not b:
        if is_live:
            raise ConditionError("the condition divides by zero", operator)
        return _Number(0, is_unsigned)
    quotient = abs(a) // abs(b) * (-1 if (a < 0) != (b < 0) else 1)  # C rounds towards zero
    result = quotient if text == "/" else a - quotient * b
    return _wrapped(result, is_unsigned=is_unsigned)


def _shifted(operator: Token, left: _Number, right: _Number, *, is_live: bool) -> _Number:
    if not 0 <= right.value < _BITS:
        if is_live:
            message = f"the condition shifts by {right.value}, which is not in 0..{_BITS - 1}"
            raise ConditionError(message, operator)
        return _Number(0, left.is_unsigned)
    value = left.value << right.value if operator.text == "<<" else left.value >> right.value
    return _wrapped(value, is_unsigned=left.is_unsigned)
