"""Descriptions: what they may say, what they look like, and what is said about wrong ones."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from mofkit.binary import BinaryWarning
from mofkit.reginfo.description import DescriptionError, read, to_json, to_plain, to_toml
from mofkit.reginfo.description.errors import Key
from mofkit.reginfo.description.places import Format, find_places
from mofkit.reginfo.enums import Arch, RegFlag, Request
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
    TooSmall,
)
from mofkit.source import Span
from tests.support import DATA, ROOT, SHARED

FAN = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
PUMP = UUID("4CB52058-623F-448E-A456-1CE9BF10AF8B")
LAMP = UUID("5BFD8C98-61A7-481D-8592-A1614E687B87")

SCHEMA = json.loads((ROOT / "mofkit/reginfo/description.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

HEAD = "[[infos]]\n[[infos.guids]]\n"
GUID_LINE = f'guid = "{FAN}"\n'


def entry_of(toml: str, arch: Arch | None = None) -> RegGuid:
    """Return the entry that a few lines of TOML describe."""
    reply = read(HEAD + GUID_LINE + toml, path="fan.toml", format="toml", arch=arch)
    assert isinstance(reply, RegInfoReply)
    (entry,) = reply.guids()
    return entry


def errors_of(text: str, format: Format = "toml", arch: Arch | None = None) -> list[str]:  # noqa: A002 - as --format
    with pytest.raises(DescriptionError) as caught:
        read(text, path=f"fan.{format}", format=format, arch=arch)
    assert "\n".join(map(str, caught.value.problems)).startswith(str(caught.value)[:10])
    return [str(problem) for problem in caught.value.problems]


def errors_in_entry(toml: str, arch: Arch | None = None) -> list[str]:
    """Return what is wrong with an entry, without path and with lines counted from its first."""
    found = []
    for error in errors_of(HEAD + GUID_LINE + toml, arch=arch):
        path, line, rest = error.split(":", 2)
        assert path == "fan.toml"
        found.append(f"{int(line) - 3}:{rest.removeprefix(' infos[0].guids[0]')}")
    return found


def is_valid(value: Any) -> bool:
    return VALIDATOR.is_valid(value)


# ------------------------------------------------------------------------------------- reading


class TestEntries:
    @pytest.mark.parametrize(
        ("toml", "expected"),
        [
            ("", RegGuid(FAN)),
            ("flags = 1", RegGuid(FAN, RegFlag.EXPENSIVE)),
            ('flag_names = ["WMIREG_FLAG_EXPENSIVE"]', RegGuid(FAN, RegFlag.EXPENSIVE)),
            (
                'flags = 0x80000001\nflag_names = ["WMIREG_FLAG_EXPENSIVE"]',
                RegGuid(FAN, RegFlag(0x80000001)),
            ),
            ('names = {kind = "dynamic"}', RegGuid(FAN)),
            ("instance_count = 0xFFFFFFFF", RegGuid(FAN, RegFlag(0), 0xFFFFFFFF)),
            ('names = {kind = "list", names = []}', RegGuid.with_name_list(FAN, ())),
            ('names = {kind = "list", names = ["a", ""]}', RegGuid.with_name_list(FAN, ("a", ""))),
            (
                'flags = 5\ninstance_count = 1\nnames = {kind = "list", names = ["a"], count = 1}',
                RegGuid.with_name_list(FAN, ("a",), RegFlag.EXPENSIVE),
            ),
            ('names = {kind = "basename", base = "a", count = 2}',
             RegGuid.with_base_name(FAN, "a", 2)),
            ('instance_count = 2\nnames = {kind = "basename", base = ""}',
             RegGuid.with_base_name(FAN, "", 2)),
            ('names = {kind = "pdo", pdo = "0x85A1b060", count = 2}',
             RegGuid.with_pdo(FAN, 0x85A1B060, 2)),
            ('names = {kind = "pdo", pdo = 0, count = 1}', RegGuid.with_pdo(FAN, 0)),
            (
                'names = {kind = "pdo", pdo = "0xFFFFFFFFFFFFFFFF", count = 1}',
                RegGuid.with_pdo(FAN, (1 << 64) - 1),
            ),
            ("flags = 0x10000", RegGuid.removing(FAN)),
            (
                'flags = 0x10004\nnames = {kind = "list"}\ninstance_count = 9',
                RegGuid(FAN, RegFlag(0x10004), 9, ListNames(())),
            ),
            (
                'flags = 0x10000\nnames = {kind = "basename"}',
                RegGuid(FAN, RegFlag(0x10008), 0, BaseName(None)),
            ),
            (
                'flags = 0x10000\nnames = {kind = "pdo"}',
                RegGuid(FAN, RegFlag(0x10020), 0, PdoNames(0)),
            ),
        ],
        ids=lambda value: value.replace("\n", "; ") or "nothing" if isinstance(value, str) else "",
    )  # fmt: skip
    def test_what_may_be_left_out(self, toml: str, expected: RegGuid) -> None:
        assert entry_of(toml) == expected

    @pytest.mark.parametrize(
        "spelling",
        [
            str(FAN),
            str(FAN).upper(),
            f"{{{FAN}}}",
            FAN.hex,
            f" {FAN} ",
        ],
    )
    def test_guids_in_any_form(self, spelling: str) -> None:
        plain = {"infos": [{"guids": [{"guid": spelling}]}]}
        assert is_valid(plain)
        reply = read(json.dumps(plain), path="fan.json", format="json")
        assert reply == RegInfoReply((RegInfo(guids=(RegGuid(FAN),)),))

    def test_a_pointer_for_each_architecture(self) -> None:
        toml = 'names = {kind = "pdo", pdo.x64 = "0xFFFFFA8004A1B060", pdo.x86 = 7, count = 1}'
        assert entry_of(toml, Arch.X64) == RegGuid.with_pdo(FAN, 0xFFFFFA8004A1B060)
        assert entry_of(toml, Arch.X86) == RegGuid.with_pdo(FAN, 7)

    @pytest.mark.parametrize(
        ("toml", "expected"),
        [
            ("flags = -1", ["1:.flags: must be from 0 to 4294967295 (a ULONG), is -1"]),
            ("flags = 1.0", ["1:.flags: must be an integer, is 1.0"]),
            ("flags = true", ["1:.flags: must be an integer, is true"]),
            ("flags = 1979-05-27 07:32:00", ["1:.flags: must be an integer, is a date or time"]),
            ("flags = 0x1" + 5000 * "0", [
                "1:.flags: must be from 0 to 4294967295 (a ULONG), is far too large"]),
            ('flags = 1\nflag_names = ["WMIREG_FLAG_REMOVE_GUID"]', [
                "1:.flags: is 0x1, but flag_names says 0x10000"]),
            ('flag_names = [\n"WMIREG_FLAG_EXPENSIVE",\n"Wmireg_flg_exp"]', [
                '3:.flag_names[1]: "Wmireg_flg_exp" is no flag; did you mean WMIREG_FLAG_EXPENSIVE?'
            ]),
            ("flag_names = [1]", ["1:.flag_names[0]: must be a string, is 1"]),
            ('flag_names = "x"', ['1:.flag_names: must be an array, is "x"']),
            ("flags = 4", ["1:.flags: says INSTANCE_LIST, but there is no names"]),
            ('flags = 0x24\nnames = {kind = "list", names = []}', [
                "1:.flags: says INSTANCE_LIST and INSTANCE_PDO, but names is of kind list"]),
            ('flag_names = ["WMIREG_FLAG_INSTANCE_PDO"]\nnames = {kind = "dynamic"}', [
                "1:.flag_names: says INSTANCE_PDO, but names is of kind dynamic"]),
            ("names = []", ["1:.names: must be a table, is an array"]),
            ("names = {}", ["1:.names.kind: is missing"]),
            ('names.kind = "base"', ['1:.names.kind: is "base"; did you mean basename?']),
            ('names.kind = "x"', [
                '1:.names.kind: is "x"; it can be list or basename or pdo or dynamic']),
            ('names = {kind = "list"}', ["1:.names.names: is missing"]),
            ('names = {kind = "list", names = ["a", 1]}', [
                "1:.names.names[1]: must be a string, is 1"]),
            ('instance_count = 3\nnames = {kind = "list", names = ["a", "b"]}', [
                "1:.instance_count: is 3, but the list has 2 names"]),
            ('names = {kind = "list", names = ["a"], count = 3}', [
                "1:.names.count: is 3, but the list has 1 name"]),
            ('names = {kind = "basename", count = 3}', ["1:.names.base: is missing"]),
            ('names = {kind = "basename", base = 7, count = 3}', [
                "1:.names.base: must be a string, is 7"]),
            ('names = {kind = "basename", base = "a"}', ["1:.names.count: is missing"]),
            ('instance_count = 1\nnames = {kind = "basename", base = "a", count = 3}', [
                "1:.instance_count: is 1, but names.count is 3"]),
            ('names = {kind = "pdo", count = 1}', ["1:.names.pdo: is missing"]),
            ('names = {kind = "pdo", pdo = "85A1B060", count = 1}', [
                '1:.names.pdo: must be a string such as "0x85A1B060", is "85A1B060"']),
            ('names = {kind = "pdo", pdo = "0x10000000000000000", count = 1}', [
                "1:.names.pdo: 0x10000000000000000 is not a pointer, which has 64 bits"]),
            ('names = {kind = "pdo", pdo = {x64 = 1, x86 = 1}, count = 1}', [
                "1:.names.pdo: depends on the architecture, and none is given (--arch)"]),
            ('names = {kind = "pdo", pdo = {x46 = 1}, count = 1}', [
                "1:.names.pdo: depends on the architecture, and none is given (--arch)",
                "1:.names.pdo.x46: there is no such key here; did you mean x86?"]),
            ('names = {kind = "dynamic", count = 1}', [
                "1:.names.count: there is no such key here"]),
            ('instance_cuont = 1\n"a b" = 2\nflags = "1"', [
                "1:.instance_cuont: there is no such key here; did you mean instance_count?",
                '2:."a b": there is no such key here',
                '3:.flags: must be an integer, is "1"']),
        ],
        ids=lambda value: value[:60].replace("\n", "; ") if isinstance(value, str) else "",
    )  # fmt: skip
    def test_what_is_wrong(self, toml: str, expected: list[str]) -> None:
        assert errors_in_entry(toml) == expected

    def test_a_pointer_of_the_other_architecture(self) -> None:
        toml = 'names = {kind = "pdo", pdo = "0xFFFFFA8004A1B060", count = 1}'
        assert entry_of(toml, Arch.X64) == RegGuid.with_pdo(FAN, 0xFFFFFA8004A1B060)
        assert errors_in_entry(toml, Arch.X86) == [
            "1:.names.pdo: 0xFFFFFA8004A1B060 is not a pointer of x86, which has 32 bits"
        ]

    def test_an_architecture_without_its_value(self) -> None:
        toml = 'names = {kind = "pdo", pdo = {x64 = "0x1"}, count = 1}'
        assert entry_of(toml, Arch.X64) == RegGuid.with_pdo(FAN, 1)
        assert errors_in_entry(toml, Arch.X86) == ["1:.names.pdo.x86: is missing"]

    def test_a_name_must_be_short_enough_to_be_counted(self) -> None:
        """reginfo.md §1: Largest is 0xFFFE = 32767 code units."""
        longest = "a" * 32765 + "\U0001f300"
        assert entry_of(f'names = {{kind = "list", names = ["{longest}"]}}').instance_count == 1
        assert errors_in_entry(f'names = {{kind = "list", names = ["", "{longest}b"]}}') == [
            "1:.names.names[1]: has 32768 UTF-16 units, at most 32767 can be counted"
        ]


class TestReplies:
    def test_arch_and_warnings_are_not_looked_at(self) -> None:
        plain = {"$schema": "x", "arch": 7, "infos": [{}], "warnings": {"a": [None]}}
        assert is_valid(plain)
        assert read(json.dumps(plain), path="x", format="json") == RegInfoReply((RegInfo(),))

    def test_request(self) -> None:
        for said in (None, *Request):
            text = json.dumps({"infos": [{}]} | ({"request": said} if said else {}))
            for wanted in (None, *Request):
                reply = read(text, path="x", format="json", request=wanted)
                assert reply.request is (wanted or said or Request.REGISTER)

    def test_null_and_the_empty_string(self) -> None:
        reply = read(
            '{"infos": [{"registry_path": null, "mof_resource": ""}]}', path="x", format="json"
        )
        assert reply == RegInfoReply((RegInfo(None, ""),))
        assert read("[[infos]]\nmof_resource = ''", path="x", format="toml") == reply

    def test_too_small(self) -> None:
        text = '{"reply": "too-small", "required": {"x64": 372, "x86": 348}, "request": "update"}'
        assert is_valid(json.loads(text))
        found = read(text, path="x", format="json", arch=Arch.X86)
        assert found == TooSmall(348, Request.UPDATE)
        assert errors_of(text, "json") == [
            "fan.json:1: required: depends on the architecture, and none is given (--arch)"
        ]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[]", ["1: must be an object, is an array"]),
            ("1", ["1: must be an object, is 1"]),
            ("{}", ["1: infos: is missing"]),
            ('{\n"infos": []}', ["2: infos: is empty: a reply has at least one WMIREGINFO"]),
            ('{"infos": [\n7]}', ["2: infos[0]: must be an object, is 7"]),
            ('{"infos": {}}', ["1: infos: must be an array, is an object"]),
            ('{"infos": [{}], "request": "upd"}', ['1: request: is "upd"; did you mean update?']),
            ('{"infos": [{}], "request": null}', ["1: request: must be a string, is null"]),
            ('{"infos": [{"mof_resource": 1}]}', [
                "1: infos[0].mof_resource: must be a string, is 1"]),
            ('{"infos": [{"guids": [{}]}]}', ["1: infos[0].guids[0].guid: is missing"]),
            ('{"infos": [{"guids": [{"guid": 5}]}]}', [
                "1: infos[0].guids[0].guid: must be a string, is 5"]),
            ('{"infos": [{"guids": [{"guid": "\\ud800"}]}]}', [
                '1: infos[0].guids[0].guid: is no GUID: "\\ud800"']),
            ('{"reply": "too_small", "required": 1}', [
                '1: reply: is "too_small"; did you mean too-small?']),
            ('{"reply": "too-small"}', ["1: required: is missing"]),
            ('{"reply": "too-small", "required": -1}', [
                "1: required: must be from 0 to 4294967295 (a ULONG), is -1"]),
            ('{"reply": "too-small", "required": 1, "infos": []}', [
                "1: infos: there is no such key here"]),
            ('{"infos": [{}], "required": 1}', [
                "1: required: there is no such key here; did you mean request?"]),
        ],
    )  # fmt: skip
    def test_what_is_wrong(self, text: str, expected: list[str]) -> None:
        assert errors_of(text, "json") == [f"fan.json:{line}" for line in expected]
        assert not is_valid(json.loads(text))


class TestHostileText:
    @pytest.mark.parametrize(
        ("format", "text", "expected"),
        [
            ("json", "", "1: expecting value"),
            ("json", '{"infos": [\n{]}', "2: expecting property name enclosed in double quotes"),
            ("json", '{"infos": [{}],\n "infos":\n [{}]}', "2: infos: is there twice"),
            ("json", '{"infos": [{\n"a": 1,\n"\\u0061": 1}]}', "3: infos[0].a: is there twice"),
            ("json", '{"a":' * 20 + '{"b": 1, "b": 2}' + "}" * 20,
             "1: a name is there twice in one object"),
            ("json", "[" * 200_000, "1: is nested too deeply"),
            ("json", '{"a":\n' + "[" * 200_000 + "]" * 200_000 + "}", "2: is nested too deeply"),
            ("json", '{\n"flags": ' + "1" * 5000 + "}", "2: a number has too many digits"),
            ("json", '{"infos": [{}], "request": NaN}', "1: request: must be a string, is nan"),
            ("json", "\ufeff{", "1: expecting property name enclosed in double quotes"),
            ("toml", "a = \nb = 1", "1: invalid value"),
            ("toml", "infos = 1\ninfos = 2", "2: cannot overwrite a value"),
            ("toml", "a = 1\n[[a", "2: cannot overwrite a value"),
            ("toml", 'a = """\n\n', "1: unterminated string"),
            ("toml", "a = " + "[" * 100_000, "1: is nested too deeply"),
            ("toml", "a = 1\n" + "b." * 50_000 + "c = 1", "2: is nested too deeply"),
            ("toml", "a = 1\n[" + "'b' . " * 50_000 + "c]", "2: is nested too deeply"),
            ("toml", "a = 1\nb = " + "1" * 5000, "2: a number has too many digits"),
            ("toml", "a = 2020-02-31", "1: invalid date or datetime"),
            ("toml", "a." * 90 + "b = 1", "1: a: there is no such key here"),
        ],
        ids=lambda value: value[:30].replace("\n", " ") if isinstance(value, str) else "",
    )  # fmt: skip
    def test_it_is_an_error_with_a_line(self, format: Format, text: str, expected: str) -> None:  # noqa: A002 - as --format
        assert errors_of(text, format)[0] == f"fan.{format}:{expected}"

    def test_a_byte_order_mark_is_no_part_of_the_text(self) -> None:
        for text in ("\ufeff[[infos]]", "\ufeffinfos = [{}]"):
            assert read(text, path="x", format="toml") == RegInfoReply((RegInfo(),))

    def test_all_is_said_at_once_but_not_without_end(self) -> None:
        with pytest.raises(DescriptionError) as caught:
            read("[[infos]]\nx = 1\n" * 30, path="fan.toml", format="toml")
        error = caught.value
        lines = str(error).split("\n")
        assert len(error.problems) == 30
        assert lines[19:] == ["fan.toml:40: infos[19].x: there is no such key here", "and 10 more"]
        assert (error.path, error.line, error.key) == ("fan.toml", 2, "infos[0].x")

    def test_lone_surrogates_stay(self) -> None:
        """reginfo.md §1: decode without failing and preserve the units."""
        text = '{"infos": [{"registry_path": "a\\ud83d", "mof_resource": "\\ud83d\\ude00"}]}'
        reply = read(text, path="x", format="json")
        assert reply == RegInfoReply((RegInfo("a\ud83d", "\U0001f600"),))
        assert read(to_json(reply, None), path="x", format="json") == reply
        with pytest.raises(DescriptionError, match=r"^infos\[0\].registry_path: .*JSON"):
            to_toml(reply, None)


# -------------------------------------------------------------------------------------- places


TOML_LAYOUT = (DATA / "description" / "places.toml").read_text("utf-8")


class TestPlaces:
    @pytest.mark.parametrize(
        ("key", "line"),
        [
            ("request", 2),
            ("$schema", 3),
            ("infos 0", 6),
            ("infos 0 registry_path", 7),
            ("infos 0 guids 0", 8),
            ("infos 0 guids 0 guid", 9),
            ("infos 0 guids 0 names kind", 10),
            ("infos 0 guids 0 names names", 11),
            ("infos 0 guids 0 names names 0", 12),
            ("infos 0 guids 0 names names 1", 13),
            ("infos 0 guids 0 names names 2", 14),
            ("infos 0 guids 0 flags", 15),
            ("infos 0 guids 1", 16),
            ("infos 0 guids 1 guid a b 1 c", 17),
            ("infos 0 guids 1 guid d]", 17),
            ("infos 0 guids 1 names", 18),
            ("infos 0 guids 1 names kind", 19),
            ("infos 0 guids 1 names pdo x64", 21),
            ("infos 1", 22),
            ("infos 1 mof_resource", 23),
            ("infos 1 guids", 26),
            ("infos 1 guids 0 flags", 27),
            ("infos 1 guids 1", 28),
            ("infos 1 guids 1 names count", 28),
            ("infos 1 guids 1 names nowhere at all", 28),
        ],
    )
    def test_of_toml(self, key: str, line: int) -> None:
        parts = tuple(int(part) if part.isdigit() else part for part in key.split())
        span = find_places(TOML_LAYOUT, "toml").span(parts)
        assert TOML_LAYOUT.count("\n", 0, span.start) + 1 == line

    def test_of_json(self) -> None:
        text = '{"a": [1, {"b\\"c": "}"},\n[[]], {"d": {"e": null}}],\n"f": "\\\\"}'
        spans = find_places(text, "json").spans
        found = {key: text[span.start : span.end] for key, span in spans.items()}
        assert found == {
            ("a",): '"a"',
            ("a", 0): "1",
            ("a", 1): "{",
            ("a", 1, 'b"c'): '"b\\"c"',
            ("a", 2): "[",
            ("a", 2, 0): "[",
            ("a", 3): "{",
            ("a", 3, "d"): '"d"',
            ("a", 3, "d", "e"): '"e"',
            ("f",): '"f"',
        }

    @pytest.mark.parametrize(
        ("toml", "key", "shown"),
        [
            ("a.b = 1", ("a",), "a.b"),
            ("[a.b.c]", ("a", "b"), "[a.b.c]"),
            ("[a.b]\n[a]", ("a",), "[a]"),
            ("[[a.b]] # ]", ("a", "b", 0), "[[a.b]]"),
            ("  [a . 'b]'] # ]", ("a", "b]"), "[a . 'b]']"),
            ("[[a]]\n[b]\n[[a]] # 2", ("a", 1), "[[a]]"),
            ("a = [[1], 23]", ("a", 1), "2"),
            ("a = {b.c = 1, d = 2}", ("a", "d"), "d"),
        ],
    )
    def test_what_is_pointed_at_in_toml(self, toml: str, key: Key, shown: str) -> None:
        span = find_places(toml, "toml").span(key)
        assert toml[span.start : span.end] == shown

    def test_of_toml_that_tomlkit_refuses(self) -> None:
        """It nests less deeply than tomllib."""
        text = "\n" + ".".join("a" * 2000) + " = 1"
        assert tomllib.loads(text)
        assert find_places(text, "toml").span(("a",)) == Span.at(0)

    def test_of_a_key_that_is_missing(self) -> None:
        assert errors_of("\n\n[[infos]]\n\n[[infos.guids]]\n\n[[infos.guids]]") == [
            "fan.toml:5: infos[0].guids[0].guid: is missing",
            "fan.toml:7: infos[0].guids[1].guid: is missing",
        ]


# ------------------------------------------------------------------------------------- writing


EVERYTHING = RegInfoReply(
    (
        RegInfo(
            "\\Registry\\Machine\\Fan",
            "FanMof\0",
            (
                RegGuid.with_name_list(FAN, ("Left", 'R"\x7f\0'), RegFlag.EXPENSIVE),
                RegGuid.with_base_name(PUMP, "Pump", 2, 0x80000040),
                RegGuid.with_pdo(LAMP, 0xFFFFFA8004A1B060),
                RegGuid(FAN, RegFlag(0), 7, DynamicNames()),
                RegGuid.removing(PUMP),
                RegGuid(LAMP, RegFlag(0x10008), 0, BaseName(None)),
                RegGuid.with_name_list(FAN, tuple("0123456789" * 3)),
            ),
        ),
        RegInfo(None, ""),
    ),
    Request.UPDATE,
    (BinaryWarning("W-NUL", 70, "WMIREGINFO[0].MofResourceName", "ends with NUL"),),
)


class TestWriting:
    def test_plain_data(self) -> None:
        plain = to_plain(EVERYTHING, Arch.X64)
        assert list(plain) == ["arch", "request", "infos", "warnings"]
        assert (plain["arch"], plain["request"]) == ("x64", "update")
        assert plain["warnings"] == [
            {
                "code": "W-NUL",
                "offset": 70,
                "path": "WMIREGINFO[0].MofResourceName",
                "message": "ends with NUL",
            }
        ]
        first, second = plain["infos"]
        assert second == {"registry_path": None, "mof_resource": "", "guids": []}
        assert list(first) == ["registry_path", "mof_resource", "guids"]
        assert first["mof_resource"] == "FanMof"
        assert first["guids"][0] == {
            "guid": "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E",
            "flags": 5,
            "flag_names": ["WMIREG_FLAG_EXPENSIVE", "WMIREG_FLAG_INSTANCE_LIST"],
            "instance_count": 2,
            "names": {"kind": "list", "names": ["Left", 'R"\x7f']},
        }
        assert list(first["guids"][0]) == "guid flags flag_names instance_count names".split()
        assert [entry["names"] for entry in first["guids"][1:6]] == [
            {"kind": "basename", "base": "Pump", "count": 2},
            {"kind": "pdo", "pdo": "0xFFFFFA8004A1B060", "count": 1},
            {"kind": "dynamic"},
            {"kind": "dynamic"},
            {"kind": "basename", "base": None, "count": 0},
        ]
        assert [entry["instance_count"] for entry in first["guids"][3:5]] == [7, 0]

    def test_too_small(self) -> None:
        reply = TooSmall(372)
        expected = {"arch": "x86", "request": "register", "reply": "too-small", "required": 372}
        assert to_plain(reply, Arch.X86) == expected
        assert list(to_plain(reply, Arch.X86)) == list(expected)
        assert to_toml(reply, None) == (
            'request = "register"\nreply = "too-small"\nrequired = 372\n'
        )

    def test_json(self) -> None:
        text = to_json(EVERYTHING, Arch.X64)
        assert text.isascii()
        assert text.startswith('{\n  "arch": "x64",\n  "request": "update",\n  "infos": [\n    {\n')
        assert text.endswith("\n}\n")
        assert json.loads(text) == to_plain(EVERYTHING, Arch.X64)

    def test_toml_is_what_a_person_would_write(self, golden: Callable[[Path, str], None]) -> None:
        text = to_toml(EVERYTHING, Arch.X64, titles={FAN: "Fenwick_Fan"})
        golden(DATA / "description" / "everything.toml", text)

    def test_a_title_stays_a_comment(self) -> None:
        text = to_toml(EVERYTHING, None, titles={FAN: "a\n[[infos]]\rb"})
        assert text.count("# a [[infos]] b\n[[infos.guids]]") == 3
        reply = read(text, path="x", format="toml")
        assert isinstance(reply, RegInfoReply)
        assert len(reply.infos) == 2


# --------------------------------------------------------------------------------- JSON Schema


class TestJsonSchema:
    def test_it_is_one(self) -> None:
        Draft202012Validator.check_schema(SCHEMA)

    @pytest.mark.parametrize("reply", [EVERYTHING, TooSmall(5)], ids=["reply", "too-small"])
    def test_what_is_written_is_valid(self, reply: RegInfoReply | TooSmall) -> None:
        for arch in (None, *Arch):
            assert list(VALIDATOR.iter_errors(to_plain(reply, arch))) == []

    @pytest.mark.parametrize(
        "entry",
        [
            {},
            {"guid": "D510C931"},
            {"flags": -1},
            {"flags": 1 << 32},
            {"flags": "1"},
            {"flags": None},
            {"flag_names": ["EXPENSIVE"]},
            {"instance_count": True},
            {"names": {}},
            {"names": {"kind": "base"}},
            {"names": {"kind": "list"}},
            {"names": {"kind": "list", "names": [None]}},
            {"names": {"kind": "list", "names": ["a" * 32768]}},
            {"names": {"kind": "list", "names": [], "base": "a"}},
            {"names": {"kind": "basename", "count": 1}},
            {"names": {"kind": "basename", "base": None, "count": 1}},
            {"names": {"kind": "basename", "base": "a"}},
            {"names": {"kind": "pdo", "pdo": "85A1B060", "count": 1}},
            {"names": {"kind": "pdo", "pdo": "0x10000000000000000", "count": 1}},
            {"names": {"kind": "pdo", "pdo": -1, "count": 1}},
            {"names": {"kind": "pdo", "pdo": {"arm": 1}, "count": 1}},
            {"names": {"kind": "pdo", "count": 1}},
            {"names": {"kind": "dynamic", "count": 1}},
            {"nmaes": {"kind": "dynamic"}},
        ],
        ids=lambda entry: json.dumps(entry)[:60],
    )
    def test_it_refuses_what_reading_refuses(self, entry: dict[str, Any]) -> None:
        entry = {"guid": str(FAN)} | entry if entry else entry
        plain = {"infos": [{"guids": [entry]}]}
        assert not is_valid(plain)
        errors_of(json.dumps(plain), "json", Arch.X64)


# --------------------------------------------------------------------- samples, vectors, speed


def test_samples_are_valid() -> None:
    samples = sorted((ROOT / "samples" / "reginfo").glob("*.toml"))
    assert samples
    for path in samples:
        text = path.read_text("utf-8")
        assert list(VALIDATOR.iter_errors(tomllib.loads(text))) == []
        for arch in Arch:
            assert isinstance(read(text, path=path.name, format="toml", arch=arch), RegInfoReply)


def vectors() -> list[Path]:
    return sorted((SHARED / "vectors" / "reginfo").glob("*.json"))


@pytest.mark.corpus
@pytest.mark.parametrize("arch", list(Arch))
def test_vectors(arch: Arch) -> None:
    """What the vectors expect is a description, and is written as it was."""
    assert vectors()
    for path in vectors():
        vector = json.loads(path.read_text("utf-8"))
        expected = description_of(vector, arch)
        assert list(VALIDATOR.iter_errors(expected)) == [], path.name
        found = read(json.dumps(expected), path=path.name, format="json", arch=arch)
        plain = to_plain(found, arch)
        plain.pop("warnings", None)
        assert plain == {"arch": arch} | expected, path.name
        if "\\ud" not in json.dumps(to_plain(found, arch)).replace("\\ud83d\\udd25", ""):
            assert read(to_toml(found, arch), path=path.name, format="toml") == found


def description_of(vector: dict[str, Any], arch: Arch) -> dict[str, Any]:
    """Return a vector's expectation with the values of one architecture."""
    request = {"request": vector["datapath"]}
    if "reply" in vector:
        return request | {"reply": vector["reply"], "required": vector["required"][arch]}
    infos = vector["expect"]["infos"]
    for entry in (entry for info in infos for entry in info["guids"]):
        names = entry["names"]
        if names["kind"] == "pdo":
            names["pdo"] = f"0x{int(names['pdo'][arch], 16):X}"
        if "names_ref" in names:
            length = names.pop("length")
            del names["names_ref"]
            names["names"] = [("abcdefghijklmnop" * length)[:length]]
    return request | {"infos": infos}


@pytest.mark.slow
@pytest.mark.parametrize("format", ["json", "toml"])
def test_many_entries(format: Format) -> None:  # noqa: A002 - as --format
    guids = tuple(RegGuid.with_base_name(UUID(int=n), "Fan", n) for n in range(3000))
    reply = RegInfoReply((RegInfo("Fan", None, guids),))
    text = to_json(reply, None) if format == "json" else to_toml(reply, None)
    assert read(text, path="x", format=format) == reply


@pytest.mark.parametrize(("n_entries", "line"), [(1_000, 4_004), (10_000, 1)])
def test_lines_are_not_looked_for_in_very_large_toml(n_entries: int, line: int) -> None:
    text = "[[infos]]\n" + f"[[infos.guids]]\n{GUID_LINE}flags = 0x00000000\n\n" * n_entries
    assert errors_of(f"{text}[[infos.guids]]\n\nx = 1\n{GUID_LINE}") == [
        f"fan.toml:{line}: infos[0].guids[{n_entries}].x: there is no such key here"
    ]
