"""`mofkit check` of binary MOF: its bytes, and what it declares, in files of any kind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import mofkit as mofkit_package
from mofkit.bmf import encode, encode_payload
from mofkit.bmf.container import write_container
from mofkit.cli.check_output import FORMATS
from tests.support import CORPUS, DATA
from tests.support_bmf import schema_of
from tests.support_carve import FAN, acpidump, c_array, named_buffer, table
from tests.support_cli import Outcome, mofkit, mofkit_process
from tests.support_pe import Key, pe_image

SUBSCRIPTION_TEXT = r"""#pragma namespace("\\\\.\\root\\subscription")
instance of __EventFilter as $Filter
{
    Name = "Demo tick";
    EventNamespace = "root\\cimv2";
    QueryLanguage = "WQL";
    Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
            "WHERE TargetInstance ISA 'Win32_LocalTime'";
};
instance of CommandLineEventConsumer as $Consumer
{
    Name = "Demo run";
    CommandLineTemplate = "notepad.exe";
};
instance of __FilterToConsumerBinding { Filter = $Filter; Consumer = $Consumer; };
"""
SUBSCRIPTION = mofkit_package.compile_source(SUBSCRIPTION_TEXT)
CLEAN = encode(schema_of("class Demo_Pump { [key] string Serial; };"))
DRIVER = encode(schema_of("class Before {}; [WMI, Dynamic] class Demo_Fan { uint32 Rpm; };"))


def of_payload(text: str, *changes: tuple[int, bytes]) -> bytes:
    """Return binary MOF of a text, with other bytes at some offsets of its payload."""
    payload = bytearray(encode_payload(schema_of(text)))
    for at, new in changes:
        payload[at : at + len(new)] = new
    return write_container(bytes(payload), "mofcomp")


SKIPPED = of_payload("class Demo_A {}; class Demo_B {};", (20 + 16, b"\2"))
"""The first object is neither class nor instance."""
ODD = of_payload("class Demo_A { boolean On = TRUE; };", (12, b"\7"))
"""A number of the header that is always 1."""

SYSTEM = ("__CLASS", "__NAMESPACE")


def check(path: Path, *options: str) -> Outcome:
    return mofkit("check", *options, path)


def found_in(path: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(check(path, "--format", "json", *options).out)
    return found


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


class TestTheBytes:
    def test_a_sound_one(self, tmp_path: Path) -> None:
        done = check(written(tmp_path, "pump.bmf", CLEAN))
        assert done == (0, "1 file checked, nothing found\n", "")

    def test_one_that_is_cut_off(self, tmp_path: Path) -> None:
        path = written(tmp_path, "pump.bmf", CLEAN[:-9])
        assert check(path).code == 1
        (found,) = found_in(path)
        assert (found["code"], found["severity"], found["path"]) == ("E-SIZE", "error", str(path))
        location = found["location"]
        assert (location["offset"], location["length"]) == (8, 4)
        assert location["field_path"] == "container.CompressedSize"
        assert location["counted_in"] == "file"

    def test_a_record_that_cannot_be_read(self, tmp_path: Path) -> None:
        """The rest is checked; the record is told of once, as an error."""
        path = written(tmp_path, "a.bmf", SKIPPED)
        found = found_in(path)
        assert [one["code"] for one in found if one["location"]["offset"] == 36] == ["E-KIND"]
        assert check(path).code == 1
        infos = found_in(path, "--select", "GEN007")
        assert any("`Demo_B`" in one["message"] for one in infos)

    def test_what_is_odd_does_not_change_the_exit_code(self, tmp_path: Path) -> None:
        """Exit codes: "Binary warnings (`W-…`) never change the exit code"."""
        path = written(tmp_path, "a.bmf", ODD)
        assert [one["code"] for one in found_in(path)] == ["W-CONSTANT"]
        assert check(path).code == 0
        assert check(path, "--select", "W-", "--fail-on", "info").code == 0

    def test_what_only_strict_reading_sees(self, tmp_path: Path) -> None:
        """System properties stand in another order than the compiler's."""
        text = "class Demo_A {};"
        payload = encode_payload(schema_of(text))
        start, end = (payload.index(name.encode("utf-16-le")) - 20 for name in SYSTEM)
        behind = end + int.from_bytes(payload[end : end + 4], "little")
        data = of_payload(text, (start, payload[end:behind] + payload[start:end]))
        (found,) = found_in(written(tmp_path, "a.bmf", data))
        assert (found["code"], found["location"]["offset"]) == ("W-DIFFERENT", start)

    def test_what_mof_cannot_say(self, tmp_path: Path) -> None:
        payload = encode_payload(schema_of("class Demo_A { string Name; };"))
        at = payload.index("Demo_A".encode("utf-16-le"))
        data = of_payload("class Demo_A { string Name; };", (at + 8, b"-"))
        found = found_in(written(tmp_path, "a.bmf", data), "--select", "W-MOF")
        assert {one["code"] for one in found} == {"W-MOF-NAME"}
        assert found[0]["location"]["offset"] == 20  # of the class's record

    def test_in_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a.bmf").write_bytes(CLEAN[:-9])
        assert mofkit("check", "a.bmf").out == (
            f"error[E-SIZE]: is {len(CLEAN) - 16}, {len(CLEAN) - 25} bytes follow the header\n"
            "--> a.bmf: offset 0x8 (container.CompressedSize)\n"
            " │\n"
            f" │ 0008  {CLEAN[8:24].hex(' ')}  "
            + "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in CLEAN[8:24])
            + "\n\n1 error in 1 file\n"
        )

    def test_syntax_only(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.sys", pe_image({("MOFDATA", "A", 0x409): SKIPPED}))
        assert "E-KIND" in check(path, "--syntax-only").out
        done = check(written(tmp_path, "b.bmf", SUBSCRIPTION), "--syntax-only")
        assert done == (0, "1 file checked, nothing found\n", "")


class TestWhatItDeclares:
    def test_a_subscription(self, tmp_path: Path) -> None:
        path = written(tmp_path, "x.bmf", SUBSCRIPTION)
        done = check(path, "--select", "EVT001", "--format", "concise")
        assert done.code == 1
        assert re.match(re.escape(f"{path} (decompiled):") + r"\d+:\d+: warning EVT001 ", done.out)

    def test_the_same_as_of_its_text(self, tmp_path: Path) -> None:
        """`mofkit decompile` gives the text that the lines of findings are those of."""
        path = written(tmp_path, "x.bmf", SUBSCRIPTION)
        text = written(tmp_path, "x.mof", mofkit("decompile", path).out.encode())
        of_bytes = found_in(path, "--select", "EVT,SEC")
        places = [(one["code"], one["location"]["decompiled"]["start"]) for one in of_bytes]
        of_text = found_in(text, "--select", "EVT,SEC")
        assert places
        assert sorted(map(str, places)) == sorted(
            str((one["code"], one["location"]["start"])) for one in of_text
        )

    def test_the_record_is_that_of_the_class(self, tmp_path: Path) -> None:
        found = found_in(written(tmp_path, "fan.bmf", DRIVER), "--select", "WDM")
        assert found
        payload = encode_payload(schema_of("class Before {}; class Demo_Fan {};"))
        for one in found:
            location = one["location"]
            assert location["field_path"] == "object[1]"
            assert location["counted_in"] == "payload"
            assert location["within"] == {"offset": 0, "length": len(DRIVER), "label": ""}
        first_size = int.from_bytes(payload[20:24], "little")
        assert found[0]["location"]["offset"] == 20 + first_size

    def test_there_are_no_fixes(self, tmp_path: Path) -> None:
        path = written(tmp_path, "fan.bmf", DRIVER)
        assert all(one["fix"] is None for one in found_in(path, "--select", "WDM,GEN,SEM"))
        before = path.read_bytes()
        done = check(path, "--fix", "--unsafe-fixes")
        assert path.read_bytes() == before
        assert "0 fixed" in done.out

    @pytest.mark.parametrize("code", ["NSP001", "NSP002"])
    def test_rules_for_what_only_text_has(self, code: str, tmp_path: Path) -> None:
        """The text lacks autorecover and a namespace, which binary MOF cannot have."""
        path = written(tmp_path, "x.bmf", CLEAN)
        text = written(tmp_path, "x.mof", mofkit("decompile", path).out.encode())
        assert code in check(text, "--select", code).out
        assert check(path, "--select", code).out == "1 file checked, nothing found\n"

    def test_comments_of_strangers_suppress_nothing(self, tmp_path: Path) -> None:
        """A qualifier that MOF cannot say becomes a comment, with whatever its value says."""
        text = SUBSCRIPTION_TEXT.replace(
            "instance of Comm", '[Oddxx("/* mofkit: file-noqa */")] instance of Comm'
        )
        payload = encode_payload(schema_of(text))
        at = payload.index("Oddxx".encode("utf-16-le"))
        path = written(tmp_path, "x.bmf", of_payload(text, (at + 6, b"-")))
        assert "/* mofkit: file-noqa" in mofkit("decompile", path).out
        assert "EVT001" in check(path).out

    def test_the_configuration_is_that_of_the_file(self, tmp_path: Path) -> None:
        path = written(tmp_path, "x.bmf", SUBSCRIPTION)
        (tmp_path / "mofkit.toml").write_text('[per-file-ignores]\n"*.bmf" = ["EVT"]\n')
        assert "EVT" not in check(path).out
        (tmp_path / "mofkit.toml").write_text('ignore = ["EVT"]\n')
        assert "EVT" not in check(path).out

    def test_a_baseline(self, tmp_path: Path) -> None:
        paths = [written(tmp_path, "x.bmf", SUBSCRIPTION), written(tmp_path, "a.bmf", SKIPPED)]
        mofkit("check", "--write-baseline", tmp_path / "known.json", *paths)
        done = mofkit("check", "--baseline", tmp_path / "known.json", *paths)
        assert done.code == 0
        assert "nothing new found" in done.out

    def test_files_are_seen_together(self, tmp_path: Path) -> None:
        """One makes the namespace that the other goes into."""
        inside = r'#pragma namespace("\\\\.\\root\\Demo") class Demo_Pump {};'
        maker = 'instance of __Namespace { Name = "Demo"; };'
        binary = written(tmp_path, "a.bmf", encode(schema_of(inside)))
        mof = written(tmp_path, "b.mof", rf'#pragma namespace("\\\\.\\root") {maker}'.encode())
        assert "NSP012" in check(binary, "--select", "NSP012").out
        assert "NSP012" not in mofkit("check", "--select", "NSP012", binary, mof).out


class TestContainers:
    def test_an_image(self, tmp_path: Path) -> None:
        resources: dict[Key, bytes] = {
            ("MOFDATA", "Fan", 0x409): FAN,
            ("MOFDATA", "Tick", 0x409): SUBSCRIPTION,
        }
        path = written(tmp_path, "fan.sys", image := pe_image(resources))
        (found,) = found_in(path, "--select", "EVT001")
        assert found["path"] == str(path)
        within = found["location"]["within"]
        assert within["label"] == "MOFDATA resource Tick, language 0x409"
        start = image.index(SUBSCRIPTION)
        assert (within["offset"], within["length"]) == (start, len(SUBSCRIPTION))
        named = f"fan.sys!MOFDATA resource Tick, language 0x409, at {start:#x} (decompiled)"
        assert found["location"]["decompiled"]["path"] == str(tmp_path / named)
        assert check(path, "--select", "EVT,SEC").out.endswith("warnings in 1 file\n")

    def test_bytes_of_a_resource(self, tmp_path: Path) -> None:
        """What is wrong with the container has its place in the image."""
        damaged = CLEAN[:4] + b"\2" + CLEAN[5:]
        path = written(tmp_path, "a.sys", image := pe_image({("MOFDATA", "A", 0): damaged}))
        (found,) = [one for one in found_in(path) if one["code"] == "W-CONSTANT"]
        assert found["location"]["offset"] == image.index(damaged) + 4

    def test_an_image_without_any(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.sys", pe_image({("RCDATA", "A", 0): b"nothing"}))
        done = check(path)
        assert (done.code, done.out) == (0, "1 file checked, nothing found\n")
        assert done.err == f"mofkit: note: {path}: there is no binary MOF in it\n"

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("dsdt.aml", table(named_buffer(b"WQBA", SUBSCRIPTION))),
            ("dump.bin", b"\0" * 9 + SUBSCRIPTION + b"\0"),
            ("acpi.txt", acpidump(SUBSCRIPTION).encode()),
            ("mof.h", c_array(SUBSCRIPTION).encode()),
            ("driver.mof", SUBSCRIPTION),
        ],
    )
    def test_other_holders(self, name: str, data: bytes, tmp_path: Path) -> None:
        path = written(tmp_path, name, data)
        assert [one["code"] for one in found_in(path, "--select", "EVT001,SYN,ENC")] == ["EVT001"]

    def test_one_of_several_is_damaged(self, tmp_path: Path) -> None:
        path = written(tmp_path, "dump.bin", b"\0" + CLEAN[:-9] + b"\0" * 40 + SUBSCRIPTION)
        codes = {one["code"] for one in found_in(path)}
        assert "EVT001" in codes
        assert any(code.startswith("E-") for code in codes)

    def test_more_than_memory_should_hold(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those that fit are read; of the others it is said that they are not."""
        n_bytes = int.from_bytes(SUBSCRIPTION[12:16], "little")
        monkeypatch.setattr("mofkit.cli.check_binary.MAX_PAYLOAD_BYTES", 2 * n_bytes)
        path = written(tmp_path, "dump.bin", b"\0" + SUBSCRIPTION * 3)
        found = found_in(path, "--select", "EVT001")
        assert [one["code"] for one in found] == ["EVT001", "EVT001", "E-MANY"]
        assert found[2]["location"]["offset"] == 1 + 2 * len(SUBSCRIPTION)

    def test_standard_input(self) -> None:
        done = mofkit("check", "--format", "concise", "-", stdin=SUBSCRIPTION)
        assert done.code == 1
        assert "<stdin> (decompiled):" in done.out

    def test_a_folder_means_texts(self, tmp_path: Path) -> None:
        written(tmp_path, "x.bmf", SUBSCRIPTION)
        written(tmp_path, "a.sys", pe_image({("MOFDATA", "A", 0): SUBSCRIPTION}))
        written(tmp_path, "ok.mof", b"instance of __Nothing {};\n")
        done = mofkit("check", "--select", "EVT", "--format", "concise", tmp_path)
        assert done == (0, "1 file checked, nothing found\n", "")


class TestText:
    @pytest.mark.parametrize("end", [b"", b"\0"])
    @pytest.mark.parametrize("name", ["a.mof", "a.txt", "a"])
    def test_text_around_binary_mof_does_not_hide(
        self, name: str, end: bytes, tmp_path: Path
    ) -> None:
        """Nor does the binary MOF, though a compiler would take it for a comment."""
        data = SUBSCRIPTION_TEXT.encode() + b"/*" + end + FAN + b"*/"
        found = found_in(written(tmp_path, name, data), "--select", "EVT001,WDM105")
        assert {one["code"] for one in found} == {"EVT001", "WDM105"}
        (of_text,) = [one for one in found if one["code"] == "EVT001"]
        assert "start" in of_text["location"]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
    def test_utf_16_is_text(self, encoding: str, tmp_path: Path) -> None:
        path = written(tmp_path, "a.txt", SUBSCRIPTION_TEXT.encode(encoding))
        (found,) = found_in(path, "--select", "EVT001")
        assert "start" in found["location"]

    @pytest.mark.parametrize("data", [b"class A {\0};\n", b"class A {};\n\0\0", b"MZ;", b"\0" * 99])
    def test_where_nothing_is_found_it_is_text(self, data: bytes, tmp_path: Path) -> None:
        done = check(written(tmp_path, "a.mof", data))
        assert done.code == 1
        assert "ENC" in done.out or "SYN" in done.out

    def test_no_construct_for_text(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.mof", b"class A {};\n")
        done = mofkit_process("check", path, PYTHONPROFILEIMPORTTIME="1")
        assert "mofkit.cli.checking" in done.err
        assert "construct" not in done.err


class TestForms:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        resources: dict[Key, bytes] = {
            ("MOFDATA", "\x1b[2JA", 0): SUBSCRIPTION,
            ("MOFDATA", "B", 0): SKIPPED,
        }
        return written(tmp_path, "a.sys", pe_image(resources))

    @pytest.mark.parametrize("form", FORMATS)
    def test_no_control_characters(self, form: str, path: Path) -> None:
        done = check(path, "--format", form, "--select", "EVT,E-,W-")
        assert done.code == 1
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.out)
        assert "MOFDATA resource" in done.out

    def test_sarif(self, path: Path) -> None:
        log = json.loads(check(path, "--format", "sarif", "--select", "EVT001,E-").out)
        schema = json.loads((DATA / "sarif" / "sarif-schema-2.1.0.json").read_text("utf-8"))
        jsonschema.Draft4Validator(schema).validate(log)
        data = path.read_bytes()
        for result in log["runs"][0]["results"]:
            (location,) = result["locations"]
            region = location["physicalLocation"]["region"]
            assert set(region) == {"byteOffset", "byteLength"}
            packed = data[region["byteOffset"] :][: region["byteLength"]]
            assert packed == (SUBSCRIPTION if result["ruleId"] == "EVT001" else SKIPPED)
            assert "object[" in location["logicalLocations"][0]["fullyQualifiedName"]

    def test_github_and_msbuild_name_the_file(self, path: Path) -> None:
        github = check(path, "--format", "github", "--select", "EVT001").out
        assert re.match(rf"::warning file={re.escape(str(path))},title=EVT001 ", github)
        assert "(object[2])" in github
        msbuild = check(path, "--format", "msbuild", "--select", "EVT001").out
        assert msbuild.startswith(f"{path} : warning EVT001: ")
        assert "(object[2])" in msbuild

    def test_concise(self, path: Path) -> None:
        out = check(path, "--format", "concise", "--select", "E-KIND").out
        place = "MOFDATA resource B, language 0x0: offset 0x24 of the payload (object[0].kind)"
        assert out.startswith(f"{path}: {place}: error E-KIND kind is 2")


class TestCodes:
    def test_what_cannot_be_read_is_told_whatever_is_selected(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a.bmf", CLEAN[:-9])
        assert check(path, "--select", "EVT,SEC").code == 1
        assert check(path, "--ignore", "E-SIZE").code == 0

    @pytest.mark.parametrize("code", ["E-SIZE", "w-const", "E-DS", "W-MOF"])
    def test_they_can_be_selected(self, code: str, tmp_path: Path) -> None:
        path = written(tmp_path, "a.bmf", ODD)
        done = check(path, "--select", code)
        assert done.code == 0
        assert ("W-CONSTANT" in done.out) is (code == "w-const")

    def test_unknown_ones(self, tmp_path: Path) -> None:
        assert check(tmp_path, "--select", "W-NONE").code == 2

    def test_they_have_pages(self) -> None:
        assert mofkit("rule", "e-ds-sync").out.startswith("E-DS-SYNC bad-ds-sync (error)\n")
        assert mofkit("rule", "W-MOF-NAME").code == 0
        assert mofkit("rule", "W-NONE").code == 2

    def test_every_code_has_a_rule(self) -> None:
        from mofkit.linter.binary_rules import binary_rules

        folder = Path(mofkit_package.__path__[0])
        used = {
            code
            for part in ("bmf", "decompiler")
            for file in (folder / part).glob("*.py")
            if file.name != "encoder.py"  # what it refuses is no bytes
            for code in re.findall(r'"([EW]-[A-Z-]+)"', file.read_text("utf-8"))
        }
        assert len(used) > 20
        assert used <= set(binary_rules())


@pytest.mark.corpus
@pytest.mark.slow
def test_real_files_have_nothing_wrong_in_their_bytes() -> None:
    files = sorted((CORPUS / "bmf").glob("*.bmf"))
    done = mofkit("check", "--select", "E-,W-,SYN,ENC,SEM0", *files)
    assert (done.code, done.out) == (0, f"{len(files)} files checked, nothing found\n")
