from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    namespace_key,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    NamespaceRule,
    is_of_locale,
)


class SeveralNamespaces(NamespaceRule):
    r"""A file for several namespaces.

    ## What it does
    Reports the pragma with which a file that has declared something in one namespace goes on in
    another. Namespaces of languages (ms_409), and instances of `__Namespace`, which have to stand
    in the namespace above, do not count.

    ## Why it matters
    mofcomp stores declarations one by one and takes nothing back: after an error in the middle, one
    namespace is new and the other is old.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
    };

    #pragma namespace("\\\\.\\root\\interop")

    class Fenwick_Profile
    {
        [key] string Name;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
    };

    class Fenwick_Profile
    {
        [key] string Name;
    };
    ```

    ## Source
    WMI SDK, "Handling errors with the MOF compiler".
    """

    code = "NSP013"
    name = "several-namespaces"
    severity = Severity.INFO

    def check_unit(self) -> Findings:
        first: str | None = None
        for item in self.known.stored:
            if isinstance(item, CimInstance) and item.class_name.lower() == "__namespace":
                continue
            key = namespace_key(item.pragmas.namespace)
            if is_of_locale(key) or key == first:
                continue
            if first is None:
                first = key
                continue
            message = "a second namespace: an error there leaves the file half compiled"
            yield self.finding(message, item.origin)
            return
