from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, strings_in

_LEVELS = ("wql:unaryselect", "wql:references", "wql:associators", "wql:v1providerdefined")


class QuerySupportLevel(ProviderRule):
    r"""A query level that there is not.

    ## What it does
    Reports an entry of `QuerySupportLevels` other than WQL:UnarySelect, WQL:References,
    WQL:Associators and WQL:V1ProviderDefined.

    ## Why it matters
    WMI passes a query on only where it knows the level.

    ## Example
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
        QuerySupportLevels = {"WQL"};
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
        QuerySupportLevels = {"WQL:UnarySelect"};
    };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "__InstanceProviderRegistration".
    """

    code = "PRV020"
    name = "query-support-level"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        for entry in strings_in(instance, "querysupportlevels"):
            if entry.value.lower() not in _LEVELS:
                yield self.finding(f"there is no query level `{entry.value}`", entry.origin)
