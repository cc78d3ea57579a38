from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    CimString,
)
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Severity
from mofkit.embedded import EmbeddedError, wql
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import (
    named,
    string_in,
)
from mofkit.linter.subscriptions import (
    FILTER,
    SubscriptionRule,
)


class ShortPolling(SubscriptionRule):
    r"""A filter that polls all the time.

    ## What it does
    Reports a filter whose query has a WITHIN of less than a second.

    ## Why it matters
    Each poll asks a provider for all instances. WMI may refuse an interval that is too small; its
    page advises more than five minutes.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 0.001 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    ```

    ## Source
    WMI SDK, "WITHIN clause".
    """

    code = "EVT008"
    name = "short-polling"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        query = named(instance, "query") if instance.class_name.lower() == FILTER else None
        text = None if query is None else query.value
        if not isinstance(text, CimString) or text.origin is None:
            return
        try:
            read = wql.parse(text.value)
        except EmbeddedError:
            return  # for EVT007
        if not isinstance(read, wql.Select) or read.within is None:
            return
        seconds = read.within.value
        if isinstance(seconds, int | float) and seconds < 1:
            message = f"filter `{string_in(instance, 'name') or '?'}` polls every {seconds} s"
            yield self.finding_in(text.origin.source, span_in_file(text, read.within.span), message)
