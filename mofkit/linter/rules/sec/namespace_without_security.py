from __future__ import annotations

from mofkit.cim import (
    CimInstance,
    namespace_key,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.namespaces import (
    is_of_locale,
    is_standard,
)
from mofkit.linter.providers import (
    string_in,
)


class NamespaceWithoutSecurity(LintRule):
    r"""A namespace that does not say who may use it.

    ## What it does
    Reports an instance of `__Namespace` without the qualifier NamespaceSecuritySDDL. Namespaces of
    languages (ms_409), which hold texts only, are left out, and so are those that come with
    Windows.

    ## Why it matters
    Without it the namespace gets the security of the namespace above, whatever somebody has made of
    that.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x6003F;;;BA)(A;;0x3;;;AU)")]
    instance of __Namespace
    {
        Name = "Fenwick";
    };
    ```

    ## Source
    WMI SDK, "Setting namespace security when the namespace is created".
    """

    code = "SEC010"
    name = "namespace-without-security"
    severity = Severity.WARNING

    def check_instance(self, instance: CimInstance) -> Findings:
        if instance.class_name.lower() != "__namespace":
            return
        name = string_in(instance, "name") or "?"
        key = f"{namespace_key(instance.pragmas.namespace)}/{name.lower()}"
        if is_of_locale(name) or is_standard(key):
            return
        if qualifier_named(instance.qualifiers, "namespacesecuritysddl") is None:
            yield self.finding(
                f"namespace `{name}` has the security of the namespace above",
                instance.origin,
                help='say who may use it: [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x3;;;AU)")]',
            )
