from __future__ import annotations

import re

from mofkit.cim import CimClass, CimDirective, namespace_key
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings
from mofkit.linter.unit import Unit

_FOR_DRIVERS = re.compile(r"root/wmi(/ms_[0-9a-f]+)?")


class DriverNamespace(DriverRule):
    r"""A driver's class in another namespace than root\wmi.

    ## What it does
    Reports a `#pragma namespace` above drivers' classes that is neither root\wmi nor one of its
    translations (root\wmi\ms_409).

    ## Why it matters
    WMI compiles the MOF of a driver into root\wmi, and clients look there.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\cimv2")

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\wmi")

    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };
    ```

    ## Source
    Windows driver documentation, "Building and deploying the localized MOF file".
    """

    code = "WDM502"
    name = "driver-namespace"
    severity = Severity.WARNING

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.pragma: CimDirective | None = None

    def check_directive(self, directive: CimDirective) -> Findings:
        if directive.name.lower() == "namespace":
            self.pragma = directive
        return ()

    def check_class(self, cim_class: CimClass) -> Findings:
        if self.pragma is None or not is_wmi(cim_class):
            return
        namespace = cim_class.pragmas.namespace or ""
        if not _FOR_DRIVERS.fullmatch(namespace_key(namespace)):
            message = f"namespace {namespace} has drivers' classes, which belong into root\\wmi"
            yield self.finding(message, self.pragma.origin)
        self.pragma = None  # one finding a pragma
