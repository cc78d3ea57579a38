"""From a driver's MOF to a description: which classes are blocks, and what is said about them."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mofkit.cim import Schema
from mofkit.compiler import bind
from mofkit.reginfo.blocks import find_blocks
from mofkit.reginfo.description import read
from mofkit.reginfo.enums import RegFlag
from mofkit.reginfo.from_schema import FromSchemaOptions, from_schema
from mofkit.reginfo.model import (
    BaseName,
    DynamicNames,
    InstanceNames,
    ListNames,
    PdoNames,
    RegGuid,
    RegInfo,
    RegInfoReply,
)
from mofkit.syntax import parse_source
from tests.support import ROOT
from tests.support_cli import Outcome, mofkit

FAN = UUID("D510C931-ACEF-40B5-9361-1CEE4DFC3E5E")
CONTROL = UUID("4CB52058-623F-448E-A456-1CE9BF10AF8B")
STOPPED = UUID("5BFD8C98-61A7-481D-8592-A1614E687B87")

FAN_DRIVER = ROOT / "samples" / "fan_driver.mof"
NAMED = "{ [key, read] string InstanceName; };"


def schema_of(text: str) -> Schema:
    return bind([parse_source(text, path="fan.mof")]).schema


FAN_SCHEMA = schema_of(FAN_DRIVER.read_text("utf-8"))


def qualifiers(*more: str, guid: UUID = FAN) -> str:
    return f'[{", ".join(["WMI", *more])}, guid("{{{guid}}}")]'


# ------------------------------------------------------------------------------------- blocks


def test_blocks_of_the_sample() -> None:
    found = find_blocks(FAN_SCHEMA)
    assert [(block.cim_class.name, block.guid, block.is_event) for block in found.blocks] == [
        ("Fenwick_Fan", FAN, False),
        ("Fenwick_FanControl", CONTROL, False),
        ("Fenwick_FanStopped", STOPPED, True),
    ]
    assert [block.expense for block in found.blocks] == [200, 0, 0]
    (curve,) = found.skipped
    assert str(curve) == "class `Fenwick_FanCurvePoint` is embedded in other classes"
    assert not curve.is_fault


_STATIC = "is Static: its data is in the MOF, the driver does not register it"
_EMBEDDED = "is embedded in other classes"


@pytest.mark.parametrize(
    ("qualifier_list", "reason"),
    [
        ("[WMI, Dynamic]", "has no guid"),
        ('[WMI, Dynamic, guid("{D510}")]', "has a guid that is none: '{D510}'"),
        ("[WMI, Dynamic, guid(5)]", "has a guid that is no string"),
    ],
)
def test_classes_without_a_usable_guid(qualifier_list: str, reason: str) -> None:
    found = find_blocks(schema_of(f"{qualifier_list} class A {NAMED}"))
    assert found.blocks == ()
    (skipped,) = found.skipped
    assert str(skipped) == f"class `A` {reason}"
    assert skipped.is_fault


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{qualifiers('Static')} class A {NAMED}", _STATIC),
        (f"{qualifiers('Dynamic(FALSE)')} class A {NAMED}", "is not Dynamic"),
        (f"{qualifiers()} class A {{ uint8 X; }};", "is not Dynamic"),
        (f"{qualifiers()} class A {{}}; class B {{ A X; }};", _EMBEDDED),
        (f"{qualifiers('Dynamic')} class A {{}}; class B {{ void M([in] a X); }};", _EMBEDDED),
        (
            f"{qualifiers('Dynamic', 'Abstract')} class A {NAMED}",
            "is abstract: it has no instances",
        ),
        (f"{qualifiers('Dynamic', 'Amendment')} class A {NAMED}", "only adds texts to a class"),
    ],
)
def test_classes_that_are_not_registered(text: str, reason: str) -> None:
    found = find_blocks(schema_of(text))
    assert found.blocks == ()
    (skipped,) = found.skipped
    assert str(skipped) == f"class `A` {reason}"
    assert not skipped.is_fault
    assert skipped.guid == FAN


def test_classes_without_the_qualifier_are_not_looked_at() -> None:
    found = find_blocks(schema_of(f"class A {NAMED} [WMI(FALSE), Dynamic] class B {NAMED}"))
    assert found == find_blocks(Schema())


def test_a_block_may_also_be_the_type_of_a_property() -> None:
    text = f"{qualifiers('Dynamic')} class A {NAMED} class B {{ A X; }};"
    assert [block.cim_class.name for block in find_blocks(schema_of(text)).blocks] == ["A"]


def test_a_guid_counts_once() -> None:
    a = f"{qualifiers('Dynamic')} class A {NAMED}"
    text = a + a.replace("class A", "class B") + a.replace("class A", "class a")
    found = find_blocks(schema_of(text))
    assert [block.cim_class.name for block in found.blocks] == ["A"]
    assert [(str(skipped), skipped.is_fault) for skipped in found.skipped] == [
        (f"class `B` has the guid of class `A`: {str(FAN).upper()}", True),
        ("class `a` is defined again", False),
    ]


@pytest.mark.parametrize(
    ("base", "declarations", "is_event"),
    [
        (": wmiEVENT", "", True),
        (": __ExtrinsicEvent", "", True),
        (": Base", "class Base : Middle {}; class Middle : WMIEvent {};", True),
        (": WMIEvent", "class WMIEvent : __ExtrinsicEvent {};", True),
        (": Base", "class Base {};", False),
        (": Base", "class Base : Base2 {}; class Base2 : Base {};", False),
        ("", "", False),
    ],
)
def test_events_derive_from_wmievent(base: str, declarations: str, is_event: bool) -> None:
    """wmi-mof-rules C13: directly or through classes of the file, in any letter case."""
    text = f"{declarations} {qualifiers('Dynamic')} class A {base} {NAMED}"
    (block,) = find_blocks(schema_of(text)).blocks
    assert block.is_event is is_event


# --------------------------------------------------------------------------------- from_schema


def entries(schema: Schema = FAN_SCHEMA, **options: Any) -> list[RegGuid]:
    return list(from_schema(schema, FromSchemaOptions(**options)).guids())


@pytest.mark.parametrize(
    ("options", "kind", "count", "names"),
    [
        ({}, RegFlag.INSTANCE_PDO, 1, PdoNames(0)),
        ({"pdo": 7, "count": 3}, RegFlag.INSTANCE_PDO, 3, PdoNames(7)),
        (
            {"names": "basename", "base": "Fan", "count": 2},
            *(RegFlag.INSTANCE_BASENAME, 2, BaseName("Fan")),
        ),
        ({"names": "list", "list": ("a", "b")}, RegFlag.INSTANCE_LIST, 2, ListNames(("a", "b"))),
        ({"names": "dynamic"}, RegFlag(0), 0, DynamicNames()),
    ],
)  # fmt: skip
def test_names(options: dict[str, Any], kind: RegFlag, count: int, names: InstanceNames) -> None:
    assert entries(**options) == [
        RegGuid(FAN, kind, count, names),
        RegGuid(CONTROL, kind, count, names),
        RegGuid(STOPPED, kind | RegFlag.EVENT_ONLY_GUID, count, names),
    ]


def test_strings() -> None:
    assert from_schema(Schema()) == RegInfoReply((RegInfo(None, None),))
    options = FromSchemaOptions(registry_path="Fan", mof_resource="FanMof")
    assert from_schema(Schema(), options) == RegInfoReply((RegInfo("Fan", "FanMof"),))


def expensive(**options: Any) -> list[bool]:
    return [bool(entry.flags & RegFlag.EXPENSIVE) for entry in entries(**options)]


def test_wmiexpense_says_nothing_about_collection_unless_asked() -> None:
    """wmi-mof-rules C15: WmiExpense is unrelated to WMIREG_FLAG_EXPENSIVE."""
    assert expensive() == [False, False, False]
    assert expensive(expense_threshold=200) == [True, False, False]
    assert expensive(expense_threshold=201) == [False, False, False]
    assert expensive(expensive=["FENWICK_fancontrol"]) == [False, True, False]
    with pytest.raises(ValueError, match=r"^Fenwick_Pump is no class that is registered$"):
        entries(expensive=["Fenwick_Fan", "Fenwick_Pump"])


def test_an_event_has_no_collection() -> None:
    text = f"{qualifiers('Dynamic', 'WmiExpense(9)')} class A : WMIEvent {NAMED}"
    (entry,) = entries(schema_of(text), expense_threshold=1)
    assert entry.flags == RegFlag.EVENT_ONLY_GUID | RegFlag.INSTANCE_PDO


# ------------------------------------------------------------------------------------- command


def from_mof(*arguments: str | Path) -> Outcome:
    return mofkit("reginfo", "from-mof", *arguments)


def test_command_prints_toml_with_the_names_of_the_classes() -> None:
    outcome = from_mof(FAN_DRIVER, "--names", "basename", "--base", "Fan", "--count", "2")
    assert outcome.code == 0
    assert outcome.out.startswith(
        'request = "register"\n\n[[infos]]\n\n# Fenwick_Fan\n[[infos.guids]]\n'
    )
    assert read(outcome.out, path="x", format="toml") == from_schema(
        FAN_SCHEMA, FromSchemaOptions(names="basename", base="Fan", count=2)
    )
    assert outcome.err == (
        f"{FAN_DRIVER}:11: class `Fenwick_FanCurvePoint` is embedded in other classes\n"
    )


def test_command_takes_every_option(tmp_path: Path) -> None:
    output = tmp_path / "fan.json"
    outcome = from_mof(
        *(FAN_DRIVER, "--pdo", "0x85A1B060", "--count", "0", "--registry-path", "\\Fan"),
        *("--mof-resource", "FanMof", "--expensive", "Fenwick_Fan", "--expense-threshold", "9"),
        *("--format", "json", "-o", output),
    )
    assert (outcome.code, outcome.out) == (0, "")
    expected = FromSchemaOptions(
        pdo=0x85A1B060,
        count=0,
        registry_path="\\Fan",
        mof_resource="FanMof",
        expensive=["Fenwick_Fan"],
    )
    text = output.read_text("utf-8")
    assert read(text, path="x", format="json") == from_schema(FAN_SCHEMA, expected)
    assert "arch" not in text


def test_command_takes_lists_of_names() -> None:
    outcome = from_mof(FAN_DRIVER, "--names", "list", "--name", "Left", "--name", "Right")
    assert read(outcome.out, path="x", format="toml") == from_schema(
        FAN_SCHEMA, FromSchemaOptions(names="list", list=("Left", "Right"))
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--names basename", "--names basename needs --base"),
        ("--names list", "--names list needs --name"),
        ("--base Fan", "--base does not go with --names pdo"),
        ("--names dynamic --count 2", "--count does not go with --names dynamic"),
        ("--names list --name a --pdo 1", "--pdo does not go with --names list"),
        ("--pdo x", "'x' is no pointer such as 0x85A1B060"),
        ("--pdo 0x10000000000000000", "has more than 64 bits"),
        ("--expensive Pump", "Pump is no class that is registered"),
        ("--count -1", "-1 is not in the range"),
    ],
)
def test_wrong_usage(arguments: str, message: str) -> None:
    outcome = from_mof(FAN_DRIVER, *arguments.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_command_says_what_is_wrong_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "fan.mof"
    path.write_text(
        f"{qualifiers('Dynamic')} class A {NAMED}\n"
        f"[WMI, Dynamic] class B {NAMED}\n"
        "class C { uint8 X };"
    )
    outcome = from_mof(path)
    assert outcome.code == 1
    assert "# A\n" in outcome.out
    assert f"{path}:2: class `B` has no guid\n" in outcome.err
    assert "SYN002" in outcome.err


def test_command_writes_nothing_where_there_is_no_block(tmp_path: Path) -> None:
    path, output = tmp_path / "fan.mof", tmp_path / "fan.toml"
    path.write_text("class A {};")
    outcome = from_mof(path, "-o", output)
    assert outcome.code == 1
    assert "fan.mof has no class with the qualifiers WMI and Dynamic" in outcome.err
    assert not output.exists()
