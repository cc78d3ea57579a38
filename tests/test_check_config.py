"""Configuration files: which one holds for a file, what it may say, what is wrong with one."""

import json
import tomllib
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest

import mofkit.linter
from mofkit.diagnostics import Severity
from mofkit.formatter.style import Style
from mofkit.linter import Dialect
from mofkit.linter.settings import SettingsError, read_settings
from tests.support_cli import mofkit as run

OVER = "class A { uint8 X = 256; };\n"
SCHEMA = json.loads((Path(mofkit.linter.__file__).parent / "mofkit.schema.json").read_text())
WHOLE = """\
select = ["SEM", "wdm1"]
extend-select = ["ENC010"]
ignore = ["SEM001"]
dialect = "dsc"
include = ["schema"]
per-file-ignores = { "old/**" = ["SEM101"], "*.mfl" = [] }
[severity]
SEM = "info"
SEM1 = "error"
[format]
indent = 2
"""

pytestmark = pytest.mark.usefixtures("in_a_new_folder")


@pytest.fixture
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def codes(*arguments: str) -> list[str]:
    found = json.loads(run("check", "--format", "json", *arguments).out)
    return [f"{item['path']} {item['code']} {item['severity']}" for item in found]


# ------------------------------------------------------------------------------------- one text


def test_everything_that_a_file_may_say() -> None:
    settings = read_settings(WHOLE, "mofkit.toml")
    assert settings is not None
    lint = settings.lint
    assert (lint.select, lint.extend_select, lint.ignore) == (
        ("SEM", "WDM1"),
        ("ENC010",),
        ("SEM001",),
    )
    assert lint.severities == {"SEM": Severity.INFO, "SEM1": Severity.ERROR}
    assert lint.dialect is Dialect.DSC
    assert settings.include == ("schema",)
    assert settings.per_file_ignores == (("old/**", ("SEM101",)), ("*.mfl", ()))
    assert settings.format == {"indent": 2}


def test_a_table_of_pyproject() -> None:
    table = ("tool", "mofkit")
    assert read_settings("[tool.ruff]\nselect = 3\n", "pyproject.toml", table) is None
    assert read_settings("tool = 3", "pyproject.toml", table) is None
    settings = read_settings('[tool.mofkit]\nignore = ["ENC"]\n', "pyproject.toml", table)
    assert settings is not None
    assert settings.lint.ignore == ("ENC",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = 1", "m.toml:1: selct: there is no such key; did you mean select?"),
        ("a = 1\nb = 1", "m.toml:1: a: there is no such key\nm.toml:2: b: there is no such key"),
        ('select = ["SEM",\n "X1"]', "m.toml:2: select[1]: no rule's code begins with 'X1'"),
        ('ignore = ""', "m.toml:1: ignore: must be an array of strings"),
        ("\ninclude = [1]", "m.toml:2: include: must be an array of strings"),
        ("dialect = 3", "m.toml:1: dialect: must be auto or wmi or cim or dsc"),
        ('[severity]\nSEM = "bad"', "m.toml:2: severity.SEM: must be info or warning or error"),
        ('severity.QQ = "info"', "m.toml:1: severity.QQ: no rule's code begins with 'QQ'"),
        ("format = 1", "m.toml:1: format: must be a table"),
        ("[format]\nindent = 0", "m.toml:2: format.indent: indent is 0, not within 1 to 16"),
        ("[format]\nwidth = true", "m.toml:2: format.width: must be an integer"),
        ("[per-file-ignores]\na = 1", "m.toml:2: per-file-ignores.a: must be an array of strings"),
        ("a = [", "m.toml:1: invalid value"),
    ],
)  # fmt: skip
def test_errors_name_key_and_line(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(text, "m.toml")
    assert str(caught.value) == message


def test_errors_of_pyproject_name_its_lines() -> None:
    text = "[project]\nname = 'x'\n\n[tool.mofkit]\nselect = 3\n"
    with pytest.raises(SettingsError, match=r"^p\.toml:5: select: must be"):
        read_settings(text, "p.toml", ("tool", "mofkit"))


def test_the_json_schema_takes_what_we_take() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(tomllib.loads(WHOLE), SCHEMA)
    jsonschema.validate({}, SCHEMA)
    assert set(SCHEMA["properties"]["format"]["properties"]) == {f.name for f in fields(Style)}
    for text in (
        "selct = []",
        'select = "SEM"',
        "dialect = 3",
        'severity.SEM = "bad"',
        "format=1",
        "format.x=1",
    ):
        with pytest.raises(SettingsError):
            read_settings(text, "m.toml")
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(text), SCHEMA)


# ----------------------------------------------------------------------------------- which file


def test_the_nearest_file_counts() -> None:
    for path in ("a.mof", "in/b.mof", "in/deep/c.mof", "other/d.mof"):
        write(path, OVER)
    write("mofkit.toml", "")
    write("in/pyproject.toml", '[tool.mofkit]\nignore = ["SEM101"]\n')
    write("in/deep/pyproject.toml", "[project]\nname = 'says nothing about mofkit'\n")
    write("other/pyproject.toml", '[tool.mofkit]\nignore = ["SEM101"]\n')
    write("other/mofkit.toml", '[severity]\nSEM = "info"\nSEM101 = "warning"\n')
    assert codes(".") == ["a.mof SEM101 error", "other/d.mof SEM101 warning"]
    write("one.toml", 'select = ["ENC"]')
    assert codes("--config", "one.toml", ".") == []
    assert codes("--config", "other/pyproject.toml", ".") == []


def test_the_command_line_is_above_the_file() -> None:
    write("a.mof", OVER)
    write("mofkit.toml", 'select = ["ENC"]\nignore = ["SEM101"]\n')
    assert codes("a.mof") == []
    assert codes("--select", "SEM", "a.mof") == []  # it still ignores that one
    assert codes("--select", "SEM101", "a.mof") == ["a.mof SEM101 error"]
    assert codes("--select", "SEM101", "--ignore", "SEM101", "a.mof") == []


def test_what_is_ignored_in_some_files() -> None:
    for path in ("src/old/a.mof", "src/b.mof", "c.mfl"):
        write(path, OVER)
    write(
        "mofkit.toml", 'select = ["SEM101"]\n[per-file-ignores]\n"old/" = ["SEM"]\n"*.mfl" = ["S"]'
    )
    assert codes(".") == ["src/b.mof SEM101 error"]
    assert codes("src/old/a.mof") == []
    assert codes("--select", "SEM101", "src/old/a.mof") == []


def test_standard_input_is_configured_by_its_name() -> None:
    write("src/mofkit.toml", 'ignore = ["SEM101"]')
    stdin = OVER.encode()
    assert run("check", "-", stdin=stdin).code == 1
    assert run("check", "--stdin-filename", "src/new.mof", "-", stdin=stdin).code == 0


def test_folders_of_includes() -> None:
    write("lib/b.mof", "class B { [key] uint8 X; };\n")
    write("src/a.mof", '#pragma include("b.mof")\nclass A : B {};\n')
    assert codes("src") == ["src/a.mof SEM010 error"]
    write("mofkit.toml", 'include = ["lib"]')
    assert run("check", "src").out == "2 files checked, nothing found\n"


def test_a_file_that_was_found_opens_no_folders_above_it() -> None:
    """It may come with the MOF, from strangers; one that the command line names does not."""
    write("lib/b.mof", "class B { [key] uint8 X; };\n")
    write("src/a.mof", '#pragma include("b.mof")\nclass A : B {};\n')
    write("src/mofkit.toml", 'include = ["../lib"]')
    outcome = run("check", "src")
    assert outcome.code == 2
    assert "outside the folder of this file; allow it with -I" in outcome.err
    assert run("check", "--config", "src/mofkit.toml", "src").code == 0


def test_dialects() -> None:
    write("a.mof", OVER)
    write("mofkit.toml", 'dialect = "cim"')
    for options in ([], ["--dialect", "auto"], ["--dialect", "wmi"]):
        assert codes(*options, "a.mof") == ["a.mof SEM101 error"]
    assert run("check", "--dialect", "mof", "a.mof").code == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mofkit.toml", b"select = 3"),
        ("mofkit.toml", b"\xff\xfe"),
        ("mofkit.toml", b"a = ["),
        ("pyproject.toml", b"[tool.mofkit]\nx = 1"),
    ],
)
def test_files_that_cannot_be_used(name: str, data: bytes) -> None:
    write("a.mof", OVER)
    Path(name).write_bytes(data)
    for outcome in (run("check", "a.mof"), run("check", "--config", name, "a.mof")):
        assert (outcome.code, outcome.out) == (2, "")
        assert name in outcome.err


def test_a_configuration_that_is_not_there() -> None:
    write("a.mof", OVER)
    write("pyproject.toml", "[project]")
    assert run("check", "a.mof").code == 1
    assert run("check", "--config", "gone.toml", "a.mof").code == 2
    assert "has no table [tool.mofkit]" in run("check", "--config", "pyproject.toml", "a.mof").err


def test_what_is_wrong_in_a_file_is_no_wrong_usage() -> None:
    Path("mofkit.toml").write_text('\nselct = ["SYN"]\n')
    Path("a.mof").write_text("class A {};\n")
    said = "mofkit: mofkit.toml:2: selct: there is no such key; did you mean select?\n"
    assert run("check", "a.mof") == (2, "", said)
