"""`SourceFile`: one MOF file as text, from which its bytes can be had back exactly.

It takes bytes (or a text) and gives the decoded text, places in it as people and editors count
them, and facts about the bytes that a reader may want reported. It reports nothing itself and
never touches the disk. What real files contain is in `encoding.py` and `facts.py`.
"""

from bisect import bisect_right
from itertools import accumulate
from typing import Final, final

from mofkit.source.encoding import EncodeError, Encoding, decode, encode
from mofkit.source.facts import SourceFact, find_facts
from mofkit.source.span import Position, Span

__all__ = ["SourceFile"]


@final
class SourceFile:
    r"""A file's text with all that is needed to write the same bytes again.

    The text has no leading byte order mark (that is `bom`) and no undecodable rest (`tail`: the
    last byte of UTF-16 of odd length); its line ends are as in the file. Lines end at CR LF, LF
    or a lone CR. A text that ends with a line end has an empty last line, as in editors.

    >>> source = SourceFile.from_bytes(b"\xff\xfe;\x00\r\x00\n\x00")
    >>> source.text, source.encoding.label, source.line_count
    (';\r\n', 'UTF-16LE', 2)
    """

    __slots__ = ("_line_starts_or_none", "bom", "encoding", "path", "tail", "text")

    def __init__(
        self,
        text: str,
        *,
        path: str,
        encoding: Encoding = Encoding.UTF8,
        bom: bytes = b"",
        tail: bytes = b"",
    ) -> None:
        self.text: Final = text
        self.path: Final = path
        self.encoding: Final = encoding
        self.bom: Final = bom
        self.tail: Final = tail
        self._line_starts_or_none: list[int] | None = None

    @classmethod
    def from_bytes(cls, data: bytes, *, path: str = "<bytes>") -> "SourceFile":
        """Return the file that holds `data`; its `to_bytes()` is `data`, whatever that is."""
        text, encoding, bom, tail = decode(data)
        return cls(text, path=path, encoding=encoding, bom=bom, tail=tail)

    @classmethod
    def from_text(cls, text: str, *, path: str = "<text>") -> "SourceFile":
        """Return the UTF-8 file that holds `text`; a leading U+FEFF is its byte order mark."""
        if text.startswith("\ufeff"):
            return cls(text[1:], path=path, bom=b"\xef\xbb\xbf")
        return cls(text, path=path)

    def to_bytes(self) -> bytes:
        """Return the file's bytes.

        Raises:
            EncodeError: the text was not read from bytes and its encoding lacks a character.
        """
        return self.bom + self._encode(self.text) + self.tail

    @property
    def line_count(self) -> int:
        """The number of lines, at least 1."""
        return len(self._line_starts)

    def position(self, offset: int) -> Position:
        r"""Return the place a person would name for `offset`.

        `offset` counts code points from the start of `text`, 0 to len(text) inclusive;
        line and column count from 1, a tab being one column.

        Raises:
            ValueError: `offset` is outside the file.

        >>> SourceFile.from_text("a\nbc").position(3)
        Position(line=2, column=2)
        """
        self._check_offset(offset)
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset that `position` names: the inverse of `position()`.

        Raises:
            ValueError: there is no such line, or the line (with its line end) is shorter.
        """
        line, column = position
        start, end = self._line_bounds(line)
        # The place behind a line end is column 1 of the next line; only the file's end has none.
        last_offset = end if line == self.line_count else end - 1
        if not 1 <= column <= last_offset - start + 1:
            raise ValueError(f"{self.path}: line {line} has no column {column}")
        return start + column - 1

    def column_utf16(self, offset: int) -> int:
        """Return the column of `offset`, from 1, in UTF-16 units: what LSP and SARIF count."""
        start = offset - (self.position(offset).column - 1)
        return len(encode(self.text[start:offset], Encoding.UTF16LE)) // 2 + 1

    def byte_offset(self, offset: int) -> int:
        """Return where in the file's bytes, mark included, the code point at `offset` starts."""
        self._check_offset(offset)
        return len(self.bom) + len(self._encode(self.text[:offset]))

    def line_span(self, line: int) -> Span:
        """Return the span of the line, counted from 1, without its line end.

        Raises:
            ValueError: there is no such line.
        """
        start, end = self._line_bounds(line)
        if line < self.line_count:
            end -= 2 if self.text.startswith("\r\n", end - 2) else 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """Return the text of the line, counted from 1, without its line end."""
        start, end = self.line_span(line)
        return self.text[start:end]

    def facts(self) -> list[SourceFact]:
        """Return what is odd about the file's bytes and characters, in order of place."""
        return find_facts(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SourceFile):
            return NotImplemented
        return self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return f"<SourceFile {self.path!r}, {self.encoding.label}, {len(self.text)} characters>"

    @property
    def _value(self) -> tuple[object, ...]:
        return (self.path, self.encoding, self.bom, self.tail, self.text)

    @property
    def _line_starts(self) -> list[int]:
        r"""The offset of every line's first character, found when first asked for.

        Most files are never asked. The replacements keep all lengths while they make every line
        end the same, so that the searching happens in C: CR LF becomes a space and LF.
        """
        if self._line_starts_or_none is None:
            lines = self.text.replace("\r\n", " \n").replace("\r", "\n").split("\n")
            ends = accumulate((len(line) + 1 for line in lines), initial=0)
            self._line_starts_or_none = list(ends)[:-1]
        return self._line_starts_or_none

    def _line_bounds(self, line: int) -> Span:
        starts = self._line_starts
        if not 1 <= line <= len(starts):
            raise ValueError(f"{self.path}: there is no line {line} of {len(starts)}")
        return Span(starts[line - 1], starts[line] if line < len(starts) else len(self.text))

    def _check_offset(self, offset: int) -> None:
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"{self.path}: offset {offset} is not in 0..{len(self.text)}")

    def _encode(self, prefix: str) -> bytes:
        try:
            return encode(prefix, self.encoding)
        except UnicodeEncodeError as error:
            position = self.position(error.start)
            raise EncodeError(
                prefix[error.start], self.encoding, path=self.path, position=position
            ) from None
