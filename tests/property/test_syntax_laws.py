"""Laws of reading MOF: whatever the text, nothing is lost, and it is read as Lark reads it."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mofkit.diagnostics import Diagnostic, Safety, Severity
from mofkit.source import Edit, SourceFile, Span, apply_edits
from mofkit.syntax import Node, ParseResult, _tables, parse, parse_bytes, parse_source, walk
from mofkit.syntax.checker import check
from mofkit.syntax.encoding import encoding_diagnostics
from mofkit.syntax.lexer import Kinds, _patterns, kind_of, token_kinds, token_starts, token_texts
from mofkit.testing.strategies import lark_sentences, sentences, tidy_files, token_streams
from tests.property.test_source_laws import ANY_BYTES
from tests.support_lark import disagreement

NEARLY_MOF = sentences(slips=True) | token_streams() | sentences()
ANY_TEXT = NEARLY_MOF | st.text()


class TestOracle:
    """Over random token streams, our tokens, nodes and accept/reject equal Lark's."""

    @given(token_streams())
    def test_any_tokens(self, text: str) -> None:
        assert disagreement(parse_source(text)) == ""

    @given(sentences())
    def test_sentences(self, text: str) -> None:
        assert disagreement(parse_source(text)) == ""

    @pytest.mark.slow
    @given(lark_sentences())
    @settings(max_examples=30)  # they are long ones
    def test_what_hypothesis_derives(self, text: str) -> None:
        result = parse_source(text)
        assert disagreement(result) == ""
        assert len(result.tree.faults) == 0

    @given(sentences(slips=True))
    def test_sentences_with_slips(self, text: str) -> None:
        assert disagreement(parse_source(text)) == ""

    @given(sentences(odd=False))
    def test_what_the_grammar_derives_is_accepted(self, text: str) -> None:
        result = parse_source(text)
        assert disagreement(result) == ""
        assert len(result.tree.faults) == 0


class TestLossless:
    """Trivia is the gap between tokens; skipped tokens stay in the tree; the law is on bytes."""

    @given(ANY_BYTES | NEARLY_MOF.map(lambda text: text.encode("utf-8", "surrogatepass")))
    def test_the_bytes_of_the_tree_are_the_input(self, data: bytes) -> None:
        assert parse_bytes(data).to_bytes() == data

    @given(ANY_TEXT)
    def test_the_leaves_are_the_tokens(self, text: str) -> None:
        tree = parse_source(text).tree
        assert list(leaves(tree.root)) == list(range(len(tree.kinds) - 1))

    @given(ANY_TEXT)
    def test_a_node_spans_its_leaves(self, text: str) -> None:
        for node in walk(parse_source(text).tree.root):
            found = list(leaves(node))
            assert found == list(range(node.first, node.first + len(found)))
            if found:
                assert node.end == node.first + len(found)

    @given(ANY_TEXT)
    def test_what_is_between_tokens_is_trivia(self, text: str) -> None:
        tree = parse_source(text).tree
        gaps = [tree.trivia_before(token) for token in range(len(tree.kinds))]
        assert all(ALL_TRIVIA.fullmatch(tree.source.text, *gap) for gap in gaps)


def leaves(root: Node) -> Iterator[int]:
    todo: list[Node | int] = [root]
    while todo:
        item = todo.pop()
        if isinstance(item, int):
            yield item
        else:
            todo += reversed(item.children)


ALL_TRIVIA = re.compile(f"(?:{'|'.join(_tables.TRIVIA)})*")


class TestLexer:
    """The quick ways through the lexer find what the plain ones find."""

    @given(ANY_TEXT)
    def test_kinds_texts_and_starts_belong_together(self, text: str) -> None:
        kinds, texts, starts = token_kinds(text, Kinds()), token_texts(text), token_starts(text)
        assert kinds[:-1] == [kind_of(token) for token in texts[:-1]]
        assert len(texts) == len(starts) == len(kinds)
        assert all(text.startswith(*pair) for pair in zip(texts, starts, strict=True))
        assert (texts[-1], starts[-1]) == ("", len(text))

    @given(ANY_TEXT)
    def test_kinds_do_not_depend_on_what_was_read_before(self, text: str) -> None:
        used = Kinds()
        first = token_kinds(text, used)
        assert token_kinds(text, used) == first

    @given(ANY_TEXT)
    @example('class A { string b = "c" "d"; };')
    @example('"a\\"b" // c\n"d"')
    @example('/* " */ "a" /* " */ "b"')
    @example('x = \'"\'; y = "z"; #define q "r')
    def test_texts_are_the_same_whether_strings_are_cut_out_or_matched(self, text: str) -> None:
        tree = parse_source(text).tree
        assert tree.texts == token_texts(text)
        assert tree.words <= set(tree.texts)
        others = {token for token in tree.texts[:-1] if not token.startswith('"')}
        assert others <= tree.words

    @given(ANY_TEXT.map(lambda text: text.encode("ascii", "replace").decode()))
    def test_ascii_is_read_alike_by_the_patterns_for_all(self, text: str) -> None:
        for of_ascii, of_all in zip(_patterns(True), _patterns(False), strict=True):
            assert of_ascii.findall(text + "\n") == of_all.findall(text + "\n")


class TestDiagnostics:
    """What the checker finds, one of the counters saw: a file without cause has no findings."""

    @given(ANY_TEXT)
    def test_the_quick_way_misses_nothing(self, text: str) -> None:
        source = SourceFile.from_text(text)
        result = parse(source)
        assert result.diagnostics == everything(result)

    @given(ANY_BYTES)
    def test_the_quick_way_misses_nothing_in_bytes(self, data: bytes) -> None:
        result = parse_bytes(data)
        assert result.diagnostics == everything(result)

    @given(ANY_TEXT)
    def test_places_are_in_the_file(self, text: str) -> None:
        result = parse_source(text)
        for found in result.diagnostics:
            spans = [found.span, *(related.span for related in found.related)]
            spans += [edit.span for edit in found.fix.edits] if found.fix else []
            assert all(0 <= start <= end <= len(result.source.text) for start, end in spans)

    @given(ANY_TEXT)
    def test_the_same_text_has_the_same_findings(self, text: str) -> None:
        """Stacks and kinds kept from one file to the next must not show."""
        assert parse_source(text).diagnostics == parse_source(text).diagnostics

    @given(ANY_TEXT)
    def test_where_the_parse_has_a_fault_there_is_an_error(self, text: str) -> None:
        result = parse_source(text)
        assert bool(errors(result)) or not result.tree.faults


def everything(result: ParseResult) -> list[Diagnostic]:
    """Return what the whole checker finds, asked without cause."""
    source, facts = result.source, result.source.facts()
    found = [*encoding_diagnostics(source, facts, result.tree), *check(result.tree, facts)]
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def errors(result: ParseResult) -> list[Diagnostic]:
    return [found for found in result.diagnostics if found.severity is Severity.ERROR]


class TestOneMistake:
    """A file without fault has no finding; one mistake in it is found where it is."""

    @given(tidy_files())
    def test_valid_files_have_no_finding(self, text: str) -> None:
        assert parse_source(text).diagnostics == []

    @given(tidy_files(), st.data())
    def test_a_missing_bracket_or_semicolon(self, text: str, data: st.DataObject) -> None:
        tree = parse_source(text).tree
        closers = [token for token in tree.tokens() if token.text in ("}", "]", ")", ";")]
        assume(closers)
        span = data.draw(st.sampled_from(closers)).span
        assert_error_near(tree.source, Edit(span, ""))

    @given(tidy_files(), st.data())
    def test_a_stray_character(self, text: str, data: st.DataObject) -> None:
        tree = parse_source(text).tree
        place = data.draw(st.sampled_from(tree.starts))
        stray = data.draw(st.sampled_from(["@ ", "? ", "% ", "| ", "* ", "é! ", ") ", "] "]))
        assert_error_near(tree.source, Edit(Span.at(place), stray))


def assert_error_near(source: SourceFile, mistake: Edit) -> None:
    """Assert that the first error is on the line of the mistake or next to it."""
    broken = parse(apply_edits(source, [mistake]))
    first = errors(broken)[0]
    line = source.position(mistake.span.start).line
    assert abs(broken.source.position(first.span.start).line - line) <= 1, first.message


class TestFixes:
    """A safe fix keeps the meaning: it can be made without looking, and then it is done."""

    @given(NEARLY_MOF | tidy_files())
    @example("class A { uint8 X }\nclass B { uint8 Y };")
    def test_safe_fixes_come_to_an_end(self, text: str) -> None:
        assert safe_edits(parse(fixed(SourceFile.from_text(text)))) == []

    @given(tidy_files(), st.data())
    def test_safe_fixes_put_back_what_is_missing(self, text: str, data: st.DataObject) -> None:
        before = parse_source(text)
        semicolons = [token for token in before.tree.tokens() if token.text == ";"]
        assume(semicolons)
        lost = data.draw(st.lists(st.sampled_from(semicolons), min_size=1, max_size=3, unique=True))
        broken = apply_edits(before.source, [Edit(token.span, "") for token in lost])
        assume(all(map(is_safe, errors(parse(broken)))))
        after = parse(fixed(broken))
        assert after.diagnostics == []
        assert after.tree.texts == before.tree.texts


def fixed(source: SourceFile) -> SourceFile:
    """Return the file with safe fixes made, again and again until there are none."""
    for _ in range(10):
        edits = safe_edits(parse(source))
        if not edits:
            break
        source = apply_edits(source, edits)
    return source


def is_safe(found: Diagnostic) -> bool:
    return found.fix is not None and found.fix.safety is Safety.SAFE


def safe_edits(result: ParseResult) -> list[Edit]:
    """Return the edits of all safe fixes, less those that overlap an earlier one."""
    chosen: list[Edit] = []
    for found in filter(is_safe, result.diagnostics):
        assert found.fix is not None
        if not any(overlap(edit.span, other.span) for edit in found.fix.edits for other in chosen):
            chosen += found.fix.edits
    return chosen


def overlap(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end
