from __future__ import annotations

from mofkit.cim import CimClass, CimProperty, CimQualifier, CimString
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Fix, Severity
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.linter.lint_rule import Findings
from mofkit.linter.providers import BUILT_IN, ProviderRule


class UnknownProvider(ProviderRule):
    r"""A class of a provider that nobody registers.

    ## What it does
    Reports a `provider` qualifier with a name that no `__Win32Provider` of the files has, where the
    files make a provider. The providers of Windows are known.

    ## Why it matters
    The class has no data until a provider of exactly this name is registered.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };
    [dynamic, provider("FenwikPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostingModel = "NetworkServiceHost";
    };
    instance of __InstanceProviderRegistration
    {
        provider = $Prov;
        SupportsGet = TRUE;
        SupportsEnumeration = TRUE;
    };
    [dynamic, provider("FenwickPumpProvider")]
    class Fenwick_Pump
    {
        [key] string Serial;
    };
    ```

    ## Source
    WMI SDK, "Standard WMI qualifiers".

    ## Fix safety
    Unsafe: the nearest name may not be the one that was meant.
    """

    code = "PRV026"
    name = "unknown-provider"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        yield from self._check(cim_class.qualifiers)

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        yield from self._check(cim_property.qualifiers)

    def _check(self, qualifiers: tuple[CimQualifier, ...]) -> Findings:
        qualifier = qualifier_named(qualifiers, "provider")
        if qualifier is None or not isinstance(qualifier.value, CimString):
            return
        name = qualifier.value.value
        if not self.everyone.names or name.lower() in BUILT_IN or not self.all_complete:
            return
        if not self.everyone.called(name.partition("|")[0]):
            near = nearest(name, self.everyone.names)
            yield self.finding(
                f"there is no provider `{name}` in the files",
                qualifier.value.origin,
                help=f"did you mean {near}?" if near else "",
                fix=_renamed(qualifier.value, near),
            )


def _renamed(name: CimString, near: str | None) -> Fix | None:
    """Return the fix that writes the other name; not of a name that is not so simple."""
    is_plain = near is not None and not set(near) & set('"\\')
    if name.origin is None or not is_plain:
        return None
    return replace_word(name.origin.span, f'"{near}"')
