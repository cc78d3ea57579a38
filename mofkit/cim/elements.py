"""What MOF declares: classes with their members, instances, qualifier types; and directives.

Names, type words and qualifier names keep the letter case they were written in, and everything
keeps its order, since both reach the binary MOF. Tuples hold what the text holds, twice where the
text says it twice. Every element knows where it was written (`origin`), which is not compared and
is None for what comes from elsewhere than text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from mofkit.cim.flavors import CimFlavor
from mofkit.cim.origin import Origin
from mofkit.cim.record import note, record
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
    "NO_PRAGMAS",
    "CimClass",
    "CimDirective",
    "CimEnumeration",
    "CimEnumerator",
    "CimFeature",
    "CimInstance",
    "CimInstanceProperty",
    "CimMethod",
    "CimParameter",
    "CimProperty",
    "CimQualifier",
    "CimQualifierDeclaration",
    "CimValue",
    "ClassForm",
    "PragmaState",
]


class PragmaState(NamedTuple):
    r"""What the pragmas above a declaration say about it.

    Attributes:
        namespace: the last `#pragma namespace`, as written after unescaping (`\\.\root\wmi`);
            None where there was none, which means `root\default` to WMI.
        class_flags: the last `#pragma classflags` as bits (`FLAG_WORDS`); None without one.
        instance_flags: likewise `#pragma instanceflags`.
    """

    namespace: str | None = None
    class_flags: int | None = None
    instance_flags: int | None = None


NO_PRAGMAS: Final = PragmaState()


@record
class CimQualifier:
    """A qualifier on an element.

    Attributes:
        value: None where only the name is written, which means TRUE (`Key`).
        flavors: the words behind the colon, as written.
        effective: the flavors that hold: those declared for the name, and the written ones.
    """

    name: str
    value: CimValue | None = None
    flavors: tuple[str, ...] = ()
    effective: CimFlavor = CimFlavor.NONE
    origin: Origin | None = note(default=None)


@record
class CimProperty:
    """A property or, with the type REFERENCE, a reference.

    Attributes:
        type_word: the type as spelled: `uint32`, `Boolean`; for an embedded object or a reference
            the name of its class, or `object`.
        array_size: the bound between the brackets; a str is the name of a C macro.
    """

    name: str
    type: CimType
    type_word: str
    is_array: bool = False
    array_size: int | str | None = None
    default: CimValue | None = None
    qualifiers: tuple[CimQualifier, ...] = ()
    origin: Origin | None = note(default=None)


@record
class CimParameter:
    """A parameter of a method; its fields are those of a property."""

    name: str
    type: CimType
    type_word: str
    is_array: bool = False
    array_size: int | str | None = None
    default: CimValue | None = None
    qualifiers: tuple[CimQualifier, ...] = ()
    origin: Origin | None = note(default=None)


@record
class CimMethod:
    """A method; `type`, `type_word` and `is_array` are the result's."""

    name: str
    type: CimType
    type_word: str
    is_array: bool = False
    parameters: tuple[CimParameter, ...] = ()
    qualifiers: tuple[CimQualifier, ...] = ()
    origin: Origin | None = note(default=None)


class ClassForm(StrEnum):
    """The word that declares a class. All but `class` are MOF 3."""

    CLASS = "class"
    STRUCTURE = "structure"
    ASSOCIATION = "association"
    INDICATION = "indication"


@record
class CimClass:
    """A class.

    Attributes:
        features: properties, methods and (MOF 3) nested declarations, in the order of the text.
    """

    name: str
    superclass: str | None = None
    features: tuple[CimFeature, ...] = ()
    qualifiers: tuple[CimQualifier, ...] = ()
    alias: str | None = None
    form: ClassForm = ClassForm.CLASS
    pragmas: PragmaState = NO_PRAGMAS
    origin: Origin | None = note(default=None)

    @property
    def properties(self) -> list[CimProperty]:
        """The properties and references, in order."""
        return [feature for feature in self.features if isinstance(feature, CimProperty)]

    @property
    def methods(self) -> list[CimMethod]:
        """The methods, in order."""
        return [feature for feature in self.features if isinstance(feature, CimMethod)]


@record
class CimEnumerator:
    """One literal of an enumeration; `value` is None where none is written."""

    name: str
    value: CimValue | None = None
    origin: Origin | None = note(default=None)


@record
class CimEnumeration:
    """MOF 3: an enumeration. `base` is the name behind the colon."""

    name: str
    base: str | None = None
    literals: tuple[CimEnumerator, ...] = ()
    qualifiers: tuple[CimQualifier, ...] = ()
    pragmas: PragmaState = NO_PRAGMAS
    origin: Origin | None = note(default=None)


@record
class CimInstanceProperty:
    """A property of an instance; `value` is None where WMI's property providers need none."""

    name: str
    value: CimValue | None = None
    qualifiers: tuple[CimQualifier, ...] = ()
    origin: Origin | None = note(default=None)


@record
class CimInstance:
    """An instance, declared or embedded as a value.

    Attributes:
        alias: the name behind `as $`, without the `$`.
        is_structure: MOF 3 `value of` instead of `instance of`.
    """

    class_name: str
    properties: tuple[CimInstanceProperty, ...] = ()
    qualifiers: tuple[CimQualifier, ...] = ()
    alias: str | None = None
    is_structure: bool = False
    pragmas: PragmaState = NO_PRAGMAS
    origin: Origin | None = note(default=None)


@record
class CimQualifierDeclaration:
    """A qualifier type (DMTF), or default flavors for a name (WMI).

    Attributes:
        type: the type of its values; None in the form of WMI, which has flavors only.
        type_word: the type as spelled; empty in the form of WMI.
        scopes: the words of `Scope(...)`, as written.
        flavors: the words of `Flavor(...)`, or those behind the colon, as written.
    """

    name: str
    type: CimType | None = None
    type_word: str = ""
    is_array: bool = False
    array_size: int | str | None = None
    default: CimValue | None = None
    scopes: tuple[str, ...] = ()
    flavors: tuple[str, ...] = ()
    pragmas: PragmaState = NO_PRAGMAS
    origin: Origin | None = note(default=None)


@record
class CimDirective:
    """A compiler directive.

    What namespace and flags pragmas say is in the `pragmas` of what follows, too; the others act
    when a repository meets them, in order with the declarations.

    Attributes:
        name: the pragma's name, as spelled. `include` also stands for mofcomp's `#include`.
        arguments: strings, integers and bare words (`nofail`), in order.
        included: the path of the file that an include brought in; its items follow in the schema.
            None where it was not followed, and for other directives.
    """

    name: str
    arguments: tuple[str | int, ...] = ()
    included: str | None = None
    pragmas: PragmaState = NO_PRAGMAS
    origin: Origin | None = note(default=None)


CimFeature: TypeAlias = CimProperty | CimMethod | CimClass | CimEnumeration
"""What stands between the braces of a class; classes and enumerations there are MOF 3."""

CimValue: TypeAlias = (
    CimString
    | CimInteger
    | CimReal
    | CimCharacter
    | CimBoolean
    | CimNull
    | CimAlias
    | CimUnexpanded
    | CimArray
    | CimInstance
)
"""Any value; an instance among values is an embedded one."""
