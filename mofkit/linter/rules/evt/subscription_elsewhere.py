from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    namespace_key,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    shown,
)
from mofkit.linter.subscriptions import (
    BINDING,
    FILTER,
    STANDARD_CONSUMERS,
    SubscriptionRule,
)


class SubscriptionElsewhere(SubscriptionRule):
    r"""A subscription that is not where people look.

    ## What it does
    Reports for each namespace other than root\subscription, the first part of a subscription
    (filter, standard consumer or binding) that goes there.

    ## Why it matters
    The page on subscriptions over several namespaces advises to keep them in root\subscription, and
    to say with EventNamespace where the events are. Administrators, and tools that look for
    intruders, may look there only.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\cimv2")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
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
    WMI SDK, "Implementing cross-namespace permanent event subscriptions".
    """

    code = "EVT009"
    name = "subscription-elsewhere"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        seen = {"root/subscription"}
        for instance in self.unit.instances:
            key = namespace_key(instance.pragmas.namespace)
            if key in seen or not self._is_part(instance):
                continue
            seen.add(key)
            yield self.finding(
                f"a part of a subscription goes into {shown(instance.pragmas.namespace)}",
                instance.origin,
                help=r"store it in root\subscription, and set EventNamespace of the filter",
            )

    def _is_part(self, instance: CimInstance) -> bool:
        return instance.class_name.lower() in (FILTER, BINDING) or (
            self.known.kind_of(instance) in STANDARD_CONSUMERS
        )
