r"""From a schema to MOF text, in one of the many ways in which it can be written.

`Choices` decide about white space, comments, letter case of keywords, bases of numbers, escapes and
where a string is parted. Whatever they are, reading the text gives the schema again. With
`PLAINEST` it is laid out plainly, but it is no formatter: it knows nothing of comments to keep.

>>> fan = CimClass("Fan", features=(CimProperty("Speed", CimType.UINT8, "uint8"),))
>>> print(spell(Schema((fan,))), end="")
class Fan {
uint8 Speed;
};
"""

from __future__ import annotations

import re
from typing import Final

from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimClass,
    CimDirective,
    CimEnumeration,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimMethod,
    CimNull,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    CimReal,
    CimString,
    CimType,
    CimUnexpanded,
    CimValue,
    ClassForm,
    Schema,
    SchemaItem,
)
from mofkit.testing.choices import PLAINEST, Choices, Decider

__all__ = ["spell"]


def spell(schema: Schema, choices: Choices = PLAINEST, *, ascii_only: bool = True) -> str:
    r"""Return MOF text that says what a schema says.

    Pragmas are written where the schema has them as directives; `pragmas` of the other items is not
    looked at. With `ascii_only` strings and characters have escapes for everything else.

    Raises:
        ValueError: MOF 3, or a value that no literal says, such as an infinite real.
    """
    # Apart from one another, so that an odd spelling can be shown in a plain layout.
    words, gaps = choices.halves()
    speller = _Speller(words.decider(), ascii_only=ascii_only)
    for item in schema.items:
        speller.item(item)
    return _Layout(gaps.decider()).text(speller.tokens)


class _Speller:
    """Collects tokens. The empty token is where the plainest layout has a new line."""

    def __init__(self, decider: Decider, *, ascii_only: bool) -> None:
        self.tokens: list[str] = []
        self._decider = decider
        self._ascii_only = ascii_only

    def item(self, item: SchemaItem) -> None:
        match item:
            case CimClass():
                self._class(item)
            case CimInstance():
                self._instance(item)
                self._end()
            case CimQualifierDeclaration():
                self._declaration(item)
            case CimDirective():
                self._directive(item)
            case CimEnumeration():
                raise ValueError(f"enumeration {item.name} is MOF 3")

    def _add(self, *tokens: str) -> None:
        self.tokens += tokens

    def _word(self, keyword: str) -> None:
        self._add(self._decider.pick((keyword, keyword.upper(), keyword.lower(), keyword.title())))

    def _end(self) -> None:
        self._add(";", _NEW_LINE)

    # --------------------------------------------------------------------------------- items

    def _directive(self, found: CimDirective) -> None:
        self._add("#")
        self._word("pragma")
        self._add(found.name)
        if found.arguments:
            self._add("(")
            for i, argument in enumerate(found.arguments):
                self._add(*[","][: i > 0])
                self._argument(argument)
            self._add(")")
        self._add(_NEW_LINE)

    def _argument(self, argument: str | int) -> None:
        if isinstance(argument, int):
            self._add(str(argument))
        elif argument.lower() in {"fail", "nofail"}:
            self._add(argument)
        else:
            self._string(argument)

    def _declaration(self, found: CimQualifierDeclaration) -> None:
        self._word("Qualifier")
        self._add(found.name, ":")
        if found.type is None:
            self._add(*found.flavors)
        else:
            self._add(found.type_word, *self._brackets(found.is_array, found.array_size))
            self._default(found.default)
            for clause, words in (("Scope", found.scopes), ("Flavor", found.flavors)):
                if words:
                    self._add(",")
                    self._word(clause)
                    self._add("(", *" , ".join(words).split(), ")")
        self._end()

    def _class(self, found: CimClass) -> None:
        if found.form is not ClassForm.CLASS:
            raise ValueError(f"{found.form} {found.name} is MOF 3")
        self._qualifiers(found.qualifiers)
        self._word("class")
        self._add(found.name)
        if found.alias is not None:
            self._word("as")
            self._add(f"${found.alias}")
        if found.superclass is not None:
            self._add(":", found.superclass)
        self._add("{", _NEW_LINE)
        for feature in found.features:
            match feature:
                case CimProperty():
                    self._typed(feature)
                case CimMethod():
                    self._method(feature)
                case _:
                    raise ValueError(f"{feature.name} inside class {found.name} is MOF 3")
            self._end()
        self._add("}")
        self._end()

    def _typed(self, found: CimProperty | CimParameter) -> None:
        self._qualifiers(found.qualifiers)
        self._add(found.type_word)
        if found.type is CimType.REFERENCE:
            self._word("ref")
        self._add(found.name, *self._brackets(found.is_array, found.array_size))
        self._default(found.default)

    def _method(self, found: CimMethod) -> None:
        self._qualifiers(found.qualifiers)
        self._add(found.type_word, found.name, "(")
        for i, parameter in enumerate(found.parameters):
            self._add(*[","][: i > 0])
            self._typed(parameter)
        self._add(")")

    def _instance(self, found: CimInstance) -> None:
        self._qualifiers(found.qualifiers)
        self._word("instance")
        self._word("of")
        self._add(found.class_name)
        if found.alias is not None:
            self._word("as")
            self._add(f"${found.alias}")
        self._add("{", _NEW_LINE)
        for assignment in found.properties:
            self._assignment(assignment)
        self._add("}")

    def _assignment(self, found: CimInstanceProperty) -> None:
        self._qualifiers(found.qualifiers)
        self._add(found.name)
        self._default(found.value)
        self._end()

    # -------------------------------------------------------------------------------- pieces

    def _brackets(self, is_array: bool, size: int | str | None) -> list[str]:  # noqa: FBT001  # a record's field
        return ["[", *([] if size is None else [str(size)]), "]"] if is_array else []

    def _default(self, value: CimValue | None) -> None:
        if value is not None:
            self._add("=")
            self._value(value)

    def _qualifiers(self, qualifiers: tuple[CimQualifier, ...]) -> None:
        if not qualifiers:
            return
        self._add("[")
        for i, qualifier in enumerate(qualifiers):
            self._add(*[","][: i > 0], qualifier.name)
            self._qualifier_value(qualifier.value)
            if qualifier.flavors:
                self._add(":", *qualifier.flavors)
        self._add("]")

    def _qualifier_value(self, value: CimValue | None) -> None:
        if isinstance(value, CimArray):
            self._value(value)
        elif value is not None:
            self._add("(")
            self._value(value)
            self._add(")")

    def _value(self, value: CimValue) -> None:
        match value:
            case CimString(text):
                self._string(text)
            case CimInteger(number):
                self._add(_integer(number, self._decider))
            case CimReal(number):
                self._add(_real(number))
            case CimBoolean(truth):
                self._word("TRUE" if truth else "FALSE")
            case CimCharacter(unit):
                self._add(f"'{self._escaped(unit)}'")
            case CimNull():
                self._word("NULL")
            case CimAlias(name):
                self._add(f"${name}")
            case CimUnexpanded(text):
                self._add(text)
            case CimInstance():
                self._instance(value)
            case CimArray(values):
                self._add("{")
                for i, element in enumerate(values):
                    self._add(*[","][: i > 0])
                    self._value(element)
                self._add("}")

    def _string(self, text: str) -> None:
        """Add a string as one literal or as two that stand side by side."""
        parts = [text]
        if len(text) > 1 and self._decider.maybe():
            middle = 1 + self._decider.below(len(text) - 1)
            parts = [text[:middle], text[middle:]]
        self._add(*[f'"{self._escaped(part)}"' for part in parts])

    def _escaped(self, text: str) -> str:
        return "".join(
            [self._escape(character, text[i + 1 : i + 2]) for i, character in enumerate(text)]
        )

    def _escape(self, character: str, following: str) -> str:
        if character in _ESCAPES:
            return self._decider.pick((_ESCAPES[character], _hex(character, following)))
        if not self._must_escape(character):
            return character
        return "".join(
            [_hex(unit, "" if self._decider.maybe() else "0") for unit in _units(character)]
        )

    def _must_escape(self, character: str) -> bool:
        if character.isascii():
            return not character.isprintable()
        return self._ascii_only or _ODD.match(character) is not None


_NEW_LINE: Final = ""
_ESCAPES: Final = {
    **dict(zip("\b\t\n\f\r", ("\\b", "\\t", "\\n", "\\f", "\\r"), strict=True)),
    **{quoted: f"\\{quoted}" for quoted in "\"'\\"},
}
_ODD: Final = re.compile(
    r"[\x80-\xa0\u2000-\u200f\u2028-\u202e\u201c-\u201f\u3000\ufeff\ud800-\udfff\u0a0d\u0a00]"
)
"""What a file should not hold as it is: disguised white space, quotes, marks, halves of pairs."""


def _units(character: str) -> list[str]:
    """Return a character as UTF-16 units."""
    data = character.encode("utf-16-le", "surrogatepass")
    return [chr(int.from_bytes(data[at : at + 2], "little")) for at in range(0, len(data), 2)]


def _hex(unit: str, following: str) -> str:
    r"""Return `\x` and digits: four of them where a digit might follow, since digits are greedy."""
    is_last = bool(following) and following not in "0123456789abcdefABCDEF"
    return f"\\x{ord(unit):X}" if is_last else f"\\x{ord(unit):04x}"


def _integer(number: int, decider: Decider) -> str:
    sign = "-" if number < 0 else decider.pick(("", "", "+"))
    size = abs(number)
    return sign + decider.pick((f"{size}", f"{size}", f"0x{size:X}", f"0{size:o}", f"{size:b}b"))


def _real(number: float) -> str:
    mantissa, _, exponent = repr(number).partition("e")
    if not mantissa.strip("-.0123456789") == "":
        raise ValueError(f"no literal says {number}")
    point = mantissa if "." in mantissa else f"{mantissa}.0"
    return f"{point}e{exponent}" if exponent else point


class _Layout:
    """Puts gaps between tokens. Line ends are of one kind in a file."""

    def __init__(self, decider: Decider) -> None:
        self._line_end = decider.pick(("\n", "\r\n"))
        self._decider = decider

    def text(self, tokens: list[str]) -> str:
        parts: list[str] = []
        last = "("
        for token in tokens:
            if token == _NEW_LINE:
                parts.append(self._decider.pick(_LINE_GAPS))
                last = "("
                continue
            is_tight = last[-1] in _PUNCTUATION or token[0] in _PUNCTUATION
            is_plain = is_tight and token[0] not in "={:" and last[-1] not in "=,:]"
            gap = self._decider.pick(_TIGHT_GAPS if is_tight else _GAPS)
            parts.append(gap if is_plain or gap else self._decider.pick((" ", "")))
            parts.append(token)
            last = token
        return "".join(parts).replace("\n", self._line_end)


_PUNCTUATION: Final = "()[]{};,:=#"
_TIGHT_GAPS: Final = ("", "", "", " ", "\n", "\t ", "/**/", "/* a */", " // }\n", "\f\v")
_GAPS: Final = (" ", " ", " ", "\n  ", "\t", "/* ; */", '// a "b\n')
_LINE_GAPS: Final = ("\n", "\n", " ", "\n\n", " /* \n * */\n", " // class\n", "\t\n")
