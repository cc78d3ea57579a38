"""The meaning of MOF as plain data: what a file declares, without its text.

Takes nothing from the syntax: the same values come out of MOF text (`compiler`) and of binary MOF.
Start reading at `elements.py` and `schema.py`.
"""

from mofkit.cim.elements import (
    NO_PRAGMAS,
    CimClass,
    CimDirective,
    CimEnumeration,
    CimEnumerator,
    CimFeature,
    CimInstance,
    CimInstanceProperty,
    CimMethod,
    CimParameter,
    CimProperty,
    CimQualifier,
    CimQualifierDeclaration,
    CimValue,
    ClassForm,
    PragmaState,
)
from mofkit.cim.flags import CLASS_FLAGS, INSTANCE_FLAGS, flag_names
from mofkit.cim.flavors import FLAVOR_WORDS, CimFlavor, flavors_of, merge_flavors
from mofkit.cim.namespace import DEFAULT_NAMESPACE, namespace_key
from mofkit.cim.origin import Origin, Tokens
from mofkit.cim.schema import Schema, SchemaItem
from mofkit.cim.types import CimType
from mofkit.cim.values import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInteger,
    CimNull,
    CimReal,
    CimString,
    CimUnexpanded,
)

__all__ = [
    "CLASS_FLAGS",
    "DEFAULT_NAMESPACE",
    "FLAVOR_WORDS",
    "INSTANCE_FLAGS",
    "NO_PRAGMAS",
    "CimAlias",
    "CimArray",
    "CimBoolean",
    "CimCharacter",
    "CimClass",
    "CimDirective",
    "CimEnumeration",
    "CimEnumerator",
    "CimFeature",
    "CimFlavor",
    "CimInstance",
    "CimInstanceProperty",
    "CimInteger",
    "CimMethod",
    "CimNull",
    "CimParameter",
    "CimProperty",
    "CimQualifier",
    "CimQualifierDeclaration",
    "CimReal",
    "CimString",
    "CimType",
    "CimUnexpanded",
    "CimValue",
    "ClassForm",
    "Origin",
    "PragmaState",
    "Schema",
    "SchemaItem",
    "Tokens",
    "flag_names",
    "flavors_of",
    "merge_flavors",
    "namespace_key",
]
