from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CimInstance,
    CimNull,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.subscriptions import (
    SCRIPT,
    SubscriptionRule,
    called,
)

_SOURCES: Final = ("ScriptText", "ScriptFileName")


class ScriptConsumerSource(SubscriptionRule):
    r"""A script consumer without one script.

    ## What it does
    Reports an instance of ActiveScriptEventConsumer that has both of ScriptText and ScriptFileName,
    or neither, and one without ScriptingEngine.

    ## Why it matters
    WMI reports an error at each event, and runs nothing.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of ActiveScriptEventConsumer // mofkit: noqa[EVT002]
    {
        Name = "Fenwick script";
        ScriptingEngine = "VBScript";
        ScriptText = "' nothing";
        ScriptFileName = "C:\\Fenwick\\tick.vbs";
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of ActiveScriptEventConsumer // mofkit: noqa[EVT002]
    {
        Name = "Fenwick script";
        ScriptingEngine = "VBScript";
        ScriptText = "' nothing";
    };
    ```

    ## Source
    WMI SDK, "ActiveScriptEventConsumer".
    """

    code = "EVT003"
    name = "script-consumer-source"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        if self.known.kind_of(instance) != SCRIPT:
            return
        name = called(instance)
        given = [one for one in _SOURCES if self._has(instance, one.lower())]
        if len(given) != 1:
            which = "both ScriptText and ScriptFileName" if given else "no script"
            yield self.finding(
                f"{name} has {which}",
                instance.origin,
                help="set one of ScriptText and ScriptFileName",
            )
        if not self._has(instance, "scriptingengine"):
            yield self.finding(
                f"{name} has no ScriptingEngine",
                instance.origin,
                help='name the language, such as "VBScript"',
            )

    def _has(self, instance: CimInstance, name: str) -> bool:
        value = self.known.value_of(instance, name)
        return value is not None and not isinstance(value, CimNull)
