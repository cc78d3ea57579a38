"""`mofkit bump` and `bump_clsid`: what changes, what stays, and what is refused."""

import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import mofkit as package
from mofkit.cim import CimString
from mofkit.cim.plain import to_plain
from mofkit.compiler import bind
from mofkit.rewriter import BumpError, BumpOptions, bump_clsid
from mofkit.rewriter.providers import clsids_of, providers_in
from mofkit.source import Encoding, MappingLoader, SourceFile
from mofkit.syntax import parse
from tests.support import CORPUS, DATA, ROOT, corpus_files
from tests.support_cli import mofkit

OLD = "7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11"
NEW = "D4A2F8E1-0B3C-4D5E-8F60-718293A4B5C6"
PUMP = f'instance of __Win32Provider\r\n{{ Name = "Pümp"; CLSID = "{{{OLD}}}"; }};\r\n'
BUMP = ("--provider", "pümp", "--clsid", NEW)


def pump(text: str = PUMP, path: str = "pump.mof") -> SourceFile:
    return SourceFile.from_text(text, path=path)


def bumped(*texts: str, **options: Any) -> list[str]:
    files = [pump(text, f"{number}.mof") for number, text in enumerate(texts)]
    result = bump_clsid(files, "Pümp", UUID(NEW), options=BumpOptions(**options))
    assert result.inverse().files == tuple(files)
    return [file.text for file in result.files]


# ------------------------------------------------------------------------------------ as files


def listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("case", sorted((DATA / "bump").iterdir()), ids=lambda path: path.name)
def test_cases(
    case: Path,
    tmp_path: Path,
    golden: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A case is a folder: each line of commands.txt is run on fresh copies of its files."""
    shown: list[str] = []
    for number, line in enumerate((case / "commands.txt").read_text("utf-8").splitlines()):
        work = tmp_path / str(number)
        shutil.copytree(case, work, ignore=shutil.ignore_patterns("commands.txt", "output.txt"))
        monkeypatch.chdir(work)
        before = listing(work)
        outcome = mofkit("bump", *shlex.split(line))
        shown.append(f"$ mofkit bump {line}\n{outcome.err}{outcome.out}[{outcome.code}]\n")
        after = listing(work)
        assert outcome.code == 0 or after == before
        for path, data in after.items():
            if data != before.get(path):
                shown.append(f"==> {path} <==\n{data.decode()}")
    golden(case / "output.txt", "".join(shown))


# -------------------------------------------------------------------------------- every encoding


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "bom"),
    [
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-8", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("tail", [b"", b"\x1a"])
def test_only_digits_change(
    codec: str, bom: bytes, newline: str, tail: bytes, tmp_path: Path
) -> None:
    text = PUMP.replace("\r\n", newline)
    path, out = tmp_path / "pump.mof", tmp_path / "out.mof"
    path.write_bytes(bom + text.encode(codec) + tail)
    outcome = mofkit("bump", path, *BUMP, "-o", out)
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{{{NEW}}}\n", "")
    assert out.read_bytes() == bom + text.replace(OLD, NEW).encode(codec) + tail
    result = bump_clsid([SourceFile.from_bytes(path.read_bytes())], "PÜMP", NEW)
    assert result.files[0].to_bytes() == out.read_bytes()
    assert result.inverse().files[0].to_bytes() == path.read_bytes()


def test_a_utf16_companion(tmp_path: Path) -> None:
    text = f'Windows Registry Editor Version 5.00\r\n[X\\{{{OLD}}}]\r\n@="C:\\\\Ü\\\\PUMP.dll"\r\n'
    reg, mof = tmp_path / "pump.reg", tmp_path / "pump.mof"
    reg.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    mof.write_text(PUMP, "utf-8")
    files: list[str | Path] = ["bump", mof, *BUMP, "--with", reg, "--dll", "pump.dll=Pümp €.dll"]
    outcome = mofkit(*files, "--in-place")
    assert (outcome.code, outcome.out) == (0, f"{{{NEW}}}\n")
    expected = text.replace(OLD, NEW).replace("PUMP.dll", "Pümp €.dll")
    assert reg.read_bytes() == b"\xff\xfe" + expected.encode("utf-16-le")


def test_a_character_that_the_encoding_lacks(tmp_path: Path) -> None:
    rgs, mof = tmp_path / "pump.rgs", tmp_path / "pump.mof"
    rgs.write_bytes("ü PUMP.dll".encode("cp1252"))
    mof.write_text(PUMP, "utf-8")
    outcome = mofkit("bump", mof, *BUMP, "--with", rgs, "--dll", "pump.dll=Дом.dll", "--in-place")
    assert outcome.code == 1
    assert "Windows-1252" in outcome.err
    assert OLD in mof.read_text("utf-8")


# ------------------------------------------------------------------------------------------ case


@pytest.mark.parametrize(
    ("old", "given", "new"),
    [
        (OLD, NEW.lower(), NEW),
        (OLD.lower(), NEW, NEW.lower()),
        ("7c1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11", "d4A2" + NEW[4:], "d4A2" + NEW[4:]),
        ("71129140-5286-4305-9505-381261782311", "d4A2" + NEW[4:], "d4A2" + NEW[4:]),
        (OLD, "{" + NEW.lower().replace("-", "") + "}", NEW),
    ],
)
def test_case(old: str, given: str, new: str) -> None:
    result = bump_clsid([pump(PUMP.replace(OLD, old))], "Pümp", given)
    assert result.files[0].text == PUMP.replace(OLD, new)


def test_no_name_is_no_name() -> None:
    text = f'instance of __Win32Provider {{ CLSID = "{OLD}"; }}; instance of A {{ X = 1; }};'
    with pytest.raises(BumpError, match="no provider is called ``") as caught:
        bump_clsid([pump(text)], "", NEW)
    assert "instance of `A`" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        f"({NEW})",
        f"urn:uuid:{NEW}",
        f"URN:UUID:{NEW.lower()}",
        "{0xD4A2F8E1,0x0b3C,0x4D5E,{0x8F,0x60,0x71,0x82,0x93,0xA4,0xB5,0xC6}}",
        "{ 0xd4a2f8e1, 0xb3c, 0x4d5e, { 0x8f, 0x60, 0x71, 0x82, 0x93, 0xa4, 0xb5, 0xc6 } }",
    ],
)
def test_forms_of_the_new_clsid(given: str, tmp_path: Path) -> None:
    path = tmp_path / "pump.mof"
    path.write_text(PUMP, "utf-8", newline="")
    outcome = mofkit("bump", path, "--provider", "pümp", "--clsid", given, "--in-place")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{{{NEW}}}\n", "")
    assert path.read_bytes().decode() == PUMP.replace(OLD, NEW)


@pytest.mark.parametrize(
    "given",
    [
        f"({NEW}",
        f"{{({NEW})}}",
        f"urn:{NEW}",
        f"urn:uuid:({NEW})",
        "{0xD4A2F8E1,0x0B3C,0x4D5E,0x8F,0x60,0x71,0x82,0x93,0xA4,0xB5,0xC6}",
        "{0xD4A2F8E1,0x0B3C,0x4D5E,{0x8F,0x60,0x71,0x82,0x93,0xA4,0xB5,0x1C6}}",
        "{3567450337,0x0B3C,0x4D5E,{0x8F,0x60,0x71,0x82,0x93,0xA4,0xB5,0xC6}}",
    ],
)
def test_other_forms_are_none(given: str) -> None:
    with pytest.raises(ValueError, match="is no GUID"):
        bump_clsid([pump()], "Pümp", given)


def test_forms_in_a_registration_stay_strict() -> None:
    with pytest.raises(BumpError, match="which is no GUID"):
        bump_clsid([pump(PUMP.replace(f"{{{OLD}}}", f"({OLD})"))], "Pümp", NEW)


def test_a_uuid_is_in_upper_case() -> None:
    old = "71129140-5286-4305-9505-381261782311"
    assert bumped(PUMP.replace(OLD, old)) == [PUMP.replace(OLD, NEW)]


def test_no_braces_or_hyphens() -> None:
    bare = OLD.replace("-", "")
    assert bumped(PUMP.replace(f"{{{OLD}}}", bare)) == [
        PUMP.replace(f"{{{OLD}}}", NEW.replace("-", ""))
    ]


def test_a_comment_within_a_split_one() -> None:
    split = PUMP + f'class A {{ string X = "{{{OLD[:9]}" /* {OLD} */ "{OLD[9:]}"; }};'
    after = split.replace(OLD[:9], NEW[:9]).replace(OLD[9:], NEW[9:])
    assert bumped(split, comments=True) == [after]
    (left,) = [found for found in bump_clsid([pump(split)], "Pümp", NEW).occurrences if found.left]
    assert left.text == OLD


def test_not_a_guid() -> None:
    with pytest.raises(ValueError, match="no GUID"):
        bump_clsid([pump()], "Pümp", "7C1B")


# ------------------------------------------------------------------------------------ file sets


def test_one_mapping_across_files() -> None:
    mfl = f'[UUID("{OLD.lower()}"): Amended] class A {{ }};'
    assert bumped(mfl, PUMP) == [mfl.replace(OLD.lower(), NEW.lower()), PUMP.replace(OLD, NEW)]


def test_included_files_belong_to_the_set() -> None:
    main = pump('#pragma include("part.mof")\n#pragma include("part.mof")\n', "x/main.mof")
    loader = MappingLoader({"x/part.mof": PUMP.encode()})
    options = BumpOptions(loader=loader)
    result = bump_clsid([main], "Pümp", NEW, options=options)
    assert [file.path for file in result.files] == ["x/main.mof", "x/part.mof"]
    assert result.files[1].text == PUMP.replace(OLD, NEW)
    assert [len(edits) for edits in result.edits] == [0, 1]
    part = SourceFile.from_text(PUMP, path="x/part.mof")
    again = bump_clsid([main, part], "Pümp", NEW, options=options)
    assert again.files == result.files
    with pytest.raises(BumpError, match="the files register none"):
        bump_clsid([main], "Pümp", NEW)


def test_two_files_without_names_are_two() -> None:
    with pytest.raises(BumpError, match="2 providers are called"):
        bump_clsid([SourceFile.from_text(PUMP), SourceFile.from_text(PUMP + " ")], "Pümp", NEW)


def test_an_include_that_cannot_be_found() -> None:
    main = pump(f'{PUMP}#pragma include("a.mof")\n#pragma include("b.mof")\n', "x/main.mof")
    loader = MappingLoader({"x/b.mof": b'#pragma include("c.mof")'})
    bumped = bump_clsid([main], "Pümp", NEW, options=BumpOptions(loader=loader))
    assert bumped.warnings == (
        "cannot include `a.mof` from x/main.mof: no such file; the old CLSID may stay there",
        "cannot include `c.mof` from x/b.mof: no such file; the old CLSID may stay there",
    )


def test_an_include_that_needs_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("inc").mkdir()
    Path("main.mof").write_text('#pragma include("part.mof")\n')
    Path("inc/part.mof").write_text(PUMP, "utf-8")
    refused = mofkit("bump", "main.mof", *BUMP)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[1:] == [
        "mofkit: cannot include `part.mof` from main.mof: no such file"
    ]
    assert mofkit("bump", "main.mof", *BUMP, "-I", "inc").code == 0


def test_a_companion_is_no_file_of_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("part.mof").write_text(f'class A {{ string X = "{OLD}"; }};')
    Path("main.mof").write_text(f'#pragma include("part.mof")\n{PUMP}', "utf-8")
    Path("link.mof").symlink_to("part.mof")
    for companion in ("part.mof", "./part.mof", "link.mof"):
        outcome = mofkit("bump", "main.mof", *BUMP, "--with", companion)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"{companion} is named twice: main.mof includes it" in outcome.err
    main, part = (pump(Path(name).read_text("utf-8"), name) for name in ("main.mof", "part.mof"))
    options = BumpOptions(loader=MappingLoader({"part.mof": part.to_bytes()}))
    with pytest.raises(BumpError, match=r"part\.mof is a companion and one of the MOF files"):
        bump_clsid([main], "Pümp", NEW, options=options, companions=[part])


# ----------------------------------------------------------------------------------- companions


def companion_warnings(text: str, path: str = "pump.h", **options: Any) -> list[str]:
    companion = SourceFile.from_text(text, path=path)
    result = bump_clsid(
        [pump()], "Pümp", NEW, options=BumpOptions(**options), companions=[companion]
    )
    assert result.inverse().companions[0].after == companion
    return [warning.replace(" seems to be here in a form that is not read, and stays", "")
            for warning in result.warnings]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("CLSID_P 0x7c1b'9a40, 0x52d6", "0x7c1b'9a40"),
        ("CLSID_P { 2082183744, 21206, 0x4e0b }", "2082183744"),
        ("CLSID_P { 2'082'183'744u, 21206 }", "2'082'183'744"),
        ("CLSID_P { .Data1=0x7C1B9A40, .Data2=0x52d6 }", "0x7C1B9A40"),
        ('CLSID_P "7c1b9a40-52d6-" "4e0b-9d0d-3b1e6a7f2c11"', "7c1b9a40"),
        ("CLSID_P 0x7c1b9a40,0x52d6,0x4e0b,{0x9d,13,0x3b,0x1e,0x6a,0x7f,0x2c,0x11}", "0x7c1b9a40"),
        ('CLSID_P "x"=hex:40,9a,1b,\\\n  7c,d6,52,0b,4e', "40,9a,1b,\\\n  7c,d6,52"),
    ],
)
def test_forms_that_are_not_read(text: str, seen: str) -> None:
    (warning,) = companion_warnings(text, symbols=(("CLSID_P", "CLSID_Q"),))
    assert warning.startswith("pump.h:1:")
    assert warning.endswith(f": the old CLSID: {seen}")


@pytest.mark.parametrize(
    "text",
    [
        f"CLSID_P // {OLD} 0x7c1b'9a40",
        f"CLSID_P {OLD[:-1]}2",
        f"CLSID_P {OLD.replace('-', '')[:-1]}2",
        "CLSID_P 0x7c1b9a40, 0x52d6, 0x4e0b,\\\n { 0x9d,0xd,0x3b,0x1e,0x6a,0x7f,0x2c,0x12 }",
        "CLSID_P 0x7c1b9a400 12082183744 X7c1b9a40",
    ],
)
def test_what_is_no_sign_of_the_old_clsid(text: str) -> None:
    assert companion_warnings(text, symbols=(("CLSID_P", "CLSID_Q"),)) == []


@pytest.mark.parametrize("suffix", ["", "u", "UL", "ui32"])
def test_suffixes_and_braces_of_initialisers(suffix: str) -> None:
    text = f"{{0x7c1b9a40{suffix},0x52d6,0x4e0b,{{{{0x9d,0xd,0x3b,0x1e,0x6a,0x7f,0x2c,0x11}}}}}}"
    header = SourceFile.from_text(text, path="pump.h")
    (change,) = bump_clsid([pump()], "Pümp", NEW, companions=[header]).companions
    assert change.after.text == (
        f"{{0xd4a2f8e1{suffix},0xb3c,0x4d5e,{{{{0x8f,0x60,0x71,0x82,0x93,0xa4,0xb5,0xc6}}}}}}"
    )


def test_a_number_that_is_too_common_is_no_sign() -> None:
    old = "00000007-52D6-4E0B-9D0D-3B1E6A7F2C11"
    header = SourceFile.from_text("P 7 0x7 00000007", path="pump.h")
    options = BumpOptions(symbols=(("P", "Q"),))
    mof = pump(PUMP.replace(OLD, old))
    result = bump_clsid([mof], "Pümp", NEW, options=options, companions=[header])
    (warning,) = result.warnings
    assert warning.startswith("pump.h:1:9: the old CLSID")


def test_a_script_without_the_clsid() -> None:
    dll = ("pump.dll", "pump1.dll")
    assert companion_warnings('@="pump.dll"', "pump.reg", dll=dll) == [
        "pump.reg gets the new names, but the old CLSID is not in it"
    ]
    assert companion_warnings('x("pump.dll")', "pump.cpp", dll=dll) == []
    assert companion_warnings(f'@="pump.dll" {OLD}', "pump.reg", dll=dll) == []


def test_the_new_dll_may_have_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pump.mof").write_text(PUMP, "utf-8")
    Path("pump.rgs").write_text(f"{OLD} pump.dll")
    arguments = ("--with", "pump.rgs", "--dll", "C:\\p\\pump.dll=new\\pump1.dll")
    outcome = mofkit("bump", "pump.mof", *BUMP, *arguments, "--plan=u.cmd", "-o", "out")
    assert (outcome.code, outcome.err) == (0, "")
    assert Path("out/pump.rgs").read_text() == f"{NEW} pump1.dll"
    assert "new\\pump1.dll" in Path("u.cmd").read_text("utf-8")


def test_occurrences_of_the_inverse_are_those_of_the_files_after() -> None:
    header = SourceFile.from_text(f"PUMP.dll X PUMP.dll {OLD} // {OLD} X PUMP.dll X", path="pump.h")
    options = BumpOptions(dll=("pump.dll", "P.dll"), symbols=(("X", "Longer"),))
    result = bump_clsid([pump()], "Pümp", NEW, options=options, companions=[header])
    (change,) = result.companions
    assert change.after.text == f"P.dll Longer P.dll {NEW} // {OLD} X PUMP.dll X"
    inverse = result.inverse()
    assert [found.text.upper() for found in inverse.occurrences] == [
        NEW, "P.DLL", "LONGER", "P.DLL", NEW, OLD, "X", "PUMP.DLL", "X",
    ]  # fmt: skip
    assert inverse.inverse() == result


# ----------------------------------------------------------------------------------- the corpus

MOFS = corpus_files("corpus/mof/**/*.[mM]of", "corpus/mof/**/*.mfl", "corpus/mof/**/*.in")
N_REGISTRATIONS = 22  # of which three are decoupled, with WMI's own CLSID


@pytest.mark.corpus
def test_every_registration_of_the_corpus() -> None:
    registrations: list[tuple[str, bool]] = []
    for parameter in MOFS:
        (path,) = parameter.values  # type: ignore[attr-defined]  # as corpus_files says
        data = path.read_bytes()
        if b"provider" not in data.replace(b"\0", b"").lower():
            continue
        source = SourceFile.from_bytes(data, path=path.relative_to(CORPUS).as_posix())
        for instance in providers_in(bind([parse(source)]).schema):
            (name,) = (each.value for each in instance.properties if each.name.lower() == "name")
            assert isinstance(name, CimString)
            is_bumped = bool(clsids_of(instance))
            registrations.append((source.path, is_bumped))
            _check_bump(source, name.value, is_bumped=is_bumped)
    assert len(registrations) >= N_REGISTRATIONS
    assert sum(is_bumped for _, is_bumped in registrations) >= N_REGISTRATIONS - 3


def _check_bump(source: SourceFile, name: str, *, is_bumped: bool) -> None:
    if not is_bumped:
        with pytest.raises(BumpError, match="decoupled"):
            bump_clsid([source], name, NEW)
        return
    result = bump_clsid([source], name, NEW)
    (after,) = result.files
    data, new_data = source.to_bytes(), after.to_bytes()
    assert len(data) == len(new_data)
    changed = [at for at, pair in enumerate(zip(data, new_data, strict=True)) if len({*pair}) > 1]
    assert changed
    assert all(chr(data[at]) in "0123456789abcdefABCDEF" for at in changed)
    before_tree, after_tree = parse(source).tree, parse(after).tree
    assert after_tree.kinds == before_tree.kinds
    assert len(after_tree.faults) == len(before_tree.faults)
    plain = str(to_plain(bind([parse(source)]).schema))
    new_plain = str(to_plain(bind([parse(after)]).schema))
    assert _without(new_plain, NEW) == _without(plain, str(result.old_clsid))
    assert result.inverse().files[0].to_bytes() == data


def _without(text: str, guid: str) -> str:
    return text.upper().replace(guid.upper(), "GUID")


# -------------------------------------------------------------------------------- command line


def test_the_diff_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pump.mof").write_bytes(b"\xff\xfe" + PUMP.encode("utf-16-le"))
    outcome = mofkit("bump", "pump.mof", *BUMP)
    line = f'{{ Name = "Pümp"; CLSID = "{{{OLD}}}"; }};\r\n'
    assert outcome.out == (
        "--- pump.mof\n+++ pump.mof\n@@ -1,2 +1,2 @@\n instance of __Win32Provider\r\n"
        f"-{line}+{line.replace(OLD, NEW)}"
    )
    assert outcome.err == f"{{{NEW}}}\n"
    assert mofkit("bump", "pump.mof", *BUMP, "--diff") == outcome
    assert os.listdir() == ["pump.mof"]  # noqa: PTH208  # the names are what counts


def test_a_random_clsid(tmp_path: Path) -> None:
    path = tmp_path / "pump.mof"
    path.write_text(PUMP, "utf-8")
    seen = set()
    for _ in range(2):
        outcome = mofkit("bump", path, "--provider", "pümp", "--new-clsid", "--in-place")
        assert outcome.code == 0
        assert outcome.out.strip() in path.read_text("utf-8")
        assert UUID(outcome.out.strip()).version == 4
        seen.add(outcome.out)
    assert len(seen) == 2


def test_standard_input_and_output() -> None:
    outcome = mofkit("bump", "-", *BUMP, "-o", "-", stdin=PUMP.encode())
    assert (outcome.out, outcome.err) == (PUMP.replace(OLD, NEW), f"{{{NEW}}}\n")


def test_output_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path, text in {"a/x.mof": PUMP, "a/b/y.mof": f"// {OLD}\n", "a/b/z.h": OLD}.items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, "utf-8", newline="")
    inputs = ("a/x.mof", "a/b/../b/y.mof", *BUMP, "--with", "a/b/z.h")
    assert mofkit("bump", *inputs, "-o", "out/deep").code == 0
    assert sorted(listing(Path("out/deep"))) == ["b/y.mof", "b/z.h", "x.mof"]
    assert Path("out/deep/b/z.h").read_text("utf-8") == NEW
    assert Path("out/deep/b/y.mof").read_text("utf-8") == f"// {OLD}\n"
    Path("file").touch()
    for wrong in ("file", "new.mof", "-"):
        refused = mofkit("bump", *inputs, "-o", wrong)
        assert (refused.code, refused.out) == (2, "")
        assert "more than one file" in refused.err
    assert mofkit("bump", "a/x.mof", *BUMP, "-o", "out").code == 0
    assert Path("out/x.mof").is_file()


def test_a_folder_gets_what_the_files_include(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    include = '#pragma include("{}")\n'
    contents = {
        "src/main.mof": include.format("sub/part.mof") + include.format("far.mof") + PUMP,
        "src/sub/part.mof": include.format("deep.mof"),
        "src/sub/deep.mof": "class Deep { };",
        "lib/far.mof": "class Far { };",
    }
    for path, text in contents.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode())
    Path("out").mkdir()
    outcome = mofkit("bump", "src/main.mof", *BUMP, "-I", "lib", "-o", "out")
    far = "lib/far.mof, which is included and does not change, is not copied"
    assert outcome.code == 0
    assert outcome.err == f"mofkit: warning: {far}: out needs it beside it, or -I\n"
    assert listing(Path("out")) == {
        "main.mof": contents["src/main.mof"].replace(OLD, NEW).encode(),
        "sub/part.mof": contents["src/sub/part.mof"].encode(),
        "sub/deep.mof": contents["src/sub/deep.mof"].encode(),
    }
    assert mofkit("plan", "src/main.mof", "out/main.mof", "-I", "lib").code == 0
    elsewhere = mofkit("bump", "src/main.mof", *BUMP, "-I", "lib", "-o", "new/main.mof")
    assert elsewhere.code == 0
    assert [line.split(": ")[2].split(",")[0] for line in elsewhere.err.splitlines()] == [
        "src/sub/part.mof", "src/sub/deep.mof", "lib/far.mof",
    ]  # fmt: skip
    beside = mofkit("bump", "src/main.mof", *BUMP, "-I", "lib", "-o", "src/main2.mof")
    assert (beside.code, beside.err) == (0, "")


def test_the_folder_of_the_files_is_no_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("a/x.mof").write_text(PUMP, "utf-8")
    Path("link").symlink_to("a")
    before = listing(tmp_path)
    for folder in ("a", "./a", "a/../a", "link"):
        outcome = mofkit("bump", "a/x.mof", *BUMP, "-o", folder)
        assert (outcome.code, outcome.out) == (2, "")
        assert "use --in-place" in outcome.err
    assert listing(tmp_path) == before


def test_a_folder_means_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("src/sub").mkdir(parents=True)
    Path("src/a.mfl").write_text(f'[UUID("{OLD}")] class A {{ }};')
    Path("src/a.mof").write_text(PUMP, "utf-8")
    Path("src/sub/b.mof").write_text("class B { };")
    Path("src/readme.txt").write_text(OLD)
    outcome = mofkit("bump", "src", *BUMP)
    assert outcome.code == 0
    assert [line for line in outcome.out.splitlines() if line.startswith("---")] == [
        "--- src/a.mof", "--- src/a.mfl",
    ]  # fmt: skip
    assert mofkit("bump", "src", *BUMP, "-o", "out").code == 0
    assert sorted(listing(Path("out"))) == ["a.mfl", "a.mof", "sub/b.mof"]
    Path("empty").mkdir()
    refused = mofkit("bump", "empty", *BUMP)
    assert (refused.code, refused.out) == (2, "")
    assert "there is no MOF file in empty" in refused.err


def test_many_places_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "pump.mof"
    path.write_text(PUMP + f"// {OLD} {NEW}\n" * 100, "utf-8")
    lines = mofkit("bump", path, *BUMP).err.replace(str(path), "pump.mof").splitlines()
    assert len(lines) == 8
    assert lines[0].startswith(f"mofkit: pump.mof:3:4: the CLSID {OLD} is left alone")
    reason = "95 more places of the CLSID are left alone: it is in a comment"
    assert lines[5] == f"mofkit: pump.mof: {reason}"
    already = "the new CLSID is in a comment already: pump.mof:3:41 (and 99 more)"
    assert lines[6] == f"mofkit: warning: {already}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--provider", "p"], "--clsid GUID or --new-clsid"),
        (["--provider", "p", "--clsid", NEW, "--new-clsid"], "--clsid GUID or --new-clsid"),
        (["--provider", "p", "--clsid", "{1234}"], "is no GUID"),
        ([*BUMP, "--in-place", "--diff"], "exclude one another"),
        ([*BUMP, "-o", "x", "--in-place"], "exclude one another"),
        ([*BUMP, "--dll", "a.dll"], "OLD=NEW"),
        ([*BUMP, "--dll", "a.dll=b\\"], "OLD=NEW"),
        ([*BUMP, "--dll", "a\\a.dll=b\\a.dll"], "changes nothing"),
        ([*BUMP, "--dll", "a=b", "--plan"], "with a .dll or .exe on both sides"),
        ([*BUMP, "--dll", "a.dll=b\n.dll"], "OLD=NEW"),
        ([*BUMP, "--dll", "a.dll=a.dll"], "changes nothing"),
        ([*BUMP, "--symbol", "a=b-c"], "OLD=NEW"),
        ([*BUMP, "--symbol", "a=b", "--symbol", "a=c"], "twice"),
        ([*BUMP, "--with", "pump.mof"], "named twice"),
        ([*BUMP, "missing.mof"], "No such file"),
    ],
)
def test_wrong_usage(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pump.mof").write_text(PUMP, "utf-8")
    outcome = mofkit("bump", "pump.mof", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_standard_input_has_no_place() -> None:
    outcome = mofkit("bump", "-", *BUMP, "--in-place", stdin=PUMP.encode())
    assert outcome.code == 2
    assert "standard input has no name" in outcome.err


def test_all_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pump.mof").write_text(PUMP, "utf-8", newline="")
    Path("out").mkdir()
    Path("out/pump.h").mkdir()  # where a file should go
    Path("pump.h").write_text(OLD, "utf-8")
    outcome = mofkit("bump", "pump.mof", *BUMP, "--with", "pump.h", "-o", "out")
    assert outcome.code == 2
    assert not Path("out/pump.mof").exists()


# ---------------------------------------------------------------------------------- hostile input


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "pump.mof"
    path.write_text(f'instance of __Win32Provider {{ Name = "\x1b[31m"; CLSID = "{OLD}"; }};')
    outcome = mofkit("bump", path, *BUMP)
    assert outcome.code == 1
    assert "\x1b" not in outcome.err + outcome.out


HEAD = "0x7c1b9a40"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "n_found"),
    [
        (f"{HEAD}/*" * 40_000, 1),
        (f"{HEAD}//" * 40_000, 1),
        (f"{HEAD}\n//" * 40_000, 1),
        (f"{HEAD}/**/" * 40_000, 1),
        (f"{HEAD} , " * 40_000, 1),
        (HEAD + " " * 400_000, 1),
        ("\\'" * 200_000, 1),
        ('\\"' * 200_000, 1),
        ("a" * 400_000, 1),
        (f"// {OLD}\n" * 10_000, 35_001),
        (f"PumpProv.dll.{'-' * 10}" * 20_000, 4),
        (f"{HEAD}," * 40_000, 1),
        ("0" * 400_000, 1),
        ("0'" * 200_000, 1),
    ],
    ids=range(14),
)
def test_long_companions_are_read_once(text: str, n_found: int) -> None:
    """They take a second, and minutes if each place were read to the end."""
    companions = [SourceFile.from_text(text, path=f"x.{suffix}") for suffix in ("h", "inf", "reg")]
    result = bump_clsid(
        [pump(f"{PUMP}//{text[:200_000]}")],
        "Pümp",
        NEW,
        companions=companions,
        options=BumpOptions(dll=("PumpProv.dll", "P.dll"), symbols=(("a", "b"),)),
    )
    assert len(result.occurrences) == n_found


def test_many_registrations() -> None:
    text = "".join(
        f'instance of __Win32Provider {{ Name = "P{number}"; CLSID = "{UUID(int=number)}"; }};\n'
        for number in range(1, 3000)
    )
    result = bump_clsid([pump(text)], "p77", NEW)
    assert len(result.occurrences) == 1
    with pytest.raises(BumpError, match="did you mean"):
        bump_clsid([pump(text)], "P99999", NEW)


def test_classes_that_derive_from_one_another() -> None:
    text = f'class A : B {{ }}; class B : A {{ }}; instance of A {{ Name = "x"; }};{PUMP}'
    assert bumped(text) == [text.replace(OLD, NEW)]


def test_public_names() -> None:
    sample = SourceFile.from_bytes((ROOT / "samples" / "pump_provider.mof").read_bytes())
    result = package.bump_clsid([sample], "FenwickPumpProvider", UUID(NEW))
    assert isinstance(result, package.BumpResult)
    assert result.files[0].encoding is Encoding.UTF8
    assert issubclass(package.BumpError, package.MofkitError)
