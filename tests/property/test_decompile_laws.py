"""Laws of the decompiler: the text declares what the bytes declare, or says what it does not."""

import struct
from collections.abc import Callable
from math import isinf
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mofkit.binary import BinaryFormatError
from mofkit.bmf import decode_payload, encode_payload
from mofkit.bmf.container import write_container
from mofkit.cim import (
    DEFAULT_NAMESPACE,
    NO_PRAGMAS,
    CimDirective,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimMethod,
    CimReal,
    CimString,
    CimType,
    PragmaState,
    Schema,
)
from mofkit.cim.record import replace
from mofkit.compiler import bind
from mofkit.decompiler import DecompiledSchema, decompile_file, decompile_schema
from mofkit.decompiler.notes import Notes
from mofkit.decompiler.spelling import is_name, real, string
from mofkit.diagnostics import Severity
from mofkit.diagnostics.render.glyphs import visible
from mofkit.syntax import parse_source
from mofkit.testing.strategies import bmf_schemas, sentences, tidy_files
from mofkit.testing.strategies.bmf import texts

EDGES = [0, 1, 2, 3, 8, 0x0D, 20, 0x200D, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]
NAMES = ["Fan", "class", "Instance", "ref", "as", "of", "null", "uint8", "_", "Lüfter"]


class TestSayableSchemas:
    """Text that recompiles to the same bytes."""

    @given(bmf_schemas())
    def test_the_text_compiles_to_the_same_bytes(self, schema: Schema) -> None:
        payload = encode_payload(sayable(schema))
        found = decompile_schema(decode_payload(payload, strict=True).schema)
        assert found.unsayable == ()
        assert encode_payload(bound(found)) == payload

    @given(bmf_schemas())
    def test_the_text_declares_the_schema(self, schema: Schema) -> None:
        decoded = decode_payload(encode_payload(sayable(schema))).schema
        assert as_bytes_say(bound(decompile_schema(decoded))) == as_bytes_say(decoded)

    @given(tidy_files() | sentences())
    def test_the_text_declares_what_other_text_declares(self, text: str) -> None:
        """Of all that the language has, not of binary MOF only."""
        result = parse_source(text)
        declared = bind([result]).schema
        found = decompile_schema(declared)
        if not found.unsayable and not syntax_errors(result):
            assert bound(found) == declared

    @given(bmf_schemas())
    def test_a_second_time_gives_the_same_text(self, schema: Schema) -> None:
        once = decompile_schema(decode_payload(encode_payload(sayable(schema))).schema)
        assert text_of(decompile_schema(bound(once))) == text_of(once)


class TestAnySchemas:
    """What cannot be said is a warning, and a comment; the text is always MOF."""

    @given(bmf_schemas())
    def test_what_is_not_said_has_a_warning(self, schema: Schema) -> None:
        decoded = decode_payload(encode_payload(schema)).schema
        found = decompile_schema(decoded)
        is_all = as_bytes_say(bound(found)) == as_bytes_say(decoded)
        assert is_all == (not found.unsayable)
        for each in found.unsayable:
            assert visible(each.message, ascii_only=True).replace("*/", "* /") in text_of(found)

    @pytest.mark.slow
    @given(bmf_schemas(), st.data())
    def test_of_damaged_files(self, schema: Schema, data: st.DataObject) -> None:
        payload = bytearray(encode_payload(schema))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(payload) - 1))
            number = data.draw(st.sampled_from(EDGES) | st.integers(0, 0xFFFF))
            payload[at : at + 4] = struct.pack("<I", number)[: len(payload) - at]
        try:
            found = decompile_file(write_container(bytes(payload), "mofcomp"))
        except BinaryFormatError:
            return
        text = found.result.source.text
        read = bind([found.result]).schema
        assert syntax_errors(found.result) == []
        if not found.warnings:
            assert as_bytes_say(read) == as_bytes_say(found.schema)
        for warning in found.warnings:
            assert 0 <= warning.offset_bytes <= len(payload)
            assert warning.code.startswith("W-MOF") or f"// {warning.code}" in text


class TestLiterals:
    """DSP0004 §A.3; the shortest spelling that gives the same double."""

    @given(texts)
    @example("\ud800\udc00")
    @example("*/ /* // \\ \" ' ?? \r\n \x7f \u2028 \U0001f300 \ud800")
    def test_strings(self, text: str) -> None:
        """Of UTF-16 units: two halves of a pair are one character."""
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        found = decompile_schema(one_value(CimString(text)))
        assert text_of(found).isascii()
        assert bound(found) == one_value(CimString(text))
        assert string(text) in text_of(found)

    @given(st.text(st.sampled_from('aB \n\t"\U0001f300'), min_size=75, max_size=300))
    def test_long_strings(self, text: str) -> None:
        assert bound(decompile_schema(one_value(CimString(text)))) == one_value(CimString(text))

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_reals(self, value: float) -> None:
        spelled = real(CimReal(value), Notes())
        assert repr(float(spelled)) == repr(value)
        assert bound(decompile_schema(one_value(CimReal(value)))) == one_value(CimReal(value))

    @given(st.integers(-(2**64), 2**64))
    @example(10**5000)
    def test_integers(self, value: int) -> None:
        found = decompile_schema(one_value(CimInteger(value)))
        assert found.unsayable or bound(found) == one_value(CimInteger(value))
        assert bool(found.unsayable) == (value.bit_length() > 1000)

    @given(st.text(max_size=4))
    def test_names(self, text: str) -> None:
        """A name is what the language reads as one, wherever one stands."""
        found = parse_source(f"class Fan : {text} {{}};")
        is_read = [each.superclass for each in bind([found]).schema.classes] == [text]
        assert is_name(text) == (is_read and syntax_errors(found) == [])


def one_value(value: Any) -> Schema:
    return Schema((CimInstance("Fan", (CimInstanceProperty("A", value),)),))


def bound(found: DecompiledSchema) -> Schema:
    """Return what a text declares, which has no syntax errors."""
    assert syntax_errors(found.result) == []
    return bind([found.result]).schema


def syntax_errors(result: Any) -> list[str]:
    return [d.message for d in result.diagnostics if d.severity >= Severity.ERROR]


def text_of(found: DecompiledSchema) -> str:
    return found.result.source.text


def as_bytes_say(value: Any) -> Any:
    """Name the default namespace where no pragma names one, and leave out the pragmas."""
    if isinstance(value, PragmaState):
        return value if value.namespace else value._replace(namespace=DEFAULT_NAMESPACE)
    if isinstance(value, Schema):
        value = Schema(tuple([each for each in value.items if not isinstance(each, CimDirective)]))
    return mapped(value, as_bytes_say)


def sayable(schema: Schema) -> Schema:
    """Return a schema with names, numbers, results and pragmas that MOF has."""
    items = []
    now = NO_PRAGMAS
    for item in schema.items:
        path, class_flags, instance_flags = item.pragmas
        now = PragmaState(
            path,
            now.class_flags if class_flags is None else class_flags,
            now.instance_flags if instance_flags is None else instance_flags,
        )
        items.append(_sayable(item, now))
    return Schema(tuple(items))


def _sayable(value: Any, pragmas: PragmaState) -> Any:
    if isinstance(value, PragmaState):
        return pragmas
    if isinstance(value, CimReal) and isinf(value.value):
        return CimReal(0.5)
    if isinstance(value, CimMethod) and value.type is CimType.REFERENCE:
        value = replace(value, is_array=False)
    changed = mapped(value, lambda part: _sayable(part, pragmas))
    if changed is value:
        return value
    names = {
        field: NAMES[len(text) % len(NAMES)]
        for field in ("name", "class_name", "superclass", "alias")
        if isinstance(text := getattr(changed, field, None), str) and not is_name(text)
    }
    return replace(changed, **names) if names else changed


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a schema, an element or a tuple with every part of it changed."""
    if isinstance(value, Schema):
        return Schema(tuple(map(change, value.items)))
    if type(value) is tuple:
        return tuple(map(change, value))
    if not hasattr(value, "origin"):
        return value
    fields = [field for field in type(value).__match_args__ if field != "origin"]
    return replace(value, **{field: change(getattr(value, field)) for field in fields})
