"""Laws of the C preprocessor: for any text at all."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from mofkit.compilation import compile_files
from mofkit.diagnostics import Severity
from mofkit.preprocessor import needs_preprocessing, preprocess
from mofkit.source import MappingLoader, SourceFile, Span
from tests.support_mof import GOOD, TOKENS, damaged_mof

C_WORDS = (
    *("#define A ", "#define F(x, y) ", "#define B A A\n", "#undef A\n", "#ifdef A\n", "#else\n"),
    *("#endif\n", "#if A\n", "#elif 1\n", '#include "h.h"\n', "#pragma once\n", "##", "#x", "A"),
    *("F(", "F", ")", ",", "\\\n", "\n", "\r\n", "//", "/*", "*/", '"', "'", "$A", "__LINE__", " "),
)
SCRAMBLED = st.lists(st.sampled_from([*C_WORDS, *TOKENS[:40]]), max_size=40).map("".join)
HEADER = "#ifndef H\n#define H\n#define IN_H uint8\nclass H { IN_H A; };\n#endif\n"
ANY_TEXT = SCRAMBLED | damaged_mof() | st.text(max_size=40)


def loader(header: str = HEADER) -> MappingLoader:
    return MappingLoader({"h.h": SourceFile.from_text(header, path="h.h")})


def has_a_macro(text: str) -> bool:
    return bool(re.search(r"__(LINE|FILE|COUNTER|DATE|TIME|TIMESTAMP)__", text))


class TestTextWithoutLines:
    """C11 §5.1.1.2: phases 2 and 4 change nothing but splices, directives and macros."""

    @given(ANY_TEXT)
    @example(GOOD)
    def test_it_comes_out_as_it_is(self, text: str) -> None:
        source = SourceFile.from_text(text.replace("#", "").replace("\\", "/"))
        if has_a_macro(source.text):
            return
        expansion = preprocess(source)
        assert expansion.source.text == source.text
        assert expansion.diagnostics == []
        for offset in range(len(source.text) + 1):
            assert expansion.place(Span.at(offset)).span == Span.at(offset)

    @given(damaged_mof())
    def test_pragmas_stay(self, text: str) -> None:
        source = SourceFile.from_text(text)
        assert not needs_preprocessing(source)
        assert preprocess(source).source.text == text


class TestAnyText:
    """Broken source is ordinary: `preprocess` returns a result and a list of diagnostics."""

    @given(ANY_TEXT, SCRAMBLED)
    @example("#define F(x) #x\nF(", "")
    @example("#define F(x)\nF(1)", "")
    def test_pieces_cover_the_text_and_copies_are_equal(self, text: str, header: str) -> None:
        source = SourceFile.from_text(text, path="a.mof")
        expansion = preprocess(source, loader=loader(header))
        out = expansion.source.text
        starts = [piece.start for piece in expansion.pieces]
        assert starts == sorted(set(starts))
        assert starts[:1] == [0][: len(out)]
        ends = [*starts[1:], len(out)][: len(starts)]
        for piece, end in zip(expansion.pieces, ends, strict=True):
            assert 0 <= piece.span.start <= piece.span.end <= len(piece.source.text)
            if piece.is_copy:
                assert piece.source.text[slice(*piece.span)] == out[piece.start : end]

    @given(ANY_TEXT, SCRAMBLED)
    def test_findings_are_in_the_files(self, text: str, header: str) -> None:
        source = SourceFile.from_text(text, path="a.mof")
        made = compile_files([source], loader=loader(header))
        for finding in made.diagnostics:
            assert finding.path in ("a.mof", "h.h", "<command line>")
            assert 0 <= finding.span.start <= finding.span.end <= len(finding.source.text)
            for edit in finding.fix.edits if finding.fix else ():
                assert 0 <= edit.span.start <= edit.span.end <= len(finding.source.text)
        errors = [item for item in made.diagnostics if item.severity is Severity.ERROR]
        assert (made.data is None) == bool(errors)

    @given(SCRAMBLED)
    def test_preprocessing_twice_is_preprocessing_once(self, text: str) -> None:
        first = preprocess(SourceFile.from_text(text), loader=loader())
        text = first.source.text
        if "#" not in text and "\\" not in text:  # a macro may stand for a line, but C reads none
            assert preprocess(first.source, loader=loader()).source.text == text


class TestMacrosOfTheCommandLine:
    """`-D NAME=VALUE` is `#define NAME VALUE` in front of the first line."""

    @given(
        st.dictionaries(st.sampled_from("ABF"), st.sampled_from(["", "1", "A B", "F(x)"])), ANY_TEXT
    )
    def test_they_are_lines_in_front(self, macros: dict[str, str], text: str) -> None:
        lines = "".join(f"#define {name} {value}\n" for name, value in macros.items())
        given_them = preprocess(SourceFile.from_text(text), macros=macros, loader=loader())
        wrote_them = preprocess(SourceFile.from_text(lines + text), loader=loader())
        if "__LINE__" not in text:
            assert "\n" * len(macros) + given_them.source.text == wrote_them.source.text
        assert [found.code for found in given_them.diagnostics] == [
            found.code for found in wrote_them.diagnostics
        ]
