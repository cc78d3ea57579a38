"""Laws of literals: what is written in any of the forms of DSP0004 is the value that was meant."""

import math

from hypothesis import given
from hypothesis import strategies as st

from mofkit.cim import CimArray, CimBoolean, CimCharacter, CimInteger, CimReal, CimString, CimValue
from mofkit.compiler import bind
from mofkit.compiler.literals import number, string
from mofkit.syntax import parse_source

INTEGERS = st.integers(-(1 << 63), (1 << 64) - 1)
UNITS = st.characters(max_codepoint=0xFFFF, exclude_categories=[])
_NAMED = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r", '"': '"', "'": "'", "\\": "\\"}


def spellings(value: int) -> st.SearchStrategy[str]:
    """One integer in decimal, hex, octal or binary, any letter case."""
    sign = st.just("-") if value < 0 else st.sampled_from(["", "+"])
    size = abs(value)
    digits = [str(size), f"0x{size:x}", f"0X{size:X}", f"0{size:o}", f"{size:b}b", f"00{size:b}B"]
    return st.tuples(sign, st.sampled_from(digits)).map("".join)


@st.composite
def escaped(draw: st.DrawFn, text: str) -> str:
    """A text as the inside of a literal, each character by one of its spellings."""
    parts = []
    for character in text:
        choices = [f"\\x{ord(character):04X}", f"\\X{ord(character):04x}"]
        if character in _NAMED:
            choices.append("\\" + _NAMED[character])
        elif character.isprintable():
            choices.append(character)
        parts.append(draw(st.sampled_from(choices)))
    return "".join(parts)


def value_of(text: str) -> CimValue | None:
    """What a default of that text is read as; the text is MOF without a mistake."""
    result = parse_source("class Fan { string Name = " + text + "; };")
    assert [d for d in result.diagnostics if d.code.startswith("SYN")] == []
    return bind([result]).schema.classes[0].properties[0].default


class TestIntegers:
    """DSP0004 Annex A: binaryValue, octalValue, decimalValue, hexValue, each with a sign."""

    @given(st.data(), INTEGERS)
    def test_every_spelling_is_the_value(self, data: st.DataObject, value: int) -> None:
        spelling = data.draw(spellings(value))
        found = number(spelling)
        assert found == CimInteger(value)
        assert value_of(spelling) == found
        assert isinstance(found, CimInteger)
        assert found.spelling == spelling


class TestReals:
    """DSP0004 Annex A: realValue = [sign] *decimalDigit "." 1*decimalDigit [exponent]."""

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_every_float_can_be_written(self, value: float) -> None:
        mantissa, _, exponent = f"{value!r}".partition("e")
        point = mantissa if "." in mantissa else mantissa + ".0"
        found = number(point + (f"e{exponent}" if exponent else ""))
        assert isinstance(found, CimReal)
        assert found.value == value
        assert math.copysign(1, found.value) == math.copysign(1, value)


class TestStrings:
    r"""DSP0004 Annex A: escapes are \b \t \n \f \r \" \' \\ and \x with one to four hex digits."""

    @given(st.data(), st.lists(st.text(UNITS), min_size=1, max_size=3))
    def test_a_string_is_its_literals_in_a_row(self, data: st.DataObject, texts: list[str]) -> None:
        literals = [f'"{data.draw(escaped(text))}"' for text in texts]
        joined = "".join(texts).encode("utf-16-le", "surrogatepass")
        expected = joined.decode("utf-16-le", "surrogatepass")
        assert string(literals) == expected
        assert value_of(" /* and */ ".join(literals)) == CimString(expected)

    @given(st.integers(0, 0xFFFF))
    def test_hex_digits_are_taken_greedily_but_only_four(self, unit: int) -> None:
        assert string([rf'"\x{unit:x}g"']) == chr(unit) + "g"
        assert string([rf'"\x{unit:04x}0"']) == chr(unit) + "0"
        assert string([rf'"\x{unit:x}"', '"0"']) == chr(unit) + "0"

    @given(st.data(), UNITS)
    def test_a_character_is_one_unit(self, data: st.DataObject, unit: str) -> None:
        assert value_of(f"'{data.draw(escaped(unit))}'") == CimCharacter(unit)


class TestArrays:
    """DSP0004 Annex A: arrayInitializer = "{" constantValue *( "," constantValue ) "}"."""

    @given(st.lists(st.booleans() | INTEGERS))
    def test_elements_keep_their_order_and_kind(self, elements: list[int | bool]) -> None:
        text = ", ".join(str(element).upper() for element in elements)
        expected = [
            CimBoolean(value=element) if isinstance(element, bool) else CimInteger(element)
            for element in elements
        ]
        assert value_of("{ " + text + " }") == CimArray(tuple(expected))
