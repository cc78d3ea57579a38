"""A description held against the MOF and the .rc file: the REG rules."""

import json
import re
from pathlib import Path

import pytest

from mofkit.compiler import bind
from mofkit.diagnostics import Diagnostic, Rule
from mofkit.reginfo.against import DescriptionSource, check_against, mof_resources
from mofkit.reginfo.blocks import find_blocks
from mofkit.reginfo.description import read, to_toml
from mofkit.reginfo.enums import Request
from mofkit.reginfo.from_schema import from_schema
from mofkit.reginfo.model import RegInfoReply
from mofkit.reginfo.rules import RULES
from mofkit.source import SourceFile
from mofkit.syntax import parse_bytes, parse_source
from tests.support import ROOT, corpus_files
from tests.support_cli import mofkit

RULE_PARAMETERS = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in RULES]

FAN = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
PUMP = "4CB52058-623F-448E-A456-1CE9BF10AF8B"
FAN_DRIVER = ROOT / "samples" / "fan_driver.mof"

CLASS = f'[WMI, Dynamic, guid("{{{FAN}}}")] class Fan {{ [key] string InstanceName; }};\n'
EVENT = CLASS.replace("class Fan", "class Fan : WMIEvent")


def findings(
    mof: str, toml: str, rc: str | None = None, request: Request | None = None
) -> list[Diagnostic]:
    reply = read(toml, path="fan.toml", format="toml", request=request)
    assert isinstance(reply, RegInfoReply)
    return check_against(
        bind([parse_source(mof, path="fan.mof")]).schema,
        reply,
        DescriptionSource(SourceFile.from_text(toml, path="fan.toml"), "toml"),
        rc=None if rc is None else SourceFile.from_text(rc, path="fan.rc"),
    )


def told(found: list[Diagnostic]) -> list[str]:
    """Return path, line, the text that is pointed at, and code."""
    shown = []
    for finding in found:
        line = finding.source.position(finding.span.start).line
        text = finding.source.text[finding.span.start : finding.span.end]
        shown.append(f"{finding.path}:{line} {text} {finding.code}")
    return shown


def entry(*lines: str, guid: str = FAN) -> str:
    return "\n".join(["[[infos]]", "[[infos.guids]]", f'guid = "{guid}"', *lines, ""])


# --------------------------------------------------------------------------------------- pages


def findings_of_example(text: str) -> list[Diagnostic]:
    """Hold an example against the description in its comment, and the .rc file if it has one."""
    comments = re.findall(r"^// ?(.*)$", text, re.MULTILINE)
    rc = [line for line in comments if "MOFDATA" in line]
    toml = "\n".join(line for line in comments if line not in rc)
    assert toml
    names = "\n".join(line.partition(": ")[2] for line in rc)
    return findings(text, toml, rc=names if rc else None)


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_example_trips_the_rule_and_no_other(rule: Rule) -> None:
    assert [finding.code for finding in findings_of_example(rule.example)] == [rule.code]


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_instead_has_no_findings(rule: Rule) -> None:
    assert findings_of_example(rule.instead) == []


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_examples_are_sound_mof(rule: Rule) -> None:
    for text in (rule.example, rule.instead):
        result = parse_source(text)
        assert [*result.diagnostics, *bind([result]).diagnostics] == []


# --------------------------------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["instance_count = 2"], ["fan.toml:4 instance_count REG003"]),
        (["instance_count = 0"], []),
        (["flags = 0x10000", "instance_count = 2"], []),
        (["flags = 0x41"], ["fan.toml:4 flags REG010"]),
        (['names = {kind = "pdo", pdo = 1, count = 2}'], ["fan.toml:4 pdo REG013"]),
        (["flags = 0x10000", 'names = {kind = "pdo"}'], []),
    ],
)
def test_of_one_entry(lines: list[str], expected: list[str]) -> None:
    mof = EVENT if "0x41" in lines[0] else CLASS
    assert told(findings(mof, entry(*lines))) == expected


def test_entries_with_a_pdo_are_counted() -> None:
    toml = entry('names = {kind = "pdo", pdo = 1, count = 2}')
    more = toml.replace("[[infos]]\n", "").replace(FAN, PUMP)
    (found,) = findings(CLASS + CLASS.replace(FAN, PUMP).replace("Fan", "Pump"), toml + more)
    assert found.message.startswith("2 entries carry a PDO")
    assert told([found]) == ["fan.toml:4 pdo REG013"]


@pytest.mark.parametrize(
    ("flags", "mof", "message"),
    [
        ('flag_names = ["WMIREG_FLAG_EVENT_ONLY_GUID"]', EVENT, None),
        ("", CLASS, None),
        ("flags = 0x40", CLASS, "class `Fan` is registered with EVENT_ONLY_GUID, but is no event"),
        ("", EVENT, "class `Fan` is an event, but is registered without EVENT_ONLY_GUID"),
    ],
)
def test_events_and_their_flag(flags: str, mof: str, message: str | None) -> None:
    found = findings(mof, entry(flags))
    assert [finding.message for finding in found] == ([message] if message else [])
    for finding in found:
        assert told([finding]) == ["fan.mof:1 Fan REG020"]
        (related,) = finding.related
        place = related.source.text[related.span.start : related.span.end]
        assert place == ("flags" if flags else "[[infos.guids]]")


@pytest.mark.parametrize(
    ("mof", "toml", "expected"),
    [
        (CLASS, "[[infos]]", [f'fan.mof:1 guid("{{{FAN}}}") REG012']),
        (CLASS, entry("flags = 0x10000"), []),
        (CLASS.replace("Dynamic", "Static"), "[[infos]]", []),
        (CLASS.replace("Dynamic, ", ""), "[[infos]]", []),
        ("", entry(), ["fan.toml:3 guid REG012"]),
        (CLASS.replace("Dynamic", "Static"), entry(), []),
        (CLASS.replace("Dynamic, ", ""), entry(), []),
        ("", entry("flags = 0x10000"), []),
        ("", entry("flags = 0x80000"), []),
        ("", entry(guid="{05901221-D566-11D1-B2F0-00A0C9062910}"), []),
        ("", "[[infos]]\n" + entry(), []),
        ('#pragma include ("base.mof")', entry(), []),
    ],
    ids=[
        *("not registered", "removed", "Static", "embedded"),
        *("no class", "class is Static", "class is embedded", "removes", "traced", "MOF data"),
        *("of another driver", "a file is missing"),
    ],
)
def test_blocks_and_classes_match(mof: str, toml: str, expected: list[str]) -> None:
    assert told(findings(mof, toml)) == expected


def test_an_update_says_only_what_changes() -> None:
    assert findings(CLASS, "[[infos]]", request=Request.UPDATE) == []
    assert told(findings("", entry(), request=Request.UPDATE)) == ["fan.toml:3 guid REG012"]


@pytest.mark.parametrize(
    ("resource", "rc", "expected"),
    [
        ("FanMof", "FANMOF MOFDATA fan.bmf", None),
        ("FanMof\\u0000", '#include <x>\n  "FanMof"  mofdata "fan.bmf"', None),
        ("FanMof", "A MOFDATA a.bmf\nFanMof MOFDATA b.bmf", None),
        ("", "// FanMof MOFDATA fan.bmf\n/* A MOFDATA a\n B MOFDATA b */", None),
        ("FanMof", "A MOFDATA a.bmf", "the MOF resource is `FanMof`, but fan.rc has `A`"),
        ("FanMof", "", "the MOF resource is `FanMof`, but fan.rc has no MOFDATA resource"),
        ("", "A MOFDATA a\nB MOFDATA b", "there is no mof_resource, but fan.rc has `A` and `B`"),
    ],
)  # fmt: skip
def test_the_resource_is_that_of_the_rc_file(resource: str, rc: str, expected: str | None) -> None:
    found = findings("", f'[[infos]]\nmof_resource = "{resource}"', rc)
    assert [finding.message for finding in found] == ([expected] if expected else [])
    for finding in found:
        assert told([finding]) == ["fan.toml:2 mof_resource REG014"]
        assert len(finding.related) == len(mof_resources(SourceFile.from_text(rc)))


def test_places_in_json_and_in_a_buffer() -> None:
    text = json.dumps({"infos": [{"guids": [{"guid": FAN}]}]}, indent=1)
    reply = read(text, path="fan.json", format="json")
    assert isinstance(reply, RegInfoReply)
    schema = bind([parse_source("")]).schema
    as_json = DescriptionSource(SourceFile.from_text(text, path="fan.json"), "json")
    assert told(check_against(schema, reply, as_json)) == ['fan.json:6 "guid" REG012']
    as_buffer = DescriptionSource(SourceFile.from_text("", path="fan.bin"), None)
    assert told(check_against(schema, reply, as_buffer)) == ["fan.bin:1  REG012"]


# ------------------------------------------------------------------------------------- command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_against_a_description(folder: Path) -> None:
    (folder / "fan.toml").write_text(entry(guid=PUMP))
    (folder / "fan.mof").write_text(CLASS)
    (folder / "pump.mof").write_text("class Unrelated {};\n")
    options = ["--select", "REG", "--against", "fan.toml", "--format", "concise"]
    outcome = mofkit("check", *options, "fan.mof", "pump.mof")
    assert outcome.code == 1
    assert outcome.out == (
        "fan.mof:1:16: warning REG012 class `Fan` is not registered: no block has its guid\n"
        f"fan.toml:3:1: warning REG012 block {PUMP} is registered, but no class of the MOF has this"
        " guid\n2 warnings in 2 of 3 files\n"
    )


@pytest.mark.usefixtures("folder")
def test_what_from_mof_writes_has_no_findings() -> None:
    assert mofkit("reginfo", "from-mof", FAN_DRIVER, "-o", "fan.toml").code == 0
    nothing = (0, "2 files checked, nothing found\n", "")
    assert mofkit("check", "--against", "fan.toml", FAN_DRIVER) == nothing
    for arch in ("x64", "x86"):
        assert mofkit("reginfo", "build", "fan.toml", "--arch", arch, "-o", "fan.bin").code == 0
        assert mofkit("check", "--against", "fan.bin", "--arch", arch, FAN_DRIVER).code == 0


def test_the_sample_fits_its_mof() -> None:
    description = ROOT / "samples" / "reginfo" / "fan_driver.toml"
    for arch in ([], ["--arch", "x64"], ["--arch", "x86"]):
        assert mofkit("check", "--against", description, *arch, FAN_DRIVER).code == 0


def test_no_arch_is_asked_for_where_only_pointers_depend_on_it(folder: Path) -> None:
    pdo = 'names = {kind = "pdo", pdo = {x64 = "0xFFFFFA8004A1B060", x86 = 1}, count = 2}'
    (folder / "fan.toml").write_text(entry(pdo))
    (folder / "fan.mof").write_text(CLASS)
    outcome = mofkit("check", "--select", "REG", "--against", "fan.toml", "fan.mof")
    assert outcome.code == 0
    assert outcome.err == ""


@pytest.mark.parametrize("path", corpus_files("corpus/mof/windows-driver-samples/*.mof"))
def test_what_is_made_of_a_published_mof_fits_it(path: Path) -> None:
    """Its pointers apart, which are said to be pointers."""
    schema = bind([parse_bytes(path.read_bytes())]).schema
    reply = from_schema(schema)
    toml = to_toml(reply, None)
    assert read(toml, path="x", format="toml") == reply
    assert bool(list(reply.guids())) == bool(find_blocks(schema).blocks)
    source = DescriptionSource(SourceFile.from_text(toml), "toml")
    assert {finding.code for finding in check_against(schema, reply, source)} <= {"REG013"}


def test_rc_file(folder: Path) -> None:
    (folder / "fan.toml").write_text('[[infos]]\nmof_resource = "FanMof"\n')
    (folder / "fan.mof").write_text("")
    (folder / "fan.rc").write_bytes("MofResourceName MOFDATA fan.bmf\n".encode("utf-16"))
    outcome = mofkit("check", "--against", "fan.toml", "--rc", "fan.rc", "fan.mof")
    assert outcome.code == 1
    assert "error[REG014]" in outcome.out
    assert "::: fan.rc:1:1" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("--against fan.toml --syntax-only", 2, "does not go with --syntax-only"),
        ("--rc fan.rc", 2, "--arch and --rc go with --against"),
        ("--against nowhere.toml", 2, "nowhere.toml: No such file or directory"),
        ("--against fan.bin", 2, "--arch"),
        ("--against -", 2, "cannot be standard input"),
        ("--against fan.toml", 1, "mofkit: fan.toml:1: infos: is missing"),
    ],
)
def test_wrong_usage_and_malformed_descriptions(
    folder: Path, arguments: str, code: int, message: str
) -> None:
    (folder / "fan.toml").write_text("")
    (folder / "fan.bin").write_bytes(b"")
    (folder / "fan.mof").write_text(CLASS)
    outcome = mofkit("check", *arguments.split(), "fan.mof")
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
