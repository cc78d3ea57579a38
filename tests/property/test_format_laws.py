"""Laws of the formatter: only layout changes, and formatting twice is formatting once."""

import re
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from mofkit.compiler import bind
from mofkit.formatter import Style, format_file, format_tree
from mofkit.source import SourceFile
from mofkit.syntax import SyntaxTree, parse_bytes, parse_source
from mofkit.testing.strategies import mof_files, mof_texts, sentences, tidy_files, token_streams
from tests.property.test_source_laws import ANY_BYTES
from tests.support_format import assert_formatted, same_tokens, trivia_words

STYLES = st.sampled_from([Style(), Style(indent=2, width=40, inline=0), Style(width=60, inline=20)])
NEARLY_MOF = sentences(slips=True) | token_streams() | sentences()
_TRIVIA = [
    *(" ", "\n", "\n\n", "\t", "\r\n", "// a\n", "// b  \n\n", "/* c */", "\n// d\n"),
    *("\n/* e\n * f\n */\n", "\n\n/* g */ ", "\t/* h\n\ti */\n", "\n#if X\n", "/**/"),
]


@st.composite
def commented(draw: st.DrawFn) -> SyntaxTree:
    """Files without fault that have comments and line ends where nobody would put them."""
    text = draw(tidy_files() | mof_texts().map(lambda found: found.text))
    tree = parse_source(text).tree
    places = st.integers(0, len(tree.kinds) - 1)
    added: dict[int, str] = {}
    for place, trivia in draw(st.lists(st.tuples(places, st.sampled_from(_TRIVIA)), max_size=12)):
        added[tree.starts[place]] = f"{added.get(tree.starts[place], '')} {trivia}"
    ends = [*sorted(added), len(text)]
    pieces = [text[: ends[0]]]
    for start, end in pairwise(ends):
        pieces += added[start], text[start:end]
    found = parse_source("".join(pieces)).tree
    assume(not found.faults)
    return found


class TestSound:
    """What is sound keeps its tokens, its comments in their order, and its meaning."""

    @given(commented(), STYLES)
    def test_only_the_layout_changes(self, tree: SyntaxTree, style: Style) -> None:
        assert_formatted(tree, format_tree(tree, style), style)

    @given(sentences(odd=False), STYLES)
    def test_every_production(self, text: str, style: Style) -> None:
        tree = parse_source(text).tree
        after = format_tree(tree, style)
        assert_formatted(tree, after, style)

    @given(mof_texts(), STYLES)
    def test_the_meaning_stays(self, found: object, style: Style) -> None:
        text = found.text  # type: ignore[attr-defined]
        after = format_tree(parse_source(text).tree, style)
        assert bind([parse_source(after)]).schema == bind([parse_source(text)]).schema

    @given(commented())
    def test_the_layout_before_does_not_matter(self, tree: SyntaxTree) -> None:
        """Without comments and blank lines, all texts of the same tokens come out as one."""
        one_line = " ".join(tree.texts)
        assume(parse_source(one_line).tree.texts == tree.texts)
        a_line_each = "\n".join(tree.texts)
        assume(parse_source(a_line_each).tree.texts == tree.texts)
        once = format_tree(parse_source(one_line).tree)
        assert format_tree(parse_source(a_line_each).tree) == once

    @given(commented())
    def test_no_line_ends_in_white_space(self, tree: SyntaxTree) -> None:
        *lines, end = re.split("\r\n|\r|\n", format_tree(tree))
        kept = set("\n".join(trivia_words(tree)).split("\n"))
        wrong = [line for line in lines if line != line.rstrip(" \t") and "/*" not in line]
        assert [line for line in wrong if line.strip(" \t") not in kept] == []
        assert "" not in lines[:1] + lines[-1:]
        assert end == ""


class TestAny:
    """Of anything else, what cannot be read stays; no text is lost, and nothing raises."""

    @given(NEARLY_MOF | st.text(), STYLES)
    @example("x /* open", Style())
    @example("#pragma class;;; // a\n", Style())
    @example('class A { string X = "a\n; };', Style())
    def test_tokens_stay(self, text: str, style: Style) -> None:
        tree = parse_source(text).tree
        after = format_tree(tree, style)
        assert same_tokens(tree, parse_source(after).tree)

    @given(NEARLY_MOF, STYLES)
    def test_twice_is_once(self, text: str, style: Style) -> None:
        once = format_tree(parse_source(text).tree, style)
        assert format_tree(parse_source(once).tree, style) == once

    @given(mof_files() | ANY_BYTES)
    def test_encoding_and_mark_stay(self, data: bytes) -> None:
        before = SourceFile.from_bytes(data)
        after = format_file(before)
        assert (after.encoding, after.bom) == (before.encoding, before.bom)
        assert after.to_bytes().startswith(before.bom)
        assert after.to_bytes().endswith(before.tail)

    @given(mof_files())
    def test_bytes_read_the_same_again(self, data: bytes) -> None:
        after = format_file(SourceFile.from_bytes(data))
        assert parse_bytes(after.to_bytes()).source.text == after.text
