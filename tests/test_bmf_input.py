"""Commands that take binary MOF: which one of a file they take, and what they say about it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from mofkit.cli.bmf_input import every_bmf_in, read_bmf
from mofkit.errors import MofkitError
from tests.support_carve import FAN, PUMP, acpidump, named_buffer, table
from tests.support_cli import mofkit
from tests.support_pe import Key, pe_image

DAMAGED = FAN[:40] + bytes(20) + FAN[60:]


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    path = tmp_path / "fan.sys"
    path.write_bytes(pe_image({("MOFDATA", "Fan", 0x409): FAN, ("MOFDATA", "Pump", 0x409): PUMP}))
    return path


class TestOne:
    @pytest.mark.parametrize(
        "holder", [FAN, table(named_buffer(b"WQBA", FAN)), acpidump(FAN).encode()]
    )
    def test_the_only_one(self, holder: bytes, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(holder)
        assert read_bmf(str(tmp_path / "x")).data == FAN
        assert "class Fan" in mofkit("decompile", tmp_path / "x").out
        assert mofkit("decompile", "-", stdin=holder).code == 0

    def test_the_only_sound_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "x").write_bytes(b"\0" + DAMAGED + PUMP)
        assert read_bmf(str(tmp_path / "x")).data == PUMP
        told = capsys.readouterr().err
        assert "note: " in told
        assert "1: dump, at 0x1, damaged: E-DS-" in told

    def test_a_damaged_one_that_is_meant(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"\0" + DAMAGED + PUMP)
        done = mofkit("decompile", tmp_path / "x", "--index", "1")
        assert (done.code, done.out) == (1, "")
        assert "E-DS-" in done.err

    def test_none(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"nothing")
        done = mofkit("decompile", tmp_path / "x")
        assert (done.code, done.out) == (1, "")
        assert done.err == f"mofkit: {tmp_path / 'x'}: there is no binary MOF in it\n"

    def test_no_file(self, tmp_path: Path) -> None:
        assert mofkit("decompile", tmp_path / "x").code == 2


class TestSeveral:
    def test_they_are_listed(self, driver: Path) -> None:
        done = mofkit("decompile", driver)
        assert (done.code, done.out) == (2, "")
        assert "holds 2 binary MOFs: say which with --index, or --all\n" in done.err
        assert "\n  1: MOFDATA resource Fan, language 0x409, at 0x" in done.err
        assert "\n  2: MOFDATA resource Pump, language 0x409, at 0x" in done.err

    def test_an_index(self, driver: Path) -> None:
        assert read_bmf(str(driver), 2).data == PUMP
        assert "class Pump" in mofkit("decompile", driver, "--index", "2").out

    @pytest.mark.parametrize("index", ["0", "3", "x"])
    def test_no_such_index(self, index: str, driver: Path) -> None:
        done = mofkit("decompile", driver, "--index", index)
        assert done.code == 2
        assert "--index" in done.err

    def test_all(self, driver: Path) -> None:
        done = mofkit("decompile", driver, "--all")
        assert done.code == 0
        assert done.out.startswith("// MOFDATA resource Fan, language 0x409, at 0x")
        assert "class Fan" in done.out
        assert "class Pump" in done.out

    def test_all_into_a_folder(self, driver: Path, tmp_path: Path) -> None:
        assert mofkit("decompile", driver, "--all", "-o", tmp_path / "mofs").code == 0
        assert [path.name for path in sorted((tmp_path / "mofs").iterdir())] == [
            "01-Fan.mof",
            "02-Pump.mof",
        ]

    def test_names_cannot_move_a_cursor(self, tmp_path: Path) -> None:
        resources: dict[Key, bytes] = {("MOFDATA", f"\x1b[2J{n}", 0): FAN for n in range(2)}
        (tmp_path / "x").write_bytes(pe_image(resources))
        done = mofkit("decompile", tmp_path / "x")
        assert done.code == 2
        assert "<U+001B>[2J0" in done.err

    def test_too_many(self) -> None:
        empty = b"FOMB\1\0\0\0" + struct.pack("<II", 6, 0) + b"DS\0\1\xff\x7f"
        with pytest.raises(MofkitError, match="more than 10,000"):
            every_bmf_in(empty * 10_001, "x")

    def test_a_long_list_is_cut(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(FAN * 60)
        assert mofkit("decompile", tmp_path / "x").err.endswith("  and 10 more\n")


class TestWithoutPefile:
    def test_the_note(self, driver: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mofkit.bmf.carve.pe.find_spec", lambda _: None)
        done = mofkit("decompile", driver, "--index", "1")
        assert done.code == 0
        assert "class Fan" in done.out
        assert "note: " in done.err
        assert "pip install 'mofkit[pe]'" in done.err
