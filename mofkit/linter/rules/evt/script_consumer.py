from __future__ import annotations

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.subscriptions import (
    SCRIPT,
    SubscriptionRule,
    called,
)
from mofkit.linter.verdict import action_of


class ScriptConsumer(SubscriptionRule):
    r"""A consumer that runs a script.

    ## What it does
    Reports an instance of ActiveScriptEventConsumer, or of a class derived from it.

    ## Why it matters
    The script runs as LocalSystem, whoever causes the event, and nothing is to be seen on the
    screen.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of ActiveScriptEventConsumer
    {
        Name = "Fenwick script";
        ScriptingEngine = "VBScript";
        ScriptText = "' nothing";
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
    WMI SDK, "ActiveScriptEventConsumer"; MITRE ATT&CK, T1546.003.
    """

    code = "EVT002"
    name = "script-consumer"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if self.known.kind_of(instance) != SCRIPT:
            return
        action = action_of(instance, self.unit)
        yield self.finding(
            f"{called(instance)} {action.in_words}",
            instance.origin,
        )
