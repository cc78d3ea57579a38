"""The qualifiers that public documents name, and what some of them can stand on.

Sources: DSP0004 §5.6 (standard and optional qualifiers); WMI SDK, "Standard qualifiers", "Standard
WMI qualifiers", "Performance counter qualifiers" and "Event tracing MOF qualifiers"; Windows driver
documentation, "WMI class qualifiers" and "WMI property qualifiers"; the resource schemas of DSC.
"""

from __future__ import annotations

from typing import Final

__all__ = ["KNOWN_QUALIFIERS", "OF_WMI", "PLACES"]

_CIM: Final = """
Abstract Aggregate Aggregation Alias ArrayType Association BitMap BitValues ClassConstraint
Composition Correlatable Counter Deprecated Description DisplayDescription DisplayName DN
EmbeddedInstance EmbeddedObject Exception Expensive Experimental Gauge Ifdeleted In Indication
Invisible IsPUnit Key Large MappingStrings Max MaxLen MaxValue MethodConstraint Min MinLen
MinValue ModelCorrespondence Nonlocal NonlocalType NullValue OctetString Out Override Propagated
PropertyConstraint PropertyUsage Provider PUnit Read Reference Required Revision Schema Source
SourceType Static Structure Syntax SyntaxType Terminal TriggerType UMLPackagePath Units
UnknownValues UnsupportedValues ValueMap Values Vendor Version Weak Write XMLNamespaceName
"""

_WMI: Final = """
Amendment CIM_Key CIMType ClassContext CreateBy DeleteBy Dynamic DynProps Id Implemented
InstanceContext Locale MethodContext Not_Null Optional Privileges PropertyContext PropertySources
Singleton SupportsCreate SupportsDelete SupportsUpdate UUID ViewSources ViewSpaces
NamespaceSecuritySDDL RequiresEncryption
Base CookedBy Costly CounterType DefaultScale GenericPerfCtr HelpIndex HiPerf PerfDefault
PerfDetail PerfIndex PerfObject PerfSystem100NSTime RegistryKey
EventType EventTypeName EventVersion Extension ExtensionId Format Guid Pointer PointerType
StringTermination XMLFragment
"""

_DRIVER: Final = """
BitValueMap cpp_quote DefineDataId DefineValues DisplayInHex GuidName1 GuidName2 GuidPrefix
HeaderName InterfaceRevision InterfaceVersion InternalOnly MissingValue Range ValueDescriptions
WMI WmiComplexity WmiDataId WmiDisplayInHex WmiEnum WmiEventRate WmiEventTrigger WmiExpense
WmiGenerateHeader WmiMaxLen WmiMethodId WmiScale WmiSizeIs WmiTimeStamp WmiVersion WmiVolatility
"""

_DSC: Final = "ClassVersion FriendlyName Feature"

KNOWN_QUALIFIERS: Final = {name.lower(): name for name in f"{_CIM} {_WMI} {_DRIVER} {_DSC}".split()}
"""Lower case → as the documents spell it."""

OF_WMI: Final = frozenset(f"{_WMI} {_DRIVER}".lower().split())
"""Those, in lower case, that only WMI gives their meaning. Elsewhere a file may mean another, which
is declared in a file that is not here: OpenLMI has an `Implemented` for properties."""


def _places(*rows: str) -> dict[str, frozenset[str]]:
    """Return name → the kinds of elements, of rows `kinds: names`."""
    found = {}
    for row in rows:
        kinds, _, names = row.partition(": ")
        found.update(dict.fromkeys(names.split(), frozenset(kinds.split())))
    return found


PLACES: Final = _places(
    "class: abstract association indication aggregation composition singleton amendment wmi "
    "classversion friendlyname umlpackagepath",
    "property: wmieventrate wmieventtrigger wmitimestamp",
    "reference: aggregate weak",
    "property reference: key propagated",
    "method: implemented wmimethodid",
    "parameter: in out",
    "property method parameter: bitmap bitvalues embeddedinstance embeddedobject maxlen maxvalue "
    "minlen minvalue octetstring valuemap values wmisizeis",
)
"""Lower-case name → what it can stand on, where the documents agree: class, property, reference,
method, parameter."""
