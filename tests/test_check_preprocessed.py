"""Files for the C preprocessor as `mofkit check` and `mofkit.lint` see them."""

import json
from pathlib import Path

import pytest

import mofkit
from mofkit.source import MappingLoader
from tests.support_cli import mofkit as run

DRIVER = r"""#include "fan.h"
#ifdef FAST
#define SPEED 300
#else
#define SPEED 100
#endif
#pragma namespace("\\\\.\\root\\wmi")
#pragma include("blade.mof")
class Fan { [key] uint8 Id; uint8 Speed = SPEED; RPM Rpm = 70000; };
"""
HEADER = "#define RPM uint16\n"
BLADE = """\
// The macros of the including file end with it.
#define WIDTH 1000
class Blade { [key] uint8 Id; uint8 Width = WIDTH; uint8 Speed = SPEED; [read] uint8 Size = 256; };
"""
FILES = {"fan.mof": DRIVER, "fan.h": HEADER, "blade.mof": BLADE}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def checked(*arguments: str) -> list[tuple[str, str, int, int]]:
    """Return path, code, line and column of each finding of the command line."""
    shown = run("check", "--format", "json", *arguments)
    return [
        (one["path"], one["code"], *map(one["location"]["start"].get, ("line", "column")))
        for one in json.loads(shown.out)
    ]


def linted(*names: str, **macros: str) -> list[tuple[str, str, int, int]]:
    """Return the same of the function for programs."""
    results = [mofkit.parse_source(FILES[name], path=name) for name in names]
    loader = MappingLoader({name: text.encode() for name, text in FILES.items()})
    found = mofkit.lint(results, loader=loader, macros=macros)
    return [(one.path, one.code, *one.source.position(one.span.start)) for one in found]


def test_included_files_go_through_the_preprocessor() -> None:
    ranges = [found for found in checked("fan.mof") if found[1] == "SEM101"]
    assert ranges == [
        ("blade.mof", "SEM101", 3, 45),
        ("blade.mof", "SEM101", 3, 93),
        ("fan.mof", "SEM101", 9, 60),
    ]


@pytest.mark.parametrize("macros", [{}, {"FAST": "1"}, {"SPEED": "1000", "FAST": ""}])
def test_the_function_finds_what_the_command_finds(macros: dict[str, str]) -> None:
    defines = [f"-D{name}={value}" for name, value in macros.items()]
    found = checked("fan.mof", *defines)
    assert found == linted("fan.mof", **macros)
    assert ("fan.mof", "SEM101", 9, 43) in found or "FAST" not in macros


def test_macros_are_for_every_file() -> None:
    assert ("blade.mof", "SEM101", 3, 66) in checked("fan.mof", "-D", "SPEED=999")
    with pytest.raises(ValueError, match="no name"):
        linted("blade.mof", **{"1": "2"})


def test_fixes_reach_included_files() -> None:
    Path("blade.mof").write_text(BLADE.replace("Size = 256; }", "Size }"))
    assert "1 fixed" in run("check", "--fix", "--select", "SYN", "fan.mof", "blade.mof").out
    assert Path("blade.mof").read_text() == BLADE.replace(" = 256", "")


def test_comments_in_included_files_suppress() -> None:
    Path("blade.mof").write_text(BLADE.replace("};\n", "}; // mofkit: noqa\n"))
    assert {path for path, *_ in checked("fan.mof")} == {"fan.mof"}


def test_a_missing_header_is_told() -> None:
    Path("fan.h").unlink()
    about_fan = [found for found in checked("fan.mof") if found[0] == "fan.mof"]
    assert about_fan == [("fan.mof", "CPP001", 1, 10)]
    shown = run("check", "fan.mof")
    assert shown.code == 1
    assert "warning[CPP001]: cannot include `fan.h`" in shown.out
    assert "error[CPP001]" in run("compile", "-o", "fan.bmf", "fan.mof").err


def test_without_a_loader_headers_are_not_looked_for() -> None:
    assert mofkit.lint([mofkit.parse_source(DRIVER)]) == []


def test_a_missing_header_of_an_included_file() -> None:
    Path("blade.mof").write_text('#include "gone.h"\n' + BLADE)
    found = checked("fan.mof")
    assert ("blade.mof", "CPP001", 1, 10) in found
    assert ("fan.mof", "SEM101", 9, 60) in found
    assert ("blade.mof", "SEM101", 4, 93) not in found


def test_mistakes_in_lines_for_the_preprocessor_are_errors() -> None:
    Path("blade.mof").write_text(BLADE + "#endif\n")
    assert ("blade.mof", "CPP003", 4, 1) in checked("fan.mof")
