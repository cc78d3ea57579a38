from __future__ import annotations

import re

from mofkit.cim import (
    CimInstance,
    CimString,
)
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import (
    named,
    string_in,
)
from mofkit.source import Edit


def _replacement(model: CimString) -> Fix | None:
    """Return the fix for the account; a host group behind it stays."""
    if model.origin is None:
        return None
    text = re.sub("localsystem", "NetworkService", model.value, count=1, flags=re.IGNORECASE)
    return Fix(f"write {text}", (Edit(model.origin.span, f'"{text}"'),), Safety.UNSAFE)


class LocalSystemHost(LintRule):
    r"""A provider that runs as LocalSystem.

    ## What it does
    Reports the HostingModel LocalSystemHost and LocalSystemHostOrSelfHost.

    ## Why it matters
    LocalSystem may do everything on the machine, so a mistake in the provider may, too. WMI writes
    an event (5603 or 5604) when such a provider is registered. For most work the rights of the
    caller, or of NetworkService, do.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "LocalSystemHost";
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
    #pragma namespace("\\\\.\\root\\cimv2")

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
    WMI SDK, "Provider hosting and security".

    ## Fix safety
    Unsafe: a provider that needs the rights of LocalSystem fails with those of NetworkService.
    """

    code = "SEC001"
    name = "local-system-host"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:

        model = named(instance, "hostingmodel")
        if model is None or not isinstance(model.value, CimString) or model.value.origin is None:
            return
        if model.value.value.lower().startswith("localsystemhost"):
            fix = _replacement(model.value)
            yield self.finding(
                f"provider `{string_in(instance, 'name') or '?'}` runs as LocalSystem",
                model.value.origin,
                fix=fix,
            )
