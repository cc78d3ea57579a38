"""Diagnostics for people: the message, the source with the place marked, and the way out.

    error[SYN002]: expected `;` after property `Speed`, found `}`
     --> fan.mof:4:17
      |
    2 | class Fan
      |       --- in this class
    3 | {
    4 |     uint32 Speed
      |                 ^
      = note: mofcomp reports WBEMMOF_E_EXPECTED_SEMI (0x80044002)
      = fix: insert `;`

The manner is that of rustc and ruff. Nothing from the source or from a message reaches the
terminal raw: see `glyphs.py`.
"""

from collections.abc import Sequence

from mofkit.diagnostics.binary_place import BinaryPlace
from mofkit.diagnostics.diagnostic import Diagnostic, Safety
from mofkit.diagnostics.render.frame import Place, draw_frame
from mofkit.diagnostics.render.sheet import Sheet
from mofkit.diagnostics.render.suggestion import draw_suggestion
from mofkit.diagnostics.render.theme import SEVERITY_STYLES, Style, Theme
from mofkit.source import SourceFile

__all__ = ["render"]

_NEAR_LINES = 10


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    color: bool = False,
    ascii_only: bool = False,
    width_cells: int = 100,
) -> str:
    """Return one block for each diagnostic, in order of place, with blank lines between them.

    `color` adds ANSI sequences. `ascii_only` is for terminals that know nothing else: frames are
    drawn with ASCII, and other characters of source and messages are shown by their number.
    Lines of source longer than `width_cells` are cut around the place that matters.
    """
    theme = Theme(color=color, ascii_only=ascii_only, width_cells=width_cells)
    in_order = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    return "\n".join(_block(diagnostic, theme) for diagnostic in in_order)


def _block(diagnostic: Diagnostic, theme: Theme) -> str:
    sheet = Sheet(theme)
    _draw_frames(sheet, diagnostic)
    _draw_notes(sheet, diagnostic)
    return f"{_header(diagnostic, theme)}\n{sheet.text()}"


def _header(diagnostic: Diagnostic, theme: Theme) -> str:
    severity = diagnostic.severity
    label = theme.paint(f"{severity.label}[{diagnostic.code}]", SEVERITY_STYLES[severity])
    return label + theme.paint(f": {theme.visible(diagnostic.message)}", Style.STRONG)


def _draw_frames(sheet: Sheet, diagnostic: Diagnostic) -> None:
    if diagnostic.place is not None and diagnostic.is_about_bytes:
        _draw_bytes(sheet, diagnostic.place)
        return
    for number, (source, places) in enumerate(_frames(diagnostic, sheet.theme)):
        if number:
            sheet.beside()
        line, column = source.position(places[0].span.start)
        sheet.pointer(":::" if number else "-->", f"{source.path}:{line}:{column}")
        sheet.beside()
        draw_frame(sheet, source, places)


def _draw_bytes(sheet: Sheet, place: BinaryPlace) -> None:
    sheet.pointer("-->", f"{place.path}: {place}")
    sheet.beside()
    if place.data:
        characters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in place.data)
        sheet.beside(f"{place.offset_bytes:04x}  {place.data.hex(' ')}  {characters}")


def _frames(diagnostic: Diagnostic, theme: Theme) -> list[tuple[SourceFile, list[Place]]]:
    """Return the finding with what is near it, and the other related places likewise."""
    style = SEVERITY_STYLES[diagnostic.severity]
    finding = Place(diagnostic.span, "", "^", style, bracketed=True)
    frames = [(diagnostic.source, [finding])]
    for related in diagnostic.related:
        place = Place(related.span, related.message, theme.strokes.related, Style.RELATED)
        for source, places in frames:
            if source == related.source and any(_near(source, place, p) for p in places):
                places.append(place)
                break
        else:
            frames.append((related.source, [place]))
    return frames


def _near(source: SourceFile, place: Place, other: Place) -> bool:
    line = source.position(place.span.start).line
    first, last = (source.position(offset).line for offset in other.span)
    return first - _NEAR_LINES <= line <= last + _NEAR_LINES


def _draw_notes(sheet: Sheet, diagnostic: Diagnostic) -> None:
    """Add what there is to say below the source."""
    notes = [("note", note) for note in _notes(diagnostic)]
    if diagnostic.place is not None and not diagnostic.is_about_bytes:
        notes.append(("bytes", f"{diagnostic.place.path}: {diagnostic.place}"))
    if diagnostic.help:
        notes.append(("help", diagnostic.help))
    if diagnostic.fix:
        notes.append((_FIX_LABELS[diagnostic.fix.safety], diagnostic.fix.message))
    for label, text in notes:
        sheet.note(label, text)
    if diagnostic.fix and len(diagnostic.fix.edits) > 1:  # one edit is told by its message
        draw_suggestion(sheet, diagnostic.source, diagnostic.fix.edits)


def _notes(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the diagnostic's notes and the name Microsoft's compiler has for the error."""
    wbemmof = diagnostic.rule.wbemmof
    if not wbemmof or any(wbemmof in note for note in diagnostic.notes):
        return diagnostic.notes
    return (*diagnostic.notes, f"mofcomp reports {wbemmof}")


_FIX_LABELS = {
    Safety.SAFE: "fix",
    Safety.UNSAFE: "unsafe fix",
    Safety.DISPLAY: "suggestion",
}
