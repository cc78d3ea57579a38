from __future__ import annotations

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.subscriptions import (
    COMMAND,
    SubscriptionRule,
    called,
)
from mofkit.linter.verdict import action_of


class CommandConsumer(SubscriptionRule):
    r"""A consumer that runs a program.

    ## What it does
    Reports an instance of CommandLineEventConsumer, or of a class derived from it.

    ## Why it matters
    The program runs as LocalSystem, whoever causes the event.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer
    {
        Name = "Fenwick command";
        ExecutablePath = "C:\\Program Files\\Fenwick\\tick.exe";
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of LogFileEventConsumer
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
    };
    ```

    ## Source
    WMI SDK, "CommandLineEventConsumer"; MITRE ATT&CK, T1546.003.
    """

    code = "EVT004"
    name = "command-consumer"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if self.known.kind_of(instance) != COMMAND:
            return
        action = action_of(instance, self.unit)
        yield self.finding(
            f"{called(instance)} {action.in_words}",
            instance.origin,
        )
