"""Diagnostics as SARIF 2.1.0, which code scanning and editors read: one run, with its rules.

Lines and columns count from 1, columns in UTF-16 units; a region ends behind its last character. A
path becomes a URI: relative as it is, so that whoever reads the log knows where the files are. In a
file that is no text, a region has the bytes that hold the place. The output is ASCII, since a text
may hold what no terminal or pipe should be sent.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote

from mofkit._version import __version__
from mofkit.diagnostics.binary_place import BinaryPlace
from mofkit.diagnostics.diagnostic import Diagnostic, Fix, Related, Safety
from mofkit.diagnostics.rule import Rule
from mofkit.diagnostics.rule_page import render_page
from mofkit.diagnostics.severity import Severity
from mofkit.source import SourceFile, Span

__all__ = ["render"]

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_DRIVE = re.compile(r"[A-Za-z]:/")


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a SARIF log with one run, which has no results where there are no diagnostics."""
    in_order = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    rules = {diagnostic.code: diagnostic.rule for diagnostic in in_order}
    codes = sorted(rules)
    number = {code: index for index, code in enumerate(codes)}
    driver = {
        "name": "mofkit",
        "semanticVersion": __version__,
        "rules": [_rule(rules[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(found, number[found.code]) for found in in_order],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    first_sentence = re.split(r"(?<=\.)\s", rule.what, maxsplit=1)[0]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": first_sentence},
        "fullDescription": {"text": rule.what},
        "help": {"text": render_page(rule), "markdown": render_page(rule, "md")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: Diagnostic, rule_index: int) -> dict[str, Any]:
    notes = [*found.notes, *([f"help: {found.help}"] if found.help else [])]
    if found.place is not None:
        notes.append(f"in {found.where}")
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[found.severity],
        "message": {"text": "\n".join([found.message, *notes])},
        "locations": [_location(found)],
    }
    if found.related:
        result["relatedLocations"] = list(_related(found.related))
    if found.fix and found.fix.edits and found.fix.safety is not Safety.DISPLAY:
        result["fixes"] = [_fix(found.source, found.fix)]
    return result


def _related(places: Iterable[Related]) -> Iterable[dict[str, Any]]:
    for number, place in enumerate(places, 1):
        yield {
            "id": number,
            "physicalLocation": _place(place.source, place.span),
            "message": {"text": place.message},
        }


def _fix(source: SourceFile, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": _uri(source.path)}, "replacements": replacements}
    return {
        "description": {"text": f"{fix.message} ({fix.safety.value})"},
        "artifactChanges": [change],
    }


def _location(found: Diagnostic) -> dict[str, Any]:
    if found.place is None:
        return {"physicalLocation": _place(found.source, found.span)}
    location: dict[str, Any] = {"physicalLocation": _bytes(found.place)}
    names = [name for name in (found.place.part.label, found.place.field_path) if name]
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": ": ".join(names)}]
    return location


def _bytes(place: BinaryPlace) -> dict[str, Any]:
    offset_bytes, length_bytes = place.in_file
    region = {"byteOffset": offset_bytes, "byteLength": length_bytes}
    return {"artifactLocation": {"uri": _uri(place.path)}, "region": region}


def _place(source: SourceFile, span: Span) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(source.path)}, "region": _region(source, span)}


def _region(source: SourceFile, span: Span) -> dict[str, int]:
    return {
        "startLine": source.position(span.start).line,
        "startColumn": source.column_utf16(span.start),
        "endLine": source.position(span.end).line,
        "endColumn": source.column_utf16(span.end),
    }


def _uri(path: str) -> str:
    r"""Return the URI of a path.

    >>> _uri("src/a b.mof"), _uri("C:\\x.mof"), _uri("a:b.mof")
    ('src/a%20b.mof', 'file:///C:/x.mof', 'a%3Ab.mof')
    """
    slashed = path.replace("\\", "/")
    if _DRIVE.match(slashed):
        return f"file:///{slashed[:2]}{_quoted(slashed[2:])}"
    return f"file://{_quoted(slashed)}" if slashed.startswith("/") else _quoted(slashed)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogatepass"))
