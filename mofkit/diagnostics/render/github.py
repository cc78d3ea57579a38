"""Diagnostics as workflow commands of GitHub Actions, which show them beside the lines."""

from collections.abc import Sequence
from typing import Final

from mofkit.diagnostics.diagnostic import Diagnostic
from mofkit.diagnostics.render.glyphs import visible
from mofkit.diagnostics.severity import Severity

__all__ = ["render"]

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one command for each diagnostic, in order of place."""
    return "".join(map(_command, sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)))


def _command(found: Diagnostic) -> str:
    parameters = {"file": found.path.replace("\\", "/"), **_lines(found)}
    parameters["title"] = f"{found.code} {found.name}"
    listed = ",".join(f"{name}={_value(str(value))}" for name, value in parameters.items())
    more = [text for text in (found.help, found.where) if text]
    message = "\n".join([found.message, *found.notes, *more])
    return f"::{_COMMANDS[found.severity]} {listed}::{_data(message)}\n"


def _lines(found: Diagnostic) -> dict[str, int]:
    if found.place is not None:  # the file has none
        return {}
    start, end = (found.source.position(offset) for offset in found.span)
    lines = {"line": start.line, "endLine": end.line}
    if start.line == end.line:  # with several lines GitHub takes columns amiss
        lines |= {"col": start.column, "endColumn": end.column}
    return lines


def _data(text: str) -> str:
    """Return a message: lines stay lines, other control characters cannot do harm."""
    lines = (visible(line).replace("%", "%25") for line in text.split("\n"))
    return "%0A".join(lines)


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
