from __future__ import annotations

from mofkit.cim import (
    CimArray,
    CimInstance,
    CimInteger,
)
from mofkit.diagnostics import Severity
from mofkit.linter.lint_rule import Findings, related_to
from mofkit.linter.subscriptions import (
    SubscriptionRule,
)


class CreatorDiffers(SubscriptionRule):
    r"""A subscription whose parts have several creators.

    ## What it does
    Reports a binding whose CreatorSID is not that of its filter and of its consumer. One that is
    missing is that of whoever compiles the file, and differs from one that is written.

    ## Why it matters
    WMI delivers nothing when the three are not the same.

    ## Example
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
        CreatorSID = {1,2,0,0,0,0,0,5,32,0,0,0,32,2,0,0};
    };
    instance of LogFileEventConsumer as $Log
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
    };
    instance of __FilterToConsumerBinding // mofkit: noqa[EVT001]
    {
        Filter = $Filter;
        Consumer = $Log;
    };
    ```

    ## Use instead
    ```mof
    #pragma namespace("\\\\.\\root\\subscription")

    instance of __EventFilter as $Filter
    {
        Name = "Fenwick tick";
        EventNamespace = "root\\cimv2";
        QueryLanguage = "WQL";
        Query = "SELECT * FROM __InstanceModificationEvent WITHIN 600 "
                "WHERE TargetInstance ISA 'Win32_LocalTime'";
        EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
        CreatorSID = {1,2,0,0,0,0,0,5,32,0,0,0,32,2,0,0};
    };
    instance of LogFileEventConsumer as $Log
    {
        Name = "Fenwick log";
        Filename = "C:\\Windows\\Logs\\fenwick.log";
        Text = "tick";
        CreatorSID = {1,2,0,0,0,0,0,5,32,0,0,0,32,2,0,0};
    };
    instance of __FilterToConsumerBinding // mofkit: noqa[EVT001]
    {
        Filter = $Filter;
        Consumer = $Log;
        CreatorSID = {1,2,0,0,0,0,0,5,32,0,0,0,32,2,0,0};
    };
    ```

    ## Source
    WMI SDK, "Receiving events securely", which has the SID of the administrators:
    {1,2,0,0,0,0,0,5,32,0,0,0,32,2,0,0}.
    """

    code = "EVT011"
    name = "creator-differs"
    severity = Severity.ERROR

    def check_unit(self) -> Findings:
        for found in self.known.all:
            parts = [found.filter.instance, found.consumer.instance, found.binding]
            there = [part for part in parts if part is not None]
            creators = {self._creator(part) for part in there}
            if len(creators) > 1:
                related = [
                    related_to(part.origin, "another CreatorSID, or none")[0]
                    for part in there[:-1]
                    if part.origin and self._creator(part) != self._creator(found.binding)
                ]
                yield self.finding(
                    "filter, consumer and binding have not the same CreatorSID",
                    found.binding.origin,
                    related=tuple(related),
                )

    def _creator(self, part: CimInstance) -> tuple[int, ...] | None:
        value = self.known.value_of(part, "creatorsid")
        if not isinstance(value, CimArray):
            return None
        return tuple(one.value for one in value.values if isinstance(one, CimInteger))
