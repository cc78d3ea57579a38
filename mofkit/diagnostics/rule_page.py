"""The page about one rule, as `mofkit rule SYN004` prints it and as the documentation holds it."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Literal, NamedTuple

from mofkit.diagnostics.render.glyphs import visible
from mofkit.diagnostics.rule import Rule

__all__ = ["render_page"]

_TEXT_WIDTH = 80
_INDENT = " " * 4
_BYTES_A_ROW = 16


def render_page(rule: Rule, format: Literal["text", "md"] = "text") -> str:  # noqa: A002 - as --format
    """Return the page as plain text for a terminal, or as Markdown."""
    write = _markdown if format == "md" else _text
    return write(rule, [section for section in _sections(rule) if section.body])


class _Section(NamedTuple):
    title: str
    body: str
    language: str = ""
    """The language of an example; prose has none."""


def _sections(rule: Rule) -> list[_Section]:
    return [
        _Section("What it does", rule.what),
        _Section("Why it matters", rule.why),
        _Section("Example", rule.example.rstrip("\n"), "mof"),
        _Section("Example, as bytes", _hex_dump(rule.example_bytes or b""), "text"),
        _Section("Use instead", rule.instead.rstrip("\n"), "mof"),
        _Section("Fix safety", rule.fix_safety),
        _Section("In mofcomp", rule.wbemmof),
        _Section("Source", rule.source),
    ]


def _text(rule: Rule, sections: Iterable[_Section]) -> str:
    blocks = [f"{rule.code} {rule.name} ({rule.severity.label})\n"]
    for title, body, language in sections:
        lines = body.split("\n") if language else _wrapped(body)
        shown = (f"{_INDENT}{visible(line)}".rstrip() for line in lines)
        blocks.append("\n".join([title, *shown]) + "\n")
    return "\n".join(blocks)


def _markdown(rule: Rule, sections: Iterable[_Section]) -> str:
    blocks = [f"# {rule.name} ({rule.code})\n", f"Severity: {rule.severity.label}\n"]
    for title, body, language in sections:
        shown = f"```{language}\n{body}\n```" if language else body
        blocks.append(f"## {title}\n\n{shown}\n")
    return "\n".join(blocks)


def _wrapped(prose: str) -> list[str]:
    """Break lines that are too long, and leave the others, which may be a list or a table."""
    width = _TEXT_WIDTH - len(_INDENT)
    return [part for line in prose.split("\n") for part in wrap(line, width) or [""]]


def _hex_dump(data: bytes) -> str:
    """Return rows such as `FF FE 3B 00   ..;.`, the printable ASCII characters at the right."""
    rows = (data[start : start + _BYTES_A_ROW] for start in range(0, len(data), _BYTES_A_ROW))
    return "\n".join(f"{_hex(row)}   {_printable(row)}" for row in rows)


def _hex(row: bytes) -> str:
    return row.hex(" ").upper().ljust(3 * _BYTES_A_ROW - 1)


def _printable(row: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)
