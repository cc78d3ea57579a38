"""Laws of the embedded languages: any text is read or refused, in place, and as Lark reads it."""

from contextlib import suppress
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mofkit.cim import CimString
from mofkit.compiler import bind
from mofkit.compiler.literals import string
from mofkit.compiler.string_map import span_in_file
from mofkit.embedded import EmbeddedError
from mofkit.embedded.datetime_ import Datetime, Interval, parse
from mofkit.source import Span
from mofkit.syntax import parse_source
from mofkit.testing.laws.embedded import spans_of
from mofkit.testing.strategies import EMBEDDED_LANGUAGES, embedded_texts
from tests.property.test_values_laws import UNITS, escaped
from tests.support_embedded import PARSE, disagreement, placed

GRAMMARS = [language for language in EMBEDDED_LANGUAGES if language != "datetime"]


class TestOracle:
    """Over random token streams, our tokens, nodes and accept/reject equal Lark's."""

    @pytest.mark.parametrize("grammar", GRAMMARS)
    @given(data=st.data())
    def test_any_tokens(self, grammar: str, data: st.DataObject) -> None:
        assert disagreement(grammar, data.draw(embedded_texts(grammar))) == ""


class TestAnyText:
    """Broken text gives an error that says where; what is read says where it stood."""

    @pytest.mark.parametrize("language", EMBEDDED_LANGUAGES)
    @given(data=st.data())
    def test_is_read_or_refused_within_its_bounds(self, language: str, data: st.DataObject) -> None:
        text = data.draw(embedded_texts(language))
        message = "none"
        try:
            result = PARSE[language](text)
        except EmbeddedError as error:
            result, message = error.span, str(error)
        assert len(message.splitlines()) == 1
        for start, end in spans_of(result):
            assert 0 <= start <= end <= len(text)
        for word, (start, end) in placed(result):
            assert "".join(text[start:end].split()).endswith(word)

    @pytest.mark.parametrize("language", GRAMMARS)
    @given(data=st.data())
    def test_white_space_around_means_nothing(self, language: str, data: st.DataObject) -> None:
        text = data.draw(embedded_texts(language))
        with suppress(EmbeddedError):
            before = PARSE[language](text)
            assert list(placed(PARSE[language](text + " \n"))) == list(placed(before))


class TestDatetimes:
    """DSP0004 §5.2.4: each field has its width, and its bounds."""

    @given(st.datetimes(), st.integers(-999, 999))
    def test_every_time_is_read(self, when: datetime, offset: int) -> None:
        text = f"{when:%Y%m%d%H%M%S.%f}".rjust(21, "0") + f"{offset:+04d}"
        found = parse(text)
        assert isinstance(found, Datetime)
        assert found == Datetime(*when.timetuple()[:6], when.microsecond, offset)

    @given(st.integers(0, 99_999_999), st.times())
    def test_every_interval_is_read(self, days: int, rest: time) -> None:
        text = f"{days:08}{rest:%H%M%S.%f}:000"
        expected = Interval(days, rest.hour, rest.minute, rest.second, rest.microsecond)
        assert parse(text) == expected


class TestPlacesInTheFile:
    """Adjacent literals are joined with nothing between; each character has its own place."""

    @given(st.data(), st.lists(st.text(UNITS), min_size=1, max_size=3))
    def test_each_character_is_where_it_is_written(
        self, data: st.DataObject, parts: list[str]
    ) -> None:
        between = " /* and */ "
        literals = between.join(f'"{data.draw(escaped(part))}"' for part in parts)
        source = "instance of A { B = " + literals + "; };"
        value = bind([parse_source(source)]).schema.instances[0].properties[0].value
        assert isinstance(value, CimString)
        end = 0
        for at, character in enumerate(value.value):
            place = span_in_file(value, Span(at, at + 1))
            assert end <= place.start < place.end
            assert string(f'"{source[slice(*place)]}"'.split(between)) == character
            end = place.end
