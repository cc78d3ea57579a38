from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import EachProvider, boolean_in, integer_in, named


class ImpersonationLevel(EachProvider):
    r"""An ImpersonationLevel that there is not.

    ## What it does
    Reports an `ImpersonationLevel` other than 0 and 1; and, as information, 1 without
    `PerUserInitialization = TRUE`.

    ## Why it matters
    One page of the documentation calls the property reserved, another sets it to 1, together with
    PerUserInitialization, for providers that impersonate their client. Nothing else is known.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
        ImpersonationLevel = 3;
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
        ImpersonationLevel = 1;
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
    WMI SDK, "__Win32Provider". "Impersonating a client".
    """

    code = "PRV015"
    name = "impersonation-level"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        found, level = (
            named(instance, "impersonationlevel"),
            integer_in(instance, "impersonationlevel"),
        )
        if found is None or level is None:
            return
        if level not in (0, 1):
            yield self.finding(f"there is no ImpersonationLevel {level}", at_value(found))
        elif level == 1 and not boolean_in(instance, "peruserinitialization"):
            message = "ImpersonationLevel 1 goes with PerUserInitialization = TRUE"
            yield self.finding(message, at_value(found), severity=Severity.INFO)
