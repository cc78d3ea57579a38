from __future__ import annotations

import re

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi, texts_of
from mofkit.linter.lint_rule import Findings

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class DefineValues(DriverRule):
    """DefineValues that cannot become definitions.

    ## What it does
    Reports a `DefineValues` with another number of entries than `Values` or `ValueMap`, and an
    entry that is no C identifier.

    ## Why it matters
    wmimofck writes a `#define` for each entry into the header of the driver.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, ValueMap{"1", "2"}, Values{"Slow", "Fast"},
         DefineValues{"FAN SLOW", "FAN_FAST"}]
        uint32 Level;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, ValueMap{"1", "2"}, Values{"Slow", "Fast"},
         DefineValues{"FAN_SLOW", "FAN_FAST"}]
        uint32 Level;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers".
    """

    code = "WDM315"
    name = "define-values"
    severity = Severity.WARNING

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        defines = qualifier_named(cim_property.qualifiers, "definevalues")
        if defines is None or not is_wmi(cim_class):
            return
        entries = texts_of(defines)
        for name in ("ValueMap", "Values"):
            other = qualifier_named(cim_property.qualifiers, name.lower())
            if other is not None and len(texts_of(other)) != len(entries):
                yield self.finding(
                    f"DefineValues of `{cim_property.name}` has {len(entries)} entries, "
                    f"{name} has {len(texts_of(other))}",
                    defines.origin,
                )
                break
        for entry in entries:
            if not _IDENTIFIER.fullmatch(entry):
                yield self.finding(f"`{entry}` in DefineValues is no C identifier", defines.origin)
