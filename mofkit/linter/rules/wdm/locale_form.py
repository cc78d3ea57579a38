from __future__ import annotations

import re

from mofkit.cim import CimClass
from mofkit.cim.qualifiers import qualifier_named, string_of
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi
from mofkit.linter.lint_rule import Findings, at_value

_FORM = re.compile(r"MS\\0x[0-9A-F]{3,4}", re.IGNORECASE)


class LocaleForm(DriverRule):
    r"""A driver's class whose `Locale` is not in the form for drivers.

    ## What it does
    Reports a `Locale` of a driver's class that is not a string `MS\0x` and a hexadecimal language
    identifier, as in `"MS\\0x409"`.

    ## Why it matters
    The language of the texts cannot be told. A bare number is the form for translations (classes
    with `Amendment`).

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"), Locale(0x409),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"), Locale("MS\\0x409"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
    };
    ```

    ## Source
    Windows driver documentation, "WMI class qualifiers". Seen in all driver samples that Microsoft
    publishes.
    """

    code = "WDM107"
    name = "locale-form"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        locale = qualifier_named(cim_class.qualifiers, "locale")
        if locale is None or not is_wmi(cim_class):
            return
        if not _FORM.fullmatch(string_of([locale], "locale") or ""):
            message = f"the Locale of class `{cim_class.name}` is not of the form MS\\0x409"
            yield self.finding(message, at_value(locale), help='in MOF text: Locale("MS\\\\0x409")')
