"""C for registration info: it compiles as C and C++, and answers what `encode` would.

The sources are compiled with mingw-w64's headers of the driver kit, and run on this machine with a
small shim of them (`tests/data/codegen/host`), for both pointer sizes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from errno import ENOSPC
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mofkit.binary import BuildError
from mofkit.codegen import STYLES, CodegenError, Style, generate_reginfo
from mofkit.reginfo import (
    Arch,
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegFlag,
    RegGuid,
    RegInfo,
    RegInfoReply,
    Request,
    encode,
)
from mofkit.reginfo.description import read
from tests.support import DATA, data_files
from tests.support_c import HOST, compile_for_windows, run_on_host
from tests.support_cli import mofkit

ARCHES = [Arch.X64, Arch.X86]
PDO = {Arch.X64: 0xFFFFFA8004A1B060, Arch.X86: 0x04A1B060}
CANARY = b"\xa5"
GUARD_BYTES = 16
GIVEN_PATH = "\\Registry\\Given"
SUCCESS, TOO_SMALL, NOT_HANDLED = "00000000", "c0000023", "c00000bb"
UNTOUCHED = "a5a5a5a5"
REGINFO, REGINFO_EX = 8, 11
REGISTER, UPDATE = 0, 1
WINDOWS_7, WINDOWS_10_2004 = 0x06010000, 0x0A000008
PATH = "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Fenwick"


def guid(number: int) -> UUID:
    return UUID(f"9f3e8a60-71b5-4c8d-8f0e-{number:012x}")


def reply(*guids: RegGuid, path: str | None = PATH, mof: str | None = "FenwickMof") -> RegInfoReply:
    return RegInfoReply((RegInfo(path, mof, guids),))


def described(path: Path) -> RegInfoReply:
    found = read(path.read_text("utf-8"), path=path.name, format="toml", arch=Arch.X64)
    assert isinstance(found, RegInfoReply)
    return found


def camel(stem: str) -> str:
    return "".join(word.capitalize() for word in stem.split("_"))


def from_files(style: str) -> dict[str, RegInfoReply]:
    paths = sorted((DATA / "codegen" / style).glob("*.toml"))
    return {camel(f"{style}_{path.stem}"): described(path) for path in paths}


IRP_CASES = from_files("irp") | {
    "Empty": reply(mof=""),
    "Bare": reply(path=None, mof=None),
    "Flags": reply(
        RegGuid.with_pdo(guid(1), PDO[Arch.X64], 1, RegFlag.EXPENSIVE | RegFlag.EVENT_ONLY_GUID),
        RegGuid.with_dynamic_names(guid(2), RegFlag.TRACED_GUID | RegFlag.TRACE_CONTROL_GUID),
        RegGuid.with_dynamic_names(guid(3), RegFlag.RESERVED1 | RegFlag.RESERVED2 | 0x80000010),
        RegGuid(guid(4), RegFlag(0), 0xFFFFFFFF, DynamicNames()),
        RegGuid.with_pdo(guid(5), PDO[Arch.X64], 0),
        RegGuid.with_name_list(guid(6), ()),
    ),
    "Removes": reply(
        RegGuid.removing(guid(1)),
        RegGuid.with_name_list(guid(2), ("gone", "too"), RegFlag.REMOVE_GUID),
        RegGuid(guid(3), RegFlag.REMOVE_GUID | RegFlag.INSTANCE_LIST, 7, ListNames(())),
        RegGuid(guid(4), RegFlag.REMOVE_GUID | RegFlag.INSTANCE_BASENAME, 2, BaseName(None)),
        RegGuid.with_pdo(guid(5), 0, 1, RegFlag.REMOVE_GUID),
        RegGuid.with_pdo(guid(6), PDO[Arch.X64]),
    ),
    "Strings": reply(
        RegGuid.with_name_list(
            guid(1), ("nul\0inside", "nul at the end\0", "\ud83d alone", "\udd25", "é0", "\\x41")
        ),
        RegGuid.with_base_name(guid(2), "a" * 32767, 1),
        RegGuid.with_base_name(guid(2), "?" * 1000, 1),
        path="\x7f\x1b[0m\r\n",
        mof="1" * 1001,
    ),
}
WMILIB_CASES = from_files("wmilib") | {
    "LongBase": reply(RegGuid.with_base_name(guid(1), "a" * 32767, 1), mof="m" * 1001, path="é"),
    "EmptyBase": reply(RegGuid.with_base_name(guid(1), "", 1), path="p" * 1001, mof=""),
    "OnlyRemoves": reply(RegGuid.removing(guid(1)), path=None, mof=None),
    "Traced": reply(RegGuid.with_pdo(guid(1), 1, 1, RegFlag.TRACED_GUID | 0x10)),
}


GuidNames = Mapping[UUID, str]


def sources(
    cases: Mapping[str, RegInfoReply],
    style: Style,
    guid_names: Mapping[str, GuidNames] | None = None,
) -> dict[str, str]:
    """Return the files of all cases, by name; `guid_names` are by case."""
    files: dict[str, str] = {}
    for name, case in cases.items():
        names = (guid_names or {}).get(name)
        files |= generate_reginfo(
            case, name=name, style=style, guid_names=names, allow_remove_on_register=True
        )
    return files


def includes(names: Mapping[str, object], suffix: str) -> str:
    return "".join(f'#include "{name}_reginfo.{suffix}"\n' for name in names)


# ---------------------------------------------------------------------------------- the sources


@pytest.mark.parametrize("path", data_files("codegen/*/*.toml"))
def test_golden_sources(path: Path, golden: Callable[[Path, str], None]) -> None:
    style: Style = "wmilib" if path.parent.name == "wmilib" else "irp"
    names = {UUID("5B1D8F52-0C55-4B5A-9C61-6B1B5C1E0A01"): "Fenwick_Fan"}
    files = generate_reginfo(described(path), name="Fenwick", style=style, guid_names=names)
    for name, text in files.items():
        golden(path.with_name(f"{path.stem}{Path(name).suffix}"), text)


@pytest.mark.slow
@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("language", ["c", "c++"])
@pytest.mark.parametrize("options", [[], ["-DDBG=1"]], ids=["free", "checked"])
def test_sources_compile_with_the_headers_of_the_driver_kit(
    arch: Arch, language: str, options: list[str], tmp_path: Path
) -> None:
    files = sources(IRP_CASES, "irp") | sources(WMILIB_CASES, "wmilib")
    cases = IRP_CASES | WMILIB_CASES
    for name, text in files.items():
        (tmp_path / name).write_text(text, "ascii")
    # One unit for all of them: so names of different sources are seen not to meet, either.
    unit = tmp_path / "unit.c"
    unit.write_text(includes(cases, "c") + includes(cases, "h") + using_wmilib(), "ascii")
    compile_for_windows(unit, arch, language, *options)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_paged_says_so_and_nothing_else_does(style: Style) -> None:
    cases = WMILIB_CASES if style == "wmilib" else IRP_CASES
    for name, text in sources(cases, style).items():
        if name.endswith(".c"):
            paged = re.findall(r"#pragma alloc_text\(PAGE, (\w+)\)", text)
            bodies = re.findall(r"^(\w+)\([^;{}]*\)\n\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
            assert paged == [which for which, body in bodies if "PAGED_CODE();" in body] != []


def using_wmilib() -> str:
    """Return what a driver adds to the sources of the style wmilib."""
    return """
VOID WmilibPdoDescribeDevice(PDEVICE_OBJECT Device, PDEVICE_OBJECT *Pdo, PUNICODE_STRING *Path)
{
    *Pdo = Device;
    UNREFERENCED_PARAMETER(Path);
}

extern WMILIB_CONTEXT Context;
WMILIB_CONTEXT Context = WMILIB_PDO_WMILIB_CONTEXT(NULL, NULL, NULL, NULL, NULL);
"""


def test_a_source_is_found_with_ntddk_and_initguid(tmp_path: Path) -> None:
    """A driver may define INITGUID before the header, and include it twice."""
    case = {"Fan": IRP_CASES["IrpMixed"]}
    for name, text in sources(case, "irp").items():
        (tmp_path / name).write_text(text, "ascii")
    unit = tmp_path / "unit.c"
    twice = includes(case, "h") * 2
    unit.write_text(f"#define INITGUID\n#include <ntddk.h>\n{twice}{includes(case, 'c')}", "ascii")
    compile_for_windows(unit, Arch.X64, "c")


# ----------------------------------------------------------------------- what they do: style irp


@dataclass(frozen=True)
class Call:
    """What a call of generated code did."""

    result: list[str]
    references: int
    buffer: bytes
    failed_assertions: int = 0


def run_irp(
    folder: Path,
    cases: Mapping[str, RegInfoReply],
    arch: Arch,
    guid_names: Mapping[str, GuidNames] | None = None,
) -> dict[str, Call]:
    """Return what each call of `host/irp.c` did, by case, function and arguments."""
    table = "".join(
        f'    {{ "{name}", {name}FillRegInfo, {name}QueryRegInfo }},\n' for name in cases
    )
    files = sources(cases, "irp", guid_names) | {
        "all.c": includes(cases, "c"),
        "cases.h": f"""{includes(cases, "h")}
typedef struct {{
    const char *Name;
    ULONG (*Fill)(PVOID, ULONG, ULONG, PDEVICE_OBJECT, PCUNICODE_STRING);
    NTSTATUS (*Query)(PDEVICE_OBJECT, PDEVICE_OBJECT, PIRP, PCUNICODE_STRING);
}} CASE;

static const CASE Cases[] = {{
{table}}};
""",
    }
    (folder / "irp.c").write_bytes((HOST / "irp.c").read_bytes())
    calls = {}
    for line in run_on_host(folder, files, ["irp.c", "all.c"], arch):
        call, result, counts, buffer = line.split(" | ")
        references, assertions = map(int, counts.split())
        calls[call] = Call(result.split(), references, bytes.fromhex(buffer), assertions)
    return calls


@cache
def irp_calls(arch: Arch) -> dict[str, Call]:
    with TemporaryDirectory() as folder:
        return run_irp(Path(folder), IRP_CASES, arch)


def expected(case: RegInfoReply, arch: Arch, data_path: int, path: str | None = None) -> bytes:
    """Return the buffer that our encoder makes, with the PDO that the program passes."""
    infos = [with_pdo(info, arch) for info in case.infos]
    if data_path == UPDATE:
        infos = [replace(info, registry_path=None, mof_resource=None) for info in infos]
    elif path is not None:
        infos[0] = replace(infos[0], registry_path=path)
    return encode(RegInfoReply(tuple(infos)), arch, allow_remove_on_register=True)


def with_pdo(info: RegInfo, arch: Arch) -> RegInfo:
    guids = [
        replace(entry, names=PdoNames(PDO[arch])) if carries_pdo(entry) else entry
        for entry in info.guids
    ]
    return replace(info, guids=tuple(guids))


def carries_pdo(entry: RegGuid) -> bool:
    return isinstance(entry.names, PdoNames) and not entry.removes


irp_cases = pytest.mark.parametrize("name", IRP_CASES)
on_arches = pytest.mark.parametrize("arch", ARCHES)
on_data_paths = pytest.mark.parametrize("data_path", [REGISTER, UPDATE])


def check_fill(calls: Mapping[str, Call], name: str, case: RegInfoReply, arch: Arch) -> None:
    for data_path in (REGISTER, UPDATE):
        want = expected(case, arch, data_path)
        call = calls[f"{name} fill {data_path} {len(want)} described"]
        assert call.result == [str(len(want))]
        assert call.buffer == want + CANARY * GUARD_BYTES


@irp_cases
@on_arches
def test_fill_writes_what_encode_writes(name: str, arch: Arch) -> None:
    check_fill(irp_calls(arch), name, IRP_CASES[name], arch)


@irp_cases
@on_arches
@on_data_paths
def test_fill_writes_nothing_where_a_byte_is_missing(name: str, arch: Arch, data_path: int) -> None:
    size = len(expected(IRP_CASES[name], arch, data_path))
    call = irp_calls(arch)[f"{name} fill {data_path} {size - 1} described"]
    assert call == Call([str(size)], 0, CANARY * (size + GUARD_BYTES))


@irp_cases
@on_arches
@on_data_paths
def test_fill_takes_the_path_of_driver_entry(name: str, arch: Arch, data_path: int) -> None:
    want = expected(IRP_CASES[name], arch, data_path, GIVEN_PATH)
    call = irp_calls(arch)[f"{name} fill {data_path} {len(want)} given"]
    assert call == Call([str(len(want))], 0, want + CANARY * GUARD_BYTES)


def is_answered(case: RegInfoReply, data_path: int) -> bool:
    """Say whether generated code answers: an update is no answer to WMIREGISTER."""
    return case.request is Request.REGISTER or data_path == UPDATE


@irp_cases
@on_arches
@on_data_paths
def test_query_answers_and_references(name: str, arch: Arch, data_path: int) -> None:
    """reginfo_ex: "calls ObReferenceObject once for each entry that carries a PDO"."""
    case = IRP_CASES[name]
    want = expected(case, arch, data_path)
    for minor, references in (
        (REGINFO, 0),
        (REGINFO_EX, sum(carries_pdo(entry) for entry in case.guids())),
    ):
        call = irp_calls(arch)[f"{name} query {minor} {data_path} mine {len(want)}"]
        if is_answered(case, data_path):
            assert call.result == [SUCCESS, SUCCESS, f"{len(want):08x}"]
            assert (call.references, call.buffer) == (references, want + CANARY * GUARD_BYTES)
            assert not call.failed_assertions
        else:
            assert_untouched(call, len(want))


@irp_cases
@on_arches
@on_data_paths
def test_query_asserts_the_pdo_before_each_reference(name: str, arch: Arch, data_path: int) -> None:
    case = IRP_CASES[name]
    size = len(expected(case, arch, data_path))
    call = irp_calls(arch)[f"{name} query {REGINFO_EX} {data_path} mine NULL {size}"]
    if is_answered(case, data_path):
        entries = sum(carries_pdo(entry) for entry in case.guids())
        assert (call.references, call.failed_assertions) == (entries, entries)
    else:
        assert_untouched(call, size)


@irp_cases
@on_arches
@on_data_paths
@pytest.mark.parametrize("room", [-1, 4, 3])
def test_query_says_how_much_is_missing(name: str, arch: Arch, data_path: int, room: int) -> None:
    """A buffer too small gets "one ULONG, the size needed", and nothing else, if there is room."""
    case = IRP_CASES[name]
    size = len(expected(case, arch, data_path))
    room = size - 1 if room < 0 else room
    call = irp_calls(arch)[f"{name} query {REGINFO_EX} {data_path} mine {room}"]
    if not is_answered(case, data_path):
        assert_untouched(call, size)
        return
    written = size.to_bytes(4, "little") if room >= 4 else b""
    assert call.result == [TOO_SMALL, TOO_SMALL, f"{len(written):08x}"]
    assert call.references == 0
    assert call.buffer == written + CANARY * (size + GUARD_BYTES - len(written))


@irp_cases
@on_arches
@on_data_paths
def test_query_leaves_the_irps_of_others_alone(name: str, arch: Arch, data_path: int) -> None:
    size = len(expected(IRP_CASES[name], arch, data_path))
    calls = irp_calls(arch)
    assert_untouched(calls[f"{name} query {REGINFO_EX} {data_path} other {size}"], size)
    assert_untouched(calls[f"{name} query 0 {data_path} mine {size}"], size)


def assert_untouched(call: Call, size: int) -> None:
    assert call.result == [NOT_HANDLED, UNTOUCHED, UNTOUCHED]
    assert (call.references, call.failed_assertions) == (0, 0)
    assert call.buffer == CANARY * (size + GUARD_BYTES)


# ------------------------------------------------------------------------- anything may be there

# Any UTF-16 units, and with them often what C reads in its own way.
nasty = st.sampled_from(["*/", "/*", "//", '"', "\\", "??/", "\n", "\\x", "%s", "\ud83d", "\udd25"])
texts = st.lists(nasty | st.text(st.characters(max_codepoint=0xFFFF), max_size=4), max_size=5).map(
    "".join
)
counts = st.integers(0, 0xFFFFFFFF)
guids = st.builds(guid, st.integers(0, 5))  # few, so that some meet
free_flags = st.sampled_from([0, 1, 0x40, 0x80000, 0x81000, 0x10000, 0x60000, 0x80000010])
entries = st.one_of(
    st.builds(RegGuid.with_name_list, guids, st.lists(texts, max_size=3).map(tuple), free_flags),
    st.builds(RegGuid.with_base_name, guids, texts, counts, free_flags),
    st.builds(RegGuid.with_pdo, guids, st.just(0), counts, free_flags),
    st.builds(RegGuid, guids, free_flags.map(RegFlag), counts, st.just(DynamicNames())),
)
infos = st.builds(
    RegInfo, st.none() | texts, st.none() | texts, st.lists(entries, max_size=4).map(tuple)
)
updates = st.builds(RegInfo, guids=st.lists(entries, max_size=4).map(tuple))
replies = st.one_of(
    st.builds(RegInfoReply, st.lists(infos, min_size=1, max_size=3).map(tuple)),
    st.builds(
        RegInfoReply,
        st.lists(updates, min_size=1, max_size=3).map(tuple),
        st.just(Request.UPDATE),
    ),
)


class_names = texts | st.sampled_from(["int", "Name", "Guid", "Case0Block1", "__x", "1", "Case0"])


@pytest.mark.slow
@given(cases=st.lists(replies, min_size=6, max_size=6), names=st.dictionaries(guids, class_names))
@settings(
    max_examples=4,
    phases=[Phase.reuse, Phase.generate],  # an example takes a second: no time for shrinking
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_description_compiles_and_gives_its_bytes(
    cases: list[RegInfoReply], names: dict[UUID, str]
) -> None:
    """Nothing in a description can end a string, a comment or an identifier."""
    by_name = {f"Case{index}": case for index, case in enumerate(cases)}
    for arch in ARCHES:
        with TemporaryDirectory() as folder:
            calls = run_irp(Path(folder), by_name, arch, {"Case0": names})
        for name, case in by_name.items():
            check_fill(calls, name, case, arch)


# --------------------------------------------------------------------- what they do: style wmilib


@cache
def wmilib_lines(arch: Arch, windows: int) -> dict[str, list[str]]:
    """Return the fields that `host/wmilib.c` prints, by case; `windows` is NTDDI_VERSION."""
    contexts = "".join(
        f"static WMILIB_CONTEXT {name}Context = {{ {macro(name)}_GUID_COUNT, {name}GuidList,\n"
        f"    {name}QueryWmiRegInfo, {{ NULL }} }};\n"
        f"VOID {name}DescribeDevice(\n"
        "    PDEVICE_OBJECT Device, PDEVICE_OBJECT *Pdo, PUNICODE_STRING *P)\n"
        "{\n"
        "    (void)Device, (void)P;\n"
        "    *Pdo = (PDEVICE_OBJECT)(ULONG_PTR)0xFFFFFA8004A1B060u;\n"
        "}\n"
        for name in WMILIB_CASES
    )
    table = "".join(f'    {{ "{name}", &{name}Context }},\n' for name in WMILIB_CASES)
    files = sources(WMILIB_CASES, "wmilib") | {
        "all.c": includes(WMILIB_CASES, "c"),
        "cases.h": f"""{includes(WMILIB_CASES, "h")}
{contexts}
static const struct {{ const char *Name; const WMILIB_CONTEXT *Context; }} Cases[] = {{
{table}}};
""",
    }
    with TemporaryDirectory() as folder:
        Path(folder, "wmilib.c").write_bytes((HOST / "wmilib.c").read_bytes())
        target = f"-DNTDDI_VERSION={windows:#x}"
        lines = run_on_host(Path(folder), files, ["wmilib.c", "all.c"], arch, target)
    return {line.split(" | ")[0]: line.split(" | ")[1:] for line in lines}


def macro(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).upper()


@pytest.mark.parametrize("name", WMILIB_CASES)
@pytest.mark.parametrize("windows", [WINDOWS_7, WINDOWS_10_2004])
@on_arches
def test_wmilib_registers_what_is_described(name: str, windows: int, arch: Arch) -> None:
    """The reply is put together as WMILIB does: "GuidList[i].Flags OR RegFlags"."""
    status, flags, base, path, mof, pdo, blocks, allocations = wmilib_lines(arch, windows)[name]
    assert (status, allocations) == ("0", "0")
    got = [block.split(",") for block in blocks.split()]
    entries = tuple(
        with_wmilib_name(UUID(bytes_le=bytes.fromhex(which)), int(count, 16), own, flags, base, pdo)
        for which, count, own in got
    )
    case = WMILIB_CASES[name].infos[0]
    kind = RegFlag(int(flags, 16))
    assert RegInfo(units(path), units(mof) if mof != "-" else None, entries) == RegInfo(
        case.registry_path or "",  # WMILIB wants one: an empty one stands for none
        case.mof_resource,
        tuple(as_wmilib_has_it(entry, kind, arch, base) for entry in case.guids),
    )


def with_wmilib_name(
    which: UUID, count: int, own_flags: str, flags: str, base: str, pdo: str
) -> RegGuid:
    all_flags = RegFlag(int(own_flags, 16) | int(flags, 16))
    names = PdoNames(int(pdo, 16)) if all_flags & RegFlag.INSTANCE_PDO else BaseName(units(base))
    return RegGuid(which, all_flags, count, names)


def as_wmilib_has_it(entry: RegGuid, kind: RegFlag, arch: Arch, base: str) -> RegGuid:
    """Return an entry with the driver's PDO; one that removes gets the names of the others."""
    if isinstance(entry.names, PdoNames):
        return replace(entry, names=PdoNames(PDO[arch]))
    if entry.removes:
        is_pdo = kind is RegFlag.INSTANCE_PDO
        names = PdoNames(PDO[arch]) if is_pdo else BaseName(units(base))
        return replace(entry, flags=entry.flags | kind, names=names)
    return entry


def units(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal).decode("utf-16-le", "surrogatepass")


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (
            reply(RegGuid.with_pdo(guid(1), 1), RegGuid.with_name_list(guid(2), ("a",))),
            "WMIREGINFO[0].WmiRegGuid[1]: has a list of names",
        ),
        (
            reply(RegGuid.with_dynamic_names(guid(1))),
            "WMIREGINFO[0].WmiRegGuid[0]: has dynamic names",
        ),
        (
            reply(RegGuid.with_base_name(guid(1), "a", 1), RegGuid.with_base_name(guid(2), "b", 1)),
            "WMIREGINFO[0].WmiRegGuid[1]: and entry 0 have different base names",
        ),
        (
            reply(RegGuid.with_base_name(guid(1), "a", 1), RegGuid.with_pdo(guid(2), 1)),
            "WMIREGINFO[0].WmiRegGuid[1]: and entry 0 differ in",
        ),
        (IRP_CASES["IrpChain"], "WMIREGINFO[1]: WMILIB writes one WMIREGINFO"),
        (IRP_CASES["Empty"], "WMIREGINFO[0].GuidCount: is 0"),
    ],
)
def test_what_wmilib_cannot_register(case: RegInfoReply, message: str) -> None:
    with pytest.raises(CodegenError) as caught:
        generate_reginfo(case, name="Fan", style="wmilib")
    assert str(caught.value).startswith(message)


# ---------------------------------------------------------------------- what neither style can do


def update(path: str | None = None, mof: str | None = None) -> RegInfoReply:
    guids = (RegGuid.with_pdo(guid(1), 1),)
    infos = (RegInfo(guids=guids), RegInfo(path, mof, guids))
    return RegInfoReply(infos, Request.UPDATE)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("case", "message"),
    [
        (
            reply(
                RegGuid.removing(guid(1)),
                RegGuid.with_pdo(guid(2), 0x10),
                RegGuid.with_pdo(guid(3), 0x20),
            ),
            (
                "WMIREGINFO[0].WmiRegGuid[2].Pdo: is 0x20, that of WMIREGINFO[0].WmiRegGuid[1]"
                " is 0x10; the code is given one PDO for all blocks"
            ),
        ),
        (
            RegInfoReply(
                tuple(RegInfo(guids=(RegGuid.with_pdo(guid(1), pdo),)) for pdo in (0, 0x10))
            ),
            (
                "WMIREGINFO[1].WmiRegGuid[0].Pdo: is 0x10, that of WMIREGINFO[0].WmiRegGuid[0]"
                " is 0x0; the code is given one PDO for all blocks"
            ),
        ),
        (
            reply(RegGuid.with_pdo(guid(1), 0x10, 1, RegFlag.REMOVE_GUID)),
            (
                f"WMIREGINFO[0].WmiRegGuid[0].Pdo: is 0x10, but block {guid(1)} is removed;"
                " the code names no PDO there"
            ),
        ),
        (
            update(path=PATH),
            (
                "WMIREGINFO[1].RegistryPath: is set in an answer to WMIUPDATE;"
                " the code sets it for WMIREGISTER only"
            ),
        ),
        (
            update(mof=""),
            (
                "WMIREGINFO[1].MofResourceName: is set in an answer to WMIUPDATE;"
                " the code sets it for WMIREGISTER only"
            ),
        ),
    ],
)
def test_what_code_would_not_write_as_described(
    case: RegInfoReply, message: str, style: Style
) -> None:
    encode(case, Arch.X64, allow_remove_on_register=True)  # `build` can
    with pytest.raises(CodegenError) as caught:
        generate_reginfo(case, name="Fan", style=style, allow_remove_on_register=True)
    assert str(caught.value) == message


# ---------------------------------------------------------------------------------------- names


def test_blocks_are_called_after_their_classes() -> None:
    case = reply(*(RegGuid.with_dynamic_names(guid(number)) for number in range(7)))
    names = {
        guid(0): "Fenwick_Fan",
        guid(1): "Fenwick_Fan",
        guid(2): "Lüfter */",
        guid(3): "2Fast",
        guid(4): "FanBlock5",
        guid(6): "DevicePropertyClass",
    }
    header = generate_reginfo(case, name="Fan", style="irp", guid_names=names)["Fan_reginfo.h"]
    assert re.findall(r"extern const GUID (\w+);", header) == [
        "Fenwick_FanGuid",
        "Fenwick_Fan_2Guid",
        "L_fter___Guid",
        "Fan2FastGuid",
        "FanBlock5Guid",
        "FanBlock5_2Guid",
        "DevicePropertyClass_2Guid",
    ]


def test_a_guid_that_is_there_twice_is_defined_once() -> None:
    case = reply(RegGuid.with_pdo(guid(1), 1), RegGuid.with_dynamic_names(guid(1)))
    files = generate_reginfo(case, name="Fan", style="irp")
    assert re.findall(r"^const GUID (\w+)", files["Fan_reginfo.c"], re.MULTILINE) == [
        "FanBlock0Guid"
    ]
    assert "FanBlock1Index = 1," in files["Fan_reginfo.h"]


@pytest.mark.parametrize("name", ["", "1Fan", "_Fan", "Fan-2", "Fän", "Fan\n", "x" * 121])
def test_a_name_that_is_no_identifier(name: str) -> None:
    with pytest.raises(ValueError, match="is no C identifier"):
        generate_reginfo(reply(), name=name, style="irp")


def test_what_cannot_be_a_buffer_cannot_be_code() -> None:
    with pytest.raises(BuildError, match="W-REMOVE-IN-REGISTER"):
        generate_reginfo(reply(RegGuid.removing(guid(1))), name="Fan", style="irp")


# ---------------------------------------------------------------------------------- the command

MOF = '[WMI, Dynamic, guid("{5b1d8f52-0c55-4b5a-9c61-6b1b5c1e0a02}")] class Fenwick_Sensor {};\n'


@pytest.fixture
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_command_writes_both_files(in_a_new_folder: Path) -> None:
    desc = Path("fenwick-fan.toml")
    desc.write_bytes((DATA / "codegen/irp/mixed.toml").read_bytes())
    Path("fan.mof").write_text(MOF)
    assert mofkit("reginfo", "c", desc, "-o", ".", "--mof", "fan.mof") == (0, "", "")
    assert sorted(path.name for path in in_a_new_folder.glob("Fenwick*")) == [
        "FenwickFan_reginfo.c",
        "FenwickFan_reginfo.h",
    ]
    assert "extern const GUID Fenwick_SensorGuid;" in Path("FenwickFan_reginfo.h").read_text()


def test_command_takes_its_options(in_a_new_folder: Path) -> None:
    desc = DATA / "codegen/wmilib/base_name.toml"
    assert mofkit("reginfo", "c", desc, "-o", ".", "--style", "wmilib", "--name", "A").code == 0
    assert "A_WMILIB_CONTEXT" in Path("A_reginfo.h").read_text()
    stdin = desc.read_bytes()
    refused = mofkit("reginfo", "c", "-", "-o", ".", "--request", "register", stdin=stdin)
    assert refused.code == 1
    assert "REMOVE" in refused.err
    options = ["--request", "register", "--allow-remove"]
    assert mofkit("reginfo", "c", "-", "-o", ".", *options, stdin=stdin).code == 0
    assert "in answer to WMIREGISTER" in Path("Driver_reginfo.h").read_text()
    assert len(list(in_a_new_folder.iterdir())) == 4


def test_command_reads_a_buffer(in_a_new_folder: Path) -> None:
    Path("fan.bin").write_bytes(encode(reply(RegGuid.with_pdo(guid(1), 1)), "x86"))
    assert mofkit("reginfo", "c", "fan.bin", "-o", ".", "--arch", "x86").code == 0
    assert (in_a_new_folder / "Fan_reginfo.c").exists()


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--style", "wmilib"], 1, "mofkit: WMIREGINFO[0].WmiRegGuid[0]: has a list of names"),
        (["--name", "1"], 2, "'1' is no C identifier"),
        (["--mof", "missing.mof"], 2, "missing.mof: "),
        (["-o", "new", "--style", "wmilib"], 1, "has a list of names"),
        (["-o", "new/" + "x" * 300], 2, "ame too long"),
    ],
)
def test_command_writes_nothing_where_something_is_wrong(
    options: list[str], code: int, message: str, in_a_new_folder: Path
) -> None:
    desc = DATA / "codegen/irp/mixed.toml"
    outcome = mofkit("reginfo", "c", desc, "-o", ".", *options)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert not list(in_a_new_folder.iterdir())


def test_command_makes_its_folder(in_a_new_folder: Path) -> None:
    desc = DATA / "codegen/irp/mixed.toml"
    for _ in range(2):
        assert mofkit("reginfo", "c", desc, "-o", "new/src") == (0, "", "")
    assert sorted(path.name for path in (in_a_new_folder / "new/src").iterdir()) == [
        "Mixed_reginfo.c",
        "Mixed_reginfo.h",
    ]


def test_command_leaves_no_folder_where_writing_fails(
    in_a_new_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(files: Mapping[str, bytes]) -> None:
        raise OSError(ENOSPC, "no room", next(iter(files)))

    Path("old").mkdir()
    monkeypatch.setattr("mofkit.cli.reginfo.c.write_files", full_disk)
    outcome = mofkit("reginfo", "c", DATA / "codegen/irp/mixed.toml", "-o", "old/new/src")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no room" in outcome.err
    assert [path.name for path in in_a_new_folder.rglob("*")] == ["old"]


@pytest.mark.usefixtures("in_a_new_folder")
def test_command_takes_no_file_for_a_folder() -> None:
    Path("src").write_text("mine")
    outcome = mofkit("reginfo", "c", DATA / "codegen/irp/mixed.toml", "-o", "src")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'src' is a file" in outcome.err
    assert Path("src").read_text() == "mine"
