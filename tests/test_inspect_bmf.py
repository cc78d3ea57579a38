"""`mofkit inspect` of binary MOF: the fields of file and payload, and the numbers.

Laws for any schema and any damage are in property/test_bmf_inspect_laws.py.
"""

import json
import re
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mofkit.binary import Annotation, BinaryFormatError
from mofkit.binary.dump import html, json_, text
from mofkit.binary.field_budget import MAX_FIELDS
from mofkit.bmf import decode, encode, encode_payload
from mofkit.bmf.annotate import annotate, annotate_reading
from mofkit.bmf.container import write_container
from mofkit.bmf.reading import read
from mofkit.bmf.statistics import measure
from mofkit.cim import CimInstance, CimInstanceProperty, Schema
from tests.support import DATA, SHARED
from tests.support_bmf import schema_of
from tests.support_cli import mofkit
from tests.support_ds import literals, match, stream_of
from tests.support_inspect import assert_no_overlap, assert_tiles, flavor_targets

SCHEMA = schema_of("""
[Note("abc"), List{"a", "bc"} : ToInstance] class Demo_Fan
{
    [key] string InstanceName;
    uint32 Levels[2] = {1, 0x12345};
    boolean On = TRUE;
    char16 Mark = 'x';
    real32 Share = 0.5;
    void Do([in, Values{"off", "on"}] uint32 Mode, [out] uint32 Result);
};
instance of Demo_Fan as $Fan { InstanceName = "\\x1b[31mFan"; Next = $Fan; Rest = NULL; };
instance of Demo_Group { One = instance of Demo_Fan { On = FALSE; }; };
""")
FILE, PAYLOAD = encode(SCHEMA), encode_payload(SCHEMA)
SMALL = encode(schema_of("class A {};"))
LITTLE = encode_payload(schema_of('[Note("abc")] class Demo_Fan { uint32 Speed; };'))

CLASS, NOTE = 20, 48  # where these records begin in both payloads
TABLE = int.from_bytes(PAYLOAD[4:8], "little")


def broken(*changes: tuple[int, int | bytes]) -> bytes:
    """Return a file whose payload has other numbers or bytes at some offsets."""
    payload = bytearray(LITTLE)
    for at, value in changes:
        new = value if isinstance(value, bytes) else struct.pack("<I", value)
        payload[at : at + len(new)] = new
    return write_container(bytes(payload), "mofcomp")


def with_stream(stream: bytes, size: int) -> bytes:
    return struct.pack("<4s3I", b"FOMB", 1, len(stream), size) + stream


SAMPLES = {
    "bmf_fan": FILE,
    "bmf_cut": FILE[:200],
    "bmf_cut_in_header": FILE[:10],
    "bmf_no_such_type": broken((NOTE + 4, 0x65)),
    "bmf_two_broken": broken((NOTE + 8, 2), (CLASS + 16, 1), (len(LITTLE) - 8, 4)),
    "bmf_root_too_large": broken((4, len(LITTLE) + 1)),
    "bmf_bad_distance": with_stream(
        stream_of(literals(b"FOMB"), match(5, 3), literals(b"behind")), 100
    ),
    "bmf_odd": b"".join([SMALL[:4], b"\2", SMALL[5:], b"rest"]),
}


def shown(annotation: Annotation) -> str:
    return text.render(annotation)


@pytest.mark.parametrize("name", SAMPLES)
def test_text(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(DATA / "inspect" / f"{name}.txt", shown(annotate(SAMPLES[name])))


def test_text_of_every_token(golden: Callable[[Path, str], None]) -> None:
    golden(DATA / "inspect" / "bmf_tokens.txt", shown(annotate(SMALL, every_token=True)))


@pytest.mark.parametrize("name", ["bmf_cut", "bmf_no_such_type"])
def test_json(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(DATA / "inspect" / f"{name}.json", json_.render(annotate(SAMPLES[name])))


# --------------------------------------------------------------------------- what is explained


@pytest.mark.corpus
@pytest.mark.slow
def test_real_files_are_explained_to_the_last_byte() -> None:
    """Strict reading accounts for every byte, and each flavor is that of a qualifier."""
    paths = sorted((SHARED / "corpus" / "bmf").glob("*.bmf"))
    for n, path in enumerate(paths):
        data = path.read_bytes()
        assert decode(data, strict=True).warnings == (), path
        if n % 8 == 0:
            assert_tiles(annotate(data, every_token=True))
        annotation = annotate(data)
        assert annotation.payload is not None
        for buffer in (annotation, annotation.payload):
            assert (buffer.error, buffer.warnings, buffer.left_out) == (None, (), ""), path
            assert_tiles(buffer)
        for _, target in flavor_targets(annotation.payload):
            assert re.search(r"\.qualifier\[\d+\]\.Size$", target.path), path
    assert len(paths) == 120


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_wrong_is_what_decoding_finds(name: str) -> None:
    annotation = annotate(SAMPLES[name])
    payload = annotation.payload
    error = annotation.error or (payload.error if payload else None)
    warnings = annotation.warnings + (payload.warnings if payload else ())
    if payload is None or name == "bmf_root_too_large":
        with pytest.raises(BinaryFormatError, match=re.escape(str(error))):
            decode(SAMPLES[name])
        return
    decoded = decode(SAMPLES[name])
    skipped = [odd for odd in decoded.warnings if odd.code == "W-SKIPPED"]
    assert warnings == tuple(odd for odd in decoded.warnings if odd not in skipped[:1])
    assert (error is not None) == bool(skipped)


def test_what_is_broken_costs_no_more_than_decoding_loses() -> None:
    payload = annotate(SAMPLES["bmf_no_such_type"]).payload
    assert payload is not None
    assert_no_overlap(payload)
    n_explained = sum(field.length_bytes for field in payload.fields)
    assert len(payload.data) - n_explained == len("abc\0".encode("utf-16-le"))


def test_labels_say_what_the_numbers_in_paths_mean() -> None:
    payload = annotate(FILE).payload
    assert payload is not None
    labels = payload.labels
    assert labels["object[0]"] == "class Demo_Fan"
    assert labels["object[0].qualifier[1]"] == "Demo_Fan [List : ToInstance]"
    assert labels["object[0].method[0].object[1].property[0]"] == "Demo_Fan.Do().Result"
    assert labels["object[1].property[0]"] == "instance of Demo_Fan.InstanceName"


def test_long_names_make_short_labels() -> None:
    schema = schema_of(f"class {'A' * 1000} {{ uint8 {'B' * 1000}; }};")
    payload = annotate(encode(schema)).payload
    assert payload is not None
    assert max(map(len, payload.labels.values())) < 200


def test_offsets_lead_to_what_they_name() -> None:
    payload = annotate(FILE).payload
    assert payload is not None
    by_offset = {field.offset_bytes: field for field in payload.fields}
    found = 0
    for field in payload.fields:
        record, _, name = field.path.rpartition(".")
        if name in {"NameOffset", "ValueOffset"} and field.leads_to_bytes is not None:
            inner = {"NameOffset": "Name", "ValueOffset": "Value"}[name]
            target = by_offset[field.leads_to_bytes].path.removeprefix(f"{record}.")
            assert target in {inner, "array.Size", "object[0].Size"}
            found += 1
    assert found > 40


# -------------------------------------------------------------------------------------- bounds


def deep(levels: int) -> bytes:
    """Return a file in which instances stand in instances."""
    found = CimInstance("A")
    for _ in range(levels):
        found = CimInstance("A", (CimInstanceProperty("B", found),))
    return encode(Schema((found,)))


def test_objects_in_objects() -> None:
    annotation = annotate(deep(60))
    assert annotation.payload is not None
    assert_tiles(annotation.payload)
    assert len(shown(annotation)) < 600_000


def test_many_numbers_are_explained_in_part() -> None:
    count = 20_000
    items = b"".join(struct.pack("<I", n & 3) for n in range(count))
    array = struct.pack("<4I", 16 + len(items), 1, count, 4 + len(items)) + items
    name = "A\0".encode("utf-16-le")
    record = struct.pack("<4I", 20 + len(array), 0x2003, 0, 4) + name + array
    lists = struct.pack("<2I", 8 + len(record), 1) + record + struct.pack("<2I", 8, 0) * 2
    size = len(lists)
    found = struct.pack("<5I", 20 + size, 0, size - 16, size - 8, 0) + lists
    root = struct.pack("<4s4I", b"FOMB", 20 + len(found), 1, 1, 1)
    annotation = annotate_reading(read(write_container(root + found, "mofcomp"), max_fields=500))
    assert annotation.payload is not None
    assert len(annotation.payload.fields) == 500
    assert "more than 500" in annotation.payload.left_out
    assert annotation.payload.left_out in shown(annotation)


def test_many_tokens_are_explained_in_part() -> None:
    n_tokens = MAX_FIELDS + 5000
    data = with_stream(stream_of(literals(bytes(n_tokens))), n_tokens)
    found = annotate(data, every_token=True)
    assert len(found.fields) == MAX_FIELDS
    assert found.left_out
    assert annotate(data).left_out == ""


# ------------------------------------------------------------------------------------- numbers


def test_the_numbers_of_a_file() -> None:
    numbers = measure(read(FILE))
    assert (numbers.file_bytes, numbers.payload_bytes) == (len(FILE), len(PAYLOAD))
    assert numbers.stream_bytes == len(FILE) - 16
    assert numbers.ratio == len(FILE) / len(PAYLOAD)
    assert numbers.compression is not None
    assert numbers.compression.is_mofcomps
    assert numbers.compression.mofcomp_bytes == len(FILE)
    assert numbers.compression.best_bytes == len(encode(SCHEMA, compression="best"))
    contents = numbers.contents
    assert contents is not None
    assert (contents.classes, contents.instances) == (1, 2)
    assert (contents.properties, contents.methods, contents.parameters) == (5, 1, 2)
    assert contents.flavors == int.from_bytes(PAYLOAD[TABLE + 16 : TABLE + 20], "little")
    tokens = numbers.tokens
    n_bits = 9 * tokens.literals + 15 * tokens.syncs
    assert n_bits < 8 * numbers.stream_bytes
    assert tokens.syncs == len(PAYLOAD) // 512 + 1


def test_the_best_compression_is_not_that_of_mofcomp() -> None:
    numbers = measure(read(encode(SCHEMA, compression="best")))
    assert numbers.compression is not None
    assert not numbers.compression.is_mofcomps
    assert numbers.compression.best_bytes == numbers.file_bytes


@pytest.mark.corpus
def test_the_tokens_of_a_real_file() -> None:
    """The counts are those of an independent reading."""
    numbers = measure(read((SHARED / "corpus" / "bmf" / "07aecea487e8.bmf").read_bytes()))
    assert (numbers.payload_bytes, numbers.tokens.syncs) == (1528, 3)
    assert numbers.contents is not None
    assert (numbers.contents.qualifiers, numbers.contents.flavors) == (16, 4)


# ----------------------------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_sound_file() -> None:
    Path("fan.bmf").write_bytes(FILE)
    expected = (DATA / "inspect" / "bmf_fan.txt").read_text(encoding="utf-8")
    assert mofkit("inspect", "fan.bmf") == (0, expected, "")
    assert mofkit("inspect", "--as", "bmf", "fan.bmf") == (0, expected, "")
    assert mofkit("inspect", "-", stdin=FILE) == (0, expected, "")
    assert mofkit("inspect", "-o", "out.txt", "fan.bmf") == (0, "", "")
    assert Path("out.txt").read_text(encoding="utf-8") == expected
    assert mofkit("inspect", "--tokens", "fan.bmf").out.count("Token[") > 100


def test_warnings_do_not_change_the_exit_code() -> None:
    outcome = mofkit("inspect", "-", stdin=SAMPLES["bmf_odd"])
    assert (outcome.code, outcome.err) == (0, "")
    assert "warning[W-TRAILING]" in outcome.out


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("bmf_cut", "mofkit: <stdin>: E-SIZE at 0x8, container.CompressedSize: is"),
        ("bmf_no_such_type", "mofkit: <stdin>: payload, E-TYPE at 0x4c, object[0].qualifier[0]"),
        ("bmf_bad_distance", "mofkit: <stdin>: E-DS-DISTANCE at 0x"),
    ],
)
@pytest.mark.parametrize("options", ["", "--stats", "--format json", "--format html"])
def test_a_malformed_file(name: str, complaint: str, options: str) -> None:
    outcome = mofkit("inspect", *options.split(), "-", stdin=SAMPLES[name])
    assert outcome.code == 1
    assert outcome.out
    assert outcome.err.startswith(complaint)


def test_what_is_no_binary_mof_is_told_so() -> None:
    outcome = mofkit("inspect", "--as", "bmf", "-", stdin=b"MOF?" + bytes(20))
    assert outcome == (1, "", "mofkit: <stdin>: there is no binary MOF in it\n")


@pytest.mark.usefixtures("folder")
def test_one_inside_of_something_else() -> None:
    Path("dump.bin").write_bytes(bytes(100) + FILE + bytes(50))
    for options in ([], ["--as", "bmf"], ["--index", "1"]):
        outcome = mofkit("inspect", *options, "dump.bin")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("binary MOF, dump, at 0x64, ")
    Path("dump.bin").write_bytes(bytes(100) + FILE + SMALL)
    outcome = mofkit("inspect", "--index", "2", "dump.bin")
    assert outcome.code == 0
    assert "class A\n" in outcome.out


def test_statistics_as_text(golden: Callable[[Path, str], None]) -> None:
    outcome = mofkit("inspect", "--stats", "-", stdin=FILE)
    assert (outcome.code, outcome.err) == (0, "")
    golden(DATA / "inspect" / "bmf_fan.stats.txt", outcome.out)


def test_statistics_as_json() -> None:
    outcome = mofkit("inspect", "--stats", "--format", "json", "-", stdin=FILE)
    plain = json.loads(outcome.out)
    assert plain["file_bytes"] == len(FILE)
    assert plain["contents"]["classes"] == 1
    cut = mofkit("inspect", "--stats", "--format", "json", "-", stdin=SAMPLES["bmf_cut"])
    plain = json.loads(cut.out)
    assert (plain["payload_bytes"], plain["ratio"], plain["contents"]) == (None, None, None)
    assert plain["tokens"]["literals"] > 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("--as bmf --arch x64", "--arch means nothing for --as bmf"),
        ("--as wnode --stats", "--stats means nothing for --as wnode"),
        ("--index 1 --as reginfo", "--index means nothing for --as reginfo"),
        ("--stats --format html", "--stats are numbers, as text or JSON"),
        ("--stats --tokens", "--stats are numbers, as text or JSON"),
        ("--index 0", "--index"),
    ],
)
def test_wrong_usage(arguments: str, complaint: str) -> None:
    outcome = mofkit("inspect", *arguments.split(), "-", stdin=FILE)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err


# ------------------------------------------------------------------------------------- the page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def test_a_page_has_both_buffers() -> None:
    page = html.render(annotate(FILE))
    assert page.count('class="buffer"') == 2
    assert f'href="#payload:byte={NOTE + 16:#x}"' in page
    assert 'id="payload" data-at="payload:"' in page


@pytest.mark.slow
@pytest.mark.corpus
def test_a_page_of_the_largest_known_file() -> None:
    path = SHARED / "corpus" / "bmf" / "5175e408145b.bmf"
    outcome = mofkit("inspect", "--format", "html", path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count('role="row"') > 24_244


@pytest.mark.slow
def test_a_page_of_too_much() -> None:
    items = ", ".join(['"a"'] * 50_000)
    data = encode(schema_of(f"class A {{ string B[] = {{{items}}}; }};"))
    outcome = mofkit("inspect", "--format", "html", "-", stdin=data)
    assert (outcome.code, outcome.out) == (1, "")
    assert "fields are too much for a page" in outcome.err


def test_inspect_does_not_write_over_its_input(tmp_path: Path) -> None:
    path = tmp_path / "a.bmf"
    path.write_bytes(FILE)
    outcome = mofkit("inspect", path, "-o", path)
    assert outcome.code == 2
    assert "is an input" in outcome.err
    assert path.read_bytes() == FILE


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
class TestInABrowser:
    """The page as Chromium has it after its script has run."""

    FLAGS = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
        "--disable-background-networking --disable-component-update --dump-dom"
    )

    def sections(self, folder: Path, page: str, place: str) -> dict[str, str]:
        """Return each buffer's part of the page, by its name."""
        path = folder / "page.html"
        path.write_text(page, encoding="utf-8")
        profile = f"--user-data-dir={folder / 'profile'}"
        done = subprocess.run(
            [str(CHROMIUM), *self.FLAGS.split(), profile, f"{path.as_uri()}{place}"],
            capture_output=True,
            check=True,
            timeout=100,
        )
        dom = done.stdout.decode()
        _, file, payload = dom.split('<section class="buffer"')
        return {"file": file, "payload": payload.partition("</section>")[0]}

    def pinned(self, part: str) -> list[str]:
        found = re.findall(r'<(?:b|div) [^>]*class="([^"]*)"[^>]*data-o="(\d+)"', part)
        return [offset for classes, offset in found if "pin" in classes.split()]

    def is_hidden(self, part: str) -> bool:
        return 'hidden=""' in part.partition(">")[0]

    @pytest.mark.parametrize(
        ("place", "shown", "pins"),
        [
            ("", "file", []),
            ("#payload", "payload", []),
            ("#byte=0x5", "file", ["4", "4"]),
            ("#payload:byte=0x15", "payload", ["20", "20"]),
            ("#payload:field=1", "payload", ["4", "4"]),
            ("#other:byte=0x15", "file", []),
        ],
    )
    def test_the_address_names_a_buffer(
        self, folder: Path, place: str, shown: str, pins: list[str]
    ) -> None:
        parts = self.sections(folder, html.render(annotate(FILE)), place)
        assert [name for name in parts if not self.is_hidden(parts[name])] == [shown]
        assert {name: self.pinned(part) for name, part in parts.items()} == {
            "file": [],
            "payload": [],
            shown: pins,
        }

    def test_the_right_arrow_follows(self, folder: Path) -> None:
        """From the flavor table to its qualifier."""
        press = "new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true})"
        target = f"#payload .r[data-o='{TABLE + 20}']"
        steps = (
            f'<script>{{ const target = document.querySelector("{target}");'
            f" target.dispatchEvent({press}); dispatchEvent(new Event('hashchange')); }}</script>"
        )
        page = re.sub("<meta http-equiv[^>]*>", "", html.render(annotate(FILE)))
        page = page.replace("</body>", f"{steps}</body>")
        qualifier = int.from_bytes(PAYLOAD[TABLE + 20 : TABLE + 24], "little")
        parts = self.sections(folder, page, "#payload")
        assert self.pinned(parts["payload"]) == [str(qualifier)] * 2
