"""`mofkit check --select EVT`: nothing in a file keeps its subscription from being told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support_cli import mofkit
from tests.test_verdict import BINDING, FILTER, SCRIPT

WHOLE = FILTER + SCRIPT + BINDING
ELSE = "#define TICK ActiveScriptEventConsumer\n"
INSTALLS = "installs a permanent event subscription"


def written(folder: Path, text: str, name: str = "a.mof") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_macros_hide_nothing(tmp_path: Path) -> None:
    text = ELSE + WHOLE.replace("instance of ActiveScriptEventConsumer", "instance of TICK")
    shown = mofkit("check", "--select", "EVT", written(tmp_path, text))
    assert f"a.mof:11 {INSTALLS}" in shown.out
    assert "EVT002" in shown.out
    assert shown.code == 1


def test_headers_are_read(tmp_path: Path) -> None:
    written(tmp_path, ELSE, "tick.h")
    text = '#include "tick.h"\n' + WHOLE.replace("of Active", "of TICK // Active", 1)
    text = text.replace("TICK // ActiveScriptEventConsumer", "TICK")
    shown = mofkit("check", "--select", "EVT", "--format", "json", written(tmp_path, text))
    places = {(one["code"], one["location"]["start"]["line"]) for one in json.loads(shown.out)}
    assert ("EVT002", 7) in places


def test_a_missing_header_leaves_it_undecided(tmp_path: Path) -> None:
    path = written(tmp_path, '#include "gone.h"\nclass Fan {};\n')
    shown = mofkit("check", "--select", "EVT", path)
    assert "verdict: undecided: " in shown.out
    assert "`gone.h`" in shown.out
    assert shown.code == 1
    assert mofkit("check", "--select", "EVT", "--exit-zero", path).code == 0
    shown = mofkit("check", "--select", "EVT", written(tmp_path, '#include "gone.h"\n' + WHOLE))
    assert "binds a permanent event subscription" in shown.out
    assert "could not be carried out" in shown.out


def test_macros_of_the_command_line(tmp_path: Path) -> None:
    text = f"#ifdef TICK\n{WHOLE}#endif\nclass Fan {{ uint8 A = SIZE; }};\n"
    path = written(tmp_path, text)
    assert INSTALLS in mofkit("check", "--select", "EVT", "-D", "TICK", path).out
    assert "no part of" in mofkit("check", "--select", "EVT", path).out
    over = mofkit("check", "--select", "SEM101", "--format", "concise", "-D", "SIZE=300", path)
    assert "a.mof:13:23" in over.out
    assert mofkit("check", "-D", "1=2", path).code == 2


@pytest.mark.parametrize("comment", ["// mofkit: file-noqa", "/* MOFKIT: disable=EVT,SEC */"])
@pytest.mark.parametrize("format_", ["full", "concise", "json"])
def test_comments_silence_no_verdict(tmp_path: Path, comment: str, format_: str) -> None:
    path = written(tmp_path, f"{comment}\n{WHOLE}")
    arguments = ("check", "--select", "EVT,SEC", "--format", format_)
    shown = mofkit(*arguments, path)
    assert shown.code == 1
    assert "EVT001" not in shown.out
    if format_ == "full":
        assert INSTALLS in shown.out
        assert "(4 findings are suppressed by comments; see --no-suppressions)" in shown.out
    assert mofkit(*arguments, "--exit-zero", path).code == 0
    shown = mofkit(*arguments, "--no-suppressions", path)
    assert "EVT001" in shown.out
    assert "suppressed" not in shown.out


def test_comments_count_in_files_for_the_preprocessor(tmp_path: Path) -> None:
    text = "#define SIZE 300\nclass Fan\n{\n    uint8 A = SIZE; // mofkit: noqa[SEM101]\n};\n"
    path = written(tmp_path, text)
    assert mofkit("check", "--select", "SEM101,STY9", path).code == 0
    shown = mofkit("check", "--no-suppressions", "--select", "SEM101", path)
    assert "a.mof:4:15" in shown.out
    assert "`SIZE` is defined here" in shown.out


def test_colours_and_what_was_not_read(tmp_path: Path) -> None:
    written(tmp_path, "class { ;\n", "broken.mof")
    written(tmp_path, WHOLE + "// mofkit: file-noqa\n")
    shown = mofkit("check", "--select", "EVT", tmp_path, FORCE_COLOR="1").out
    assert "\x1b[1;33mverdict:\x1b[0m\x1b[1m " in shown
    assert "\x1b[1;94m  does       \x1b[0mruns " in shown
    assert "broken.mof could not all be read: there may be more)" in shown
    assert "2 files checked, nothing else found" in shown
    written(tmp_path, "class Fan {};\n")
    Path(tmp_path / "broken.mof").unlink()
    shown = mofkit("check", "--select", "EVT", tmp_path).out
    assert shown.endswith("is here\n\n1 file checked, nothing found\n")
