"""Whatever a file, a folder or the system does: an exit code, a message, and the other files.

Never a traceback (`support_cli` looks for it in every run), and no file is changed.
"""

import errno
import os
import random
import signal
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

import mofkit.cli.checking as mofkit_check
from mofkit.cli import run
from tests.support import ROOT
from tests.support_cli import TIMEOUT_SECONDS, Outcome, checked, mofkit, mofkit_process

N = 100_000
FAULTY = "class Faulty { uint8 X };\n"
CLEAN = "class Clean { uint8 X; };\n"


def garbage() -> str:
    """Return printable characters by chance, always the same ones."""
    characters = string.printable.replace("/", "")  # a `/*` would hide the rest
    return "".join(random.Random(1).choices(characters, k=1_000_000))


HUGE: dict[str, tuple[Callable[[], str], int]] = {
    "nested-braces": (lambda: "instance of A { X = " + "{" * N + "1" + "}" * N + "; };", 1),
    "unclosed-braces": (lambda: "instance of A { X = " + "{" * N, 1),
    "braces-only": (lambda: "{" * N, 1),
    "unclosed-classes": (lambda: "class A {" * N, 1),
    "unclosed-qualifiers": (lambda: "[A(" * N, 1),
    "one-long-string": (lambda: f'class A {{ string X = "{"a" * 20_000_000}"; }};', 0),
    "one-long-open-string": (lambda: f'class A {{ string X = "{"a" * 20_000_000}; }};', 1),
    "open-strings": (lambda: 'class A { string X = "a;\n };' * (N // 10), 1),
    "open-comments": (lambda: "class A {}; /*" * N, 1),
    "garbage": (garbage, 1),
    "nuls": (lambda: "\0" * N, 1),
    "nuls-inside": (lambda: "class A {" + "\0" * N + "};", 1),
    "control-z-inside": (lambda: "class A {" + "\x1a " * N + "};", 1),
}
"""Name → text, and the exit code."""


@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_huge_files_are_checked(name: str, tmp_path: Path) -> None:
    """In a process, which can be stopped when it hangs: there is no bound but that."""
    make, code = HUGE[name]
    path = tmp_path / "huge.mof"
    path.write_bytes(make().encode())
    outcome = mofkit_process("check", path)
    assert outcome.code == code, outcome.out[-1000:]
    assert outcome.err == ""
    assert outcome.out.splitlines()[-1].endswith("1 file" if code else "nothing found")


# ------------------------------------------------------------------------------ files and folders


def test_other_files_are_checked(tmp_path: Path) -> None:
    bad, good = tmp_path / "a.mof", tmp_path / "b.mof"
    bad.write_text(FAULTY)
    good.write_text(CLEAN)
    outcome = mofkit("check", tmp_path / "nothing.mof", bad, tmp_path / "no*.mof", good)
    assert outcome.code == 2  # not 1, though there are findings: the run is not complete
    assert f"cannot read {tmp_path / 'nothing.mof'}: No such file" in outcome.err
    assert f"cannot read {tmp_path / 'no*.mof'}: nothing matches" in outcome.err
    assert "SYN002" in outcome.out
    assert outcome.out.endswith("1 error in 1 of 2 files\n")


def test_a_link_to_nothing_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.mof").symlink_to("gone.mof")
    (tmp_path / "b.mof").symlink_to("b.mof")
    (tmp_path / "c.mof").write_text(CLEAN)
    outcome = mofkit("check", tmp_path)
    assert outcome.code == 2
    assert [line.split(":")[0] for line in outcome.err.splitlines()] == ["mofkit", "mofkit"]
    assert outcome.out == "1 file checked, nothing found\n"


def test_a_file_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.mof", "b.mof", "c.mof"):
        (tmp_path / name).write_text(CLEAN)

    def refuse(path: str) -> bytes:
        if path.endswith("b.mof"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return CLEAN.encode()

    monkeypatch.setattr(mofkit_check, "read_raw", refuse)
    message = f"mofkit: cannot read {tmp_path / 'b.mof'}: Permission denied\n"
    assert mofkit("check", tmp_path) == (2, "2 files checked, nothing found\n", message)


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read anything")
def test_files_and_folders_that_may_not_be_read(tmp_path: Path) -> None:
    closed_file, closed_folder = tmp_path / "a.mof", tmp_path / "b"
    closed_file.write_text(CLEAN)
    closed_folder.mkdir()
    (tmp_path / "c.mof").write_text(CLEAN)
    closed_file.chmod(0)
    closed_folder.chmod(0)
    try:
        outcome = mofkit("check", tmp_path)
    finally:
        closed_folder.chmod(0o700)
    assert outcome.code == 2
    assert outcome.err.count("Permission denied") == 2
    assert outcome.out == "1 file checked, nothing found\n"


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "folder.mof").mkdir()
    assert mofkit("check", tmp_path) == (0, "0 files checked, nothing found\n", "")
    outcome = mofkit("dump", tmp_path / "folder.mof")
    assert outcome.code == 2
    assert outcome.err.startswith(f"mofkit: {tmp_path / 'folder.mof'}: ")


def test_names_that_are_no_text(tmp_path: Path) -> None:
    r"""A file's name is bytes; \xFF is no UTF-8."""
    name = os.fsencode(tmp_path) + b"/\xff\x1b[31m.mof"
    try:
        with open(name, "w") as file:  # noqa: PTH123  # Path takes no bytes
            file.write(FAULTY)
    except (OSError, UnicodeError) as error:
        pytest.skip(f"no such names here: {error}")
    for form in ("full", "concise", "json"):
        outcome = mofkit_process("check", "--format", form, tmp_path)
        assert outcome.code == 1
        assert "\x1b" not in outcome.out


def test_files_stay_as_they_are(tmp_path: Path) -> None:
    contents = [FAULTY.encode(), b"\xff\xfe;\x00\r\x00\n\x00\x1a", b"\xef\xbb\xbf\r\r\n\0", b""]
    paths = [tmp_path / f"{number}.mof" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
        os.utime(path, ns=(1, 1))
    mofkit("check", tmp_path)
    for path in paths:
        mofkit("dump", path)
        mofkit("dump", "--what", "schema", path)
    assert [path.read_bytes() for path in paths] == contents
    assert [path.stat().st_mtime_ns for path in paths] == [1] * len(paths)
    assert sorted(tmp_path.iterdir()) == paths


# ---------------------------------------------------------------------------------------- includes


def test_a_cycle_of_includes(tmp_path: Path) -> None:
    (tmp_path / "a.mof").write_text('#pragma include ("b.mof")\n' + CLEAN)
    (tmp_path / "b.mof").write_text('#pragma include ("a.mof")\n')
    (tmp_path / "self.mof").write_text('#pragma include ("SELF.MOF")\n')
    (tmp_path / "z.mof").write_text(FAULTY)
    outcome = mofkit("check", "--format", "concise", tmp_path)
    assert outcome.code == 1
    assert f"{tmp_path / 'z.mof'}:1:23: error SYN002" in outcome.out
    assert f"{tmp_path / 'self.mof'}:1" in outcome.out


@pytest.mark.parametrize(
    "name",
    [
        "gone.mof",
        "folder",
        "",
        ".",
        "..",
        "a\\x0000b",
        "x" * 5000,
        "/",
        "C:\\\\a.mof",
        "*",
        "\\x1b[31m",
    ],
    ids=ascii,
)
def test_an_include_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    path = tmp_path / "a.mof"
    path.write_text(f'#pragma include ("{name}")\n{FAULTY}')
    outcome = mofkit("check", "--format", "concise", "--ignore", "STY", path)
    assert outcome.code == 1
    including, faulty, summary = outcome.out.splitlines()
    assert including.startswith(f"{path}:1:")
    assert faulty.startswith(f"{path}:2:23: error SYN002")
    assert summary == "2 errors in 1 file"


def test_an_include_reads_nothing_outside_the_folders_given(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.mof").write_text("secret")
    (inside / "link.mof").symlink_to(outside / "secret.mof")
    path = inside / "a.mof"
    for name in ("../outside/secret.mof", str(outside / "secret.mof"), "link.mof"):
        path.write_text('#pragma include ("{}")\n'.format(name.replace("\\", "\\\\")))
        outcome = mofkit("check", path)
        assert outcome.code == 1
        assert "outside the folders" in outcome.out
        allowed = mofkit("check", "-I", outside, path)
        assert "outside the folders" not in allowed.out
        assert "unexpected `secret`" in allowed.out


# ------------------------------------------------------------------- what ends a run before its end


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(mofkit_check, "read_raw", interrupt)
    outcome = mofkit("check", "-")
    assert (outcome.code, outcome.out, outcome.err.split()) == (130, "", ["interrupted"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_interrupted_by_a_signal(tmp_path: Path) -> None:
    fifo = tmp_path / "a.mof"
    os.mkfifo(fifo)
    with started("check", fifo) as process, fifo.open("wb"):  # opens when mofkit does
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, out, err.split()) == (130, b"", [b"interrupted"])


@pytest.mark.parametrize("n_classes", [1, 5000], ids=["when-all-is-written", "while-writing"])
@pytest.mark.parametrize(
    "command", [["check"], ["dump"], ["dump", "--format", "json"]], ids=" ".join
)
def test_output_that_nobody_reads(command: list[str], n_classes: int, tmp_path: Path) -> None:
    path = tmp_path / "a.mof"
    path.write_text(FAULTY * n_classes)
    with started(*command, path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read().decode()
    assert checked(Outcome(process.returncode, "", err)).code == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.mof"
    path.write_text(CLEAN)
    with Path("/dev/full").open("wb") as full, started("check", path, stdout=full) as process:
        _, err = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, err) == (2, b"mofkit: No space left on device\n")


def test_an_error_of_our_own(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("one by none")

    monkeypatch.setattr(mofkit_check, "parse", fail)
    monkeypatch.setattr("sys.argv", ["mofkit", "check", str(ROOT / "samples" / "lamp.mof")])
    assert run() == 2
    assert "internal error: ZeroDivisionError: one by none" in capfd.readouterr().err
    monkeypatch.setenv("MOFKIT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        run()


def started(
    *arguments: str | Path, stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    # Output is buffered, as it is where nobody asked for anything else.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.Popen(
        [sys.executable, "-m", "mofkit", *map(str, arguments)],
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=stdout,
        stderr=subprocess.PIPE,
    )
