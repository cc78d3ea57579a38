"""The decompiler: real files to text and back, what the text looks like, what it cannot say."""

from collections.abc import Callable
from pathlib import Path

import pytest

import mofkit
from mofkit.binary import BinaryFormatError
from mofkit.bmf import IrregularError, decode, encode, encode_payload
from mofkit.bmf.compression import decompress
from mofkit.bmf.container import write_container
from mofkit.cim import (
    CimArray,
    CimClass,
    CimEnumeration,
    CimFlavor,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimReal,
    CimType,
    CimUnexpanded,
    PragmaState,
    Schema,
)
from mofkit.compiler.reader import MAX_DEPTH
from mofkit.decompiler import decompile_file, decompile_schema
from mofkit.diagnostics.render.glyphs import visible
from tests.support import DATA, corpus_files, data_files
from tests.support_bmf import schema_of
from tests.support_cli import mofkit as run

FOLDER = DATA / "decompile"


def payload_of(data: bytes) -> bytes:
    return decompress(data[16:], int.from_bytes(data[12:16], "little")).data


# -------------------------------------------------------------------------------- Microsoft's files


@pytest.mark.parametrize("path", corpus_files("corpus/bmf/*.bmf", "corpus/bmf-pairs/*.bmf"))
def test_the_text_of_a_file_compiles_to_the_file(path: Path) -> None:
    data = path.read_bytes()
    result = mofkit.decompile(data, strict=True)
    assert result.warnings == ()
    bound = mofkit.bind([mofkit.parse_source(result.text)])
    assert encode_payload(bound.schema) == payload_of(data)
    if path.parent.name == "bmf-pairs":  # for the others test_bmf.py compresses the payload
        assert encode(bound.schema) == data
    assert [found for found in bound.diagnostics if found.severity >= mofkit.Severity.ERROR] == []


# ------------------------------------------------------------------------------------- the text


@pytest.mark.parametrize("path", data_files("decompile/*.in.mof"))
def test_the_text(path: Path, golden: Callable[[Path, str], None]) -> None:
    """As a person would write it, and the same bytes."""
    data = encode(schema_of(path.read_text("utf-8")))
    result = mofkit.decompile(data, strict=True)
    golden(path.with_name(path.name.replace(".in.", ".out.")), result.text)
    assert encode(schema_of(result.text)) == data


@pytest.mark.parametrize("path", data_files("sem/*.mof"))
def test_text_becomes_text_that_declares_the_same(path: Path) -> None:
    """Whatever MOF has, not only what binary MOF holds: the cases of the binder."""
    declared = mofkit.bind([mofkit.parse_bytes(path.read_bytes())])
    # A namespace with single backslashes is read as it was meant, and printed as it is.
    is_guessed = any(found.code == "SEM003" for found in declared.diagnostics)
    found = decompile_schema(declared.schema)
    if not found.unsayable and not is_guessed:
        assert mofkit.bind([found.result]).schema == declared.schema


# ------------------------------------------------------------------------- what cannot be said


def one_class(*features: CimProperty | CimMethod, **details: object) -> CimClass:
    return CimClass("Demo_Fan", features=features, **details)  # type: ignore[arg-type]


def uint8(name: str, **details: object) -> CimProperty:
    return CimProperty(name, CimType.UINT8, "uint8", **details)  # type: ignore[arg-type]


INFINITE = CimReal(float("inf"))
HALF = CimParameter("half */", CimType.UINT8, "uint8")
UNKNOWN_FLAVOR = CimFlavor(0x44)
UNSAYABLE: dict[str, CimClass | CimInstance] = {
    "class": CimClass("Demo Fan", features=(uint8("Speed"),)),
    "superclass": CimClass("Demo_Fan", "2nd"),
    "alias": CimClass("Demo_Fan", alias=""),
    "property": one_class(uint8("Top speed\n"), uint8("Speed")),
    "type": one_class(CimProperty("A", CimType.OBJECT, "uint8"), uint8("B")),
    "class as type": one_class(CimProperty("A", CimType.OBJECT, "class"), uint8("B")),
    "bound": one_class(uint8("A", is_array=True, array_size=0), uint8("B", array_size=3)),
    "initialiser": one_class(CimProperty("A", CimType.REAL64, "real64", default=INFINITE)),
    "qualifier": one_class(uint8("A", qualifiers=(CimQualifier("x y"), CimQualifier("Key")))),
    "only qualifier": one_class(uint8("A", qualifiers=(CimQualifier("Q", INFINITE),))),
    "flavor": one_class(uint8("A", qualifiers=(CimQualifier("Q", effective=UNKNOWN_FLAVOR),))),
    "method": one_class(CimMethod("Do", CimType.VOID, "void", parameters=(HALF,)), uint8("B")),
    "result": one_class(CimMethod("Do", CimType.REFERENCE, "Demo_Fan", is_array=True)),
    "assignment": CimInstance("Demo_Fan", (CimInstanceProperty("A", CimReal(float("nan"))),)),
    "array": CimInstance("A", (CimInstanceProperty("A", CimArray((CimArray(()),))),)),
    "unexpanded": CimInstance("A", (CimInstanceProperty("A", CimUnexpanded("}; */ x")),)),
    "number": CimInstance("A", (CimInstanceProperty("A", CimInteger(10**9000)),)),
    "enumeration": CimClass("A", features=(CimEnumeration("B"),)),
    "nested": CimClass("A", features=(CimClass("B"),)),
}


@pytest.mark.parametrize("what", UNSAYABLE)
def test_what_cannot_be_said_is_a_comment(what: str) -> None:
    found = decompile_schema(Schema((UNSAYABLE[what], one_class())))
    assert found.unsayable
    assert all(each.item_idx == 0 and each.path for each in found.unsayable)
    assert found.result.diagnostics == []
    assert mofkit.bind([found.result]).schema.classes[-1] == one_class()


def test_the_comments(golden: Callable[[Path, str], None]) -> None:
    found = decompile_schema(Schema(tuple(UNSAYABLE.values())))
    warnings = "".join(f"{visible(str(each)[:200])}\n" for each in found.unsayable)
    golden(FOLDER / "unsayable.txt", f"{found.result.source.text}\n{warnings}")


def test_as_little_as_can_be_is_left_out() -> None:
    """The parameters behind one are numbered by their place: the method goes as a whole."""
    names = {
        what: [feature.name for feature in bound_class(UNSAYABLE[what]).features]
        for what in ("property", "type", "initialiser", "qualifier", "method")
    }
    assert names == {
        "property": ["Speed"],
        "type": ["B"],
        "initialiser": ["A"],
        "qualifier": ["A"],
        "method": ["B"],
    }


def bound_class(item: CimClass | CimInstance) -> CimClass:
    return mofkit.bind([decompile_schema(Schema((item,))).result]).schema.classes[0]


def test_a_long_name_is_not_in_every_path() -> None:
    features = tuple([uint8(f"{number} th") for number in range(2000)])
    found = decompile_schema(Schema((CimClass("N" * 100_000, features=features),)))
    assert len(found.unsayable) == len(features)
    assert sum(len(each.path) for each in found.unsayable) < 1_000_000


def test_flags_cannot_be_taken_back() -> None:
    """Only another pragma replaces them (the object then says 0, and not nothing)."""
    flagged = CimClass("A", pragmas=PragmaState(class_flags=0x40))
    found = decompile_schema(Schema((flagged, CimClass("B"), CimClass("C"), flagged)))
    assert [each.path for each in found.unsayable] == ["B"]
    states = [each.pragmas.class_flags for each in mofkit.bind([found.result]).schema.classes]
    assert states == [0x40, 0, 0, 0x40]


def test_an_embedded_instance_stands_where_the_one_around_it_stands() -> None:
    elsewhere = CimInstance("Part", pragmas=PragmaState("root\\elsewhere"))
    around = CimInstance("Fan", (CimInstanceProperty("Part", elsewhere),))
    found = decompile_schema(Schema((around,)))
    assert [each.code for each in found.unsayable] == ["W-MOF-PRAGMA"]
    assert "root\\elsewhere" in found.result.source.text
    read = mofkit.bind([found.result]).schema.instances[0].properties[0].value
    assert isinstance(read, CimInstance)
    assert read.class_name == "Part"


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1, 60])
def test_depth(depth: int) -> None:
    """What the binder does not read is not written."""
    instance = CimInstance("A")
    for _ in range(depth):
        instance = CimInstance("A", (CimInstanceProperty("B", instance),))
    found = decompile_file(encode(Schema((instance,))))
    assert [each.code for each in found.warnings] == ["W-MOF-DEPTH"] * (depth > MAX_DEPTH)
    assert "}" in found.result.source.text
    assert found.result.diagnostics == []


def test_a_name_that_is_not_ascii_is_written_as_it_is() -> None:
    text = mofkit.decompile(encode(Schema((CimClass("L\u00fcfter"),)))).text
    assert text.startswith("class L\u00fcfter")


# ------------------------------------------------------------------------------- damaged files

THREE = "class Demo_A { uint8 First; uint8 Second; }; class Demo_B {}; class Demo_C {};"


def damaged(old: str, new: str) -> bytes:
    """Return a file of three classes, in which one string is replaced by another as long."""
    payload = encode_payload(schema_of(THREE))
    before, after = old.encode("utf-16-le"), new.encode("utf-16-le")
    assert payload.count(before) == 1
    return write_container(payload.replace(before, after), "mofcomp")


@pytest.mark.parametrize(
    ("old", "new", "classes"),
    [
        pytest.param("Demo_B", "Demo B", "AC", id="name"),
        pytest.param("__CLASS\0Demo_B", "__GLASS\0Demo_B", "AC", id="skipped"),
        pytest.param("Demo_C", "Demo\nC", "AB", id="last"),
        pytest.param("Second\0\0\x34", "Second\0\0\x35", "ABC", id="member"),
    ],
)
def test_what_is_left_out_of_a_damaged_file_has_a_comment(old: str, new: str, classes: str) -> None:
    data = damaged(old, new)
    result = mofkit.decompile(data)
    assert result.warnings
    assert sum(result.text.count(start) for start in ("/*", "// W-")) == len(result.warnings)
    found = mofkit.bind([mofkit.parse_source(result.text)]).schema.classes
    assert "".join(each.name[-1] for each in found) == classes
    with pytest.raises(BinaryFormatError):
        mofkit.decompile(data, strict=True)


CALL = "class Demo_A { void Fill([in, out] uint8 Level); };"


def first_replaced(old: str, new: str) -> bytes:
    """Return a file with a method, in which the first of several strings is replaced."""
    payload = encode_payload(schema_of(CALL))
    before, after = old.encode("utf-16-le"), new.encode("utf-16-le")
    assert payload.count(before) == 2
    return write_container(payload.replace(before, after, 1), "mofcomp")


def test_a_text_that_compiles_to_other_bytes_has_a_comment() -> None:
    """Nothing but the bytes tells: what holds parameters is called otherwise."""
    result = mofkit.decompile(first_replaced("__PARAMETERS", "__PARAMETERZ"))
    assert [odd.code for odd in result.warnings] == ["W-DIFFERENT"]
    assert "// W-DIFFERENT at 0x" in result.text


def test_a_parameter_that_is_there_twice() -> None:
    """A copy without its ID is no copy any more."""
    result = mofkit.decompile(first_replaced("ID\0", "JD\0"))
    assert "parameter `Level` is there twice" in [odd.message for odd in result.warnings]


def test_the_place_of_a_comment() -> None:
    """It stands in front of the item it is about, or of the one behind it."""
    text = mofkit.decompile(damaged("__CLASS\0Demo_B", "__GLASS\0Demo_B")).text
    before, comment, after = (text.index(part) for part in ("Demo_A", "// W-SKIPPED", "Demo_C"))
    assert before < comment < after


def test_strict_refuses_what_cannot_be_said() -> None:
    infinite = one_class(CimProperty("A", CimType.REAL64, "real64", default=INFINITE))
    data = encode(Schema((CimClass("Demo_A"), infinite)))
    assert decode(data, strict=True).warnings == ()
    with pytest.raises(IrregularError) as caught:
        mofkit.decompile(data, strict=True)
    assert (caught.value.code, caught.value.path) == ("W-MOF-VALUE", "Demo_Fan.A")
    assert caught.value.offset_bytes == len(encode_payload(Schema((CimClass("Demo_A"),))))


# -------------------------------------------------------------------------------- command line


@pytest.fixture
def fan(tmp_path: Path) -> Path:
    path = tmp_path / "fan.bmf"
    path.write_bytes(encode(schema_of("class Demo_Fan { [key] string Name; };")))
    return path


def test_cli_to_standard_output(fan: Path) -> None:
    done = run("decompile", fan)
    assert (done.code, done.err) == (0, "")
    assert done.out == mofkit.decompile(fan.read_bytes()).text
    assert run("decompile", "-", stdin=fan.read_bytes()).out == done.out


def test_cli_to_a_file(fan: Path, tmp_path: Path) -> None:
    out = tmp_path / "fan.mof"
    assert run("decompile", fan, "-o", out) == (0, "", "")
    assert out.read_text("ascii") == mofkit.decompile(fan.read_bytes()).text


def test_cli_writes_utf16_where_a_name_needs_it(tmp_path: Path) -> None:
    """Microsoft's mofcomp knows such text by its byte order mark only."""
    path, out = tmp_path / "a.bmf", tmp_path / "a.mof"
    path.write_bytes(encode(Schema((CimClass("L\u00fcfter"),))))
    assert run("decompile", path, "-o", out).code == 0
    assert out.read_bytes().startswith(b"\xff\xfe")
    result = mofkit.parse_bytes(out.read_bytes())
    assert result.diagnostics == []
    assert encode(mofkit.bind([result]).schema) == path.read_bytes()


def test_cli_warnings_do_not_change_the_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "a.bmf"
    path.write_bytes(damaged("Demo_B", "Demo B"))
    done = run("decompile", path)
    assert done.code == 0
    assert done.err.startswith("mofkit: warning: W-MOF-NAME at 0x")
    assert "`Demo B` is no name" in done.out
    strict = run("decompile", "--strict", path, "-o", tmp_path / "out.mof")
    assert (strict.code, strict.out) == (1, "")
    assert strict.err.startswith("mofkit: W-MOF-NAME at 0x")
    assert not (tmp_path / "out.mof").exists()


@pytest.mark.parametrize("data", [b"", b"no binary MOF", b"FOMB\1\0\0\0" + bytes(20)])
def test_cli_malformed(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.bmf"
    path.write_bytes(data)
    done = run("decompile", path, "-o", tmp_path / "out.mof")
    assert done.code == 1
    assert done.err.startswith("mofkit: ")
    assert not (tmp_path / "out.mof").exists()


def test_cli_wrong_usage(fan: Path, tmp_path: Path) -> None:
    assert run("decompile", fan, "--all", "--index", "1").code == 2
    assert run("decompile", tmp_path / "none.bmf").code == 2
    assert run("decompile", fan, "-o", tmp_path).code == 2


def test_cli_does_not_write_over_its_input(fan: Path) -> None:
    before = fan.read_bytes()
    outcome = run("decompile", fan, "-o", fan)
    assert outcome.code == 2
    assert "is an input" in outcome.err
    assert fan.read_bytes() == before


def test_cli_says_where_in_a_dump_the_damaged_one_is(fan: Path, tmp_path: Path) -> None:
    dump = tmp_path / "dump.bin"
    dump.write_bytes(bytes(64) + fan.read_bytes() + bytes(100) + fan.read_bytes()[:-10])
    outcome = run("decompile", dump, "--all")
    assert f"dump, at {164 + len(fan.read_bytes()):#x}: E-SIZE" in outcome.err


def test_cli_all(fan: Path, tmp_path: Path) -> None:
    """One is damaged: the other is written all the same, and the exit code is 1."""
    data = fan.read_bytes()
    cut = bytearray(data)
    cut[40:48] = b"\xff" * 8
    dump = tmp_path / "firmware.bin"
    dump.write_bytes(bytes(64) + data + bytes(100) + data)
    done = run("decompile", dump, "--all", "-o", tmp_path / "mofs")
    assert (done.code, done.err) == (0, "")
    texts = [path.read_text("ascii") for path in sorted((tmp_path / "mofs").iterdir())]
    assert texts == [mofkit.decompile(data).text] * 2
    shown = run("decompile", dump, "--all")
    assert shown.out.count("// ") == 2
    dump.write_bytes(bytes(64) + data + bytes(100) + cut)
    done = run("decompile", dump, "--all", "-o", tmp_path / "some")
    assert done.code == 1
    assert len(list((tmp_path / "some").iterdir())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "class Demo_A { uint32 Mask = 0xFFFFFFFF; sint32 Low = -1; };",
        "class Demo_A { uint32 Masks[] = {0x80000000, 1}; };",
        "class Demo_A { uint32 Mask; }; instance of Demo_A { Mask = 0xFFFFFFFE; };",
        (
            "class Demo_A { uint32 M; }; class Demo_B { Demo_A X; };\n"
            "instance of Demo_B { X = instance of Demo_A { M = 0xFFFFFFFE; }; };"
        ),
    ],
)
def test_large_unsigned_numbers_stay_so(text: str) -> None:
    """They are stored as the sint32 with the same bits, which their type does not allow."""
    data = mofkit.compile_source(text)
    again = mofkit.decompile(data).text
    assert mofkit.compile_source(again) == data
    assert "42949672" in again or "2147483648" in again
