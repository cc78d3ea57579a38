"""Registrations of WMI providers: instances that name one, and those that refer to it."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st

from mofkit.binary.guid_text import guid_text
from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimClass,
    CimDirective,
    CimInstance,
    CimInstanceProperty,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    CimValue,
    PragmaState,
    Schema,
    SchemaItem,
)
from mofkit.testing.strategies.names import guids, identifiers

__all__ = ["provider_registrations"]


@st.composite
def provider_registrations(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] | None = None,
    clsids: st.SearchStrategy[UUID] | None = None,
) -> Schema:
    """Return an instance of __Win32Provider, registrations that refer to it, and its classes.

    Registrations are of instances, methods, events, event consumers and properties, each kind at
    most once; they name the provider by its alias or by a path. Classes name it in the qualifier
    Provider. The spelling of property names varies, as it does in published files.

    Not generated: decoupled providers, and CLSIDs in other places than the registration.

    Args:
        draw: given by Hypothesis.
        names: of the provider; identifiers if none are given.
        clsids: GUIDs; any if none are given.

    >>> from hypothesis import find
    >>> found = find(provider_registrations(), lambda schema: len(schema.instances) == 2)
    >>> [instance.class_name for instance in found.instances]
    ['__Win32Provider', '__InstanceProviderRegistration']
    """
    name = draw(identifiers() if names is None else names)
    clsid = draw(_CLSID_FORMS).format(guid_text(draw(guids() if clsids is None else clsids)))
    namespace = draw(_NAMESPACES)
    pragmas = PragmaState(namespace)
    items: list[SchemaItem] = []
    if namespace is not None:
        items.append(CimDirective("namespace", (namespace,), pragmas=pragmas))
    alias = draw(_ALIASES)
    values = [_value(draw(_NAME), CimString(name)), _value(draw(_CLSID), CimString(clsid))]
    values += draw(_HOSTING)
    items.append(CimInstance("__Win32Provider", tuple(values), (), alias, pragmas=pragmas))
    provider: CimValue = CimString(f'__Win32Provider.Name="{_in_path(name)}"')
    if alias is not None and draw(st.booleans()):
        provider = CimAlias(alias)
    for kind, more in draw(_REGISTRATIONS):
        values = [_value("Provider", provider), *more]
        items.append(CimInstance(kind, tuple(values), pragmas=pragmas))
    classes = [_class(class_name, name, pragmas) for class_name in draw(_CLASSES)]
    return Schema((*items, *classes))


def _value(name: str, value: CimValue) -> CimInstanceProperty:
    return CimInstanceProperty(name, value)


def _in_path(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _class(name: str, provider: str, pragmas: PragmaState) -> CimClass:
    key = CimProperty("Id", CimType.STRING, "string", qualifiers=(CimQualifier("Key"),))
    qualifiers = (CimQualifier("Dynamic"), CimQualifier("Provider", CimString(provider)))
    return CimClass(name, None, (key,), qualifiers, pragmas=pragmas)


_TRUE = CimBoolean(value=True)
_QUERY = CimArray((CimString("select * from __InstanceModificationEvent"),))
_CLASS_NAMES = CimArray((CimString("Fenwick_Consumer"),))
_SUPPORTS = tuple([_value(f"Supports{word}", _TRUE) for word in ("Get", "Put", "Enumeration")])
_KINDS: list[tuple[str, tuple[CimInstanceProperty, ...]]] = [
    ("__InstanceProviderRegistration", _SUPPORTS),
    ("__MethodProviderRegistration", ()),
    ("__EventProviderRegistration", (_value("EventQueryList", _QUERY),)),
    ("__EventConsumerProviderRegistration", (_value("ConsumerClassNames", _CLASS_NAMES),)),
    ("__PropertyProviderRegistration", _SUPPORTS[:1]),
]
_REGISTRATIONS = st.lists(st.sampled_from(_KINDS), max_size=3, unique_by=lambda kind: kind[0])
_CLSID_FORMS = st.sampled_from(["{{{}}}", "{}"])
_NAMESPACES = st.sampled_from([None, r"\\.\root\cimv2", "root/Fenwick"])
_ALIASES = st.sampled_from(["P", None, "prov_1"])
_NAME = st.sampled_from(["Name", "name"])
_CLSID = st.sampled_from(["CLSID", "ClsId", "Clsid"])
_HOSTING = st.sampled_from([[], [_value("HostingModel", CimString("NetworkServiceHost"))]])
_CLASSES = st.lists(st.sampled_from(["Fenwick_Pump", "Fenwick_Fan"]), max_size=2, unique=True)
