"""`mofkit inspect` and what it prints: the fields of buffers, in three forms.

Laws for any annotation are in property/test_dump_laws.py.
"""

import json
import re
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from mofkit.binary import Annotation
from mofkit.binary.dump import html, json_, text
from mofkit.binary.field_budget import MAX_FIELDS
from mofkit.diagnostics.render.theme import Style
from mofkit.reginfo import (
    Arch,
    RegFlag,
    RegGuid,
    RegInfo,
    RegInfoReply,
    Request,
    TooSmall,
    decode,
    encode,
)
from mofkit.reginfo.annotate import annotate
from mofkit.wnode import AllData, WnodeFlag, WnodeHeader, encode_chain
from tests.support import DATA, SHARED
from tests.support_cli import mofkit

FAN = UUID("7B1C2D10-55E4-4C0B-9B3A-0D6A5C1E2F30")
PUMP = UUID("7B1C2D11-55E4-4C0B-9B3A-0D6A5C1E2F30")
LAMP = UUID("7B1C2D12-55E4-4C0B-9B3A-0D6A5C1E2F30")
ALARM = UUID("7B1C2D13-55E4-4C0B-9B3A-0D6A5C1E2F30")
KEY = "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Fenwick"

CHAIN = RegInfoReply(
    (
        RegInfo(
            KEY,
            "FenwickMof",
            (
                RegGuid.with_name_list(FAN, ("Fan 1", "Лüfter\x1b[31m", "")),
                RegGuid.with_base_name(PUMP, "Pump\0", 2, RegFlag.EXPENSIVE),
                RegGuid.with_pdo(LAMP, 0x80412340, 1),
                RegGuid.with_dynamic_names(ALARM, RegFlag.EVENT_ONLY_GUID),
            ),
        ),
        RegInfo(None, "", (RegGuid.with_base_name(FAN, "Fan", 1),)),
    )
)


def shared_name() -> bytes:
    """Two entries that name one string, a gap in front of it, bytes behind it; x86."""
    entry = struct.Struct("<16sIII")
    name = struct.pack("<H", 6) + "Fan".encode("utf-16-le")
    at = 20 + 2 * entry.size + 6
    header = struct.pack("<IIIII", at + len(name), 0, 0, 0, 2)
    entries = [entry.pack(guid.bytes_le, 0x20008, 1, at) for guid in (FAN, PUMP)]
    return header + b"".join(entries) + bytes(6) + name + b"\xaa\xbb"


def with_ulong(data: bytes, offset: int, value: int) -> bytes:
    return data[:offset] + struct.pack("<I", value) + data[offset + 4 :]


CHAIN_X64, CHAIN_X86 = encode(CHAIN, Arch.X64), encode(CHAIN, Arch.X86)

SAMPLES: dict[str, tuple[bytes, Arch, Request]] = {
    "chain_x64": (CHAIN_X64, Arch.X64, Request.REGISTER),
    "chain_x86": (CHAIN_X86, Arch.X86, Request.UPDATE),
    "shared_name": (shared_name(), Arch.X86, Request.REGISTER),
    "too_small": (encode(TooSmall(372), Arch.X64), Arch.X64, Request.REGISTER),
    "cut_in_header": (CHAIN_X64[:14], Arch.X64, Request.REGISTER),
    "cut_in_string": (
        struct.pack("<II", 0x14F, 0) + CHAIN_X64[8:0x14F],
        Arch.X64,
        Request.REGISTER,
    ),
    "two_kinds": (with_ulong(CHAIN_X64, 0x28, 0x2C), Arch.X64, Request.REGISTER),
    "too_many_names": (with_ulong(CHAIN_X64, 0x2C, 25), Arch.X64, Request.REGISTER),
    "too_many_guids": (with_ulong(CHAIN_X86, 0x10, 0x10000000), Arch.X86, Request.REGISTER),
    "next_behind": (with_ulong(CHAIN_X86, 4, 0xFFFFFFF0), Arch.X86, Request.REGISTER),
    "offset_behind": (with_ulong(CHAIN_X86, 8, 0xFFFE), Arch.X86, Request.REGISTER),
}


def sample(name: str) -> Annotation:
    return annotate(*SAMPLES[name])


@pytest.fixture
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# ------------------------------------------------------------------------------------- the forms


@pytest.mark.parametrize("name", SAMPLES)
def test_text(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(DATA / "inspect" / f"{name}.txt", text.render(sample(name)))


@pytest.mark.parametrize("name", ["chain_x64", "shared_name", "cut_in_string"])
def test_json(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(DATA / "inspect" / f"{name}.json", json_.render(sample(name)))


def test_text_for_a_narrow_ascii_terminal(golden: Callable[[Path, str], None]) -> None:
    shown = text.render(sample("chain_x64"), ascii_only=True, width_cells=72)
    assert shown.isascii()
    golden(DATA / "inspect" / "chain_x64.narrow.txt", shown)


def test_colour_adds_nothing_but_colour() -> None:
    plain, colored = (text.render(sample("too_many_names"), color=on) for on in (False, True))
    assert f"\x1b[{Style.ERROR}m" in colored
    uncolored = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in uncolored.split("\n")] == plain.split("\n")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_error_is_the_decoders(name: str) -> None:
    data, arch, request = SAMPLES[name]
    error = sample(name).error
    if error is None:
        reply = decode(data, arch, request)
        warnings = () if isinstance(reply, TooSmall) else reply.warnings
        assert sample(name).warnings == warnings
        return
    with pytest.raises(type(error)) as raised:
        decode(data, arch, request)
    assert str(raised.value) == str(error)


def test_a_shared_string_is_there_once() -> None:
    (length,) = [field for field in sample("shared_name").fields if field.path.endswith("Length")]
    assert length.path == "WMIREGINFO[0].WmiRegGuid[0].BaseNameOffset.Length"
    assert length.also_paths == ("WMIREGINFO[0].WmiRegGuid[1].BaseNameOffset",)


@pytest.mark.corpus
def test_the_vectors_are_explained_to_the_last_byte() -> None:
    """Gaps are alignment between the parts of a chain, and what is said to be trailing."""
    for path in sorted((SHARED / "vectors" / "reginfo").glob("*.bin")):
        arch = Arch(path.suffixes[0][1:])
        expected = json.loads(path.with_name(f"{path.name.split('.')[0]}.json").read_text())
        annotation = annotate(path.read_bytes(), arch, Request(expected["datapath"]))
        assert annotation.error is None, path
        plain = json.loads(json_.render(annotation))
        assert all(set(gap["bytes"]) <= {"0"} for gap in plain["unused"]), path


@pytest.mark.slow
def test_overlapping_strings_take_bounded_work() -> None:
    """4,000 entries whose names are 64 KB each, in a buffer of 190 KB."""
    count = 4000
    array_end = 24 + 32 * count
    entries = [
        struct.pack("<16sIIQ", bytes([n & 255, n >> 8]), 8, 1, array_end + 2 * n)
        for n in range(count)
    ]
    body = b"".join(entries) + b"\xfe\x7f" * 30000
    data = struct.pack("<IIIII4x", 24 + len(body), 0, 0, 0, count) + body
    annotation = annotate(data, Arch.X64)
    assert "overlap" in annotation.left_out
    assert annotation.left_out in text.render(annotation)
    assert json.loads(json_.render(annotation))["left_out"] == annotation.left_out
    assert annotation.left_out in html.render(annotation)
    assert sum(field.length_bytes for field in annotation.fields) < 4 * len(data)


@pytest.mark.slow
def test_overlapping_lists_take_bounded_work() -> None:
    """2,000 lists of 2,000 empty names, each starting at another place."""
    count = 2000
    array_end = 24 + 32 * count
    entries = [
        struct.pack("<16sIIQ", bytes([n & 255, n >> 8]), 4, count, array_end + 2 * n)
        for n in range(count)
    ]
    body = b"".join(entries) + bytes(4 * count)
    annotation = annotate(struct.pack("<IIIII4x", 24 + len(body), 0, 0, 0, count) + body, Arch.X64)
    assert annotation.left_out
    n_paths = sum(1 + len(field.also_paths) for field in annotation.fields)
    assert n_paths < len(body) // 4  # unbounded, it would be 60 times


def test_a_shared_list_leaves_nothing_out() -> None:
    names = b"".join(struct.pack("<H", 6) + f"F{n}".encode("utf-16-le") for n in range(10, 99))
    at = 20 + 28 * 500
    entries = [struct.pack("<16sIII", UUID(int=n).bytes, 4, 89, at) for n in range(500)]
    body = b"".join(entries) + names
    annotation = annotate(struct.pack("<IIIII", 20 + len(body), 0, 0, 0, 500) + body, Arch.X86)
    assert (annotation.error, annotation.left_out) == (None, "")
    (first,) = [field for field in annotation.fields if field.offset_bytes == at]
    assert len(first.also_paths) == 499


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_an_array_whose_header_cannot_be_true_is_shown_in_part(size: int) -> None:
    data = with_ulong(b"\xff" * 3_000_000, 0, size)
    annotation = annotate(data, Arch.X86)
    assert annotation.error is not None
    guids = [field for field in annotation.fields if field.path.endswith(".Guid")]
    assert len(guids) == 8
    shown = text.render(annotation)
    assert "… 2,999,748 more bytes" in shown
    assert len(shown) < 20_000


@pytest.mark.slow
def test_a_long_chain_is_shown_in_part() -> None:
    headers = [struct.pack("<IIIII", 20, 20, 0, 0, 0)] * 19_999
    data = b"".join(headers) + struct.pack("<IIIII", 20, 0, 0, 0, 0)
    annotation = annotate(data, Arch.X86)
    assert len(annotation.fields) == MAX_FIELDS
    shown = text.render(annotation)
    assert annotation.left_out in shown
    assert "note: 19,500 more warnings" in shown


def test_a_long_string_is_cut() -> None:
    reply = RegInfoReply((RegInfo("K" * 1000, "Mof"),))
    annotation = annotate(encode(reply, Arch.X64), Arch.X64)
    (value,) = [field.value for field in annotation.fields if field.length_bytes == 2000]
    assert value == f'"{"K" * 400}" … 600 more characters'
    (shown,) = [
        field for field in json.loads(json_.render(annotation))["fields"] if field["length"] == 2000
    ]
    assert (shown["value"], len(shown["bytes"])) == (value, 4000)


# ----------------------------------------------------------------------------------- the command


@pytest.mark.usefixtures("in_a_new_folder")
def test_a_sound_buffer() -> None:
    Path("fan.bin").write_bytes(CHAIN_X64)
    expected = (DATA / "inspect" / "chain_x64.txt").read_text(encoding="utf-8")
    assert mofkit("inspect", "--as", "reginfo", "--arch", "x64", "fan.bin") == (0, expected, "")
    assert mofkit("inspect", "fan.bin") == (0, expected, ""), "only one can be"
    assert mofkit("inspect", "-", stdin=CHAIN_X64) == (0, expected, "")
    assert mofkit("inspect", "-o", "out.txt", "fan.bin") == (0, "", "")
    assert Path("out.txt").read_text(encoding="utf-8") == expected


def test_a_malformed_buffer() -> None:
    data, _, _ = SAMPLES["too_many_names"]
    outcome = mofkit("inspect", "--arch", "x64", "--format", "json", "-", stdin=data)
    error = json.loads(outcome.out)["error"]
    assert (outcome.code, error["code"]) == (1, "E-STRING")
    assert outcome.err.startswith("mofkit: <stdin>: E-STRING at 0x")


@pytest.mark.usefixtures("in_a_new_folder")
@pytest.mark.parametrize(
    ("arguments", "data", "complaint"),
    [
        (
            "",
            CHAIN_X64[:14],
            "no sound buffer of any kind: say --as bmf, --as reginfo or --as wnode",
        ),
        ("--as reginfo", CHAIN_X64[:14], "malformed for both architectures"),
        ("", encode(RegInfoReply((RegInfo(),)), "x64"), "say --arch x64 or --arch x86"),
        ("--as wnode --arch x64", b"", "--arch means nothing for --as wnode"),
        ("--as reginfo --output", b"", "--output means nothing for --as reginfo"),
        ("--as wnode --class Fan", b"", "--class names a class of the --mof"),
        ("--mof fan.mof --class Fans", b"", "fan.mof has no class Fans; did you mean Fan?"),
        ("--mof fan.mof --class Piano", b"", "fan.mof has no class Piano; it has Fan, Pump"),
    ],
)
def test_wrong_usage(arguments: str, data: bytes, complaint: str) -> None:
    Path("fan.mof").write_text("class Fan {}; class Pump {};", encoding="utf-8")
    outcome = mofkit("inspect", *arguments.split(), "-", stdin=data)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err


FAN_MOF = """
[WMI, guid("{7B1C2D10-55E4-4C0B-9B3A-0D6A5C1E2F30}")]
class Fan {
    [key] string InstanceName;
    boolean Active;
    [WmiDataId(1)] uint32 Speed;
    [WmiDataId(2)] uint16 Level;
};
"""


def single_instance(size: int, timestamp: int = 0) -> bytes:
    """A WNODE_SINGLE_INSTANCE of Fan whose data are said to have `size` bytes; they have 6."""
    data = struct.pack("<IH", 1234, 77)
    header = struct.pack("<IIQQ16sII", 64 + len(data), 0, 0, timestamp, FAN.bytes_le, 0, 0x82)
    return header + struct.pack("<IIII", 0, 3, 64, size) + data


@pytest.mark.usefixtures("in_a_new_folder")
@pytest.mark.parametrize("options", ["--class Fan", "--class fan --as wnode", ""])
def test_a_wnode_with_its_class(options: str) -> None:
    Path("fan.mof").write_text(FAN_MOF, encoding="utf-8")
    arguments = ["inspect", "--format", "json", "--mof", "fan.mof", *options.split(), "-"]
    outcome = mofkit(*arguments, stdin=single_instance(6))
    assert (outcome.code, outcome.err) == (0, "")
    items = {field["offset"]: field for field in json.loads(outcome.out)["fields"]}
    assert items[64]["path"].endswith("Speed")
    assert items[68]["path"].endswith("Level")
    assert (items[64]["value"], items[68]["value"]) == ("1234", "77")


@pytest.mark.usefixtures("in_a_new_folder")
def test_json_has_what_a_wnode_says() -> None:
    Path("fan.mof").write_text(FAN_MOF, encoding="utf-8")
    arguments = ["inspect", "--format", "json", "--as", "wnode", "-"]
    plain = json.loads(mofkit(*arguments, "--mof", "fan.mof", stdin=single_instance(6)).out)
    assert plain["wnode"]["items"] == {"Speed": 1234, "Level": 77}
    assert "wnode" not in json.loads(mofkit(*arguments, stdin=single_instance(6)).out)
    malformed = mofkit(*arguments, "--mof", "fan.mof", stdin=single_instance(4096))
    assert (malformed.code, json.loads(malformed.out)["wnode"]) == (1, None)


@pytest.mark.usefixtures("in_a_new_folder")
def test_json_has_every_wnode_of_a_chain() -> None:
    Path("fan.mof").write_text(FAN_MOF, encoding="utf-8")
    header = WnodeHeader(FAN, WnodeFlag.ALL_DATA | WnodeFlag.STATIC_INSTANCE_NAMES)
    wnodes = [AllData(header, (struct.pack("<IH", speed, 1),)) for speed in (10, 20)]
    arguments = ["inspect", "--format", "json", "--mof", "fan.mof", "-"]
    outcome = mofkit(*arguments, stdin=encode_chain(wnodes))
    assert (outcome.code, outcome.err) == (0, "")
    speeds = [found["instances"][0]["Speed"] for found in json.loads(outcome.out)["wnode"]]
    assert speeds == [10, 20]


@pytest.mark.usefixtures("in_a_new_folder")
def test_two_classes_with_one_guid() -> None:
    other = FAN_MOF.replace("class Fan", "class Ventilator")
    Path("fan.mof").write_text(FAN_MOF + other, encoding="utf-8")
    arguments = ["inspect", "--mof", "fan.mof", "-"]
    outcome = mofkit(*arguments, stdin=single_instance(6))
    assert outcome.code == 0
    assert outcome.err == (
        f"mofkit: note: Fan, Ventilator have the guid {str(FAN).upper()}; Ventilator is taken, "
        "--class takes another\n"
    )
    assert mofkit(*arguments, "--class", "Fan", stdin=single_instance(6)).err == ""


@pytest.mark.usefixtures("in_a_new_folder")
def test_a_malformed_wnode() -> None:
    outcome = mofkit("inspect", "--as", "wnode", "-", stdin=single_instance(4096))
    assert outcome.code == 1
    assert "E-WDATA" in outcome.out
    assert outcome.err.startswith("mofkit: <stdin>: E-WDATA at 0x")


def test_a_wnode_is_known_by_itself() -> None:
    """Unless so much of it is 0 that it is a registration of nothing as well."""
    outcome = mofkit("inspect", "-", stdin=single_instance(6, timestamp=133_000_000_000_000_000))
    assert outcome.code == 0
    assert outcome.out.startswith("WNODE_SINGLE_INSTANCE")


def test_of_two_kinds_the_one_that_explains_every_byte() -> None:
    """Where a time is 0 a WNODE is a registration of nothing as well, with much behind it."""
    outcome = mofkit("inspect", "-", stdin=single_instance(6))
    assert outcome.code == 0
    assert outcome.out.startswith("WNODE_SINGLE_INSTANCE")
    outcome = mofkit("inspect", "-", stdin=single_instance(6) + b"behind BufferSize")
    assert outcome.code == 2
    assert "can be a WMIREGINFO and a WNODE: say --as reginfo or --as wnode" in outcome.err
    assert "wnode: 17 bytes have no meaning" in outcome.err


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "arch"), [("reg_maximal.x64", "x64"), ("reg_mixed.x86", "x86")])
def test_a_registration_that_could_be_a_wnode(name: str, arch: str) -> None:
    outcome = mofkit("inspect", SHARED / "vectors" / "reginfo" / f"{name}.bin")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"WMIREGINFO ({arch}, ")


def test_both_architectures_are_refused_with_what_speaks_against_them() -> None:
    """An x86 buffer with one entry is often a sound x64 buffer too."""
    reply = RegInfoReply(
        (RegInfo(KEY, "FenwickMof", (RegGuid.with_name_list(FAN, ("Fan 1", "Fan 2")),)),)
    )
    outcome = mofkit("inspect", "-", stdin=encode(reply, Arch.X86))
    assert outcome.code == 2
    assert "say --arch x64 or --arch x86" in outcome.err
    assert "x86: explains every byte" in outcome.err
    assert re.search("x64: .* bytes have no meaning; W-RESERVED-FLAGS", outcome.err)


def test_a_page_of_too_much() -> None:
    data = b"\xff" * ((1 << 20) + 1)
    outcome = mofkit("inspect", "--arch", "x86", "--format", "html", "-", stdin=data)
    assert (outcome.code, outcome.out) == (1, "")
    assert "1,048,577 bytes are too much for a page" in outcome.err
    assert "use --format text" in outcome.err


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_on_consoles_of_other_encodings(format_: str) -> None:
    outcome = mofkit("inspect", "--format", format_, "-", stdin=CHAIN_X64, encoding="cp437")
    assert outcome.code == 0
    assert "\x1b" not in outcome.out


def test_a_reply_of_four_bytes_is_the_same_for_both_architectures() -> None:
    outcome = mofkit("inspect", "-", stdin=encode(TooSmall(372), "x86"))
    assert outcome.code == 0
    assert "372" in outcome.out


# -------------------------------------------------------------------------------------- the page


def test_the_page_asks_for_nothing() -> None:
    page = html.render(sample("chain_x64"))
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)|@import|url\(|https?:""", page)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
class TestInABrowser:
    """The page as Chromium has it after its script has run."""

    FLAGS = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
        "--disable-background-networking --disable-component-update --dump-dom"
    )

    def marked(
        self, tmp_path: Path, page: str, place: str, kind: str
    ) -> tuple[list[str], list[str]]:
        """Return the offsets of the marked pieces of bytes and of the marked rows."""
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        done = subprocess.run(
            [
                str(CHROMIUM),
                *self.FLAGS.split(),
                f"--user-data-dir={tmp_path / 'profile'}",
                f"{path.as_uri()}{place}",
            ],
            capture_output=True,
            check=True,
            timeout=100,
        )
        elements = re.findall(
            r'<(b|div) [^>]*class="([^"]*)"[^>]*data-o="(\d+)"', done.stdout.decode()
        )
        found: dict[str, list[str]] = {"b": [], "div": []}
        for tag, classes, offset in elements:
            if kind in classes.split():
                found[tag].append(offset)
        return found["b"], found["div"]

    def test_a_byte_marks_its_field(self, tmp_path: Path) -> None:
        page = html.render(sample("chain_x64"))
        assert self.marked(tmp_path, page, "#byte=0x1f", "pin") == (["24", "32"], ["24"])

    def test_a_field_marks_its_bytes(self, tmp_path: Path) -> None:
        page = html.render(sample("chain_x64"))
        number = next(
            number
            for number, field in enumerate(sample("chain_x64").fields)
            if field.path == "WMIREGINFO[0].WmiRegGuid[0].Guid"
        )
        assert self.marked(tmp_path, page, f"#field={number}", "pin") == (["24", "32"], ["24"])

    def test_an_unknown_place_marks_nothing(self, tmp_path: Path) -> None:
        page = html.render(sample("chain_x64"))
        for place in ("#byte=0xffffff", "#field=9999", "#nonsense", ""):
            assert self.marked(tmp_path, page, place, "pin") == ([], [])

    @pytest.mark.parametrize(
        ("script", "kind"),
        [
            ("target.dispatchEvent(new PointerEvent('pointermove', {bubbles: true}))", "hot"),
            ("target.tabIndex = 0; target.focus()", "hot"),
            ("target.click(); dispatchEvent(new Event('hashchange'))", "pin"),
        ],
    )
    @pytest.mark.parametrize("target", [".l b[data-o='24']", ".r[data-o='24']"])
    def test_pointing(self, tmp_path: Path, target: str, script: str, kind: str) -> None:
        """The policy allows no other script, so here it is taken out."""
        page = re.sub("<meta http-equiv[^>]*>", "", html.render(sample("chain_x64")))
        steps = (
            f'<script>{{ const target = document.querySelector("{target}"); {script}; }}</script>'
        )
        page = page.replace("</body>", f"{steps}</body>")
        assert self.marked(tmp_path, page, "", kind) == (["24", "32"], ["24"])

    @pytest.mark.parametrize(
        ("target", "key", "reached"),
        [
            (".r[data-o='24']", "ArrowDown", "40"),
            (".r[data-o='24']", "ArrowUp", "20"),
            (".l b[data-o='40']", "ArrowRight", "44"),
            (".l b[data-o='20']", "ArrowLeft", "16"),
            (".l b[data-o='24']", "ArrowUp", "8"),
            (".l b[data-o='24']", "ArrowDown", "40"),
        ],
    )
    def test_the_arrow_keys_move(self, tmp_path: Path, target: str, key: str, reached: str) -> None:
        press = f"new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}})"
        steps = (
            f'<script>{{ const target = document.querySelector("{target}");'
            f" target.tabIndex = 0; target.focus(); target.dispatchEvent({press}); }}</script>"
        )
        page = re.sub("<meta http-equiv[^>]*>", "", html.render(sample("chain_x64")))
        page = page.replace("</body>", f"{steps}</body>")
        assert self.marked(tmp_path, page, "", "hot") == ([reached], [reached])

    def test_the_policy_keeps_other_scripts_out(self, tmp_path: Path) -> None:
        steps = "<script>document.querySelector('.r').classList.add('pin')</script>"
        page = html.render(sample("chain_x64")).replace("</body>", f"{steps}</body>")
        assert self.marked(tmp_path, page, "", "pin") == ([], [])
