"""What binary MOF does not hold of a schema: reported with its place, or refused."""

import pytest

from mofkit.binary import BuildError
from mofkit.bmf import (
    LossKind,
    decode,
    decode_payload,
    encode,
    encode_noting,
    encode_payload,
    find_losses,
)
from mofkit.bmf.container import MAX_PAYLOAD_BYTES
from mofkit.cim import (
    CimArray,
    CimCharacter,
    CimClass,
    CimInteger,
    CimNull,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    CimUnexpanded,
    CimValue,
    PragmaState,
    Schema,
)
from tests.support_bmf import schema_of


@pytest.mark.parametrize(
    ("text", "kind", "path", "place"),
    [
        ("[A : EnableOverride] class B {};", LossKind.FLAVOR, "B.A", "A : EnableOverride"),
        ("[A : Restricted] class B {};", LossKind.FLAVOR, "B.A", "A : Restricted"),
        ("#pragma autorecover", LossKind.DIRECTIVE, "", "#pragma autorecover"),
        (
            '#pragma amendment("MS_409")',
            LossKind.DIRECTIVE,
            "",
            '#pragma amendment("MS_409")',
        ),
        (
            "Qualifier A : ToInstance;",
            LossKind.QUALIFIER_DECLARATION,
            "",
            "Qualifier A : ToInstance",
        ),
        (
            "class A { void B(uint8 C = 1); };",
            LossKind.PARAMETER_DEFAULT,
            "A.B.C",
            "uint8 C = 1",
        ),
        ("class A { string B = NULL; };", LossKind.NULL, "A.B", "NULL"),
        ("class A { uint32 B = 0xFFFFFFFF; };", LossKind.NUMBER, "A.B", "0xFFFFFFFF"),
        ("class A { uint64 B = 4294967296; };", LossKind.NUMBER, "A.B", "4294967296"),
        ("[A(0.5)] class B {};", LossKind.UNVERIFIED, "B.A", "A(0.5)"),
        ("instance of A { [B] C = 1; };", LossKind.UNVERIFIED, "A.C", "[B] C = 1"),
        ("[A(FALSE)] class B {};", LossKind.UNVERIFIED, "B.A", "A(FALSE)"),
        ("class A { B ref C; };", LossKind.UNVERIFIED, "A.C", "B ref C"),
        ("class A as $B {};", LossKind.UNVERIFIED, "A", "class A as $B {}"),
        (
            "class A { void B([in, id(0)] uint8 C, [in] uint8 D); };",
            LossKind.UNVERIFIED,
            "A.B",
            "void B([in, id(0)] uint8 C, [in] uint8 D)",
        ),
        ("class A { void B(uint8 C[2]); };", LossKind.UNVERIFIED, "A.B", "uint8 C[2]"),
        ('class A { string B = "\u00e9"; };', LossKind.UNVERIFIED, "A.B", '"\u00e9"'),
        ('[A{"a", "\u00e9"}] class B {};', LossKind.UNVERIFIED, "B.A", '"\u00e9"'),
        ("class \u00c4 {};", LossKind.UNVERIFIED, "\u00c4", "class \u00c4 {}"),
        ("class A { uint8 \u00c4; };", LossKind.UNVERIFIED, "A.\u00c4", "uint8 \u00c4"),
        ("[\u00c4] class A {};", LossKind.UNVERIFIED, "A.\u00c4", "\u00c4"),
        ("class A : \u00c4 {};", LossKind.UNVERIFIED, "A", "class A : \u00c4 {}"),
        ("class A { \u00c4 B; };", LossKind.UNVERIFIED, "A.B", "\u00c4 B"),
        ("instance of A { B; };", LossKind.UNVERIFIED, "A.B", "B"),
    ],
)
def test_a_loss_has_a_kind_and_a_place(text: str, kind: LossKind, path: str, place: str) -> None:
    (loss,) = find_losses(schema_of(text))
    assert (loss.kind, loss.path) == (kind, path)
    assert loss.origin is not None
    span = loss.origin.span
    assert loss.origin.source.text[span.start : span.end] == place


def test_ordinary_text_loses_nothing() -> None:
    text = """
    #pragma namespace("root\\\\wmi")
    [WMI, Dynamic : ToInstance, Values{"a"}] class A : B
    {
        [Key] string C;
        uint8 D[2] = {1, 2};
        void E([in] uint8 F, [out] uint8 G);
    };
    instance of A as $A { C = "x"; D = NULL; };
    """
    assert find_losses(schema_of(text)) == ()


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        (2**31 - 1, CimInteger(2**31 - 1)),
        (-(2**31), CimInteger(-(2**31))),
        (2**31, CimInteger(-(2**31))),
        (2**32 - 1, CimInteger(-1)),
        (2**32, CimString("4294967296")),
        (-(2**31) - 1, CimString("-2147483649")),
        (2**64 - 1, CimString("18446744073709551615")),
    ],
)
def test_integers_that_are_no_sint32(number: int, stored: CimValue) -> None:
    """Unverified: no known file has one."""
    assert _stored(CimInteger(number)) == stored
    if isinstance(stored, CimString):
        both = CimArray((CimInteger(number), CimInteger(1)))
        assert _stored(both) == CimArray((stored, CimString("1")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{1, 4294967295, 4294967296}", "all 3 items are stored as strings, since 4294967296"),
        ("{4294967296, 4294967297}", "all 2 items are stored as strings, since 4294967296"),
        ("{-2147483649}", "the item is stored as a string, since -2147483649"),
    ],
)
@pytest.mark.parametrize("form", ["[A%s] class B {};", "class B { sint64 A[] = %s; };"])
def test_an_array_that_becomes_strings_is_one_loss(form: str, text: str, message: str) -> None:
    (loss,) = find_losses(schema_of(form % text))
    assert (loss.kind, loss.path) == (LossKind.NUMBER, "B.A")
    assert loss.message == f"{message} does not fit 32 bits"


def test_more_than_can_be_read_is_refused() -> None:
    """A reader stops at MAX_PAYLOAD_BYTES; a string has two bytes a character."""
    text = CimString("a" * (MAX_PAYLOAD_BYTES // 2))
    made = encode_noting(Schema((_class_with(text),)))
    assert made.data is None
    assert [loss.kind for loss in made.losses] == [LossKind.UNWRITABLE]
    with pytest.raises(BuildError, match="more than the 67,108,864 that mofkit reads"):
        encode(Schema((_class_with(text),)))


def test_a_payload_of_whole_blocks_is_reported() -> None:
    """How mofcomp ends one is open: no known file has such a size."""
    empty = len(encode_payload(Schema((_class_with(CimString("")),))))
    texts = ("a" * ((-empty - less) % 512 // 2) for less in (0, 4))
    whole, other = [encode_noting(Schema((_class_with(CimString(text)),))) for text in texts]
    assert [(loss.kind, "512 divides" in loss.message) for loss in whole.losses] == [
        (LossKind.UNVERIFIED, True)
    ]
    assert other.losses == ()
    assert whole.data is not None
    assert decode(whole.data, strict=True).warnings == ()


@pytest.mark.parametrize("array", ["{1, 2}", '{"a", "b"}', "{0x100000000, 1}", "{TRUE, FALSE}"])
def test_more_items_than_can_be_read_are_refused(
    array: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mofkit.bmf.literals.MAX_ARRAY_ITEMS", 3)
    fits = f"[A{array}] class B {{}};"
    assert all(loss.kind is not LossKind.UNWRITABLE for loss in find_losses(schema_of(fits)))
    refused = [
        loss
        for loss in find_losses(schema_of(f"[A{array}, C{array}, D{array}] class B {{}};"))
        if loss.kind is LossKind.UNWRITABLE
    ]
    assert [loss.path for loss in refused] == ["B.C"]


def _stored(value: CimValue) -> CimValue | None:
    schema = Schema((_class_with(value),))
    return decode_payload(encode_payload(schema)).schema.classes[0].properties[0].default


def _class_with(value: CimValue) -> CimClass:
    is_array = isinstance(value, CimArray)
    return CimClass(
        "A", features=(CimProperty("B", CimType.UINT64, "uint64", is_array, None, value),)
    )


REFUSED = {
    "a macro": _class_with(CimUnexpanded("MACRO")),
    "a zero in a string": _class_with(CimString("a\0b")),
    "65 bits": _class_with(CimInteger(2**64)),
    "a large integer and a string": _class_with(CimArray((CimInteger(2**32), CimString("a")))),
    "several kinds": _class_with(CimArray((CimInteger(1), CimString("a")))),
    "arrays in arrays": _class_with(CimArray((CimArray((CimInteger(1),)),))),
    "NULL in an array": _class_with(CimArray((CimNull(),))),
    "two units": _class_with(CimCharacter("😀")),
    "a qualifier that is NULL": CimClass("A", qualifiers=(CimQualifier("B", CimNull()),)),
    "flags": CimClass("A", pragmas=PragmaState(class_flags=2**40)),
    "a macro as bound": CimClass(
        "A", features=(CimProperty("B", CimType.UINT8, "uint8", True, "MACRO"),)
    ),
    "a large bound": CimClass(
        "A", features=(CimProperty("B", CimType.UINT8, "uint8", True, 2**40),)
    ),
    "a zero in a name": CimClass("A\0B"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_refused(name: str) -> None:
    with pytest.raises(BuildError):
        encode_payload(Schema((REFUSED[name],)))


@pytest.mark.parametrize(
    "text",
    [
        "enumeration A : uint8 { B = 1 };",
        "structure A { uint8 B; };",
        "class A { structure B { uint8 C; }; };",
    ],
)
def test_mof_3_is_refused_at_its_place(text: str) -> None:
    schema = schema_of(text)
    (loss,) = find_losses(schema)
    assert (loss.kind, loss.origin is not None) == (LossKind.UNWRITABLE, True)
    with pytest.raises(BuildError, match="MOF 3"):
        encode_payload(schema)


def test_all_that_cannot_be_written_is_found() -> None:
    schema = schema_of("enumeration A : uint8 { B = 1 }; structure C {}; class D {};")
    assert [loss.kind for loss in find_losses(schema)] == [LossKind.UNWRITABLE] * 2
