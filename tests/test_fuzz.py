"""`mofkit fuzz`: laws that hold, a defect that is found and replayed, corpora, other programs."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, settings

from mofkit.binary import BinaryFormatError
from mofkit.cli.fuzz import corpus, options
from mofkit.cli.fuzz.limits import TooLongError, memory_limit, time_limit
from mofkit.cli.fuzz.options import seconds_of
from mofkit.cli.fuzz.process import Program
from mofkit.cli.fuzz.showing import shown_value
from mofkit.reginfo import decode as decode_reginfo
from mofkit.testing import runner
from mofkit.testing.damage import damaged_files
from mofkit.testing.laws import KINDS, Kind, Law, LawBroken
from mofkit.testing.reduce import reduce_bytes
from mofkit.testing.samples import SAMPLE_KINDS
from tests.planted import PLANTS, planted
from tests.support import DATA, ROOT
from tests.support_cli import TIMEOUT_SECONDS, Outcome, mofkit

ONLY_POSIX = pytest.mark.skipif(os.name != "posix", reason="processes of POSIX")
VECTOR = DATA / "fuzz" / "reginfo_decoder.c"
BAD_LAW = Law(
    "no buffer has an entry", "this test", lambda data: "it has" if data[16:17] > b"\0" else ""
)


def plant(title: str) -> Any:
    (found,) = [each for each in PLANTS if title in each.title]
    return found


class TestRoundtrip:
    @pytest.mark.parametrize("kind", KINDS)
    def test_laws_hold(self, kind: str) -> None:
        found = mofkit("fuzz", "roundtrip", kind, "--examples", "4", "--seed", "1")
        assert (found.code, found.err) == (0, "")
        assert "BROKEN" not in found.out
        for line in found.out.splitlines()[:-1]:
            assert re.fullmatch(rf"holds  {kind:11}.* \([1-4]; .*\)", line)

    def test_the_help_names_every_kind(self) -> None:
        assert tuple(KINDS) == options.KIND_NAMES
        assert corpus.SAMPLE_KINDS == SAMPLE_KINDS
        said = mofkit("fuzz", "roundtrip", "--help").out
        assert all(kind in re.sub(r"\s+", "", said) for kind in KINDS)

    @pytest.mark.slow
    def test_a_defect_is_found_shown_and_saved(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runner, "MAX_SHRINK_SECONDS", 3.0)
        with planted(plant("GuidCount is believed")):
            found = self.run_reginfo(tmp_path)
            (saved,) = tmp_path.iterdir()
            again = re.search(r"^again: mofkit (.*)$", found.out, re.MULTILINE)
            assert again
            replayed = mofkit(*shlex.split(again[1]), "--save", tmp_path)
        assert found.code == replayed.code == 1
        for text in (found.out, replayed.out):
            assert text.startswith(
                "broken law of reginfo: a buffer is read or refused\nsource: any"
            )
        assert f"saved: {saved}\n" in found.out
        assert f"of {saved};" in replayed.out
        assert saved.stat().st_size <= 500
        assert mofkit(*shlex.split(again[1])).code == 0

    @pytest.mark.slow
    def test_a_value_is_found_again_by_its_seed(self, tmp_path: Path) -> None:
        """In processes of their own, as what is loaded bears on what Hypothesis makes."""
        found = self.in_process("two bytes too far", "reginfo", "--time", "60s", tmp_path)
        again = re.search(r"^again: mofkit (.*)$", found, re.MULTILINE)
        assert again
        assert "--seed" in again[1]
        replayed = self.in_process("two bytes too far", *shlex.split(again[1])[2:], tmp_path)
        assert replayed[: replayed.index("found:")] == found[: found.index("found:")]
        assert saved_in(replayed) == saved_in(found)

    def in_process(self, title: str, *arguments: object) -> str:
        *given, folder = map(str, arguments)
        program = (
            "import sys\n"
            "from tests.planted import PLANTS, planted\n"
            "from mofkit.cli import run\n"
            f"(found,) = [each for each in PLANTS if {title!r} in each.title]\n"
            f"sys.argv = ['mofkit', 'fuzz', 'roundtrip', *{given!r}, '--first', "
            f"'--save', {folder!r}, *{[] if '--seed' in given else ['--seed', '5']!r}]\n"
            "with planted(found):\n"
            "    sys.exit(run())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_SECONDS,
        )
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stdout

    def run_reginfo(self, folder: Path) -> Outcome:
        return mofkit(
            *("fuzz", "roundtrip", "reginfo", "--law", "read or refused"),
            *("--time", "60s", "--first", "--seed", "1", "--save", folder),
        )

    def test_files_are_checked_and_damaged(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mof"
        path.write_bytes(b"class Fan { uint8 Speed = -1; };")
        found = mofkit("fuzz", "roundtrip", path, "--examples", "3", "--seed", "1")
        assert found.code == 0
        assert "holds  format      formatting twice is formatting once (4;" in found.out
        with planted(plant("sign of a number")):
            assert mofkit("fuzz", "roundtrip", path, "--examples", "0").code == 0
        saved = tmp_path / "saved"
        options = ["--examples", "0", "--save", str(saved)]
        with planted(plant("takes turns with blank lines")):
            path.write_bytes(b"class A\n{\n    uint8 B;\n\n    // c\n    uint8 D;\n};\n" * 40)
            found = mofkit("fuzz", "roundtrip", "format", tmp_path, *options)
        assert found.code == 1
        assert f"inputs of {path};" in found.out
        (small,) = saved.iterdir()
        assert len(small.read_bytes()) < 30

    def test_binary_mof_is_known_by_its_signature(self, tmp_path: Path) -> None:
        source, path = tmp_path / "a.mof", tmp_path / "a.bin"
        source.write_bytes(b"class Fan { };")
        assert mofkit("compile", source, "-o", path).code == 0
        found = mofkit("fuzz", "roundtrip", path, "--examples", "2", "--seed", "1")
        assert found.code == 0
        assert {line.split()[1] for line in found.out.splitlines()[:-1]} == {
            *("bmf", "bmf-file", "decompile", "carve"),
        }

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--time", "1s", "--examples", "1"], "exclude each other"),
            (["--time", "soon"], "no duration such as"),
            (["--law", "gravity"], "mof: anything can be bound; "),
            (["reginfo", "--seed", "-1"], "-1 is not in the range"),
            (["nothing-here"], "nothing-here"),
            ([__file__], "say what"),
            (["block", __file__], "block has no law of given bytes"),
        ],
    )
    def test_wrong_usage(self, arguments: list[str], said: str) -> None:
        found = mofkit("fuzz", "roundtrip", *arguments)
        assert found.code == 2
        assert said in found.err

    def test_without_hypothesis(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "mofkit.testing.strategies", None)
        for words in (
            ["roundtrip"],
            ["corpus", "mof", "--out", "x"],
            ["exec", "mof", "--", sys.executable],
        ):
            found = mofkit("fuzz", *words)
            assert found.code == 2
            assert "pip install 'mofkit[testing]'" in found.err

    @pytest.mark.slow
    def test_nothing_is_left_in_the_current_folder(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "mofkit", "fuzz", "roundtrip", "mof", "--examples", "3"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
            check=False,
            timeout=TIMEOUT_SECONDS,
        )
        assert done.returncode == 0
        assert [*tmp_path.iterdir()] == []

    @ONLY_POSIX
    @pytest.mark.slow
    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
    def test_interrupted(self, sent: signal.Signals, tmp_path: Path) -> None:
        words = ["roundtrip", "reginfo", "--time", "90s", "--seed", "1"]
        done = interrupted(words, sent, tmp_path)
        assert done.code == 130
        assert "holds  reginfo" in done.out
        assert done.out.endswith("interrupted; this is what was found so far\n")
        assert [*tmp_path.iterdir()] == []


def saved_in(text: str) -> str:
    found = re.search(r"^saved: (.*)$", text, re.MULTILINE)
    assert found
    return found[1]


def interrupted(words: list[str], sent: signal.Signals, folder: Path) -> Outcome:
    """Run `mofkit fuzz` and interrupt it once something is in its own folder: it is at work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mofkit", "fuzz", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not any(folder.glob("*/*")):
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(sent)
    out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    return Outcome(process.returncode, out, err)


class TestRunner:
    def kind(self, law: Law) -> Kind:
        kind = KINDS["reginfo"]
        return Kind(kind.inputs, (), (law,), kind.to_bytes)

    def hunt(self, law: Law, **more: Any) -> runner.Hunt:
        (trial,) = runner.trials_of("reginfo", self.kind(law))[:1]
        return runner.hunt(trial, seed=1, max_examples=500, **more)

    def test_a_broken_law_is_shrunk_to_the_bytes_that_matter(self) -> None:
        found = self.hunt(BAD_LAW)
        assert found.caught is not None
        assert len(found.caught.value) == 17

    def test_what_is_raised_breaks_the_law(self) -> None:
        def holds(data: bytes) -> str:
            return str(1 // (len(data) * 0))

        found = self.hunt(Law("it is fine", "", holds))
        assert found.n_examples == 1
        assert found.caught is not None
        assert re.fullmatch(r"ZeroDivisionError: .* \(tests.test_fuzz:\d+\)", found.caught.detail)

    def test_the_same_seed_gives_the_same(self) -> None:
        assert self.hunt(BAD_LAW) == self.hunt(BAD_LAW)

    def test_it_stops_when_time_is_over(self) -> None:
        assert self.hunt(BAD_LAW, is_over=lambda: True) == runner.Hunt(0)

    def test_what_breaks_it_once_is_kept(self) -> None:
        seen: list[bytes] = []

        def holds(data: bytes) -> str:
            seen.append(data)
            return "once" if len(seen) == 3 else ""

        found = self.hunt(Law("it is stable", "", holds))
        assert found.caught == runner.Caught(seen[2], "once")

    @pytest.mark.slow
    @ONLY_POSIX
    def test_what_takes_too_long_breaks_the_law(self) -> None:
        def holds(data: bytes) -> str:
            while len(data) > 30:
                pass
            return ""

        found = self.hunt(Law("it ends", "", holds), guard=time_limit(0.2))
        assert found.caught is not None
        assert "TooLongError: more than 0.2 s" in found.caught.detail
        assert len(found.caught.value) == 31

    @ONLY_POSIX
    def test_memory_is_limited(self) -> None:
        with memory_limit(2048), pytest.raises(MemoryError):
            bytearray(3 << 30)
        with memory_limit(0):
            assert len(bytearray(1 << 20)) == 1 << 20

    @ONLY_POSIX
    def test_the_time_limit_is_lifted(self) -> None:
        with pytest.raises(TooLongError):
            work_for(5, time_limit(0.05))
        work_for(0, time_limit(0.05))
        work_for(0.1)

    def test_interrupted_while_it_shrinks(self) -> None:
        n_calls = 0

        def holds(data: bytes) -> str:
            nonlocal n_calls
            n_calls += len(data) > 40
            if n_calls == 3:
                raise KeyboardInterrupt
            return "long" if len(data) > 40 else ""

        found = self.hunt(Law("it is short", "", holds))
        assert found.was_interrupted
        assert found.caught is not None

    @pytest.mark.slow
    def test_damage_of_files(self) -> None:
        kind = KINDS["bmf"]
        found = find(damaged_files(kind), lambda data: _is_refused(kind, data))
        assert len(found) < 60


def work_for(seconds: float, guard: Callable[[], Any] = nullcontext) -> None:
    with guard():
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass


def _is_refused(kind: Kind, data: bytes) -> bool:
    try:
        kind.from_file(data)
    except BinaryFormatError:
        return True
    return False


class TestReduce:
    def test_every_byte_left_is_needed(self) -> None:
        def holds(data: bytes) -> bool:
            return 0 <= data.find(b"(") < data.find(b")")

        assert reduce_bytes(b"int f(int a, char b) { }", holds) == b"()"

    def test_it_ends_when_told_to(self) -> None:
        assert reduce_bytes(b"abc", lambda _data: True, is_over=lambda: True) == b"abc"

    def test_text_is_not_cleared(self) -> None:
        assert reduce_bytes(b"abc", lambda data: len(data) == 3, clears=False) == b"abc"


def test_durations() -> None:
    assert [seconds_of(None, None, text) for text in ("90", "90s", "1.5m", "2h")] == [
        *(90.0, 90.0, 90.0, 7200.0),
    ]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_input_can_be_shown(name: str) -> None:
    """As text of some lines, and as a file."""
    kind = KINDS[name]
    quick = settings(max_examples=1, phases=[Phase.generate], database=None)
    shown = shown_value(name, kind, find(kind.inputs(), lambda _value: True, settings=quick))
    assert shown.text.endswith("\n")
    assert shown.suffix in {".mof", ".bin", ".bmf", ".toml", ".txt"}


# -------------------------------------------------------------------------------------- corpus


class TestCorpus:
    @pytest.mark.slow
    @pytest.mark.parametrize("kind", SAMPLE_KINDS)
    def test_files_are_what_they_are_said_to_be(self, kind: str, tmp_path: Path) -> None:
        found = mofkit("fuzz", "corpus", kind, "--count", "20", "--seed", "1", "--out", tmp_path)
        assert found.code == 0
        assert found.out.startswith(f"20 files in {tmp_path}: 10 valid, ")
        seeds = sorted(path.name for path in (tmp_path / "seeds").iterdir())
        described = [
            json.loads(path.read_bytes()) for path in sorted((tmp_path / "expected").iterdir())
        ]
        assert [f"seeds/{name}" for name in seeds] == [about["file"] for about in described]
        for about in described:
            assert about["kind"] == kind
            assert about["is_valid"] == (about["label"] == "valid")
            assert (about["means"] is not None) == about["is_valid"]
            assert bool(about["expected_codes"]) or not about["is_malformed"]
            data = (tmp_path / about["file"]).read_bytes()
            if kind == "reginfo":
                check_reginfo(about, data)

    def test_the_same_seed_gives_the_same_files(self, tmp_path: Path) -> None:
        contents = []
        for name in "ab":
            mofkit(
                "fuzz", "corpus", "wnode", "--count", "9", "--seed", "4", "--out", tmp_path / name
            )
            paths = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
            contents.append([(path.name, path.read_bytes()) for path in paths])
        assert contents[0] == contents[1]
        assert len(contents[0]) == 18

    def test_wrong_usage(self) -> None:
        assert mofkit("fuzz", "corpus", "mof").code == 2
        assert mofkit("fuzz", "corpus", "gif", "--out", "x").code == 2


def check_reginfo(about: dict[str, Any], data: bytes) -> None:
    if about["is_malformed"]:
        with pytest.raises(BinaryFormatError) as caught:
            decode_reginfo(data, about["arch"], about["request"])
        assert caught.value.code.startswith(tuple(about["expected_codes"]))
    else:
        decode_reginfo(data, about["arch"], about["request"])


# ---------------------------------------------------------------------------------------- exec


@pytest.fixture(scope="module")
def decoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return our C decoder with two planted defects, built with AddressSanitizer."""
    return build(VECTOR, tmp_path_factory.mktemp("decoder") / "decoder")


def build(source: Path, program: Path) -> str:
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("there is no C compiler")
    options = ["-g", "-O1", "-Wall", "-Wextra", "-Werror", "-fsanitize=address"]
    done = subprocess.run(
        [compiler, *options, "-o", str(program), str(source)],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )
    if done.returncode:
        assert "asan" in done.stderr, done.stderr
        pytest.skip(f"{compiler} has no AddressSanitizer")
    return str(program)


@ONLY_POSIX
class TestExec:
    def run(self, folder: Path, kind: str, *words: str, examples: int = 40) -> Outcome:
        options = ["--seed", "1", "--examples", str(examples), "--save", str(folder / "saved")]
        return mofkit("fuzz", "exec", kind, *options, *words)

    @pytest.mark.planted
    def test_planted_overflows_are_found(
        self, decoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runner, "MAX_SHRINK_SECONDS", 5.0)
        found = self.run(tmp_path, "reginfo", "--", decoder, "{file}", examples=600)
        assert found.code == 1
        assert "AddressSanitizer: heap-buffer-overflow in sum_of_string\n" in found.out
        assert "AddressSanitizer: heap-buffer-overflow in sum_of_base_name\n" in found.out
        assert found.out.count("again: ") == 2
        for path in (tmp_path / "saved").iterdir():
            assert path.stat().st_size <= 300
            done = subprocess.run(
                [decoder, str(path)], capture_output=True, check=False, timeout=60
            )
            assert b"heap-buffer-overflow" in done.stderr

    def test_a_signal(self, tmp_path: Path) -> None:
        found = self.run(tmp_path, "wnode", "--", "sh", "-c", "kill -SEGV $$")
        assert found.code == 1
        assert found.out.startswith("signal: SIGSEGV\ninput: made of: ")
        (saved,) = (tmp_path / "saved").iterdir()
        assert saved.read_bytes() == b""

    def test_a_hang_is_ended_with_all_it_started(self, tmp_path: Path) -> None:
        program = f"sleep 77.25 & sleep 77.5; echo {tmp_path}"
        found = self.run(
            tmp_path, "wnode", "--timeout", "0.2s", "--", "sh", "-c", program, examples=2
        )
        assert found.code == 1
        assert "hang: more than 0.2 s\n" in found.out
        running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
        assert "sleep 77." not in running.stdout

    def test_what_is_left_running_is_ended(self, tmp_path: Path) -> None:
        found = self.run(tmp_path, "wnode", "--", "sh", "-c", "sleep 66.5 &", examples=2)
        assert found.code == 0
        running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
        assert "sleep 66.5" not in running.stdout

    @pytest.mark.slow
    def test_a_program_that_copies_its_input_passes(self, tmp_path: Path) -> None:
        for words in (["cat", "{file}"], ["cat"]):
            found = self.run(tmp_path, "mof", "--expect", "roundtrip", "--", *words)
            assert (found.code, found.err) == (0, "")

    @pytest.mark.slow
    def test_wrong_answers(self, tmp_path: Path) -> None:
        for expect, words, said in (
            ("roundtrip", ["false"], "refuses valid input"),
            ("roundtrip", ["true"], "writes valid input otherwise"),
            ("reject", ["cat"], "accepts malformed input"),
        ):
            found = self.run(tmp_path, "bmf", "--expect", expect, "--", *words)
            assert found.code == 1
            assert found.out.startswith(f"wrong answer: {said}\n")
            assert ("expected: " in found.out) == (expect == "reject")
        assert self.run(tmp_path, "bmf", "--expect", "reject", "--", "false").code == 0

    def test_memory_and_output_are_limited(self, tmp_path: Path) -> None:
        allocate = ["--memory", "300", "--", sys.executable, "-c", "bytearray(1 << 30)"]
        found = self.run(tmp_path, "wnode", "--expect", "roundtrip", *allocate, examples=4)
        assert "wrong answer: refuses valid input" in found.out
        assert "MemoryError" in found.out
        found = self.run(tmp_path, "wnode", "--", "cat", "/dev/zero", examples=1)
        assert "signal: SIGXFSZ" in found.out

    def test_no_such_program(self) -> None:
        found = mofkit("fuzz", "exec", "mof", "--", "no-such-program-here")
        assert found.code == 2
        assert "there is no program no-such-program-here" in found.err

    @pytest.mark.slow
    def test_interrupted(self, tmp_path: Path) -> None:
        words = ["exec", "wnode", "--seed", "1", "--timeout", "60s", "--", "sleep", "88.5"]
        done = interrupted(words, signal.SIGINT, tmp_path)
        assert done.code == 130
        assert done.out.endswith("interrupted; this is what was found so far\n")
        running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
        assert "sleep 88.5" not in running.stdout
        assert [*tmp_path.iterdir()] == []

    def test_a_sanitizer_gets_no_limit_of_addresses(self, decoder: str, tmp_path: Path) -> None:
        program = Program([decoder], str(tmp_path), timeout_seconds=20, memory_mb=100)
        assert program.run(bytes(30)).crash == ""
        overflow = bytes(8) + b"\x18\0\0\0" + bytes(12) + b"\xff\xff"
        assert program.run(overflow).crash.startswith("AddressSanitizer: heap-buffer-overflow at ")
        named = program.run(overflow, with_names=True)
        assert named.crash == "AddressSanitizer: heap-buffer-overflow in sum_of_string"


def test_law_broken_keeps_the_input() -> None:
    with pytest.raises(LawBroken) as caught:
        BAD_LAW.check(bytes(16) + b"\1")
    assert caught.value.input == bytes(16) + b"\1"
