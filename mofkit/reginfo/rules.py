"""The REG rules: a description of registration info held against the driver's MOF and .rc file.

What is wrong inside a buffer has the E- and W- codes of the decoder; these rules need a second
document, and their examples have it in a comment.
"""

from __future__ import annotations

from typing import Final

from mofkit.diagnostics import Rule, Severity

_FAN: Final = """
[WMI, Dynamic, Provider("WmiProv"),
 guid("{D510C931-ACEF-40B5-9361-1CEE4DFC3E5E}")]
class Fenwick_Fan
{
    [key, read] string InstanceName;
    [read] boolean Active;
};
"""

_CONTROL: Final = """
[WMI, Dynamic, Provider("WmiProv"),
 guid("{4CB52058-623F-448E-A456-1CE9BF10AF8B}")]
class Fenwick_FanControl
{
    [key, read] string InstanceName;
    [read] boolean Active;
};
"""

_STOPPED: Final = """
[WMI, Dynamic, Provider("WmiProv"),
 guid("{5BFD8C98-61A7-481D-8592-A1614E687B87}")]
class Fenwick_FanStopped : WMIEvent
{
    [key, read] string InstanceName;
    [read] boolean Active;
};
"""

COUNT_OF_DYNAMIC_NAMES: Final = Rule(
    code="REG003",
    name="count-of-dynamic-names",
    severity=Severity.WARNING,
    what="Reports a block with dynamic instance names that has an instance count.",
    why=(
        "Dynamic names come with the data, so WMI ignores the count. Either a name list, base "
        "name or PDO was meant and its flag is missing, or the count is left over. (A storage "
        "miniport asks for dynamic names with 0xFFFFFFFF; a WMIREGINFO does not need that.)"
    ),
    example="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
// instance_count = 2
"""
    + _FAN,
    instead="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
// names = {kind = "basename", base = "Fan", count = 2}
"""
    + _FAN,
    source='Windows driver documentation, "WMIREGGUIDW structure"; `wmistr.h`',
)

EXPENSIVE_EVENT: Final = Rule(
    code="REG010",
    name="expensive-event",
    severity=Severity.WARNING,
    what="Reports a block with WMIREG_FLAG_EXPENSIVE and WMIREG_FLAG_EVENT_ONLY_GUID.",
    why=(
        "EXPENSIVE asks for requests to enable and disable the collection of data. A block of "
        "events only is never queried, so there is nothing to collect, and such requests do not "
        "come."
    ),
    example="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "5BFD8C98-61A7-481D-8592-A1614E687B87"
// flag_names = ["WMIREG_FLAG_EXPENSIVE", "WMIREG_FLAG_EVENT_ONLY_GUID"]
"""
    + _STOPPED,
    instead="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "5BFD8C98-61A7-481D-8592-A1614E687B87"
// flag_names = ["WMIREG_FLAG_EVENT_ONLY_GUID"]
"""
    + _STOPPED,
    source='Windows driver documentation, "WMI registration flags"; the conclusion is ours',
)

UNMATCHED_BLOCK: Final = Rule(
    code="REG012",
    name="unmatched-block",
    severity=Severity.WARNING,
    what=(
        "Reports a class that the driver does not register, and a registered block that no class "
        "of the MOF describes."
    ),
    why=(
        "Without a registration WMI finds nobody to ask for the class's data. Without a class "
        "nobody can name the block. Static and embedded classes are not registered; blocks for "
        "tracing, blocks that are removed, and MSWmi_MofData_GUID need no class. A class of "
        "wmicore.mof, which Windows has, need not be in the driver's MOF either: give that file "
        "too, or ignore the finding."
    ),
    example="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
"""
    + _FAN
    + _CONTROL,
    instead="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
// [[infos.guids]]
// guid = "4CB52058-623F-448E-A456-1CE9BF10AF8B"
"""
    + _FAN
    + _CONTROL,
    source='Windows driver documentation, "Troubleshooting specific WMI problems"',
)

PDO_REFERENCE: Final = Rule(
    code="REG013",
    name="pdo-reference",
    severity=Severity.INFO,
    what="Says how many entries of a description carry a pointer to a physical device object.",
    why=(
        "The value of the pointer is known in the running driver only; in a description it stands "
        "for one. For IRP_MN_REGINFO_EX the driver takes a reference (ObReferenceObject) for each "
        "such entry, which the system releases; for IRP_MN_REGINFO it takes none."
    ),
    example="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
// names = {kind = "pdo", pdo = "0x85A1B060", count = 1}
"""
    + _FAN,
    instead="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
// names = {kind = "basename", base = "Fan", count = 1}
"""
    + _FAN,
    source='Windows driver documentation, "WMIREGGUIDW structure"',
)

OTHER_MOF_RESOURCE: Final = Rule(
    code="REG014",
    name="other-mof-resource",
    severity=Severity.ERROR,
    what=(
        "Reports a MofResourceName that is not the name of a MOFDATA resource in the .rc file "
        "given with --rc."
    ),
    why=(
        "WMI looks for the binary MOF in the driver's image under the name that the driver "
        "reports. When the .rc file gives it another one, no class of the driver appears, and "
        "nothing else says why."
    ),
    example="""\
// # fan.toml
// [[infos]]
// mof_resource = "FanMof"
// # fan.rc: MofResourceName MOFDATA fan.bmf
""",
    instead="""\
// # fan.toml
// [[infos]]
// mof_resource = "MofResourceName"
// # fan.rc: MofResourceName MOFDATA fan.bmf
""",
    source='Windows driver documentation, "Compiling a driver\'s MOF file"',
)

EVENT_FLAG: Final = Rule(
    code="REG020",
    name="event-flag-differs",
    severity=Severity.WARNING,
    what=(
        "Reports a class that is registered with WMIREG_FLAG_EVENT_ONLY_GUID and does not derive "
        "from WMIEvent, and one that derives from it and is registered without the flag."
    ),
    why=(
        "WMI never queries or sets a block with the flag: the data of a class that is no event "
        "cannot be read. Without the flag an event counts as a data block, too, and the driver "
        "gets queries for it."
    ),
    example="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
// flag_names = ["WMIREG_FLAG_EVENT_ONLY_GUID"]
"""
    + _FAN,
    instead="""\
// # fan.toml
// [[infos]]
// [[infos.guids]]
// guid = "D510C931-ACEF-40B5-9361-1CEE4DFC3E5E"
"""
    + _FAN,
    source='Windows driver documentation, "WMI registration flags", "WMIREGGUIDW structure"',
)

RULES: Final = (
    COUNT_OF_DYNAMIC_NAMES,
    EXPENSIVE_EVENT,
    UNMATCHED_BLOCK,
    PDO_REFERENCE,
    OTHER_MOF_RESOURCE,
    EVENT_FLAG,
)
