"""Laws of the binder: for any text at all, however damaged."""

from hypothesis import example, given
from hypothesis import strategies as st

from mofkit.cim.plain import to_plain
from mofkit.compiler import bind
from mofkit.compiler.tokens import stream_of
from mofkit.syntax import parse_source
from mofkit.syntax.parser import Parser
from tests.support_mof import GOOD, damaged_mof

ANY_MOF = damaged_mof() | st.text(max_size=30)


class TestAnyText:
    """Broken source is ordinary: `bind` returns a result and a list of diagnostics."""

    @given(ANY_MOF)
    @example(GOOD)
    def test_nothing_raises(self, text: str) -> None:
        result = parse_source(text)
        bound = bind([result])
        length = len(result.source.text)
        for finding in bound.diagnostics:
            assert 0 <= finding.span.start <= finding.span.end <= length
        for item in bound.schema.items:
            assert item.origin is not None
            assert item.origin.span.start <= item.origin.name_span.start
        to_plain(bound.schema)

    @given(ANY_MOF)
    def test_binding_twice_is_binding_once(self, text: str) -> None:
        result = parse_source(text)
        first, second = bind([result]), bind([result])
        assert first == second
        assert to_plain(first.schema) == to_plain(second.schema)

    @given(ANY_MOF)
    @example(GOOD)
    def test_the_stream_of_tokens_follows_the_grammar(self, text: str) -> None:
        """What recovery made of a file is a file that needs no recovery."""
        stream = stream_of(parse_source(text).tree)
        assert len(stream.kinds) == len(stream.texts)
        parser = Parser()
        assert parser.run([parser.start], iter(stream.kinds))
