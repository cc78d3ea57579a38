from __future__ import annotations

from mofkit.cim import CimInstance
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Severity
from mofkit.embedded import EmbeddedError, wql
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, strings_in


class EventQueryList(ProviderRule):
    r"""An event registration that offers no events.

    ## What it does
    Reports an event registration without `EventQueryList`, with an empty one, or with an entry that
    is no WQL select.

    ## Why it matters
    The list is what the provider offers: WMI calls it for these events only.

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
    instance of __EventProviderRegistration
    {
        provider = $Prov;
        EventQueryList = {"Fenwick_PumpStopped"};
    };
    class Fenwick_PumpStopped : __ExtrinsicEvent
    {
        string Serial;
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
    instance of __EventProviderRegistration
    {
        provider = $Prov;
        EventQueryList = {"select * from Fenwick_PumpStopped"};
    };
    class Fenwick_PumpStopped : __ExtrinsicEvent
    {
        string Serial;
    };
    ```

    ## Source
    WMI SDK, "__EventProviderRegistration", "Registering an event provider".
    """

    code = "PRV023"
    name = "event-query-list"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != "__eventproviderregistration":
            return
        queries = strings_in(instance, "eventquerylist")
        if not queries:
            yield self.finding(f"`{instance.class_name}` has no EventQueryList", instance.origin)
        for query in queries:
            assert query.origin is not None
            try:
                if not isinstance(wql.parse(query.value), wql.Select):
                    yield self.finding("this query of EventQueryList is no select", query.origin)
            except EmbeddedError as error:
                place = span_in_file(query, error.span)
                yield self.finding(f"EventQueryList: {error}", query.origin, place)
