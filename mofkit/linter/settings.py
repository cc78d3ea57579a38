"""From the text of a configuration file to settings: `mofkit.toml`, or a part of `pyproject.toml`.

    select = ["SEM", "WDM"]              codes or families: report these only
    extend-select = ["STY010"]           report these, too
    ignore = ["ENC001"]
    dialect = "wmi"                      auto, wmi, cim or dsc
    include = ["schema"]                 folders of included files, seen from this file
    per-file-ignores = { "old/**" = ["STY"] }
    severity = { PRV007 = "error" }
    format = { indent = 4 }              the style of `mofkit format`

In `pyproject.toml` the same stands under `[tool.mofkit]`. `mofkit.schema.json`, beside this module,
says it to editors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import nearest
from mofkit.errors import MofkitError
from mofkit.linter.codes import UnknownCodeError, code_for
from mofkit.linter.config import LintConfig
from mofkit.linter.dialect import Dialect

__all__ = ["Settings", "SettingsError", "read_settings"]

_KEYS: Final = (
    "$schema",
    "select",
    "extend-select",
    "ignore",
    "dialect",
    "include",
    "per-file-ignores",
    "severity",
    "format",
)
_AUTO: Final = "auto"
_DIALECTS: Final = {_AUTO: None, **{dialect.value: dialect for dialect in Dialect}}
_SEVERITIES: Final = {severity.label: severity for severity in Severity}

_Key = tuple[str | int, ...]


class SettingsError(MofkitError):
    """Settings that cannot be used: a line for each problem, with file, line and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a configuration file says.

    Attributes:
        lint: which findings to report.
        per_file_ignores: patterns as in `.gitignore` → codes, in order.
        include: folders of included files, as they are written.
        format: the options of a `mofkit.formatter.style.Style`, by name.
    """

    lint: LintConfig = field(default_factory=LintConfig)
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    include: tuple[str, ...] = ()
    format: Mapping[str, int] = field(default_factory=dict)


def read_settings(text: str, path: str, table: Sequence[str] = ()) -> Settings | None:
    """Return what a text says in one of its tables; None where it has no such table.

    Args:
        text: TOML.
        path: the file's name for messages.
        table: the names on the way to it: `("tool", "mofkit")` in `pyproject.toml`.

    Raises:
        SettingsError: it is not TOML, or says what nobody understands.

    >>> read_settings('ignore = ["enc001"]', "mofkit.toml").lint.ignore
    ('ENC001',)
    >>> read_settings("dialect = 3", "mofkit.toml")
    Traceback (most recent call last):
    mofkit.linter.settings.SettingsError: mofkit.toml:1: dialect: must be auto or wmi or cim or dsc
    """
    from mofkit.reginfo.description.errors import DescriptionError
    from mofkit.reginfo.description.syntax import load

    try:
        found = load(text, path=path, format="toml")
    except DescriptionError as error:
        raise SettingsError(str(error)) from None
    for name in table:
        found = found.get(name) if isinstance(found, dict) else None
    if found is None:
        return None
    reader = _Reader()
    settings = reader.read(found)
    if reader.problems:
        raise SettingsError(_told(reader.problems, text, path, tuple(table)))
    return settings


class _Reader:
    """Reads a table, and notes what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[tuple[_Key, str]] = []

    def read(self, table: Any) -> Settings:
        if not isinstance(table, dict):
            self._complain((), "must be a table")
            return Settings()
        for name in table:
            if name not in _KEYS:
                meant = nearest(name, _KEYS)
                hint = f"; did you mean {meant}?" if meant else ""
                self._complain((name,), f"there is no such key{hint}")
        lint = LintConfig(
            select=self._codes(table, "select"),
            extend_select=self._codes(table, "extend-select"),
            ignore=self._codes(table, "ignore"),
            severities=self._severities(table),
            dialect=_DIALECTS[self._word(table.get("dialect", _AUTO), ("dialect",), _DIALECTS)],
        )
        ignores = self._table(table, "per-file-ignores")
        return Settings(
            lint=lint,
            per_file_ignores=tuple(
                (pattern, self._codes(ignores, pattern, ("per-file-ignores",)))
                for pattern in ignores
            ),
            include=self._strings(table, "include"),
            format=self._format(table),
        )

    def _severities(self, table: Mapping[str, Any]) -> dict[str, Severity]:
        severities = {}
        for name, word in self._table(table, "severity").items():
            key = ("severity", name)
            code = self._code(name, key)
            severities[code] = _SEVERITIES[self._word(word, key, _SEVERITIES)]
        return severities

    def _format(self, table: Mapping[str, Any]) -> Mapping[str, int]:
        """Return the options of a style, each one checked by the style itself."""
        options = self._table(table, "format")
        if not options:
            return options
        from mofkit.formatter.style import Style

        names = [option.name for option in fields(Style)]
        for name, value in options.items():
            key = ("format", name)
            if name not in names:
                self._complain(key, f"there is no such option; there are {', '.join(names)}")
            elif type(value) is not int:
                self._complain(key, "must be an integer")
            else:
                try:
                    Style(**{name: value})
                except ValueError as error:
                    self._complain(key, str(error))
        return options

    def _table(self, table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = table.get(name, {})
        if isinstance(value, dict):
            return value
        self._complain((name,), "must be a table")
        return {}

    def _codes(self, table: Mapping[str, Any], name: str, outer: _Key = ()) -> tuple[str, ...]:
        texts = self._strings(table, name, outer)
        return tuple(self._code(text, (*outer, name, at)) for at, text in enumerate(texts))

    def _code(self, text: str, key: _Key) -> str:
        try:
            return code_for(text)
        except UnknownCodeError as error:
            self._complain(key, str(error))
            return text

    def _strings(self, table: Mapping[str, Any], name: str, outer: _Key = ()) -> tuple[str, ...]:
        value = table.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._complain((*outer, name), "must be an array of strings")
        return ()

    def _word(self, value: Any, key: _Key, words: Mapping[str, object]) -> str:
        if isinstance(value, str) and value in words:
            return value
        self._complain(key, f"must be {' or '.join(words)}")
        return next(iter(words))

    def _complain(self, key: _Key, reason: str) -> None:
        self.problems.append((key, reason))


def _told(problems: list[tuple[_Key, str]], text: str, path: str, outer: _Key) -> str:
    from mofkit.reginfo.description.errors import Problem, key_text
    from mofkit.reginfo.description.places import find_places, line_of

    places = find_places(text, "toml")

    def line(key: _Key) -> int:
        return line_of(text, places.span((*outer, *key)).start)

    found = [Problem(path, line(key), key_text(key), reason) for key, reason in problems]
    return "\n".join(map(str, sorted(found, key=lambda problem: problem.line or 0)))
