"""Finding binary MOF in everything that holds it."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from mofkit.bmf import decode
from mofkit.bmf.carve import FoundBmf, find, hidden_from
from mofkit.bmf.carve.scan import MAX_HITS
from mofkit.bmf.compression import compress
from tests.support import CORPUS
from tests.support_carve import FAN, PUMP, TEXTS, acpidump, c_array, named_buffer, table
from tests.support_pe import RSRC_OFFSET, pe_around, pe_image

SIGNATURE = b"FOMB\1\0\0\0"


def only(data: bytes) -> FoundBmf:
    [found] = find(data)
    return found


def noise(n_bytes: int) -> bytes:
    return random.Random(n_bytes).randbytes(n_bytes)


class TestFile:
    def test_a_file(self) -> None:
        assert only(FAN) == FoundBmf(FAN, 0, len(FAN), "file", "file")

    def test_what_follows_the_stream_stays_for_the_decoder(self) -> None:
        found = only(FAN + bytes(100))
        assert found.container == "file"
        assert [odd.code for odd in decode(found.data).warnings] == ["W-TRAILING"]

    def test_nothing(self) -> None:
        assert find(b"") == []
        assert find(b"class Fan {};") == []
        assert find(noise(10_000)) == []

    @pytest.mark.parametrize("length_bytes", [4, 15, 16, 20, len(FAN) - 1])
    def test_a_file_that_is_cut_off(self, length_bytes: int) -> None:
        found = only(FAN[:length_bytes])
        assert (found.container, found.data) == ("file", FAN[:length_bytes])
        assert found.error is not None
        assert found.error.code == "E-SIZE"


class TestDump:
    def test_two(self) -> None:
        data = noise(777) + FAN + noise(5) + PUMP + noise(99)
        assert [(one.data, one.offset_bytes, one.container) for one in find(data)] == [
            (FAN, 777, "dump"),
            (PUMP, 782 + len(FAN), "dump"),
        ]

    def test_one_behind_the_other(self) -> None:
        assert [one.data for one in find(FAN + PUMP)] == [FAN, PUMP]

    def test_a_signature_alone_is_no_finding(self) -> None:
        """Programs that read binary MOF hold it as a constant."""
        assert find(noise(99) + SIGNATURE + noise(99)) == []

    def test_the_claim_of_4_gigabytes_is_refused(self) -> None:
        huge = SIGNATURE + struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + FAN[16:]
        huge_payload = FAN[:12] + b"\xff\xff\xff\xff" + FAN[16:]
        codes = [one.error.code for one in find(b"\0" + huge + huge_payload) if one.error]
        assert codes == ["E-SIZE", "E-SIZE"]

    def test_a_payload_that_the_stream_cannot_hold(self) -> None:
        found = only(b"\0" + FAN[:12] + struct.pack("<I", 1 << 20) + FAN[16:])
        assert found.error is not None
        assert found.error.code == "E-DS-SIZE"

    def test_a_damaged_one_does_not_hide_the_next(self) -> None:
        """It claims bytes of the sound one that overwrote its end."""
        data = b"\0" + PUMP[:60] + FAN + bytes(500)
        damaged, sound = find(data)
        assert damaged.error is not None
        assert (damaged.offset_bytes, damaged.data) == (1, PUMP[:60])
        assert (sound.data, sound.error) == (FAN, None)

    def test_a_damaged_stream(self) -> None:
        broken = bytearray(FAN)
        broken[40:60] = bytes(20)  # distance 0
        found = only(b"\0" + broken)
        assert found.error is not None
        assert found.error.code.startswith("E-DS-")
        assert 39 <= found.error.offset_bytes <= 60
        assert found.data == broken

    def test_a_stream_that_lost_its_header(self) -> None:
        found = only(bytes(100) + FAN[16:] + noise(50))
        assert found.error is not None
        assert found.error.code == "E-MAGIC"
        assert found.offset_bytes == 100

    def test_another_version_is_read(self) -> None:
        changed = b"FOMB\2" + FAN[5:]
        assert only(b"\0" + changed).data == changed

    def test_a_long_stream_is_tried_in_parts(self) -> None:
        payload = b"FOMB" + noise(75_000)
        stream = compress(payload)
        whole = SIGNATURE + struct.pack("<II", len(stream), len(payload)) + stream
        assert only(b"\0" + whole + b"\0") == FoundBmf(whole, 1, len(whole), "dump", "dump")
        found = only(b"\0" + whole[:80_000] + bytes(20) + whole[80_020:])
        assert found.error is not None
        assert 79_980 <= found.error.offset_bytes <= 80_020

    def test_failures_have_a_budget(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Streams may overlap, and then take longer than the length of the data explains."""
        monkeypatch.setattr("mofkit.bmf.carve.trial._FIRST_PART_BYTES", 10)
        monkeypatch.setattr("mofkit.bmf.carve.trial._FAILURES_PER_BYTE", 0)
        late = FAN[:-40] + bytes(40)
        codes = [one.error.code for one in find(b"\0" + late * 3) if one.error]
        assert codes == ["E-DS-LENGTH", "E-MANY", "E-MANY"]

    def test_so_many_that_the_search_ends(self) -> None:
        empty = SIGNATURE + struct.pack("<II", 6, 0) + b"DS\0\1\xff\x7f"
        found = find(empty * (MAX_HITS + 5))
        assert len(found) == MAX_HITS + 1
        assert found[-1].error is not None
        assert found[-1].error.code == "E-MANY"
        assert found[-1].offset_bytes == MAX_HITS * len(empty)


class TestAcpi:
    def test_a_buffer_in_a_table(self) -> None:
        data = table(b"code" + named_buffer(b"WQBA", FAN) + b"more")
        found = only(data)
        assert (found.data, found.container, found.name) == (FAN, "table", "WQBA")
        assert found.label == 'table DSDT "FANTABLE", buffer WQBA'
        assert data[found.offset_bytes :][: found.length_bytes] == FAN

    def test_tables_in_a_file(self) -> None:
        tables = [
            table(named_buffer(b"WQAA", FAN)),
            table(b"nothing", b"SSDT", b"OTHER\0\0\0"),
            table(named_buffer(b"WQBB", PUMP), b"SSDT", b"PUMPS\0\0\0"),
        ]
        assert [one.label for one in find(b"".join(tables))] == [
            'table DSDT "FANTABLE", buffer WQAA',
            'table SSDT "PUMPS", buffer WQBB',
        ]

    def test_a_table_inside_another(self) -> None:
        inner = table(named_buffer(b"WQAA", FAN), b"SSDT", b"INNER   ")
        outer = table(named_buffer(b"LOAD", inner) + named_buffer(b"WQBB", PUMP))
        assert [one.label for one in find(outer)] == [
            'table SSDT "INNER", buffer WQAA',
            'table DSDT "FANTABLE", buffer WQBB',
        ]

    def test_a_wrong_checksum(self) -> None:
        data = bytearray(table(named_buffer(b"WQBA", FAN)))
        data[9] ^= 1
        assert only(bytes(data)).label.endswith("(wrong checksum)")

    @pytest.mark.parametrize("n_bytes", [3, 300, 5000])
    @pytest.mark.parametrize(
        "path", [b"WQ__", b"\\WQ__", b"^^WQ__", b"\\\x2e_SB_WQ__", b"\x2f\3_SB_WMI_WQ__"]
    )
    def test_the_name_of_a_buffer(self, path: bytes, n_bytes: int) -> None:
        code = b"\x5b\x82" + named_buffer(path, FAN.ljust(n_bytes, b"\0"))
        found = only(code)
        assert (found.container, found.label, found.data) == ("AML", "AML buffer WQ__", FAN)

    def test_no_name(self) -> None:
        data = table(b"\xa4" + named_buffer(b"WQBA", FAN)[5:])  # Return (Buffer ...)
        assert only(data).label == 'table DSDT "FANTABLE"'

    @pytest.mark.slow
    def test_what_iasl_makes(self, tmp_path: Path) -> None:
        iasl = tool("iasl")
        rows = ", ".join(f"0x{byte:02X}" for byte in FAN)
        (tmp_path / "fan.asl").write_text(
            'DefinitionBlock ("fan.aml", "SSDT", 2, "MOFKIT", "FANTABLE", 1) {'
            f"Scope (\\_SB) {{ Device (WMI1) {{ Name (WQBA, Buffer () {{{rows}}}) }} }} }}"
        )
        subprocess.run([iasl, "fan.asl"], cwd=tmp_path, check=True, capture_output=True)
        subprocess.run([iasl, "-d", "fan.aml"], cwd=tmp_path, check=True, capture_output=True)
        compiled = only((tmp_path / "fan.aml").read_bytes())
        assert (compiled.data, compiled.label) == (FAN, 'table SSDT "FANTABLE", buffer WQBA')
        listed = only((tmp_path / "fan.dsl").read_bytes())
        assert (listed.data, listed.name, listed.container) == (FAN, "WQBA", "hex text")


class TestText:
    @pytest.mark.parametrize("form", TEXTS)
    def test_a_form(self, form: str) -> None:
        text = "Before it\n" + TEXTS[form](FAN) + "\nBehind it\n"
        found = only(text.encode())
        assert (found.data[: len(FAN)], found.container) == (FAN, "hex text")
        assert len(found.data) == len(FAN)
        assert found.error is None
        spelt = text.encode()[found.offset_bytes :][: found.length_bytes].lower()
        assert spelt.startswith((b"0x46", b"46", b"70", b"\\x46", b"4f46"))

    @pytest.mark.parametrize("form", TEXTS)
    def test_a_table_in_a_form(self, form: str) -> None:
        """Nothing begins where a row does."""
        found = only(TEXTS[form](table(named_buffer(b"WQBA", FAN))).encode())
        assert (found.data, found.name) == (FAN, "WQBA")
        assert found.label.endswith('table DSDT "FANTABLE", buffer WQBA')

    @pytest.mark.parametrize("form", TEXTS)
    def test_a_form_that_is_cut_off(self, form: str) -> None:
        text = TEXTS[form](FAN).encode()
        assert [one.error is not None for one in find(text[: len(text) * 2 // 3])] == [True]

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf_16(self, encoding: str) -> None:
        text = "\ufeff// ü\n" + TEXTS["C array"](FAN)
        data = text.encode(encoding)
        found = only(data)
        assert (found.data, found.name, found.label) == (FAN, "FanMof", "line 5, C array FanMof")
        start = found.offset_bytes
        assert data[start : start + 8].decode(encoding) == "0x46"

    def test_places(self) -> None:
        text = c_array(FAN, "FanMof") + c_array(PUMP, "PumpMof")
        found = find(text.encode())
        assert [one.name for one in found] == ["FanMof", "PumpMof"]
        for one, byte in zip(found, (FAN, PUMP), strict=True):
            spelt = text[one.offset_bytes :][: one.length_bytes]
            assert spelt.startswith("0x46, 0x4F")
            assert spelt.endswith(f"0x{byte[-1]:02X}")
        assert (
            found[1].label
            == f"line {text[: found[1].offset_bytes].count(chr(10)) + 1}, C array PumpMof"
        )

    def test_all_tables_of_acpidump(self) -> None:
        text = acpidump(table(b"nothing", b"SSDT"), "SSDT") + acpidump(
            table(named_buffer(b"WQAA", FAN))
        )
        text += acpidump(table(named_buffer(b"WQBB", PUMP), b"SSDT"), "SSDT")
        assert [one.data for one in find(text.encode())] == [FAN, PUMP]

    def test_characters_that_look_like_bytes(self) -> None:
        data = b"beef dead be ef " * 4 + FAN + b"be ef ad de ab cd" * 2
        for form in ("acpidump", "xxd", "xxd, 8 a row", "windbg", "hexdump -C"):
            assert only(TEXTS[form](data).encode()).data == FAN, form

    def test_rows_left_out(self) -> None:
        """As hexdump does it, with a star for what is like the row above."""
        lines = TEXTS["hexdump -C"](bytes(64) + FAN).split("\n")
        lines[1:4] = ["*"]
        assert only("\n".join(lines).encode()).data == FAN

    def test_stars_take_no_more_than_the_text(self) -> None:
        text = (
            TEXTS["hexdump -C"](FAN) + "\nffff0000  46 4f 00 00 01 00 00 00\n*\nfffffff0  46 4f\n"
        )
        assert only(text.encode()).data == FAN

    def test_mixed_forms(self) -> None:
        text = c_array(FAN) + "\n" + acpidump(PUMP) + "\n" + FAN.hex()
        assert [one.data for one in find(text.encode())] == [FAN, PUMP, FAN]

    def test_other_lists(self) -> None:
        text = "int a[] = { 1, 2, 300 }; int b[] = { 0x46, 0x1234 };" + c_array(FAN)
        assert only(text.encode()).data == FAN

    def test_an_image_as_text(self) -> None:
        image = pe_image({("MOFDATA", "FanMof", 0x409): FAN})
        assert only(TEXTS["xxd"](image).encode()).name == "FanMof"

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "options",
        [["xxd"], ["xxd", "-p"], ["hexdump", "-C"], ["hexdump"], ["od", "-x"], ["od", "-t", "x1"]],
        ids=" ".join,
    )
    def test_what_tools_write(self, options: list[str]) -> None:
        data = FAN + bytes(len(FAN) % 2)
        done = subprocess.run(
            [tool(options[0]), *options[1:]], input=data, capture_output=True, check=True
        )
        assert only(done.stdout).data == FAN


class TestImage:
    @pytest.mark.parametrize("is_64_bit", [True, False])
    def test_resources(self, is_64_bit: bool) -> None:
        image = pe_image(
            {
                ("MOFDATA", "FanMof", 0x409): FAN,
                ("MOFDATA", "FanMof", 0x407): PUMP,
                ("MOFDATA", 7, 0): FAN,
                ("OTHER", "Fan", 0): b"something",
                (16, 1, 0x409): b"no version",
            },
            is_64_bit=is_64_bit,
        )
        found = find(image)
        assert {(one.label, one.name, one.data) for one in found} == {
            ("MOFDATA resource FanMof, language 0x407", "FanMof", PUMP),
            ("MOFDATA resource FanMof, language 0x409", "FanMof", FAN),
            ("MOFDATA resource #7, language 0x0", "#7", FAN),
        }
        assert all(one.container == "resource" for one in found)
        assert all(image[one.offset_bytes :][: one.length_bytes] == one.data for one in found)

    def test_a_resource_that_is_none(self) -> None:
        found = only(pe_image({("MOFDATA", "FanMof", 0x409): b"not what it says it is"}))
        assert found.error is not None
        assert (found.error.code, found.name) == ("E-MAGIC", "FanMof")

    def test_a_resource_that_is_shorter_than_its_stream(self) -> None:
        found = only(pe_image({("MOFDATA", "FanMof", 0x409): FAN[:-30]}))
        assert found.error is not None
        assert (found.error.code, found.data) == ("E-SIZE", FAN[:-30])

    def test_two_languages_that_share_their_bytes(self) -> None:
        image = bytearray(pe_image({("MOFDATA", "A", 1): FAN, ("MOFDATA", "A", 2): PUMP}))
        leaves = image.find(struct.pack("<II", 2, 0))
        first = image.find(struct.pack("<I", len(FAN)), RSRC_OFFSET) - 4
        assert leaves > 0
        image[first + 16 : first + 32] = image[first : first + 16]
        labels = [one.label for one in find(bytes(image)) if one.data == FAN]
        assert labels == ["MOFDATA resource A, language 0x1", "MOFDATA resource A, language 0x2"]

    def test_an_address_outside_of_the_file(self) -> None:
        image = bytearray(pe_image({("MOFDATA", "A", 1): FAN}))
        leaf = image.find(struct.pack("<I", len(FAN)), RSRC_OFFSET) - 4
        image[leaf : leaf + 4] = b"\xff\xff\xff\x7f"
        assert [(one.container, one.error is None) for one in find(bytes(image))] == [
            ("dump", True),
            ("resource", False),
        ]

    def test_an_address_outside_of_an_image_as_text(self) -> None:
        image = bytearray(pe_image({("MOFDATA", "A", 1): FAN}))
        leaf = image.find(struct.pack("<I", len(FAN)), RSRC_OFFSET) - 4
        image[leaf : leaf + 4] = b"\xff\xff\xff\x7f"
        text = TEXTS["plain"](bytes(image))
        sound, damaged = find(text.encode())
        assert (sound.data, sound.error) == (FAN, None)
        assert (damaged.offset_bytes, damaged.length_bytes, damaged.name) == (len(text), 0, "A")

    def test_outside_of_the_resources(self) -> None:
        image = pe_image({("MOFDATA", "FanMof", 0x409): FAN})
        assert [one.label for one in find(image + PUMP)] == [
            "MOFDATA resource FanMof, language 0x409",
            "PE image",
        ]

    def test_a_tree_that_holds_itself(self) -> None:
        """Every folder is the same one, with as many entries as fit into its counts."""
        name = struct.pack("<H", 7) + "MOFDATA".encode("utf-16-le")
        entries = struct.pack("<II", 1 << 31 | 16 + 8 * 60_000, 1 << 31) * 60_000
        section = struct.pack("<12xHH", 60_000, 0) + entries + name
        assert find(pe_around(section)) == []

    def test_malformed_headers_leave_the_signature(self) -> None:
        image = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0" + FAN
        assert only(image).data == FAN

    def test_without_pefile(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mofkit.bmf.carve.pe.find_spec", lambda _: None)
        image = pe_image({("MOFDATA", "FanMof", 0x409): FAN})
        assert (only(image).data, only(image).label) == (FAN, "PE image")
        assert "pip install 'mofkit[pe]'" in hidden_from(image)
        assert hidden_from(FAN) == ""

    @pytest.mark.slow
    def test_what_windres_makes(self, tmp_path: Path) -> None:
        windres, gcc = tool("x86_64-w64-mingw32-windres"), tool("x86_64-w64-mingw32-gcc")
        (tmp_path / "fan.bmf").write_bytes(FAN)
        (tmp_path / "pump.bmf").write_bytes(PUMP)
        (tmp_path / "fan.rc").write_text(
            "LANGUAGE 9, 1\nFanMof MOFDATA fan.bmf\nLANGUAGE 7, 1\nPumpMof MOFDATA pump.bmf\n"
        )
        (tmp_path / "fan.c").write_text("int DriverEntry(void) { return 0; }\n")
        link = [gcc, "-shared", "-nostdlib", "-e", "DriverEntry", "fan.c", "fan.o", "-o", "fan.sys"]
        for command in ([windres, "fan.rc", "fan.o"], link):
            subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        found = find((tmp_path / "fan.sys").read_bytes())
        assert {(one.label, one.data) for one in found} == {
            ("MOFDATA resource FANMOF, language 0x409", FAN),
            ("MOFDATA resource PUMPMOF, language 0x407", PUMP),
        }


FORMS = ["dump", "AML", "table", "resource", *TEXTS]


class TestCorpus:
    """Real files, in everything that holds them."""

    @pytest.mark.corpus
    @pytest.mark.slow
    @pytest.mark.parametrize("form", FORMS)
    def test_each_is_found(self, form: str) -> None:
        """In every form a quarter of the files, each in several forms."""
        paths = sorted(CORPUS.glob("bmf/*.bmf"))
        assert len(paths) == 120
        for path in paths[FORMS.index(form) % 4 :: 4]:
            data = path.read_bytes()
            found = only(wrapped(data, form))
            assert found.error is None
            assert found.data == data


def wrapped(data: bytes, form: str) -> bytes:
    match form:
        case "dump":
            return noise(777) + data + noise(99)
        case "AML":
            return named_buffer(b"WQBA", data)
        case "table":
            return table(named_buffer(b"WQBA", data))
        case "resource":
            return pe_image({("MOFDATA", "FanMof", 0x409): data})
        case _:
            return TEXTS[form](data).encode()


def tool(name: str) -> str:
    """Return the path of a program, or skip."""
    if (path := shutil.which(name)) is None:
        pytest.skip(f"{name} is not installed")
    return path
