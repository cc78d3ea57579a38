from __future__ import annotations

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.providers import (
    boolean_in,
    named,
)
from mofkit.linter.subscriptions import (
    BINDING,
)


class SynchronousDelivery(LintRule):
    r"""A binding that makes providers wait.

    ## What it does
    Reports a binding with DeliverSynchronously = TRUE.

    ## Why it matters
    The provider of the event waits until the consumer is done. That is for consumers that return
    within about 100 microseconds; the property is obsolete besides.

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
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    };
    instance of LogFileEventConsumer as $Log
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
    };
    instance of __FilterToConsumerBinding // mofkit: noqa[EVT001]
    {
        Filter = $Filter;
        Consumer = $Log;
        DeliverSynchronously = TRUE;
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
    instance of LogFileEventConsumer as $Log
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
    };
    instance of __FilterToConsumerBinding // mofkit: noqa[EVT001]
    {
        Filter = $Filter;
        Consumer = $Log;
    };
    ```

    ## Source
    WMI SDK, "Binding an event filter with a logical consumer" and "__FilterToConsumerBinding".
    """

    code = "EVT012"
    name = "synchronous-delivery"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() == BINDING and boolean_in(instance, "deliversynchronously"):
            found = named(instance, "deliversynchronously")
            yield self.finding(
                "providers wait until the consumer has dealt with the event",
                instance.origin if found is None else found.origin,
            )
