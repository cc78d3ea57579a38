"""docs/fuzzing.md: its Python runs, its C compiles, and `mofkit fuzz exec` finds what it says."""

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mofkit.testing import runner
from tests.support import ROOT
from tests.support_cli import TIMEOUT_SECONDS, mofkit

TEXT = (ROOT / "docs" / "fuzzing.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_python_runs() -> None:
    names: dict[str, object] = {}
    report: list[str] = []
    runner_ = doctest.DocTestRunner()
    for text in blocks("python"):
        example = doctest.DocTestParser().get_doctest(text, names, "fuzzing.md", None, None)
        example.globs = names
        runner_.run(example, out=report.append, clear_globs=False)
    n_failed, n_tried = runner_.summarize(verbose=False)
    assert (n_failed, n_tried > 5) == (0, True), "".join(report)


def test_options_exist() -> None:
    shown = " ".join(blocks("sh")).splitlines()
    for line in [line for line in shown if line.startswith("mofkit fuzz")]:
        words = shlex.split(line)
        text = mofkit("fuzz", words[2], "--help").out
        given = [word for word in words if word.startswith("--") and word != "--"]
        assert all(word in text for word in given), line


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the sanitizers of GCC on Linux")
def test_the_c_harness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = blocks("c")
    (tmp_path / "harness.c").write_text(source)
    built, _ = blocks("sh")[1].splitlines()
    words = shlex.split(built)
    if shutil.which(words[0]) is None:
        pytest.skip(f"there is no {words[0]}")
    options = ["-Wall", "-Wextra", "-Werror"]
    done = subprocess.run(
        [*words, *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )
    if done.returncode and "san" in done.stderr:
        pytest.skip("GCC has no sanitizers")
    assert done.returncode == 0, done.stderr
    monkeypatch.setattr(runner, "MAX_SHRINK_SECONDS", 2.0)
    command = [str(tmp_path / "harness"), "{file}"]
    given = ["--seed", "1", "--time", "60s", "--first", "--save", str(tmp_path / "saved"), "--"]
    found = mofkit("fuzz", "exec", "reginfo", *given, *command)
    assert found.code == 1
    assert "heap-buffer-overflow in hash_of_registry_path" in found.out
    (saved,) = (tmp_path / "saved").iterdir()
    assert saved.stat().st_size < 100
