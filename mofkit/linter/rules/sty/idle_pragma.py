from __future__ import annotations

from mofkit.cim import CimClass, CimDirective, CimInstance
from mofkit.cim.schema import SchemaItem
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule

_ACTS_ON: dict[str, tuple[str, tuple[type[SchemaItem], ...]]] = {
    "namespace": ("declaration", ()),
    "classflags": ("class", (CimClass,)),
    "instanceflags": ("instance", (CimInstance,)),
}
_ACTORS = ("include", "deleteclass", "deleteinstance")
"""Directives that do something in a namespace, or bring something in."""


class IdlePragma(LintRule):
    r"""A pragma with nothing behind it to act on.

    ## What it does
    Reports a `namespace` pragma with no declaration behind it, `classflags` with no class and
    `instanceflags` with no instance, up to the next pragma of its kind or the end of the file. A
    file of pragmas only, which others include, is exempt.

    ## Why it matters
    These pragmas hold from their place on. At the end of a file, or under what they are for, they
    do nothing, and the declarations above went elsewhere.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    #pragma classflags("updateonly")
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    #pragma classflags("updateonly")
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "pragma namespace", "pragma classflags" and "pragma instanceflags".
    """

    code = "STY030"
    name = "idle-pragma"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        items = self.unit.schema.items
        is_sound = not any(
            found.severity is Severity.ERROR
            for file in self.unit.parsed
            for found in file.diagnostics
        )
        if not is_sound or all(isinstance(item, CimDirective) for item in items):
            return
        waiting: dict[str, CimDirective] = {}
        for item in items:
            if not isinstance(item, CimDirective):
                waiting = {kind: one for kind, one in waiting.items() if not _acts(kind, item)}
                continue
            kind = item.name.lower()
            if kind in _ACTS_ON:
                if kind in waiting:
                    yield from self._idle(waiting[kind])
                waiting[kind] = item
            elif kind in _ACTORS:
                waiting = {} if kind == "include" and not item.included else _less(waiting, kind)
        for idle in waiting.values():
            yield from self._idle(idle)

    def _idle(self, pragma: CimDirective) -> Findings:
        what, _ = _ACTS_ON[pragma.name.lower()]
        yield self.finding(f"no {what} follows for `#pragma {pragma.name}`", pragma.origin)


def _acts(kind: str, item: SchemaItem) -> bool:
    _, types = _ACTS_ON[kind]
    return not types or isinstance(item, types)


def _less(waiting: dict[str, CimDirective], kind: str) -> dict[str, CimDirective]:
    """Return those that a directive does not act on: deletions happen in a namespace."""
    if kind == "include":
        return waiting
    return {name: one for name, one in waiting.items() if name != "namespace"}
