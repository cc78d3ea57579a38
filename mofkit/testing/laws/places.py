"""What holds of the places that readers name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mofkit.binary import Annotation, BinaryFormatError
from mofkit.diagnostics import Diagnostic
from mofkit.source import SourceFile, Span

__all__ = ["annotation_fault", "findings_fault", "place_fault"]


def place_fault(error: BinaryFormatError, data: bytes) -> str:
    """Return what is wrong with the place of an error."""
    return "" if 0 <= error.offset_bytes <= len(data) else f"a place outside of the data: {error}"


def annotation_fault(found: Annotation) -> str:
    """Return the first field that is outside of the data, or empty; also of the payload."""
    for field in found.fields:
        end = field.offset_bytes + field.length_bytes
        if not 0 <= field.offset_bytes < end <= len(found.data):
            return f"a field outside of the data: {field.path}"
    return annotation_fault(found.payload) if found.payload else ""


def findings_fault(findings: Iterable[Diagnostic]) -> str:
    """Return the first finding that names a place outside of its file, or cannot be shown."""
    from mofkit.diagnostics.render import full, sarif

    findings = list(findings)
    for found in findings:
        if any(not 0 <= start <= end <= len(file.text) for file, (start, end) in _places(found)):
            return f"a place outside of the file: {found.code} {found.message}"
    lines = full.render(findings).split("\n")
    if not all(map(str.isprintable, lines)):
        return "a finding has characters that move the cursor"
    return "" if sarif.render(findings) else "no report"


def _places(found: Diagnostic) -> Iterator[tuple[SourceFile, Span]]:
    yield found.source, found.span
    yield from ((related.source, related.span) for related in found.related)
    yield from ((found.source, edit.span) for edit in (found.fix.edits if found.fix else ()))
