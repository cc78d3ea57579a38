from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings

_OF_WMI = ("wmievent", "win32_perfrawdata", "msndis")


class UnknownBase(DriverRule):
    r"""A driver's class whose base class is neither in the MOF nor one of WMI's own.

    ## What it does
    Reports a class with `WMI` whose superclass is not in the files, and is neither `WMIEvent`, a
    system class (`__ExtrinsicEvent`), `Win32_PerfRawData` nor `MSNdis`.

    ## Why it matters
    The MOF of a driver is compiled by itself into root\wmi: a base class that is not there makes
    the compilation fail.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan : Fenwick_Device
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Abstract] class Fenwick_Device {};

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan : Fenwick_Device
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Source
    Windows driver documentation, "Implementing custom WMI blocks". The storage samples derive from
    Win32_PerfRawData, network drivers from MSNdis, the base of the classes of NDIS in root\wmi.
    """

    code = "WDM111"
    name = "unknown-base"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        base = cim_class.superclass
        if base is None or not is_wmi(cim_class) or not self.unit.is_complete:
            return
        if base.startswith("__") or base.lower() in _OF_WMI:
            return
        if not self.unit.files.classes_called(base):
            message = f"the base class `{base}` of class `{cim_class.name}` is not in the files"
            yield self.finding(message, cim_class.origin)
