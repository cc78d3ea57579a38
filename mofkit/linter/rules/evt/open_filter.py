from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    CimNull,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import (
    named,
    string_in,
)
from mofkit.linter.subscriptions import (
    FILTER,
)


class OpenFilter(LintRule):
    r"""A filter to which everyone may send events.

    ## What it does
    Reports a filter without EventAccess.

    ## Why it matters
    Without it any provider, whatever its account, can raise the events that the consumer acts on.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
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
    WMI SDK, "Receiving events securely": NULL "allows access to everyone".
    """

    code = "EVT010"
    name = "open-filter"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != FILTER:
            return
        access = named(instance, "eventaccess")
        if access is None or access.value is None or isinstance(access.value, CimNull):
            name = string_in(instance, "name")
            which = f"filter `{name}`" if name else "a filter without a Name, its key"
            yield self.finding(
                f"everyone may send events to {which}",
                instance.origin if access is None else access.origin,
                help='let administrators only: EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";',
            )
