from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule


class MissingGuid(LintRule):
    """A driver's class without a GUID.

    ## What it does
    Reports a class with the qualifier `WMI` and without `guid`.

    ## Why it matters
    The GUID is how a driver and WMI name a block to each other: without one, the class cannot be
    tied to a registration, and its data can never be asked for.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{D510C931-ACEF-40B5-9361-1CEE4DFC3E5E}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 Rpm;
    };
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers".
    """

    code = "WDM105"
    name = "missing-guid"
    severity = Severity.ERROR

    def check_class(self, cim_class: CimClass) -> Findings:
        qualifiers = cim_class.qualifiers
        if has_qualifier(qualifiers, "wmi") and qualifier_named(qualifiers, "guid") is None:
            yield self.finding(f"class `{cim_class.name}` has no guid qualifier", cim_class.origin)
