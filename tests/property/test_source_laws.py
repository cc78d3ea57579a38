"""Laws of `SourceFile`: for any bytes at all, and whatever is edited."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from mofkit.source import Edit, Encoding, SourceFile, Span, apply_edits

BOMS = st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
TAILS = st.sampled_from([b"", b"", b"\0", b"\n", b"\x1a", b"\0\x1a\0", b"\xff"])
# Text as it goes wrong in practice: line ends of every kind, marks and odd spaces inside,
# surrogates that found no partner, characters of one to four bytes.
PIECES = st.sampled_from(
    '\r\n \n \r class \t ; " \0 \x1a ü € 漢 𝄞'.split(" ")
    + list(" \u00a0\u0085\ufeff\u2028\ud800\udc00\u0a0d\u0a00")
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Bytes that look like a MOF file, mark and encoding seldom at odds."""
    text, codec = draw(TEXTS), draw(CODECS)
    return draw(BOMS) + text.encode(codec, "surrogatepass") + draw(TAILS)


@st.composite
def sources_and_edits(draw: st.DrawFn) -> tuple[SourceFile, list[Edit]]:
    """A file and edits to it that do not overlap, in any order."""
    source = SourceFile.from_bytes(draw(ANY_BYTES))
    offsets = sorted(draw(st.lists(st.integers(0, len(source.text)), max_size=8)))
    if len(offsets) % 2:
        offsets.pop()
    spans = [Span(*pair) for pair in zip(offsets[::2], offsets[1::2], strict=True)]
    texts = st.sampled_from(["", ";", "\r\n", "Fan", "\0"])
    return source, draw(st.permutations([Edit(span, draw(texts)) for span in spans]))


ANY_BYTES = files() | st.binary(max_size=40)


class TestBytes:
    """A lossless reader keeps the BOM, the encoding, the line ends and the tail."""

    @given(ANY_BYTES)
    @example(b"\x81\x8d\x8f\x90\x9d")
    @example(b"\xff\xfe\x00\xd8")
    @example(b"\xff\xfe\x00\xdc\x00\xd8")
    @example(b"\xef\xbb\xbf\xff")
    @example(b"\xff\xfe\xff\xfe\xff")
    @example(b"\r\x00\r\n\x00")
    def test_a_file_comes_back_as_it_was(self, data: bytes) -> None:
        source = SourceFile.from_bytes(data)
        assert source.to_bytes() == data
        assert len(source.tail) <= 1

    @given(st.text())
    @example("\ufeff\ufeffx")
    def test_a_text_is_written_as_utf8(self, text: str) -> None:
        assert SourceFile.from_text(text).to_bytes() == text.encode("utf-8")

    @given(ANY_BYTES)
    def test_facts_are_about_places_in_the_text(self, data: bytes) -> None:
        source = SourceFile.from_bytes(data)
        facts = source.facts()
        assert all(0 <= fact.span.start <= fact.span.end <= len(source.text) for fact in facts)
        kinds = [fact.kind for fact in facts]
        assert len(kinds) == len(set(kinds))


class TestPlaces:
    """Places of programs and of people are two names for the same thing."""

    @given(TEXTS)
    def test_position_and_offset_are_inverse(self, text: str) -> None:
        source = SourceFile.from_text(text)
        positions = [source.position(offset) for offset in range(len(source.text) + 1)]
        assert [source.offset(position) for position in positions] == list(range(len(positions)))
        assert positions == sorted(positions)

    @given(TEXTS)
    def test_lines_and_their_ends_make_up_the_text(self, text: str) -> None:
        source = SourceFile.from_text(text)
        spans = [source.line_span(line) for line in range(1, source.line_count + 1)]
        ends = [source.text[span.end : following.start] for span, following in pairwise(spans)]
        assert set(ends) <= {"\r\n", "\n", "\r"}
        assert spans[0].start == 0
        assert spans[-1].end == len(source.text)
        assert not any(set("\r\n") & set(source.text[slice(*span)]) for span in spans)

    @given(ANY_BYTES)
    def test_byte_offsets_divide_the_file_as_offsets_divide_the_text(self, data: bytes) -> None:
        source = SourceFile.from_bytes(data)
        places = [source.byte_offset(offset) for offset in range(len(source.text) + 1)]
        assert places[0] == len(source.bom)
        assert places[-1] == len(data) - len(source.tail)
        assert places == sorted(set(places))


class TestEdits:
    """A rewrite of n characters must leave every other byte alone."""

    @given(sources_and_edits())
    def test_every_other_byte_is_left_alone(self, case: tuple[SourceFile, list[Edit]]) -> None:
        source, edits = case
        codec = "latin-1" if source.encoding is Encoding.CP1252 else source.encoding.value
        data, expected, done = source.to_bytes(), b"", 0
        # Python's sort is stable, as is that of insertions at one place.
        for edit in sorted(edits, key=lambda edit: edit.span):
            start, end = map(source.byte_offset, edit.span)
            expected += data[done:start] + edit.text.encode(codec)
            done = end
        assert apply_edits(source, edits).to_bytes() == expected + data[done:]

    @given(sources_and_edits())
    def test_edits_can_be_taken_back(self, case: tuple[SourceFile, list[Edit]]) -> None:
        source, edits = case
        inverse, growth = [], 0
        for edit in sorted(edits, key=lambda edit: edit.span):
            start = edit.span.start + growth
            old_text = source.text[slice(*edit.span)]
            inverse.append(Edit(Span(start, start + len(edit.text)), old_text))
            growth += len(edit.text) - len(old_text)
        assert apply_edits(apply_edits(source, edits), inverse) == source
