from __future__ import annotations

from mofkit.cim import CimClass, CimProperty
from mofkit.cim.qualifiers import qualifier_named
from mofkit.diagnostics import Severity
from mofkit.linter.driver_classes import DriverRule, is_wmi, n_bits, number_of, texts_of
from mofkit.linter.lint_rule import Findings


class BitMapMismatch(DriverRule):
    """A BitMap and BitValues that do not fit.

    ## What it does
    Reports a `BitMap` and `BitValues` of an item with different numbers of entries; `BitValues`
    without a `BitMap` that has more entries than the item has bits; and, as warnings, entries of
    BitMap that are there twice, or are no bit number below the width of the item.

    ## Why it matters
    Each bit has one name. Where the lists differ in length, names belong to the wrong bits. (A
    published sample writes masks such as 0x40 for bit numbers.)

    ## Example
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, BitMap{"0", "1", "2"},
         BitValues{"Spinning", "Stalled"}]
        uint32 State;
    };
    ```

    ## Use instead
    ```mof
    [WMI, Dynamic, Provider("WmiProv"),
     guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
    class Fenwick_Fan
    {
        [key, read] string InstanceName;
        [read] boolean Active;
        [WmiDataId(1), read, BitMap{"0", "1"},
         BitValues{"Spinning", "Stalled"}]
        uint32 State;
    };
    ```

    ## Source
    Windows driver documentation, "WMI property qualifiers". WMI SDK, "BitMap and BitValues".
    """

    code = "WDM313"
    name = "bit-map-mismatch"
    severity = Severity.ERROR

    def check_property(self, cim_class: CimClass, cim_property: CimProperty) -> Findings:
        bits = qualifier_named(cim_property.qualifiers, "bitmap")
        names = qualifier_named(cim_property.qualifiers, "bitvalues")
        if not is_wmi(cim_class):
            return
        if bits is None:
            width = n_bits(cim_property.type)
            if names is not None and 0 < width < len(texts_of(names)):
                yield self.finding(
                    f"BitValues of `{cim_property.name}` has {len(texts_of(names))} entries, "
                    f"and {cim_property.type_word} has {width} bits",
                    names.origin,
                )
            return
        entries = texts_of(bits)
        if names is not None and len(entries) != len(texts_of(names)):
            yield self.finding(
                f"BitMap of `{cim_property.name}` has {len(entries)} entries, "
                f"BitValues has {len(texts_of(names))}",
                bits.origin,
            )
        if problem := _odd_entry(entries, n_bits(cim_property.type)):
            message = f"BitMap of `{cim_property.name}`: {problem}"
            yield self.finding(message, bits.origin, severity=Severity.WARNING)


def _odd_entry(entries: list[str], width: int) -> str:
    numbers = [number_of(entry) for entry in entries]
    for entry, number in zip(entries, numbers, strict=True):
        if number is None or number < 0 or (width and number >= width):
            return f"`{entry}` is no bit of {width or 'the item'}"
        if numbers.count(number) > 1:
            return f"bit {entry} is there twice"
    return ""
