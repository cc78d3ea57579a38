from __future__ import annotations

import re

from mofkit.cim import CimInstance, CimString
from mofkit.diagnostics import Fix, Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import EachProvider, named, words_for
from mofkit.source import Edit, Span

_FORM = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")


class ClsidForm(EachProvider):
    r"""A CLSID that is not written as COM writes one.

    ## What it does
    Reports a `CLSID` or `ClientLoadableCLSID` that is not of the form `{xxxxxxxx-xxxx-xxxx-xxxx-
    xxxxxxxxxxxx}`.

    ## Why it matters
    WMI hands the text to COM, which takes the form with braces only.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11";
        HostingModel = "NetworkServiceHost";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "__Win32Provider".
    """

    code = "PRV004"
    name = "clsid-form"
    severity = Severity.ERROR

    def check_provider(self, instance: CimInstance) -> Findings:
        for name in ("clsid", "clientloadableclsid"):
            found = named(instance, name)
            if found is None or not isinstance(found.value, CimString):
                continue
            text = found.value.value
            if not _FORM.fullmatch(text):
                yield self.finding(
                    f"{found.name} of {words_for(instance)} is not of the form "
                    "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}",
                    found.value.origin,
                    fix=_with_braces(found.value),
                )


def _with_braces(value: CimString) -> Fix | None:
    """Return the fix where only the braces are missing."""
    origin = value.origin
    if origin is None or not _FORM.fullmatch(f"{{{value.value}}}"):
        return None
    start, end = origin.span
    if origin.source.text[start:end] != f'"{value.value}"':
        return None
    edits = (Edit(Span.at(start + 1), "{"), Edit(Span.at(end - 1), "}"))
    return Fix("add the braces", edits)
