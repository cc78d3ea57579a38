from __future__ import annotations

from mofkit.cim import CimInstance, CimString, CimType
from mofkit.diagnostics import Fix, Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import PROVIDER, REGISTRATIONS, ProviderRule
from mofkit.linter.system_shapes import properties_of
from mofkit.source import Edit


class BooleanAsString(ProviderRule):
    r"""A boolean written as a string.

    ## What it does
    Reports a string for a boolean property of a provider or a registration.

    ## Why it matters
    A string is no boolean, even if it says TRUE. mofcomp stores it as it is, and WMI converts it:
    files that come with Windows have `SupportsGet = "TRUE"` and work, so this is a warning. (A page
    of the documentation has this mistake, too.)

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        PerUserInitialization = "True";
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
        PerUserInitialization = TRUE;
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
    WMI SDK, "Registering the view provider".

    ## Fix safety
    Safe: what was meant is said.
    """

    code = "PRV019"
    name = "boolean-as-string"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        provider = self.everyone.completed(instance)
        name = instance.class_name.lower() if provider is None else PROVIDER
        if name != PROVIDER and name not in REGISTRATIONS:
            return
        booleans = {one.name.lower() for one in properties_of(name) if one.type is CimType.BOOLEAN}
        for found in (provider or instance).properties:
            value = found.value
            if isinstance(value, CimString) and found.name.lower() in booleans:
                message = f'{found.name} is a boolean and "{value.value}" is a string'
                yield self.finding(message, value.origin, fix=_unquoted(value))


def _unquoted(value: CimString) -> Fix | None:
    word = value.value.upper()
    if value.origin is None or word not in ("TRUE", "FALSE"):
        return None
    return Fix("remove the quotes", (Edit(value.origin.span, word),))
