"""`mofkit reginfo` on the command line: what each command prints, writes and refuses."""

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mofkit.cli.output import write_files
from mofkit.reginfo import Arch, RegInfoReply, decode, encode
from mofkit.reginfo.description import read
from tests.support import DATA, ROOT
from tests.support_cli import mofkit, mofkit_process

SAMPLES = ROOT / "samples" / "reginfo"
V1, V2, UPDATE = SAMPLES / "v1.toml", SAMPLES / "v2.toml", SAMPLES / "update.toml"
CHAIN = SAMPLES / "class_and_mini.toml"

both_archs = pytest.mark.parametrize("arch", list(Arch))


def described(path: Path, arch: Arch = Arch.X64) -> RegInfoReply:
    reply = read(path.read_text("utf-8"), path=path.name, format="toml", arch=arch)
    assert isinstance(reply, RegInfoReply)
    return reply


# ----------------------------------------------------------------------------- build and decode


@both_archs
@pytest.mark.parametrize("path", [V1, V2, UPDATE, CHAIN], ids=lambda path: path.name)
def test_build_and_decode_are_inverse(path: Path, arch: Arch, tmp_path: Path) -> None:
    buffer, again = tmp_path / "reply.bin", tmp_path / "again.bin"
    assert mofkit("reginfo", "build", path, "--arch", arch, "-o", buffer).code == 0
    reply = described(path, arch)
    assert buffer.read_bytes() == encode(reply, arch)
    for form in ("json", "toml"):
        decoded = mofkit(
            "reginfo",
            "decode",
            buffer,
            "--arch",
            arch,
            "--request",
            reply.request,
            "--format",
            form,
        )
        assert decoded.code == 0
        copy = tmp_path / f"copy.{form}"
        copy.write_text(decoded.out, "utf-8")
        assert mofkit("reginfo", "build", copy, "--arch", arch, "-o", again).code == 0
        assert again.read_bytes() == buffer.read_bytes()


def test_decode_in_words() -> None:
    data = encode(described(CHAIN), "x64") + b"!"
    outcome = mofkit("reginfo", "decode", "-", "--arch", "x64", stdin=data)
    assert outcome.code == 0  # warnings do not change it
    assert outcome.out == (
        "WMIREGINFO[0], answer to WMIREGISTER, x64\n"
        '  RegistryPath     "\\Registry\\Machine\\System\\CurrentControlSet\\Services'
        '\\FenwickCooler"\n'
        '  MofResourceName  "FenwickCoolerMof"\n'
        "  1 block\n"
        "    3D2E9B14-8C65-4A70-B1F8-60C7D59E2A48  1 instance named after the device "
        "(PDO 0xfffffa8004a1b060)\n"
        "\n"
        "WMIREGINFO[1], answer to WMIREGISTER, x64\n"
        '  RegistryPath     "\\Registry\\Machine\\System\\CurrentControlSet\\Services'
        '\\FenwickMini"\n'
        '  MofResourceName  "FenwickMiniMof"\n'
        "  2 blocks\n"
        '    E7F1A0C6-52D9-4B3E-8D27-9A6B1C4F3E50  4 instances named "Sensor" and a number\n'
        "    91B8C4D7-0E3F-4C2A-A5D6-7F1E2B3C4D59  1 instance named after the device "
        "(PDO 0xfffffa8004a1b060), event\n"
        "\n"
        "Warnings\n"
        f"  W-TRAILING at {len(data) - 1:#x}, WMIREGINFO[1]: "
        "bytes behind the end of the last part: 1\n"
    )


def test_decode_tells_the_shape_of_a_description() -> None:
    data = encode(described(V1), "x86")
    outcome = mofkit("reginfo", "decode", "-", "--arch", "x86", "--format", "json", stdin=data)
    plain = json.loads(outcome.out)
    assert list(plain) == ["arch", "request", "infos", "warnings"]
    assert plain["infos"][0]["guids"][0] == {
        "guid": "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E",
        "flags": 32,
        "flag_names": ["WMIREG_FLAG_INSTANCE_PDO"],
        "instance_count": 2,
        "names": {"kind": "pdo", "pdo": "0x1000", "count": 2},
    }


def test_a_malformed_buffer_is_refused_with_its_place() -> None:
    data = encode(described(V1), "x64")
    outcome = mofkit("reginfo", "decode", "-", "--arch", "x64", stdin=data[:40])
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err == (
        "mofkit: -: E-BUFFERSIZE at 0x0, WMIREGINFO[0].BufferSize: is 310, but here are 40 bytes\n"
    )


def test_too_small_is_no_fault() -> None:
    outcome = mofkit("reginfo", "decode", "-", "--arch", "x64", stdin=b"\x74\1\0\0")
    assert outcome == (
        0,
        "Buffer too small, answer to WMIREGISTER, x64\n  372 bytes are needed\n",
        "",
    )


def test_names_from_a_file_do_no_harm_in_a_terminal() -> None:
    reply = json.dumps({"infos": [{"registry_path": "\x1b]0;x\x07", "guids": []}]})
    data = encode(read(reply, path="x.json", format="json"), "x64")
    outcome = mofkit("reginfo", "decode", "-", "--arch", "x64", stdin=data, FORCE_COLOR="1")
    assert "<U+001B>]0;x<U+0007>" in outcome.out
    assert "\x1b]" not in outcome.out


def test_removing_on_register_must_be_allowed(tmp_path: Path) -> None:
    buffer = tmp_path / "reply.bin"
    build = ("reginfo", "build", UPDATE, "--arch", "x64", "--request", "register", "-o", buffer)
    refused = mofkit(*build)
    assert refused.code == 1
    assert "W-REMOVE-IN-REGISTER, WMIREGINFO[0].WmiRegGuid[0].Flags" in refused.err
    assert not buffer.exists()
    assert mofkit(*build, "--allow-remove").code == 0
    assert buffer.exists()


def test_a_refused_build_leaves_the_file(tmp_path: Path) -> None:
    buffer = tmp_path / "reply.bin"
    buffer.write_bytes(b"as it was")
    broken = tmp_path / "broken.toml"
    broken.write_text('[[infos]]\n[[infos.guids]]\nguid = "no"\n', "utf-8")
    outcome = mofkit("reginfo", "build", broken, "--arch", "x64", "-o", buffer)
    assert outcome.code == 1
    assert f"{broken}:3: infos[0].guids[0].guid" in outcome.err
    assert buffer.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.toml", "reply.bin"]


def test_standard_input_and_output() -> None:
    outcome = mofkit_process(
        "reginfo", "decode", "--arch", "x64", "-", stdin=encode(described(V1), "x64")
    )
    assert outcome.code == 0
    as_json = json.dumps({"infos": [{"guids": []}]}).encode()
    built = mofkit("reginfo", "build", "-", "--arch", "x64", "-o", "-", stdin=as_json)
    assert built.code == 0
    assert built.out.encode("latin-1")[:4] == b"\x18\0\0\0"


# ------------------------------------------------------------------------------ diff and apply


def test_the_sample_update_is_the_difference(tmp_path: Path) -> None:
    written = tmp_path / "update.toml"
    outcome = mofkit("reginfo", "diff", V1, V2, "-o", written)
    assert outcome.code == 0
    assert described(written) == described(UPDATE)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("diff.txt", ["diff", V1, V2]),
        ("diff_same.txt", ["diff", V1, V1]),
        ("apply.txt", ["apply", V1, UPDATE]),
        ("register.txt", ["apply", "unregistered", V1, "--action", "register"]),
        ("reregister_98.txt", ["apply", V1, V2, "--action", "reregister", "--windows", "98"]),
        ("deregister.txt", ["apply", V1, "--action", "deregister"]),
        ("block_irps.txt", ["apply", V1, "--action", "block-irps"]),
    ],
)
def test_in_words(
    name: str,
    arguments: list[str | Path],
    golden: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    relative = [
        path.relative_to(ROOT).as_posix() if isinstance(path, Path) else path for path in arguments
    ]
    outcome = mofkit("reginfo", *relative)
    assert (outcome.code, outcome.err) == (0, "")
    golden(DATA / "reginfo" / name, outcome.out)


def test_applying_the_difference_gives_the_new_state(tmp_path: Path) -> None:
    update, state = tmp_path / "update.bin", tmp_path / "state.json"
    assert mofkit("reginfo", "diff", V1, V2, "--arch", "x86", "-o", update).code == 0
    done = mofkit("reginfo", "apply", V1, update, "--arch", "x86", "-o", state)
    assert done.code == 0
    again = mofkit("reginfo", "diff", state, V2, "--format", "json")
    assert json.loads(again.out)["infos"][0]["guids"] == []


def test_other_names_need_reregister(tmp_path: Path) -> None:
    other, update = tmp_path / "other.toml", tmp_path / "update.toml"
    other.write_text(V2.read_text("utf-8").replace("FenwickFanMof", "NewMof"), "utf-8")
    outcome = mofkit("reginfo", "diff", V1, other, "-o", update)
    assert outcome.code == 1
    assert outcome.out == ""
    assert "needs REREGISTER: WMIREGINFO[0].MofResourceName" in outcome.err
    assert not update.exists()


def test_a_name_cannot_forge_a_line_of_a_message(tmp_path: Path) -> None:
    for name in ("a", "b"):
        info = {"registry_path": f"{name}\nmofkit: all is well\u2028"}
        (tmp_path / f"{name}.json").write_text(json.dumps({"infos": [info]}), "utf-8")
    outcome = mofkit("reginfo", "diff", tmp_path / "a.json", tmp_path / "b.json")
    assert outcome.code == 1
    assert outcome.err.count("mofkit: ") == 3  # two of them quoted
    assert len(outcome.err.splitlines()) == 1


def test_policies() -> None:
    twice = ("reginfo", "apply", V1, V2, "--action", "register")
    assert mofkit(*twice).code == 1
    assert mofkit(*twice, "--policy", "register-twice=replace").code == 0
    assert mofkit(*twice, "--policy", "register-twice=maybe").code == 2


WRONG_USAGE: dict[str, tuple[list[str | Path], str]] = {
    "a buffer without --arch": (["apply", V1, "update.bin"], "--arch"),
    "no reply": (["apply", V1], "needs the driver's REPLY"),
    "a reply to nothing": (["apply", V1, V2, "--action", "deregister"], "no REPLY"),
    "no state to write": (
        ["apply", V1, "--action", "deregister", "-o", "state.toml"],
        "nothing is registered",
    ),
    "a buffer to write without --arch": (["diff", V1, V2, "-o", "x.bin"], "--arch"),
    "another architecture": (["decode", V1, "--arch", "arm"], "--arch"),
    "an update as a state": (["diff", UPDATE, V2], "answers WMIUPDATE"),
    "standard input twice": (["apply", "-", "-"], "both"),
    "no such file": (["build", "missing.toml", "--arch", "x64", "-o", "x"], "missing.toml"),
    "no such folder": (["build", V1, "--arch", "x64", "-o", "missing/x.bin"], "missing"),
}


@pytest.mark.parametrize("what", WRONG_USAGE)
def test_wrong_usage(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "update.bin").write_bytes(encode(described(UPDATE), "x64"))
    arguments, said = WRONG_USAGE[what]
    outcome = mofkit("reginfo", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["update.bin"]


# ------------------------------------------------------------------------------ writing files


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("POSIX permissions and links")
    target, link = tmp_path / "target.bin", tmp_path / "link.bin"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_files({str(link): b"new"})
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert link.is_symlink()


def test_several_files_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"old")
    replace = Path.replace

    def fail_at_second(self: Path, target: Path) -> Path:
        if target.name == "second":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_second)
    with pytest.raises(PermissionError):
        write_files({str(first): b"new", str(second): b"new"})
    assert first.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [first]


def test_decode_returns_what_build_wrote_for_a_large_driver(tmp_path: Path) -> None:
    big = RegInfoReply((described(V1).infos[0],) * 40)
    data = encode(big, "x64")
    (tmp_path / "big.bin").write_bytes(data)
    outcome = mofkit("reginfo", "decode", tmp_path / "big.bin", "--arch", "x64", "--format", "json")
    assert len(json.loads(outcome.out)["infos"]) == 40
    assert decode(data, "x64") == big
