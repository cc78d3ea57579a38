from __future__ import annotations

import re

from mofkit.cim import CimInstance
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import ProviderRule, integer_in, strings_in


class ClassProviderQueries(ProviderRule):
    r"""A class provider that does not say which classes it has.

    ## What it does
    Reports a pull registration of a class provider without `ResultSetQueries` and
    `ReferencedSetQueries`, and a query that is there as supported and as unsupported.

    ## Why it matters
    WMI needs the queries to know when to ask the provider.

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
    instance of __ClassProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        InteractionType = 0;
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
    instance of __ClassProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        InteractionType = 0;
        ResultSetQueries = {"select * from meta_class"};
    };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "__ClassProviderRegistration".
    """

    code = "PRV025"
    name = "class-provider-queries"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != "__classproviderregistration":
            return
        supported = [
            _bare(query.value)
            for name in ("resultsetqueries", "referencedsetqueries")
            for query in strings_in(instance, name)
        ]
        if not supported and integer_in(instance, "interactiontype") in (0, None):
            message = (
                f"`{instance.class_name}` has neither ResultSetQueries nor ReferencedSetQueries"
            )
            yield self.finding(message, instance.origin)
        for query in strings_in(instance, "unsupportedqueries"):
            if _bare(query.value) in supported:
                yield self.finding("this query is there as supported, too", query.origin)


def _bare(query: str) -> str:
    """Return a query without what makes no difference: letter case, and how it is spaced."""
    return " ".join(re.findall(r'"[^"]*"|\w+|\S', query.lower()))
