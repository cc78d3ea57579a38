from __future__ import annotations

from mofkit.cim import (
    CimDirective,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.subscriptions import (
    BINDING,
    FILTER,
    STANDARD_CONSUMERS,
    SubscriptionRule,
)


class RecoveredSubscription(SubscriptionRule):
    r"""A subscription that comes back.

    ## What it does
    Reports `#pragma autorecover` in a file with a part of a subscription: a filter, a binding, or a
    consumer of a standard class.

    ## Why it matters
    When the repository is rebuilt, WMI compiles the file again, also after somebody has cleaned up
    what it installs.

    ## Example
    ```mof
    #pragma autorecover
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
    WMI SDK, "pragma autorecover"; MITRE ATT&CK, T1546.003.
    """

    code = "EVT013"
    name = "recovered-subscription"
    severity = Severity.WARNING

    def check_directive(self, directive: CimDirective) -> Findings:
        if directive.name.lower() != "autorecover":
            return
        parts = [
            found
            for found in self.unit.instances
            if found.class_name.lower() in (FILTER, BINDING)
            or self.known.kind_of(found) in STANDARD_CONSUMERS
        ]
        if parts:
            yield self.finding(
                "the subscription comes back when the repository is rebuilt",
                directive.origin,
                related=related_to(parts[-1].origin, "this, among others" if parts[1:] else "this"),
            )
