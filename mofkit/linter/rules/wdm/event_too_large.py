from __future__ import annotations

from mofkit.cim import CimClass
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule
from mofkit.linter.lint_rule import Findings

_LIMIT_BYTES = 1024
_HEADER_BYTES = 64  # WNODE_SINGLE_INSTANCE


class EventTooLarge(DriverRule):
    """An event that is larger than WMI delivers by default.

    ## What it does
    Reports an event class whose items of fixed size, with the header of 64 bytes, take more than
    1,024 bytes.

    ## Why it matters
    WMI drops events larger than its limit, which is 1,024 bytes unless the machine is configured
    otherwise. Let the event be small, and have consumers query a block for the rest.

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{472EE01B-C172-5850-9950-42267F259EBE}")]
    class Fenwick_FanStopped : WMIEvent
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint8 Log[1000];
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{472EE01B-C172-5850-9950-42267F259EBE}")]
    class Fenwick_FanStopped : WMIEvent
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read] uint32 LogLength;
    };
    ```

    ## Source
    Windows driver documentation, "Implementing custom WMI blocks". "Sending WMI events".
    """

    code = "WDM117"
    name = "event-too-large"
    severity = Severity.WARNING

    def check_class(self, cim_class: CimClass) -> Findings:
        if not self.driver.is_block(cim_class) or not self.driver.is_event(cim_class):
            return
        from mofkit.wnode.layout import fixed_bytes  # which load Construct
        from mofkit.wnode.planner import block_layout

        n_bytes = _HEADER_BYTES + fixed_bytes(block_layout(self.unit.schema, cim_class))
        if n_bytes > _LIMIT_BYTES:
            message = f"event `{cim_class.name}` takes at least {n_bytes:,} bytes"
            help_ = f"by default the limit is {_LIMIT_BYTES:,} bytes, header included"
            yield self.finding(message, cim_class.origin, help=help_)
