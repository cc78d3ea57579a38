from __future__ import annotations

from mofkit.cim import CimClass, CimType
from mofkit.cim.qualifiers import has_qualifier
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, LintRule
from mofkit.linter.translations import is_translation

_N_ENDS = 2


class AssociationEnds(LintRule):
    r"""An association with fewer than two ends.

    ## What it does
    Reports a class with the qualifier `Association` that has fewer than two references, inherited
    ones counted. It is said only where all superclasses are in the files.

    ## Why it matters
    An association joins objects. With one end or none it joins nothing, and queries for associators
    never find it.

    ## Example
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Tank { [key] string Id; };
    class Fenwick_Pump { [key] string Id; };
    [Association]
    class Fenwick_PumpOfTank
    {
        [key] Fenwick_Pump ref Pump;
        [key] string Tank;
    };
    ```

    ## Use instead
    ```mof
    #pragma autorecover
    #pragma namespace("\\\\.\\root\\cimv2")

    class Fenwick_Tank { [key] string Id; };
    class Fenwick_Pump { [key] string Id; };
    [Association]
    class Fenwick_PumpOfTank
    {
        [key] Fenwick_Pump ref Pump;
        [key] Fenwick_Tank ref Tank;
    };
    ```

    ## Source
    DSP0004 §5.1.2.9 and §5.6.3, "Association". WMI SDK, "Creating an association class".
    """

    code = "STY024"
    name = "association-ends"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        if not has_qualifier(cim_class.qualifiers, "association") or is_translation(cim_class):
            return
        lineage = list(self.unit.schema.lineage(cim_class))
        if lineage[-1].superclass is not None:
            return
        ends = {
            one.name.lower()
            for ancestor in lineage
            for one in ancestor.properties
            if one.type is CimType.REFERENCE
        }
        if len(ends) < _N_ENDS:
            has = "one reference" if ends else "no reference"
            yield self.finding(
                f"association `{cim_class.name}` has {has}, not two", cim_class.origin
            )
