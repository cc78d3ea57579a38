from __future__ import annotations

import re
from typing import Final

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import (
    string_in,
)
from mofkit.linter.subscriptions import (
    COMMAND,
    SubscriptionRule,
)

_FULL: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\[^\\]+\\")
_WRITABLE: Final = re.compile(
    r"[\\/](?:users|temp|tmp|programdata|appdata|perflogs|recycler|\$recycle\.bin"
    r"|windows[\\/](?:tasks|tracing)|spool[\\/]drivers[\\/]color)[\\/]",
    re.IGNORECASE,
)


def _short(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"


class LooseExecutable(SubscriptionRule):
    r"""A program that others can put another one in place of.

    ## What it does
    Reports a CommandLineEventConsumer without ExecutablePath, one whose ExecutablePath has no drive
    and folders, and one in a folder that users can write to, such as a profile, or
    C:\Windows\Temp.

    ## Why it matters
    Without ExecutablePath the first word of the command line is run, which an event can fill in
    where it is a template; without the folder, what lies in the current one. What users can
    replace, runs as LocalSystem.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer // mofkit: noqa[EVT004]
    {
        Name = "Fenwick command";
        CommandLineTemplate = "tick.exe -x";
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer // mofkit: noqa[EVT004]
    {
        Name = "Fenwick command";
        ExecutablePath = "C:\\Program Files\\Fenwick\\tick.exe";
        CommandLineTemplate = "tick.exe -x";
    };
    ```

    ## Source
    WMI SDK, "CommandLineEventConsumer". The list of folders is mofkit's own.
    """

    code = "EVT005"
    name = "loose-executable"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if self.known.kind_of(instance) != COMMAND:
            return
        name = string_in(instance, "name") or "?"
        program = self.known.text_of(instance, "executablepath")
        if program is None:
            line = self.known.text_of(instance, "commandlinetemplate")
            what = f"the first word of `{_short(line.value)}` is run" if line else "nothing is run"
            message = f"consumer `{name}` has no ExecutablePath: {what}"
            yield self.finding(message, instance.origin if line is None else line.origin)
            return
        path = program.value.strip('" ')
        if not _FULL.match(path):
            message = f"the ExecutablePath of consumer `{name}` has no drive and folders"
            yield self.finding(message, program.origin)
        elif _WRITABLE.search(path):
            message = (
                f"the ExecutablePath of consumer `{name}` is in a folder that users can write to"
            )
            yield self.finding(message, program.origin)
