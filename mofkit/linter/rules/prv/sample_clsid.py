from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import BUILT_IN, EachProvider, named, string_in

_OF_SAMPLES = frozenset(
    {
        "fe9af5c0-d3b6-11ce-a5b6-00aa00680c3f",
        "e30ec6a0-23cf-11d1-8fde-0000f804aa5c",
        "a41602a4-c038-11d1-aeb6-00c04fb68820",
        "4916157b-fbe7-11d1-aec4-00c04fb68820",
        "423b32c9-b033-4242-efb6-55c044242821",
        "aa7828c5-95f9-11d2-bb0d-00c042424242",
        "aa70ddf4-e11c-11d1-abb0-00c04fd9159e",
    }
)


class SampleClsid(EachProvider):
    r"""A CLSID out of the documentation.

    ## What it does
    Reports a `CLSID` that stands in a sample of the WMI documentation, or is all zeros. The
    providers of Windows that really have one of them are exempt.

    ## Why it matters
    Two products with one CLSID would be one COM class: the one installed last wins.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{423B32C9-B033-4242-EFB6-55C044242821}";
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
    WMI SDK, "Registering an instance provider" and the pages beside it. There is no fix: a CLSID of
    one's own is in the provider's code, too; `mofkit bump` puts a new one everywhere.
    """

    code = "PRV005"
    name = "sample-clsid"
    severity = Severity.WARNING

    def check_provider(self, instance: CimInstance) -> Findings:
        found = named(instance, "clsid")
        clsid = (string_in(instance, "clsid") or "").strip("{}").lower()
        name = string_in(instance, "name") or ""
        if found is None or name.lower() in BUILT_IN:
            return
        if clsid in _OF_SAMPLES:
            yield self.finding(
                f"the CLSID of provider `{name}` is that of a sample", at_value(found)
            )
        elif clsid and not clsid.strip("0-"):
            yield self.finding(f"the CLSID of provider `{name}` is all zeros", at_value(found))
