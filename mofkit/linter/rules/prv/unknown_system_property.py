from __future__ import annotations

from mofkit.cim import (
    CimArray,
    CimBoolean,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimProperty,
    CimReal,
    CimString,
    CimType,
    CimValue,
)
from mofkit.diagnostics import Fix, Severity
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.linter.lint_rule import Findings, at_value
from mofkit.linter.providers import ProviderRule
from mofkit.linter.system_shapes import properties_of

_NUMBERS = (CimInteger, CimReal)
_WRONG: dict[CimType, tuple[type, ...]] = {
    CimType.STRING: (*_NUMBERS, CimBoolean),
    CimType.BOOLEAN: _NUMBERS,  # a string is PRV019's
    **{cim_type: (CimString, CimBoolean) for cim_type in CimType if cim_type.is_integer},
}


class UnknownSystemProperty(ProviderRule):
    r"""A property that a system class does not have.

    ## What it does
    Reports a property that an instance of a WMI system class sets and that its class does not have,
    and a value of another type.

    ## Why it matters
    The instance is refused. Most often it is a misspelled name.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\Fenwick")

    instance of __Win32Provider as $Prov
    {
        Name = "FenwickPumpProvider";
        CLSID = "{7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C11}";
        HostModel = "NetworkServiceHost";
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
    The page of the class in the WMI SDK.

    ## Fix safety
    Unsafe: it writes the property with the nearest name, which may not be the one meant.
    """

    code = "PRV033"
    name = "unknown-system-property"
    severity = Severity.ERROR

    def check_instance(self, instance: CimInstance) -> Findings:
        known = {one.name.lower(): one for one in properties_of(instance.class_name.lower())}
        if not known or self.unit.files.classes_called(instance.class_name):
            return
        for found in instance.properties:
            declared = known.get(found.name.lower())
            if declared is None:
                near = nearest(found.name, [one.name for one in known.values()])
                yield self.finding(
                    f"`{instance.class_name}` has no property `{found.name}`",
                    found.origin,
                    help=f"did you mean {near}?" if near else "",
                    fix=_renamed(found, near),
                )
            elif not _fits(declared, found.value):
                message = f"`{found.name}` of `{instance.class_name}` is {_words(declared)}"
                yield self.finding(message, at_value(found))


def _renamed(found: CimInstanceProperty, name: str | None) -> Fix | None:
    return None if found.origin is None else replace_word(found.origin.name_span, name)


def _fits(declared: CimProperty, value: CimValue | None) -> bool:
    """Say whether a value can be of the declared type; what is not decided here fits."""
    values = value.values if isinstance(value, CimArray) else (value,)
    if isinstance(value, CimArray) and not declared.is_array:
        return False
    wrong = _WRONG.get(declared.type, ())
    return not any(isinstance(one, wrong) for one in values)


def _words(declared: CimProperty) -> str:
    return declared.type_word + ("[]" if declared.is_array else "")
