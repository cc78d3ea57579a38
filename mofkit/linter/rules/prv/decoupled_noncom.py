from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import EachProvider, named, string_in


class DecoupledNoncom(EachProvider):
    r"""The hosting model Decoupled:Noncom.

    ## What it does
    Reports the hosting model `Decoupled:Noncom`.

    ## Why it matters
    It is for internal use of Windows and not supported.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        HostingModel = "Decoupled:Noncom";
        SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
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
        HostingModel = "Decoupled:Com";
        SecurityDescriptor = "O:BAG:BAD:(A;;0x1;;;BA)";
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
    """

    code = "PRV009"
    name = "decoupled-noncom"
    severity = Severity.ERROR

    def check_provider(self, instance: CimInstance) -> Findings:
        if (string_in(instance, "hostingmodel") or "").lower() == "decoupled:noncom":
            found = named(instance, "hostingmodel")
            assert found is not None
            yield self.finding(
                "Decoupled:Noncom is not supported: use Decoupled:Com", at_value(found)
            )
