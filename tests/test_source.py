"""`SourceFile`: how bytes become text, how places are counted, and what is noticed on the way."""

import pytest

from mofkit.source import (
    EncodeError,
    Encoding,
    FactKind,
    IncludeError,
    MappingLoader,
    Position,
    SourceFile,
    Span,
)

UTF8_BOM = b"\xef\xbb\xbf"
UTF16LE_BOM = b"\xff\xfe"
UTF16BE_BOM = b"\xfe\xff"
EVERY_BYTE = bytes(range(256))


class TestEncoding:
    """mof-language: decode in the order BOM, NUL pattern, strict UTF-8, cp1252."""

    @pytest.mark.parametrize(
        ("data", "text", "encoding", "bom", "tail"),
        [
            (b"", "", Encoding.UTF8, b"", b""),
            (b"class Fan {};", "class Fan {};", Encoding.UTF8, b"", b""),
            ("Lüfter".encode(), "Lüfter", Encoding.UTF8, b"", b""),
            (UTF8_BOM + b"Fan", "Fan", Encoding.UTF8, UTF8_BOM, b""),
            (UTF8_BOM + b"L\xfcfter", "Lüfter", Encoding.CP1252, UTF8_BOM, b""),
            (UTF16LE_BOM + b"F\0a\0n\0", "Fan", Encoding.UTF16LE, UTF16LE_BOM, b""),
            (UTF16BE_BOM + b"\0F\0a\0n", "Fan", Encoding.UTF16BE, UTF16BE_BOM, b""),
            (b"F\0a\0n\0", "Fan", Encoding.UTF16LE, b"", b""),
            (b"\0F\0a\0n", "Fan", Encoding.UTF16BE, b"", b""),
            (b"\0F", "F", Encoding.UTF16BE, b"", b""),
            (b"F\0a\0n", "Fa", Encoding.UTF16LE, b"", b"n"),
            (UTF16LE_BOM + b"F\0\n", "F", Encoding.UTF16LE, UTF16LE_BOM, b"\n"),
            (UTF16LE_BOM + b"\x00\xd8", "\ud800", Encoding.UTF16LE, UTF16LE_BOM, b""),
            (b"L\xfcfter \x80", "Lüfter €", Encoding.CP1252, b"", b""),
        ],
    )
    def test_decoding(
        self, data: bytes, text: str, encoding: Encoding, bom: bytes, tail: bytes
    ) -> None:
        source = SourceFile.from_bytes(data)
        assert (source.text, source.encoding, source.bom, source.tail) == (
            text,
            encoding,
            bom,
            tail,
        )
        assert source.to_bytes() == data

    @pytest.mark.parametrize("data", [b"\0", b"a\0", b"};\0", b"a\0\0\0", b"\0\0\0\0"])
    def test_nul_padding_is_not_utf16(self, data: bytes) -> None:
        assert SourceFile.from_bytes(data).encoding is Encoding.UTF8

    def test_cp1252_is_the_windows_page(self) -> None:
        """Python's page is the same but for five bytes, which Windows maps to C1 controls."""
        source = SourceFile.from_bytes(EVERY_BYTE)
        assert source.encoding is Encoding.CP1252
        undefined_in_python = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
        for byte, character in zip(EVERY_BYTE, source.text, strict=True):
            if byte in undefined_in_python:
                assert ord(character) == byte
            else:
                assert character == bytes([byte]).decode("cp1252")

    def test_a_text_with_a_mark_is_a_file_with_a_mark(self) -> None:
        source = SourceFile.from_text("\ufeffFan")
        assert (source.text, source.bom) == ("Fan", UTF8_BOM)

    def test_a_text_that_no_file_can_hold(self) -> None:
        source = SourceFile.from_text('x = "\n\ud800"', path="fan.mof")
        with pytest.raises(EncodeError, match=r"^fan.mof:2:1: UTF-8 has no character U\+D800$"):
            source.to_bytes()


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("", [""]),
            ("a", ["a"]),
            ("a\n", ["a", ""]),
            ("a\r\nb", ["a", "b"]),
            ("a\rb\n\rc", ["a", "b", "", "c"]),
            ("\n\r\n\r", ["", "", "", ""]),
            ("a\x0b\x0c\x1c\x85\u2028b", ["a\x0b\x0c\x1c\x85\u2028b"]),
        ],
    )
    def test_lines_end_at_cr_lf_lf_or_cr_and_nowhere_else(
        self, text: str, lines: list[str]
    ) -> None:
        source = SourceFile.from_text(text)
        assert source.line_count == len(lines)
        assert [source.line_text(line) for line in range(1, source.line_count + 1)] == lines

    def test_a_tab_and_a_surrogate_pair_are_one_column(self) -> None:
        source = SourceFile.from_text("x\n\t𝄞y")
        offset = source.text.index("y")
        assert source.position(offset) == Position(2, 3)
        assert source.column_utf16(offset) == 4

    @pytest.mark.parametrize(
        ("data", "byte_offset"),
        [
            ("ü𝄞y".encode(), 6),
            (UTF8_BOM + "ü𝄞y".encode(), 9),
            (UTF16LE_BOM + "ü𝄞y".encode("utf-16-le"), 8),
            (b"\xfc\xfcy", 2),
        ],
    )
    def test_byte_offset_counts_what_is_in_the_file(self, data: bytes, byte_offset: int) -> None:
        source = SourceFile.from_bytes(data)
        assert source.byte_offset(source.text.index("y")) == byte_offset

    @pytest.mark.parametrize("offset", [-1, 3])
    def test_an_offset_outside(self, offset: int) -> None:
        with pytest.raises(ValueError, match=r"fan.mof: offset -?\d is not in 0..2"):
            SourceFile.from_text("ab", path="fan.mof").position(offset)

    @pytest.mark.parametrize("position", [Position(0, 1), Position(4, 1), Position(1, 0)])
    def test_a_position_outside(self, position: Position) -> None:
        with pytest.raises(ValueError, match=r"fan.mof: "):
            SourceFile.from_text("ab\r\nc\n", path="fan.mof").offset(position)

    def test_a_line_end_belongs_to_its_line(self) -> None:
        source = SourceFile.from_text("ab\r\nc")
        assert source.position(3) == Position(1, 4)
        assert source.offset(Position(1, 4)) == 3
        with pytest.raises(ValueError, match="line 1 has no column 5"):
            source.offset(Position(1, 5))


class TestFacts:
    def test_a_plain_file_has_none(self) -> None:
        assert SourceFile.from_bytes(b"class Fan {\r\n};\r\n").facts() == []
        assert SourceFile.from_bytes(UTF16LE_BOM + "Lüfter\n".encode("utf-16-le")).facts() == []

    @pytest.mark.parametrize(
        ("data", "kind", "span", "detail"),
        [
            (UTF8_BOM + b"x", FactKind.UTF8_BOM, (0, 0), "the file starts with the bytes EF BB BF"),
            ("x\nüü ü\nü".encode(), FactKind.NON_ASCII_WITHOUT_BOM, (2, 4), "3 places, lines 2-3"),
            ("ü".encode(), FactKind.NON_ASCII_WITHOUT_BOM, (0, 1), "1 place, line 1"),
            (b"ab\xfc", FactKind.CP1252_FALLBACK, (2, 3), "byte 0xFC is not UTF-8"),
            (b"x\0;\0", FactKind.UTF16_WITHOUT_BOM, (0, 0), "UTF-16LE"),
            (
                UTF16LE_BOM + b"x\0\n",
                FactKind.ODD_TAIL,
                (1, 1),
                "byte 0x0A behind the last character",
            ),
            (b"x\n\x1a", FactKind.NUL_OR_CTRL_Z_TAIL, (2, 3), "1 Ctrl-Z"),
            (b"x\x1a\0\0", FactKind.NUL_OR_CTRL_Z_TAIL, (1, 4), "2 NUL, 1 Ctrl-Z"),
            (b"x\n\0y\0\0", FactKind.CONTROL_INSIDE, (2, 3), "1 place, line 2"),
            (
                UTF16LE_BOM + "a\ufeffb".encode("utf-16-le"),
                FactKind.BOM_INSIDE,
                (1, 2),
                "1 place, line 1",
            ),
            (
                UTF8_BOM + "\u00a0\u00a0x\n\u00a0\u2009y".encode(),
                FactKind.SUSPICIOUS_SPACE,
                (0, 2),
                "2 places, lines 1-2",
            ),
            (b"a\r\nb\r\nc\n", FactKind.MIXED_LINE_ENDS, (7, 8), "2 CR LF, 1 LF"),
            (b"a\nb\nc\r\n", FactKind.MIXED_LINE_ENDS, (5, 7), "1 CR LF, 2 LF"),
            (b"a\r\nb\rc\r", FactKind.LONE_CR, (4, 5), "2 places, lines 2-3"),
            (
                UTF16BE_BOM + b"\0x\xdc\x00",
                FactKind.UNPAIRED_SURROGATE,
                (1, 2),
                "1 place, line 1",
            ),
            (b"FOMB\x01\0\0\0", FactKind.BINARY_MOF, (0, 4), None),
        ],
    )
    def test_each_kind(
        self, data: bytes, kind: FactKind, span: tuple[int, int], detail: str | None
    ) -> None:
        (fact,) = (fact for fact in SourceFile.from_bytes(data).facts() if fact.kind is kind)
        assert fact.span == span
        assert detail is None or fact.detail == detail

    @pytest.mark.parametrize(
        ("bom", "encoding"), [(UTF16LE_BOM, "utf-16-le"), (UTF16BE_BOM, "utf-16-be")]
    )
    @pytest.mark.parametrize("line_end", ["\r\n", "\n"])
    def test_utf16_whose_line_ends_were_converted_as_bytes(
        self, bom: bytes, encoding: str, line_end: str
    ) -> None:
        """Seen in puppetlabs-dsc: `0D 00 0D 0A 00`; its line ends are no finding of their own."""
        text = line_end.join(["class Fan", "{", "};", ""])
        damaged = bom + text.encode(encoding).replace(b"\n", b"\r\n")
        source = SourceFile.from_bytes(damaged)
        kinds = {fact.kind for fact in source.facts()}
        assert FactKind.SHIFTED_UTF16 in kinds
        assert not kinds & {FactKind.LONE_CR, FactKind.MIXED_LINE_ENDS}
        assert source.to_bytes() == damaged

    def test_a_mark_before_what_is_not_utf8(self) -> None:
        facts = SourceFile.from_bytes(UTF8_BOM + b"L\xfcfter").facts()
        assert [fact.kind for fact in facts] == [FactKind.UTF8_BOM, FactKind.CP1252_FALLBACK]
        assert facts[1].detail.endswith("though the file starts with the UTF-8 byte order mark")

    def test_binary_mof_is_the_only_fact_about_itself(self) -> None:
        facts = SourceFile.from_bytes(b"FOMB\x01\0\0\0\xff\xfe\r\n\n\0").facts()
        assert [fact.kind for fact in facts] == [FactKind.BINARY_MOF]

    def test_several_facts_come_in_order_of_place(self) -> None:
        facts = SourceFile.from_bytes("a\r\u00a0\r\n\n\x1a".encode()).facts()
        assert [fact.kind for fact in facts] == [
            FactKind.LONE_CR,
            FactKind.NON_ASCII_WITHOUT_BOM,
            FactKind.SUSPICIOUS_SPACE,
            FactKind.MIXED_LINE_ENDS,
            FactKind.NUL_OR_CTRL_Z_TAIL,
        ]


class TestValue:
    def test_files_of_the_same_bytes_and_path_are_equal(self) -> None:
        one, other = (SourceFile.from_bytes(b"Fan", path="fan.mof") for _ in range(2))
        assert one == other
        assert hash(one) == hash(other)
        assert one != SourceFile.from_bytes(b"Fan", path="pump.mof")
        assert one != SourceFile.from_bytes(UTF8_BOM + b"Fan", path="fan.mof")
        assert one != "Fan"

    def test_repr_is_short(self) -> None:
        source = SourceFile.from_text("x" * 1000, path="fan.mof")
        assert repr(source) == "<SourceFile 'fan.mof', UTF-8, 1000 characters>"

    def test_span(self) -> None:
        assert Span(2, 5).length == 3
        assert Span.at(4) == (4, 4)


class TestMappingLoader:
    LOADER = MappingLoader(
        {
            "all.mof": b"",
            "lib/fan.mof": b"class Fan {};",
            "lib\\pump.mof": SourceFile.from_text("class Pump {};", path="pump"),
        }
    )

    @pytest.mark.parametrize(
        ("name", "includer", "path"),
        [
            ("lib/fan.mof", "all.mof", "lib/fan.mof"),
            ("lib\\fan.mof", "all.mof", "lib/fan.mof"),
            ("fan.mof", "lib/all.mof", "lib/fan.mof"),
            ("lib/fan.mof", "lib/all.mof", "lib/fan.mof"),
            ("..\\all.mof", "lib\\fan.mof", "all.mof"),
            ("lib/./pump.mof", "all.mof", "pump"),
        ],
    )
    def test_found(self, name: str, includer: str, path: str) -> None:
        assert self.LOADER.load(name, includer=includer).path == path

    def test_missing(self) -> None:
        with pytest.raises(
            IncludeError, match=r"^cannot include `x.mof` from all.mof: no such file$"
        ):
            self.LOADER.load("x.mof", includer="all.mof")
