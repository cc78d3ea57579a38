from __future__ import annotations

from collections.abc import Iterable

from mofkit.cim import (
    namespace_key,
)
from mofkit.diagnostics import Severity
from mofkit.diagnostics.suggestions import nearest
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    STANDARD,
    NamespaceRule,
    is_of_locale,
    is_standard,
    made_namespaces,
    shown,
)


def _by_parent(keys: Iterable[str]) -> dict[str, list[str]]:
    """Return the last names of namespaces, by the namespace above them."""
    found: dict[str, list[str]] = {}
    for key in keys:
        parent, _, name = key.rpartition("/")
        found.setdefault(parent, []).append(name)
    return found


def _meant(key: str, known: dict[str, list[str]]) -> str | None:
    """Return the known namespace beside a namespace that has nearly its name."""
    parent, _, name = key.rpartition("/")
    found = nearest(name, known.get(parent, ()))
    return None if found is None else f"{parent}/{found}"


class UnknownNamespace(NamespaceRule):
    r"""A namespace that nothing makes.

    ## What it does
    Reports a namespace that is entered, does not come with Windows, and is made by none of the
    files. It is a warning where the files make other namespaces, or where a known one has nearly
    the same name; else it is an info, since another file may have made it. Namespaces of languages
    (ms_409) are the business of LOC005.

    ## Why it matters
    mofcomp fails where the namespace is absent, on the first machine that has never seen the
    product.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x3;;;AU)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };

    #pragma namespace("\\\\.\\root\\Fenwik")

    class Fenwick_Pump
    {
        [key] string Serial;
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

    #pragma namespace("\\\\.\\root\\Fenwick")

    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "Creating a namespace with the WMI API" and "__Namespace". When it is only an info is
    mofkit's own.
    """

    code = "NSP012"
    name = "unknown-namespace"
    severity = Severity.WARNING

    def check_unit(self) -> Findings:
        made = made_namespaces(self.unit)
        known = _by_parent(made | STANDARD)
        seen: set[str] = set()
        for pragma in self.known.entered:
            key = namespace_key(pragma.pragmas.namespace)
            is_known = key in made or is_standard(key) or is_of_locale(key)
            if key in seen or is_known or not key.startswith("root/"):
                continue
            seen.add(key)
            meant = _meant(key, known)
            if not meant and not self.unit.files.is_complete:
                continue  # what could not be read may make it
            advice = "in the namespace above it, write `instance of __Namespace { Name = ...; };`"
            yield self.finding(
                f"namespace {shown(pragma.pragmas.namespace)} is made by none of the files",
                pragma.origin,
                severity=Severity.WARNING if made or meant else Severity.INFO,
                help=f"did you mean {shown(meant)}?" if meant else advice,
            )
