"""Scripts that update a provider: what they do, and that no name can change it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from mofkit.codegen import CodegenError
from mofkit.codegen.provider_scripts import ScriptInputs, provider_scripts
from mofkit.codegen.shell_text import check_path, cmd_value, ps_literal
from tests.support import DATA
from tests.support_shell import (
    HERE,
    CmdScript,
    cmd_shape,
    expand_percents,
    ps_errors,
    ps_literals,
    ps_shape,
)

OLD_CLSID = UUID("fc890931-9019-4d83-9e51-d6eac100eea6")
NEW_CLSID = UUID("3d0b7a52-6c1e-4f0a-8b63-90c4d5a7e1f8")
PLAIN = ScriptInputs(
    provider="FenwickPumpProvider",
    old_binary="C:\\Program Files\\Fenwick\\pump.dll",
    new_binary="pump2.dll",
    old_mofs=("old.mof",),
    new_mofs=("new.mof", "new.mfl"),
    old_clsid=OLD_CLSID,
    new_clsid=NEW_CLSID,
)
BARE = replace(PLAIN, old_binary="pump.dll")
EXE = replace(PLAIN, old_binary="C:\\Fenwick\\pump.exe", new_binary="pump2.exe")

HOSTILE = [
    "two words",
    "a & calc & b",
    "100%",
    "%PATH%",
    "%~dp0",
    "%%",
    "!PATH!",
    "a^b^",
    "(a) b)",
    "a'b''",
    "$(calc)",
    "`calc`",
    "${x} $env.TEMP",
    "a;b,c=d",
    "[a-z]#{x}@",
    "-rf",
    "Lüfter é",
    "泵 🔥",
    "‘a’ ‚b‛ ”c“",
    "a ~ b",
]


def named(name: str) -> ScriptInputs:
    """Return inputs that have a name wherever there can be one."""
    return ScriptInputs(
        provider=name,
        old_binary=f"C:\\{name}\\{name}.dll",
        new_binary=f"{name}\\{name}2.dll",
        old_mofs=(f"{name}.mof",),
        new_mofs=(f"v2/{name}.mof",),
        old_clsid=OLD_CLSID,
        new_clsid=NEW_CLSID,
    )


HARMLESS = named("pump")


# ------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("task", ["update", "rollback"])
def test_cmd_has_the_names_and_nothing_more(task: str, name: str) -> None:
    script = CmdScript(provider_scripts(named(name), ["cmd"])[f"{task}.cmd"])
    variables = script.variables
    assert variables["PROVIDER"] == name
    assert variables["OLD"] == f"C:\\{name}\\{name}.dll"
    assert variables["NEW"] == f"C:\\{name}\\{name}2.dll"
    assert variables["SOURCE"] == f"{HERE}{name}\\{name}2.dll"
    assert variables["OLD_MOF_1"] == f"{HERE}{name}.mof"
    assert variables["NEW_MOF_1"] == f"{HERE}v2\\{name}.mof"
    harmless = CmdScript(provider_scripts(HARMLESS, ["cmd"])[f"{task}.cmd"])
    assert cmd_shape(script) == cmd_shape(harmless)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("task", ["update", "rollback"])
def test_powershell_has_the_names_and_nothing_more(task: str, name: str) -> None:
    text = provider_scripts(named(name), ["ps1"])[f"{task}.ps1"]
    assert ps_errors(text) == []
    literals = ps_literals(text)
    expected = [name, f"C:\\{name}", f"{name}.dll", f"{name}2.dll", f"{name}\\{name}2.dll"]
    for value in [*expected, f"{name}.mof", f"v2\\{name}.mof"]:
        assert value in literals
    assert ps_shape(text) == ps_shape(provider_scripts(HARMLESS, ["ps1"])[f"{task}.ps1"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pump", "pump"),
        ("100%", "100%%"),
        ("%PATH%", "%%PATH%%"),
        ("a & b | c > d ^ e ! f", "a & b | c > d ^ e ! f"),
        ("it's $(1)", "it's $(1)"),
    ],
)
def test_cmd_values(text: str, value: str) -> None:
    assert cmd_value(text) == value
    assert expand_percents(value, {"PATH": "wrong"}, ()) == text


@pytest.mark.parametrize(
    "text", ['a"b', "a\nb", "a\rb", "a\0b", "a\x1ab", "a\u2028b", "\ud800", "\u202eb"]
)
def test_cmd_refuses_what_it_cannot_say(text: str) -> None:
    with pytest.raises(CodegenError, match=r"a \.cmd cannot say|control characters"):
        cmd_value(text)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("pump", "'pump'"),
        ("it's", "'it''s'"),
        ("‘a’ ‚b‛", "'‘‘a’’ ‚‚b‛‛'"),
        ('$(1) `n "x"', "'$(1) `n \"x\"'"),
    ],
)
def test_powershell_literals(text: str, literal: str) -> None:
    assert ps_literal(text) == literal
    assert ps_literals(f"$x = {literal}") == [text]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ('a"b.dll', 'it has a `"`'),
        ("a|b.dll", "it has a `|`"),
        ("a*.dll", "it has a `*`"),
        ("C:pump.dll", "it has a `:`"),
        ("a:stream.dll", "it has a `:`"),
        ("a\\\\b.dll", "a part of it is empty"),
        ("", "a part of it is empty"),
        ("v2 \\b.dll", "`v2 ` ends in a dot or a space"),
        ("b.dll.", "ends in a dot or a space"),
        ("nul", "`nul` is a device"),
        ("x\\COM1.dll", "`COM1.dll` is a device"),
        ("x" * 260, "it is longer than 259 characters"),
    ],
)
def test_paths_that_no_file_has(path: str, reason: str) -> None:
    with pytest.raises(CodegenError) as raised:
        check_path(path)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    "path",
    ["C:\\a\\b.dll", "\\\\server\\share\\b.dll", "..\\v1\\b.mof", "com10.dll", "console.dll"],
)
def test_paths_that_a_file_has(path: str) -> None:
    assert check_path(path.replace("\\", "/")) == path


# ------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (replace(PLAIN, new_binary="v2\\PUMP.dll"), "must have another name"),
        (replace(PLAIN, new_binary="pump2.exe"), "register in different ways"),
        (replace(PLAIN, new_binary="pump2.sys"), "is a .dll or an .exe"),
        (replace(PLAIN, old_binary="bin\\pump.dll"), "must begin with a drive or a server"),
        (replace(PLAIN, old_mofs=()), "an old and a new registration are needed"),
        (replace(PLAIN, provider='a "b"'), 'a "b"'),
        (replace(PLAIN, new_mofs=("a?.mof",)), "a?.mof"),
    ],
)
def test_what_is_no_update_is_refused_by_name(inputs: ScriptInputs, reason: str) -> None:
    with pytest.raises(CodegenError) as raised:
        provider_scripts(inputs)
    assert reason in str(raised.value)


def test_powershell_can_say_a_provider_that_cmd_cannot() -> None:
    text = provider_scripts(replace(PLAIN, provider='a "b"'), ["ps1"])["update.ps1"]
    assert 'a "b"' in ps_literals(text)


# --------------------------------------------------------------------------------------- steps


@pytest.mark.parametrize(
    ("case", "inputs"),
    [("dll", PLAIN), ("exe", EXE), ("no_folder", BARE)],
    ids=["dll", "exe", "no_folder"],
)
def test_whole_scripts(
    case: str, inputs: ScriptInputs, golden: Callable[[Path, str], None]
) -> None:
    for name, text in provider_scripts(inputs).items():
        shown = text.removeprefix("\ufeff").replace("\r\n", "\n")
        golden(DATA / "provider_scripts" / case / name, shown)


def test_update_copies_registers_and_compiles_in_this_order() -> None:
    text = provider_scripts(PLAIN)["update.cmd"]
    places = [
        text.index(part)
        for part in (
            "call :elevated",
            'if not exist "%SOURCE%"',
            '"%MOFCOMP%" -check "%NEW_MOF_2%"',
            'copy /b "%SOURCE%" "%NEW%"',
            '"%REGSVR32%" /s "%NEW%"',
            'call :registered "%NEW_CLSID%"',
            '"%MOFCOMP%" "%NEW_MOF_1%"',
            '"%MOFCOMP%" "%NEW_MOF_2%"',
            ":cleanup",
            '"%REGSVR32%" /s /u "%OLD%"',
            "call :delete_at_restart",
        )
    ]
    assert places == sorted(places)


def test_rollback_compiles_before_it_removes() -> None:
    text = provider_scripts(PLAIN)["rollback.cmd"]
    places = [
        text.index(part)
        for part in (
            'call :registered "%OLD_CLSID%"',
            '"%MOFCOMP%" "%OLD_MOF_1%"',
            '"%REGSVR32%" /s /u "%NEW%"',
            'del /f /a "%NEW%"',
        )
    ]
    assert places == sorted(places)


def test_cleanup_asks_whether_the_update_was_completed() -> None:
    update = provider_scripts(PLAIN)["update.cmd"]
    compiling, cleaning = update.split(":cleanup\r\n")
    serves = CmdScript(update).variables["SERVES"]
    assert serves == "C:\\Program Files\\Fenwick\\pump2.dll.serves"
    last = compiling.rindex('"%MOFCOMP%"')
    assert compiling.index('del /f /a "%SERVES%"') < compiling.index('"%MOFCOMP%" "%NEW_MOF_1%"')
    assert compiling.index('>"%SERVES%" echo') > last
    assert cleaning.index('if not exist "%SERVES%"') < cleaning.index('"%REGSVR32%" /s /u')
    rollback = provider_scripts(PLAIN)["rollback.cmd"]
    assert rollback.index('del /f /a "%SERVES%"') < rollback.index('"%MOFCOMP%" "%OLD_MOF_1%"')


def test_cleanup_asks_in_powershell_too() -> None:
    scripts = provider_scripts(PLAIN)
    cleaning, compiling = scripts["update.ps1"].split("Assert-File (@($Old, $Source)")
    assert cleaning.index("Test-Path -LiteralPath $Serves") < cleaning.index("Unregister-Binary $O")
    assert compiling.index("Delete($Serves)") < compiling.index(
        "foreach ($mof in $NewMofs) {\r\n    $result"
    )
    assert compiling.index("WriteAllText($Serves") > compiling.rindex("Invoke-Tool $Mofcomp")
    rollback = scripts["rollback.ps1"]
    assert rollback.index("Delete($Serves)") < rollback.index("Invoke-Tool $Mofcomp")


@pytest.mark.parametrize(
    ("name", "check", "change"),
    [
        ("update.cmd", 'if exist "%NEW%.leaving"', 'copy /b "%SOURCE%"'),
        ("rollback.cmd", 'if exist "%OLD%.leaving"', '"%MOFCOMP%" "%OLD_MOF_1%"'),
        ("update.ps1", "Assert-Staying $Old, $New", "[System.IO.File]::Copy"),
        ("rollback.ps1", "Assert-Staying $Old\r\n", "Invoke-Tool $Mofcomp"),
    ],
)
def test_nothing_is_built_on_what_the_next_start_deletes(
    name: str, check: str, change: str
) -> None:
    text = provider_scripts(PLAIN)[name]
    assert text.index(check) < text.index(change)
    assert "$leaving = " in text or '>"%MOFKIT_FILE%.leaving" echo' in text


def test_rollback_needs_the_new_binary_only_to_compare() -> None:
    scripts = provider_scripts(PLAIN)
    cmd, ps1 = scripts["rollback.cmd"], scripts["rollback.ps1"]
    assert cmd.index('"%MOFCOMP%" "%OLD_MOF_1%"') < cmd.index('if not exist "%SOURCE%"')
    assert ps1.index("Invoke-Tool $Mofcomp (") < ps1.index("Test-Path -LiteralPath $Source")
    assert "Assert-File (@($Old) + $OldMofs)" in ps1


def test_a_relative_folder_is_made_absolute() -> None:
    scripts = provider_scripts(BARE)
    for task in ("update", "rollback"):
        assert 'set "FOLDER=%~f1"' in scripts[f"{task}.cmd"]
        text = scripts[f"{task}.ps1"]
        assert text.index("GetUnresolvedProviderPathFromPSPath($Folder)") < text.index("$Old = ")


def test_an_exe_registers_itself() -> None:
    scripts = provider_scripts(EXE)
    assert '"%NEW%" /RegServer' in scripts["update.cmd"]
    assert '"%OLD%" /UnregServer' in scripts["update.cmd"]
    assert "/s" not in scripts["update.cmd"].replace("/sys", "")
    assert "'/RegServer'" in scripts["update.ps1"]
    assert "/s" not in scripts["rollback.ps1"]
    assert ps_errors(scripts["update.ps1"]) == ps_errors(scripts["rollback.ps1"]) == []


def test_without_a_folder_the_scripts_ask_for_it() -> None:
    scripts = provider_scripts(BARE)
    script = CmdScript(scripts["update.cmd"], '"D:\\My Fenwick"', "/cleanup")
    assert script.variables["OLD"] == "D:\\My Fenwick\\pump.dll"
    assert script.variables["TASK"] == "/cleanup"
    assert "Mandatory = $true" in scripts["rollback.ps1"]
    assert ps_errors(scripts["update.ps1"]) == ps_errors(scripts["rollback.ps1"]) == []


@pytest.mark.parametrize("inputs", [PLAIN, BARE, EXE, named("Lüfter")], ids=str)
def test_form_of_the_files(inputs: ScriptInputs) -> None:
    for name, text in provider_scripts(inputs).items():
        assert text.count("\r\n") == text.count("\n") == text.count("\r")
        assert text.startswith("\ufeff#requires" if name.endswith(".ps1") else "@echo off\r\n")
        assert "\ufeff" not in text[1:]
        is_told = "65001" in text
        assert is_told == (name.endswith(".cmd") and not text.isascii())


def test_every_label_is_there_and_every_step_is_checked() -> None:
    for name, text in provider_scripts(PLAIN, ["cmd"]).items():
        lines = text.split("\r\n")
        labels = {line for line in lines if line.startswith(":")}
        called = {f":{part.split()[0]}" for part in text.split("call :")[1:]} - {":%ROUTINE%"}
        assert called <= labels, name
        for number, line in enumerate(lines):
            if line.startswith(('"%REGSVR32%"', '"%MOFCOMP%"')):
                following = lines[number + 1]
                assert line.endswith("|| (") or following == 'set "RESULT=%ERRORLEVEL%"'
