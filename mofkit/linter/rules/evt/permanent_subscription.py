from __future__ import annotations

from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.subscriptions import (
    SubscriptionRule,
)
from mofkit.linter.verdict import action_of


class PermanentSubscription(SubscriptionRule):
    r"""A permanent event subscription.

    ## What it does
    Reports a binding whose filter and consumer are in the files, too: together they are a complete
    permanent subscription. `mofkit check` says in full, below the findings, what it runs and when.

    ## Why it matters
    What the consumer does is done at each event from then on, over restarts, without a file or a
    process that shows it. Management software uses that, and so do intruders. Where it is meant, a
    comment in the file says so: `mofkit: noqa[EVT001]`.

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
    instance of __FilterToConsumerBinding
    {
        Filter = $Filter;
        Consumer = $Log;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    // Programs ask for these events while they run.
    class Fenwick_PumpAlarm : __ExtrinsicEvent
    {
        string Serial;
    };
    ```

    ## Source
    WMI SDK, "Receiving events at all times"; MITRE ATT&CK, T1546.003.
    """

    code = "EVT001"
    name = "permanent-subscription"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        for found in self.known.all:
            consumer = found.consumer.instance
            if not found.is_complete or consumer is None or found.filter.instance is None:
                continue
            action = action_of(consumer, self.unit)
            yield self.finding(
                f"installs a permanent subscription: at each event it {action.in_words}",
                found.binding.origin,
                related=(
                    *related_to(found.filter.instance.origin, "the events"),
                    *related_to(consumer.origin, "what is done"),
                ),
            )
