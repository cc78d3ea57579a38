"""Changes to a file's text that leave every other byte alone."""

from collections.abc import Iterable
from typing import NamedTuple

from mofkit.source.encoding import EncodeError, encode
from mofkit.source.source_file import SourceFile
from mofkit.source.span import Span

__all__ = ["Edit", "apply_edits"]


class Edit(NamedTuple):
    """The characters of `span` become `text`: an insertion when the span is empty."""

    span: Span
    text: str


def apply_edits(source: SourceFile, edits: Iterable[Edit]) -> SourceFile:
    """Return `source` with the edits made, all spans being those of the text before.

    Encoding, byte order mark and tail stay, even where the new bytes alone would suggest another
    encoding. Several insertions at one place come out in the order given.

    Raises:
        ValueError: two edits overlap, or one is outside the text.
        EncodeError: the file's encoding lacks a character of an edit.

    >>> source = SourceFile.from_text("uint32 Speed")
    >>> apply_edits(source, [Edit(Span.at(12), ";"), Edit(Span(0, 6), "sint32")]).text
    'sint32 Speed;'
    """
    text = source.text
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        _check(edit, source, done)
        pieces += text[done : edit.span.start], edit.text
        done = edit.span.end
    pieces.append(text[done:])
    return SourceFile(
        "".join(pieces),
        path=source.path,
        encoding=source.encoding,
        bom=source.bom,
        tail=source.tail,
    )


def _check(edit: Edit, source: SourceFile, done: int) -> None:
    start, end = edit.span
    if not 0 <= start <= end <= len(source.text):
        raise ValueError(f"{source.path}: edit {start}..{end} is not in 0..{len(source.text)}")
    if start < done:
        raise ValueError(f"{source.path}: edit {start}..{end} overlaps one that ends at {done}")
    try:
        encode(edit.text, source.encoding)
    except UnicodeEncodeError as error:
        raise EncodeError(
            edit.text[error.start],
            source.encoding,
            path=source.path,
            position=source.position(start),
        ) from None
