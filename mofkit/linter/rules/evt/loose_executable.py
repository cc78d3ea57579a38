from __future__ import annotations

import re
from typing import Final

from mofkit.cim import (
    CimInstance,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.subscriptions import (
    COMMAND,
    SCRIPT,
    SubscriptionRule,
    called,
)

_FULL: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\[^\\]+\\")
_UNC: Final = re.compile(r"[\\/]{2}(?![.?][\\/])|[\\/]{2}\?[\\/]UNC[\\/]", re.IGNORECASE)
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
    Reports a CommandLineEventConsumer without ExecutablePath, an ExecutablePath (and the
    ScriptFileName of an ActiveScriptEventConsumer) that has no drive and folders, one in a folder
    that users can write to, such as a profile, or C:\Windows\Temp, and one on another machine.

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
        kind = self.known.kind_of(instance)
        if kind == SCRIPT:
            yield from self._check_path("ScriptFileName", instance)
        elif kind == COMMAND and self.known.text_of(instance, "executablepath"):
            yield from self._check_path("ExecutablePath", instance)
        elif kind == COMMAND:
            line = self.known.text_of(instance, "commandlinetemplate")
            what = f"the first word of `{_short(line.value)}` is run" if line else "nothing is run"
            where = _trouble(_first_word(line.value)) if line else ""
            yield self.finding(
                f"{called(instance)} has no ExecutablePath: {what}{where and f', {where}'}",
                instance.origin if line is None else line.origin,
            )

    def _check_path(self, name: str, instance: CimInstance) -> Findings:
        found = self.known.text_of(instance, name.lower())
        if found is None:
            return
        path = found.value.strip('" ')
        trouble = _trouble(path) if _FULL.match(path) else "has no drive and folders"
        if trouble:
            is_ = trouble if trouble.startswith("has") else f"is {trouble}"
            yield self.finding(f"the {name} of {called(instance)} {is_}", found.origin)


def _first_word(line: str) -> str:
    line = line.strip()
    return line[1:].partition('"')[0] if line.startswith('"') else line.partition(" ")[0]


def _trouble(path: str) -> str:
    """Say who else can change what a path names, in words."""
    if _UNC.match(path):
        return "on another machine"
    return "in a folder that users can write to" if _WRITABLE.search(path) else ""
