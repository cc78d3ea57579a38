from __future__ import annotations

from mofkit.cim import CimClass, CimType
from mofkit.cim.qualifiers import has_qualifier, qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings
from mofkit.linter.value_lists import Valued, ValueListRule


class EmbeddedType(ValueListRule):
    r"""An EmbeddedInstance on what cannot hold one.

    ## What it does
    Reports the qualifiers `EmbeddedInstance` and `EmbeddedObject` on a property, method or
    parameter whose type is neither a string, nor an array of uint8, nor an object.

    ## Why it matters
    The text of an instance fits into no number. Where a class by value was meant, its name is the
    type.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [EmbeddedInstance("Fenwick_Motor")] uint32 Motor;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Pump
    {
        [key] string Serial;
        [EmbeddedInstance("Fenwick_Motor")] string Motor;
    };
    ```

    ## Source
    DSP0004 §5.6.3, "EmbeddedInstance" and "EmbeddedObject".
    """

    code = "STY023"
    name = "embedded-type"
    severity = Severity.WARNING
    about = frozenset({"embeddedinstance", "embeddedobject"})

    def check_values(self, cim_class: CimClass, member: Valued) -> Findings:
        if member.type in (CimType.STRING, CimType.OBJECT):
            return
        if member.type is CimType.UINT8 and member.is_array:
            return
        for name in ("EmbeddedInstance", "EmbeddedObject"):
            if has_qualifier(member.qualifiers, name.lower()):
                found = qualifier_named(member.qualifiers, name.lower())
                kind = "a reference" if member.type is CimType.REFERENCE else member.type_word
                message = f"`{member.name}` has {name}, and its type is {kind}"
                yield self.finding(message, found.origin if found else member.origin)
