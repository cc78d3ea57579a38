"""Binary MOF: Microsoft's own files both ways, and each rule of the format."""

from collections.abc import Callable
from pathlib import Path

import pytest

import mofkit
from mofkit.bmf import (
    decode,
    decode_payload,
    encode,
    encode_payload,
)
from mofkit.bmf.compression import decompress
from mofkit.bmf.structs import Payload
from mofkit.cim import (
    CimArray,
    CimBoolean,
    CimClass,
    CimFlavor,
    CimInteger,
    CimProperty,
    CimQualifier,
    CimType,
    PragmaState,
)
from tests.support import SHARED, corpus_files, data_files
from tests.support_bmf import schema_of, show


def payload_of(path: Path) -> bytes:
    data = path.read_bytes()
    return decompress(data[16:], int.from_bytes(data[12:16], "little")).data


# ---------------------------------------------------------------------------- Microsoft's files


@pytest.mark.parametrize("path", corpus_files("corpus/bmf/*.bmf", "corpus/bmf-pairs/*.bmf"))
def test_a_file_is_decoded_and_encoded_to_the_same_bytes(path: Path) -> None:
    """Strict reading finds nothing: every byte is accounted for."""
    decoded = decode(path.read_bytes(), strict=True)
    assert encode(decoded.schema) == path.read_bytes()


@pytest.mark.parametrize("path", corpus_files("corpus/bmf-pairs/*.mof"))
def test_a_source_is_encoded_to_what_mofcomp_makes_of_it(path: Path) -> None:
    bound = mofkit.bind([mofkit.parse_bytes(path.read_bytes())])
    assert encode(bound.schema) == path.with_suffix(".bmf").read_bytes()


@pytest.mark.parametrize("path", corpus_files("corpus/bmf-pairs/*.mof"))
def test_a_file_declares_what_its_source_declares(path: Path) -> None:
    """But for what leaves no trace: directives, and which word of several was written."""
    bound = mofkit.bind([mofkit.parse_bytes(path.read_bytes())]).schema
    found = decode(path.with_suffix(".bmf").read_bytes()).schema
    assert [item.name for item in found.classes] == [item.name for item in bound.classes]
    for ours, theirs in zip(found.classes, bound.classes, strict=True):
        assert ours.superclass == theirs.superclass
        for one, other in zip(ours.properties, theirs.properties, strict=True):
            assert (one.name, one.type, one.type_word) == (other.name, other.type, other.type_word)
            assert (one.array_size, one.default) == (other.array_size, other.default)
        for method, declared in zip(ours.methods, theirs.methods, strict=True):
            names = [parameter.name for parameter in declared.parameters]
            assert [parameter.name for parameter in method.parameters] == names


@pytest.mark.slow
@pytest.mark.corpus
def test_the_corpus_holds_what_is_counted_in_it() -> None:
    """The counts are those of an independent reading."""
    schemas = [
        decode_payload(payload_of(path)).schema
        for path in sorted((SHARED / "corpus" / "bmf").glob("*.bmf"))[::4]
    ]
    assert len(schemas) == 30
    parsed = [Payload.parse(encode_payload(schema)) for schema in schemas]
    objects = [found for payload in parsed for found in payload.Objects]
    n_classes = sum(found.Header.Kind == 0 for found in objects)
    assert sum(len(schema.classes) for schema in schemas) == n_classes
    assert sum(len(schema.instances) for schema in schemas) == len(objects) - n_classes
    n_methods = sum(len(found.Methods.Records) for found in objects)
    assert n_methods == sum(len(each.methods) for schema in schemas for each in schema.classes)


# --------------------------------------------------------------------------------------- rules


@pytest.mark.parametrize("path", data_files("bmf/*.mof"))
def test_the_records_of_a_source(path: Path, golden: Callable[[Path, str], None]) -> None:
    payload = encode_payload(schema_of(path.read_text("utf-8")))
    golden(path.with_suffix(".txt"), show(payload))


@pytest.mark.parametrize("path", data_files("bmf/*.mof"))
def test_the_records_are_read_strictly_and_written_again(path: Path) -> None:
    payload = encode_payload(schema_of(path.read_text("utf-8")))
    assert encode_payload(decode_payload(payload, strict=True).schema) == payload


def one_class(body: str, before: str = "") -> CimClass:
    """Return a class after it was encoded and decoded."""
    text = f"{before} class Demo_Fan {{ {body} }};"
    return decode_payload(encode_payload(schema_of(text)), strict=True).schema.classes[0]


def test_a_decoded_property() -> None:
    found = one_class("[Key, Note(FALSE)] UINT8 Speeds[4] = {1, 2};").properties[0]
    qualifiers = (CimQualifier("Key"), CimQualifier("Note", CimBoolean(value=False)))
    values = CimArray((CimInteger(1), CimInteger(2)))
    assert found == CimProperty("Speeds", CimType.UINT8, "UINT8", True, 4, values, qualifiers)


@pytest.mark.parametrize(
    ("declared", "type_", "word"),
    [
        ("Object A;", CimType.OBJECT, "Object"),
        ("Demo_Part A;", CimType.OBJECT, "Demo_Part"),
        ("object ref A;", CimType.REFERENCE, "object"),
        ("Demo_Part ref A;", CimType.REFERENCE, "Demo_Part"),
        ("DateTime A;", CimType.DATETIME, "DateTime"),
    ],
)
def test_the_declared_type_comes_back(declared: str, type_: CimType, word: str) -> None:
    found = one_class(declared).properties[0]
    assert (found.type, found.type_word) == (type_, word)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[in] uint32 A", {"A": ["in"]}),
        ("[in, out] uint32 A", {"A": ["in", "out"]}),
        ("[out, Key, in] uint32 A", {"A": ["out", "Key", "in"]}),
        ("uint32 A", {"A": []}),
        ("[IN, OUT] uint32 A", {"A": []}),  # the same bytes
        ("[IN] uint32 A", {"A": ["IN"]}),
        ("uint32 A[3]", {"A": []}),
        (
            "[Key] uint32 A, [out] uint32 B, [in] uint32 C",
            {"A": ["Key"], "B": ["out"], "C": ["in"]},
        ),
        (
            "[out] uint32 Z, [in] uint32 Y, [out] uint32 X",
            {"Z": ["out"], "Y": ["in"], "X": ["out"]},
        ),
        ("[in, id(1)] uint32 A, [in, id(0)] uint32 B", {"A": ["in", "id"], "B": ["in", "id"]}),
        ("[in, id(9)] uint32 A, [out] uint32 B", {"A": ["in", "id"], "B": ["out"]}),
        ("[out] uint32 ReturnValue", {"ReturnValue": ["out"]}),
    ],
)
@pytest.mark.parametrize("result", ["void", "uint32"])
def test_parameters_come_back(written: str, read: dict[str, list[str]], result: str) -> None:
    """As written where the copies tell, in order."""
    found = one_class(f"{result} Do({written});").methods[0]
    names = {
        parameter.name: [qualifier.name for qualifier in parameter.qualifiers]
        for parameter in found.parameters
    }
    assert list(names.items()) == list(read.items())
    assert found.type_word == result


def test_an_id_that_is_not_the_place_is_kept() -> None:
    """Or else writing it again would number the parameter by its place."""
    text = "class A { void Do([in, ID(7) : ToInstance DisableOverride] uint32 B); };"
    payload = encode_payload(schema_of(text))
    parameter = decode_payload(payload, strict=True).schema.classes[0].methods[0].parameters[0]
    kept = parameter.qualifiers[1]
    assert (kept.name, kept.value, kept.effective) == ("ID", CimInteger(7), CimFlavor(0x11))


def test_flavors_come_back_as_words() -> None:
    found = one_class("[Note : Amended ToSubclass EnableOverride] uint8 A;").properties[0]
    assert found.qualifiers[0].flavors == ("ToSubclass", "Amended")
    assert found.qualifiers[0].effective == CimFlavor.TO_SUBCLASS | CimFlavor.AMENDED


def test_the_default_namespace_needs_no_pragma() -> None:
    assert one_class("").pragmas == PragmaState()
    named = one_class("", r'#pragma namespace("\\\\.\\root\\Demo")')
    assert named.pragmas.namespace == r"\\.\root\Demo"
    assert one_class("", r'#pragma namespace("Root\\Default")').pragmas.namespace == r"Root\Default"


def test_a_payload_without_flavors_has_no_table() -> None:
    payload = encode_payload(schema_of("[Bare] class Demo_Fan {};"))
    assert int.from_bytes(payload[4:8], "little") == len(payload)


def test_the_level_of_compression_changes_the_stream_only() -> None:
    schema = schema_of((Path(__file__).parent / "data/bmf/methods.mof").read_text("utf-8"))
    default, best = encode(schema), encode(schema, compression="best")
    assert len(best) < len(default)
    assert decode(best, strict=True) == decode(default, strict=True)
