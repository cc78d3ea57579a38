from __future__ import annotations

import re
from typing import Final

from mofkit.cim import (
    CimString,
)
from mofkit.diagnostics import Fix, Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.security_descriptors import DescriptorRule
from mofkit.source import Edit, Span

_WITHOUT_OTHER_TEXT: Final = re.compile(r'0[xX][0-9a-fA-F]*|"[^"]*"|@\w+\.\w+|\([^();]*\)')
_LOWER: Final = re.compile(r"[a-z]+")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _in_capitals(text: CimString) -> Fix | None:
    """Return the fix, where the string stands in the file as it is read."""
    origin = text.origin
    if origin is None or origin.source.text[slice(*origin.span)] != f'"{text.value}"':
        return None
    kept = _WITHOUT_OTHER_TEXT.finditer(text.value)
    capitals = [*text.value.upper()]
    for found in kept:
        capitals[slice(*found.span())] = found[0]
    fixed = "".join(capitals)
    return Fix("write it in capitals", (Edit(origin.span, f'"{fixed}"'),))


class LowerCaseSddl(DescriptorRule):
    r"""A security descriptor in lower case.

    ## What it does
    Reports lower-case letters in the NamespaceSecuritySDDL of a namespace. Numbers (0x6003f) and
    the conditions of entries may have them.

    ## Why it matters
    mofcomp takes capitals only, and refuses the file.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("o:BAg:BAD:(A;;0x3;;;AU)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x3;;;AU)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Source
    WMI SDK, "Setting namespace security when the namespace is created".

    ## Fix safety
    Safe: the letters mean the same, and only capitals are taken.
    """

    code = "SEC011"
    name = "lower-case-sddl"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        for written in self.written:
            found = _LOWER.search(_WITHOUT_OTHER_TEXT.sub(_blank, written.text.value))
            if found is None or not written.is_of_namespace:
                continue
            fix = _in_capitals(written.text)
            message = f"the security descriptor of {written.owner} has lower-case letters"
            yield self.at(written, Span(*found.span()), message, {"fix": fix})
