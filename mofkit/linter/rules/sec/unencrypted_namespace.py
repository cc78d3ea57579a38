from __future__ import annotations

from functools import cached_property

from mofkit.cim import (
    CimBoolean,
    CimInstance,
    namespace_key,
)
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.namespaces import (
    NamespaceRule,
    is_of_locale,
    is_standard,
)
from mofkit.linter.providers import (
    string_in,
)


class UnencryptedNamespace(NamespaceRule):
    r"""A namespace that does not ask for encryption.

    ## What it does
    Reports an instance of `__Namespace` for whose namespace no file has the qualifier
    RequiresEncryption, as a hint: only people know which namespaces have secrets. Namespaces of
    languages (ms_409) and those that come with Windows are left out.

    Reports also, as a warning, RequiresEncryption without TRUE or FALSE.

    ## Why it matters
    Without it WMI answers clients that do not encrypt, and others on the network can read along.
    The page wants the value written, since the qualifier is a boolean.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root")

    [NamespaceSecuritySDDL("O:BAG:BAD:(A;;0x6003F;;;BA)(A;;0x3;;;AU)")]
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

    #pragma namespace("\\\\.\\root\\Fenwick")

    [RequiresEncryption(TRUE)]
    instance of __SystemSecurity
    {
    };
    ```

    ## Source
    WMI SDK, "Requiring an encrypted connection to a namespace". Which namespaces it is about is
    mofkit's own.
    """

    code = "SEC016"
    name = "unencrypted-namespace"
    severity = Severity.INFO

    def check_instance(self, instance: CimInstance) -> Findings:
        qualifier = qualifier_named(instance.qualifiers, "requiresencryption")
        if qualifier is not None and not isinstance(qualifier.value, CimBoolean):
            yield self.finding(
                "RequiresEncryption needs TRUE or FALSE",
                qualifier.origin,
                severity=Severity.WARNING,
            )
        name = string_in(instance, "name")
        if instance.class_name.lower() != "__namespace" or name is None or is_of_locale(name):
            return
        key = f"{namespace_key(instance.pragmas.namespace)}/{name.lower()}"
        if qualifier is None and not is_standard(key) and key not in self._encrypted:
            yield self.finding(
                f"namespace `{name}` answers clients that do not encrypt",
                instance.origin,
                help="there: [RequiresEncryption(TRUE)] instance of __SystemSecurity { };",
            )

    @cached_property
    def _encrypted(self) -> set[str]:
        """The keys of the namespaces for which a file has RequiresEncryption."""
        return {
            namespace_key(found.pragmas.namespace)
            for found in self.unit.files.instances_of("__systemsecurity")
            if qualifier_named(found.qualifiers, "requiresencryption") is not None
        }
