"""From the text of a description to plain data: JSON or TOML, whose errors become ours."""

from __future__ import annotations

import json
import re
from typing import Any

from mofkit.reginfo.description.errors import DescriptionError, Problem, key_text
from mofkit.reginfo.description.places import Format, find_places, first_deep_place, line_of

__all__ = ["load"]

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_MANY_DIGITS = re.compile(r"[0-9][0-9_]{4000}")


_DEEP_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
"""A dotted key of a hundred parts: the time tomllib takes grows with the square of their number."""


def load(text: str, *, path: str, format: Format) -> Any:  # noqa: A002 - as --format
    """Return what a text says; of doubled names in JSON the last one is never taken silently.

    Raises:
        DescriptionError: it is not well-formed.
    """
    try:
        return _load_json(text, path) if format == "json" else _load_toml(text, path)
    except RecursionError:
        line = line_of(text, first_deep_place(text))
        raise _error(path, line, "is nested too deeply") from None
    except ValueError as error:
        # Python refuses to read integers of more than some thousand digits.
        digits = _MANY_DIGITS.search(text)
        line = line_of(text, digits.start() if digits else 0)
        reason = "a number has too many digits" if digits else str(error)
        raise _error(path, line, reason) from error


def _load_json(text: str, path: str) -> Any:
    has_doubled = False

    def to_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal has_doubled
        table = dict(pairs)
        has_doubled = has_doubled or len(table) != len(pairs)
        return table

    try:
        value = json.loads(text, object_pairs_hook=to_dict)
    except json.JSONDecodeError as error:
        raise _error(path, error.lineno, _lower(error.msg)) from error
    if has_doubled:
        raise _doubled_error(text, path)
    return value


def _doubled_error(text: str, path: str) -> DescriptionError:
    found = find_places(text, "json").doubled
    if not found:  # far deeper than anything that a description may hold
        return _error(path, 1, "a name is there twice in one object")
    return DescriptionError(
        [
            Problem(path, line_of(text, span.start), key_text(key), "is there twice")
            for key, span in found
        ]
    )


def _load_toml(text: str, path: str) -> Any:
    import tomllib

    if deep := _DEEP_KEY.search(text):
        raise _error(path, line_of(text, deep.start()), "is nested too deeply")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _TOML_PLACE.search(message)
        line = int(place[1]) if place and place[1] else line_of(text, len(text.rstrip()))
        raise _error(path, line, _lower(_TOML_PLACE.sub("", message))) from error


def _error(path: str, line: int, reason: str) -> DescriptionError:
    return DescriptionError([Problem(path, line, "", reason)])


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
