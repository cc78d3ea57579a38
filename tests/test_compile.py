"""From MOF text to binary MOF: the bytes, the findings in the files that people wrote, the command.

A case is a file of tests/data/compile; beside it is what `mofkit compile --info` says about it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

import mofkit
from mofkit.bmf import decode
from mofkit.bmf.compression import Level
from mofkit.cim import CLASS_FLAGS, INSTANCE_FLAGS, CimClass, CimEnumeration, Schema
from mofkit.cli import compile as compile_command
from mofkit.compilation import CompileSettings, compile_files
from mofkit.compilation.settings import COMPRESSIONS
from mofkit.source import MappingLoader, SourceFile
from tests.support import SHARED, corpus_files, data_files
from tests.support_cli import mofkit as run
from tests.support_work import n_calls

FAN = "class Fan { uint8 Speed; };\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def namespaces(data: bytes) -> list[str | None]:
    return [found.pragmas.namespace for found in decode(data).schema.classes]


# -------------------------------------------------------------------------------- Microsoft's files


@pytest.mark.parametrize("path", corpus_files("corpus/bmf-pairs/*.mof"))
def test_a_source_is_compiled_to_what_mofcomp_makes_of_it(path: Path, folder: Path) -> None:
    assert run("compile", path, "-o", "out.bmf") == (0, "", "")
    assert (folder / "out.bmf").read_bytes() == path.with_suffix(".bmf").read_bytes()


ISCSI = {
    "ISCSI_DIGEST_CPPQUOTE": '""',
    "ISCSI_DIGEST_TYPE_CRC32C": "1",
    "ISCSI_DIGEST_TYPE_NONE": "0",
    "ISCSI_LOGIN_FLAGS_CPPQUOTE": '""',
    "ISCSI_LOGIN_OPTIONS_INFO_CPPQUOTE": '""',
    "ISCSI_SECURITY_FLAGS_CPPQUOTE": '""',
    "MAX_ISCSI_NAME_LEN": "223",
    "MAX_ISCSI_TEXT_ADDRESS_LEN": "256",
}
"""What the two headers define that the corpus does not have."""


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["config", "def", "mgmt", "iscsihba", "iscsiprf"])
def test_the_iscsi_sources_are_compiled(name: str, folder: Path) -> None:
    for header in ("iscsidsc.h", "iscsierr.h"):
        (folder / header).write_text("")
    path = SHARED / "corpus/mof/windows-driver-samples" / f"{name}.mof"
    macros = ISCSI if name in ("config", "def", "mgmt") else {}
    defined = [part for item in macros.items() for part in ("-D", "=".join(item))]
    outcome = run("compile", path, "-o", "out.bmf", "-I", folder, *defined)
    assert outcome.code == 0, outcome.err
    assert len(decode(Path("out.bmf").read_bytes(), strict=True).schema.classes) > 1


# --------------------------------------------------------------------------------------- cases


@pytest.mark.parametrize("path", data_files("compile/*.mof"))
def test_case(
    path: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(path.parent)
    out = tmp_path / "out.bmf"
    outcome = run("compile", "--info", path.name, "-o", out)
    assert outcome.out == ""
    assert out.exists() == (outcome.code == 0)
    golden(path.with_suffix(".txt"), outcome.err.replace(str(out), "out.bmf"))


@pytest.mark.usefixtures("folder")
def test_a_word_without_value_has_help() -> None:
    Path("a.mof").write_text("class Fan { uint8 Speed = MAX_SPEED; };\n")
    outcome = run("compile", "a.mof", "-o", "a.bmf")
    assert "define it, as `-D MAX_SPEED=...`" in outcome.err


@pytest.mark.usefixtures("folder")
def test_a_finding_in_a_header_says_what_includes_it() -> None:
    Path("a.h").write_text("class Fan { uint8 Speed = 300; };\n")
    Path("a.mof").write_text('#include "a.h"\n')
    outcome = run("compile", "a.mof", "-o", "a.bmf")
    assert outcome.code == 1
    assert "a.h:1:27" in outcome.err
    assert "a.mof:1:10" in outcome.err
    assert "included here" in outcome.err


# ----------------------------------------------------------------------------- the command line


@pytest.mark.parametrize("output", ["a.mof", "./a.mof", "link.mof", "hard.mof"])
@pytest.mark.usefixtures("folder")
def test_an_input_is_not_written_over(output: str) -> None:
    Path("a.mof").write_text(FAN)
    Path("link.mof").symlink_to("a.mof")
    Path("hard.mof").hardlink_to("a.mof")
    outcome = run("compile", "a.mof", "-o", output)
    assert outcome.code == 2
    assert "is an input" in outcome.err
    assert Path("a.mof").read_text() == FAN


def test_a_folder_means_its_files(folder: Path) -> None:
    (folder / "mofs").mkdir()
    Path("mofs/a.mof").write_text(FAN)
    Path("mofs/b.mfl").write_text("class Pump {};\n")
    Path("mofs/c.txt").write_text("no MOF")
    assert run("compile", "mofs", "-o", "a.bmf") == (0, "", "")
    schema = decode(Path("a.bmf").read_bytes()).schema
    assert [found.name for found in schema.classes] == ["Fan", "Pump"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("-", "-"), "standard input, `-`, can be read once"),
        (("empty",), "no MOF files in empty"),
        (("a.mof", "-D", "A=1", "-D", "A=2"), "macro `A` is both `1` and `2`"),
        (("a.mof", "--namespace", "a b"), "`a b` in the path is no name of a namespace"),
        (("a.mof", "--namespace", "root/../x"), "`..` in the path is no name of a namespace"),
        (("a.mof", "--namespace", 'root/"'), '`"` in the path is no name of a namespace'),
        (("missing.mof",), "missing.mof"),
    ],
)
def test_arguments_that_are_refused_say_why(
    folder: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    (folder / "empty").mkdir()
    Path("a.mof").write_text(FAN)
    outcome = run("compile", *arguments, "-o", "a.bmf", stdin=b"")
    assert outcome.code == 2
    assert complaint in outcome.err.replace("\n", " ")
    assert not Path("a.bmf").exists()


@pytest.mark.usefixtures("folder")
def test_text_without_a_mark_is_said_to_be_utf_8() -> None:
    Path("a.mof").write_text('class Fan { string Name = "L\u00fcfter"; };\n', encoding="utf-8")
    outcome = run("compile", "--info", "a.mof", "-o", "a.bmf")
    assert "ENC001" in outcome.err
    assert "it was compiled as UTF-8" in outcome.err
    assert "SEM507" in outcome.err


@pytest.mark.usefixtures("folder")
def test_a_macro_that_is_given_twice_alike() -> None:
    Path("a.mof").write_text(FAN)
    assert run("compile", "a.mof", "-D", "A", "-D", "A=1", "-o", "a.bmf").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.usefixtures("folder")
def test_a_full_disk_is_named() -> None:
    Path("a.mof").write_text(FAN)
    outcome = run("compile", "a.mof", "-o", "/dev/full")
    assert outcome.code == 2
    assert outcome.err.startswith("mofkit: /dev/full: ")


# ----------------------------------------------------------------------------------- for programs


def test_compile_source() -> None:
    data = mofkit.compile_source(FAN)
    assert data == mofkit.compile_schema(mofkit.bind([mofkit.parse_source(FAN)]).schema)
    assert decode(data).schema.classes[0].name == "Fan"


def test_compile_source_takes_macros_and_a_loader() -> None:
    loader = MappingLoader({"speed.h": b"#define SPEED uint8\n"})
    text = '#include "speed.h"\nclass NAME { SPEED Speed; };\n'
    assert mofkit.compile_source(text, macros={"NAME": "Fan"}, loader=loader) == (
        mofkit.compile_source(FAN)
    )


def test_switches_stand_for_pragmas() -> None:
    text = r"""
#pragma namespace("\\\\.\\root\\wmi")
#pragma classflags("forceupdate")
#pragma instanceflags("createonly")
"""
    switched = mofkit.compile_source(
        FAN,
        namespace=r"\\.\root\wmi",
        class_policy="forceupdate",
        instance_policy="createonly",
    )
    assert switched == mofkit.compile_source(text + FAN)


def test_a_pragma_replaces_a_switch_up_to_the_end_of_its_file() -> None:
    files = [
        SourceFile.from_text(f'{FAN}#pragma namespace("root/b")\nclass Pump {{}};', path="a.mof"),
        SourceFile.from_text("class Tank {};", path="b.mof"),
    ]
    made = compile_files(files, settings=CompileSettings(namespace="root/a"))
    assert namespaces(made.checked_data()) == ["root/a", "root/b", "root/a"]


def test_errors_are_raised_with_all_findings() -> None:
    with pytest.raises(mofkit.CompileError) as caught:
        mofkit.compile_source("[] class A { uint8 X = 256; };\nclass B { uint8 Y };", path="a.mof")
    assert [found.code for found in caught.value.diagnostics] == ["SYN019", "SEM101", "SYN002"]
    assert str(caught.value) == (
        "a.mof:1:24: 256 is out of range for property `X`, which is uint8 (0..255) (SEM101), "
        "and 1 more"
    )


def test_a_schema_that_cannot_be_written() -> None:
    schema = Schema((CimClass("Fan"), CimEnumeration("Kind")))
    with pytest.raises(mofkit.CompileError, match=r"^<schema>:1:1: .*`Kind`, which is MOF 3"):
        mofkit.compile_schema(schema)


def test_without_a_loader_an_include_is_an_error() -> None:
    with pytest.raises(mofkit.CompileError, match=r"cannot include `a\.mof`"):
        mofkit.compile_source('#include ("a.mof")')


@pytest.mark.parametrize(
    "settings",
    [
        {"namespace": ""},
        {"namespace": r"\\elsewhere\root"},
        {"class_policy": "always"},
        {"instance_policy": "forceupdate"},
        {"compression": "zip"},
        {"macros": {"1": "1"}},
    ],
)
def test_wrong_arguments(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # each has a message of its own
        mofkit.compile_source(FAN, **settings)  # type: ignore[arg-type]


def test_a_schema_is_compressed_as_wanted() -> None:
    schema = mofkit.bind([mofkit.parse_source(FAN * 50)]).schema
    plain = mofkit.compile_schema(schema)
    best = mofkit.compile_schema(schema, compression="best")
    assert len(best) < len(plain)
    assert decode(best).schema == decode(plain).schema


def test_a_fix_is_offered_where_it_is_one_for_the_file() -> None:
    text = "#define SPEED uint8 Speed\nclass A { SPEED };\nclass B { uint8 X };\n"
    source = SourceFile.from_text(text)
    in_macro, in_text = compile_files([source]).diagnostics
    assert in_macro.code == in_text.code == "SYN002"
    assert in_text.fix is not None
    fixed = mofkit.apply_edits(source, in_text.fix.edits).text
    assert fixed == text.replace("X }", "X; }")


# -------------------------------------------------------------------------------------- the command


@pytest.mark.usefixtures("folder")
def test_several_files_become_one() -> None:
    Path("a.mof").write_text(FAN)
    Path("b.mof").write_text("class Pump : Fan {};")
    assert run("compile", "a.mof", "b.mof", "-o", "both.bmf") == (0, "", "")
    assert [item.name for item in decode(Path("both.bmf").read_bytes()).schema.classes] == [
        "Fan",
        "Pump",
    ]


def test_from_standard_input_to_standard_output() -> None:
    data = mofkit.compile_source(FAN)
    outcome = run("compile", "-", "-o", "-", stdin=FAN.encode(), encoding="latin-1")
    assert (outcome.code, outcome.out.encode("latin-1"), outcome.err) == (0, data, "")


@pytest.mark.usefixtures("folder")
def test_options_of_the_command() -> None:
    Path("inc").mkdir()
    Path("inc/speed.h").write_text("#define SPEED uint8\n")
    Path("a.mof").write_text(
        '#include "speed.h"\n#if WITH_FAN\nclass NAME { SPEED Speed; };\n#endif'
    )
    options = "-I inc -D NAME=Fan -D WITH_FAN --class updateonly --instance createonly".split()
    options += ["--namespace", "root/a", "--compression", "best"]
    assert run("compile", "a.mof", "-o", "a.bmf", *options) == (0, "", "")
    assert Path("a.bmf").read_bytes() == mofkit.compile_source(
        FAN,
        namespace="root/a",
        class_policy="updateonly",
        instance_policy="createonly",
        compression="best",
    )


def test_nothing_is_written_where_there_is_an_error(folder: Path) -> None:
    Path("a.mof").write_text("class Fan { uint8 Speed };")
    Path("a.bmf").write_text("as before")
    outcome = run("compile", "a.mof", "-o", "a.bmf")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.endswith("\n1 error; nothing was written\n")
    assert sorted(path.name for path in folder.iterdir()) == ["a.bmf", "a.mof"]
    assert Path("a.bmf").read_text() == "as before"


@pytest.mark.usefixtures("folder")
def test_a_warning_stops_nothing() -> None:
    Path("a.mof").write_text("[Color : NotToSubclass] class Fan {};")
    outcome = run("compile", "a.mof", "-o", "a.bmf")
    assert outcome.code == 0
    assert outcome.err.endswith("\n1 warning; a.bmf was written\n")
    assert Path("a.bmf").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.mof"],
        ["-o", "a.bmf"],
        ["a.mof", "-o", "a.mof"],
        ["a.mof", "-o", "./link.mof"],
        ["missing.mof", "-o", "a.bmf"],
        ["a.mof", "-o", "missing/a.bmf"],
        ["a.mof", "-o", "a.bmf", "--class", "always"],
        ["a.mof", "-o", "a.bmf", "--namespace", r"\\elsewhere\root"],
        ["a.mof", "-o", "a.bmf", "-D", "1=2"],
        ["a.mof", "-o", "a.bmf", "-D", "A=1\n2"],
        ["a.mof", "-o", "a.bmf", "-D", "A=/*"],
        ["a.mof", "-o", "a.bmf", "-D", "defined=1"],
        ["a.mof", "-o", "a.bmf", "-D", "A=a ##"],
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_usage(arguments: list[str]) -> None:
    Path("a.mof").write_text(FAN)
    Path("link.mof").symlink_to("a.mof")
    outcome = run("compile", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert "internal error" not in outcome.err
    assert not Path("a.bmf").exists()
    assert Path("a.mof").read_text() == FAN


def test_the_words_of_options_are_those_of_the_format() -> None:
    assert tuple(CLASS_FLAGS) == compile_command._CLASS_POLICIES
    assert tuple(INSTANCE_FLAGS) == compile_command._INSTANCE_POLICIES
    assert get_args(Level) == compile_command._COMPRESSIONS == COMPRESSIONS


# --------------------------------------------------------------------------------------- growth


@pytest.mark.parametrize("prefix", ["", "#define T uint8\n"], ids=["straight", "preprocessed"])
def test_work_grows_with_the_file(prefix: str) -> None:
    def work(n_classes: int) -> int:
        classes = [f'[guid("{n}")] class C{n} {{ T X; string Y; }};\n' for n in range(n_classes)]
        source = SourceFile.from_text(prefix + "".join(classes))
        return n_calls(lambda: compile_files([source]).checked_data())

    assert work(400) < 2.2 * work(200)


class TestDriverRules:
    """`--wmi`: as `mofcomp -WMI`, which deletes the binary of a class that is invalid for WMI."""

    BAD = "class Demo_Fan { [key] string InstanceName; };"
    DRIVER = '[WMI, Dynamic, Provider("WmiProv")] ' + BAD

    def test_an_error_stops_it(self) -> None:
        with pytest.raises(mofkit.CompileError) as raised:
            mofkit.compile_source(self.DRIVER, wmi=True)
        assert {"WDM105", "WDM202"} <= {found.code for found in raised.value.diagnostics}

    def test_without_it_nobody_asks(self) -> None:
        assert mofkit.compile_source(self.DRIVER)[:4] == b"FOMB"

    def test_other_classes_are_none_of_its_business(self) -> None:
        assert mofkit.compile_source(self.BAD, wmi=True) == mofkit.compile_source(self.BAD)
