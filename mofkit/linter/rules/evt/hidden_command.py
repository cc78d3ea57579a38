from __future__ import annotations

from typing import Final

from mofkit.cim import (
    CimInstance,
    CimString,
)
from mofkit.compiler.string_map import span_in_file
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.payloads import hidden_in, marks_in
from mofkit.linter.subscriptions import (
    COMMAND,
    SCRIPT,
    SubscriptionRule,
    called,
)

_MAX_SHOWN: Final = 300


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN else line[: _MAX_SHOWN - 1] + "…"


class HiddenCommand(SubscriptionRule):
    r"""A script or command line with marks of hidden commands.

    ## What it does
    Reports in what a consumer runs: encoded PowerShell commands, downloads, ADODB.Stream,
    WScript.Shell, hidden windows, long texts in base64, and the like; also what shows only when
    such a text is decoded. The decoded text stands in a note.

    ## Why it matters
    Honest scripts have a reason for one or the other; a text that somebody made unreadable, and
    that runs as LocalSystem, wants reading first. Such subscriptions have been found in attacks, in
    binary MOF too.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer // mofkit: noqa[EVT004]
    {
        Name = "Fenwick command";
        ExecutablePath =
            "C:\\Windows\\System32\\WindowsPowerShell\\"
            "v1.0\\powershell.exe";
        CommandLineTemplate =
            "powershell.exe "
            "-enc VwByAGkAdABlAC0ASABvAHMAdAAgACIAdABpAGMAawAiAA==";
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of CommandLineEventConsumer // mofkit: noqa[EVT004]
    {
        Name = "Fenwick command";
        ExecutablePath =
            "C:\\Windows\\System32\\WindowsPowerShell\\"
            "v1.0\\powershell.exe";
        CommandLineTemplate =
            "powershell.exe -File \"C:\\Program Files\\Fenwick\\tick.ps1\"";
    };
    ```

    ## Source
    MITRE ATT&CK, T1546.003; the LOLBAS project, "Mofcomp". The list of marks is mofkit's own.
    """

    code = "EVT006"
    name = "hidden-command"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if self.known.kind_of(instance) not in (SCRIPT, COMMAND):
            return
        for name in ("scripttext", "scriptfilename", "executablepath", "commandlinetemplate"):
            text = self.known.text_of(instance, name)
            if text is not None and text.origin is not None:
                yield from self._check_text(text, called(instance))

    def _check_text(self, text: CimString, owner: str) -> Findings:
        assert text.origin is not None, "only such texts get here"
        hidden = hidden_in(text.value)
        notes = tuple(f"{one.form}: {_short(one.text)}" for one in hidden)
        marks = marks_in(text.value)
        seen = {mark.what for mark in marks}
        inner = [mark for one in hidden for mark in marks_in(one.text) if mark.what not in seen]
        if not marks and not notes:
            return
        span = span_in_file(text, marks[0].span) if marks else text.origin.span
        said = ", ".join(
            [mark.what for mark in marks] + [f"{mark.what} (decoded)" for mark in inner]
        )
        yield self.finding_in(
            text.origin.source,
            span,
            f"what {owner} runs has marks of a hidden command: {said or notes[0]}",
            notes=notes,
        )
