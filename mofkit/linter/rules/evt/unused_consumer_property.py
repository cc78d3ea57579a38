from __future__ import annotations

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import (
    removal,
)
from mofkit.linter.subscriptions import (
    COMMAND,
    SubscriptionRule,
)


class UnusedConsumerProperty(SubscriptionRule):
    r"""A property of a consumer that has no effect.

    ## What it does
    Reports a property of a CommandLineEventConsumer that its page calls "not used":
    CreateNewConsole and DesktopName.

    ## Why it matters
    It misleads readers; WMI only writes a line into its trace.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer // mofkit: noqa[EVT004]
    {
        Name = "Fenwick command";
        ExecutablePath = "C:\\Program Files\\Fenwick\\tick.exe";
        CreateNewConsole = TRUE;
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer // mofkit: noqa[EVT004]
    {
        Name = "Fenwick command";
        ExecutablePath = "C:\\Program Files\\Fenwick\\tick.exe";
    };
    ```

    ## Source
    WMI SDK, "CommandLineEventConsumer".

    ## Fix safety
    Safe: the property has no effect.
    """

    code = "EVT015"
    name = "unused-consumer-property"
    severity = Severity.INFO

    def check_instance(self, instance: CimInstance) -> Findings:
        if self.known.kind_of(instance) != COMMAND:
            return
        for found in instance.properties:
            if found.name.lower() in ("createnewconsole", "desktopname"):
                message = f"`{found.name}` of a CommandLineEventConsumer is not used"
                yield self.finding(message, found.origin, fix=removal(found))
