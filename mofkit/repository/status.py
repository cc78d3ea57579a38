"""`WbemStatus`: the errors with which WMI refuses something (WmiSdk/wmi-error-constants)."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["WbemStatus"]


class WbemStatus(IntEnum):
    """An error of WMI; `str()` is how its documentation writes it.

    >>> print(WbemStatus.INVALID_CLASS)
    WBEM_E_INVALID_CLASS 0x80041010
    """

    NOT_FOUND = 0x80041002
    TYPE_MISMATCH = 0x80041005
    INVALID_PARAMETER = 0x80041008
    INVALID_SUPERCLASS = 0x8004100D
    INVALID_NAMESPACE = 0x8004100E
    INVALID_CLASS = 0x80041010
    INVALID_OPERATION = 0x80041016
    ALREADY_EXISTS = 0x80041019
    ILLEGAL_OPERATION = 0x8004101E
    CANNOT_BE_KEY = 0x8004101F
    CLASS_HAS_CHILDREN = 0x80041025
    CLASS_HAS_INSTANCES = 0x80041026
    ILLEGAL_NULL = 0x80041028
    CANNOT_BE_SINGLETON = 0x8004102C

    # Those of the MOF compiler itself, WBEMMOF_E_… (wbemcli/WBEMSTATUS).
    TYPEDEF_NOT_SUPPORTED = 0x8004400D
    UNEXPECTED_ALIAS = 0x8004400E
    INVALID_PRAGMA = 0x80044012
    INVALID_NAMESPACE_SYNTAX = 0x80044013
    DUPLICATE_PROPERTY = 0x8004401B
    INVALID_NAMESPACE_SPECIFICATION = 0x8004401C
    MULTIPLE_ALIASES = 0x80044024
    INVALID_FLAGS_SYNTAX = 0x80044028
    INVALID_DELETEINSTANCE_SYNTAX = 0x8004402C
    INVALID_DELETECLASS_SYNTAX = 0x80044031

    def __str__(self) -> str:
        prefix = "WBEM_E" if self < WbemStatus.TYPEDEF_NOT_SUPPORTED else "WBEMMOF_E"
        return f"{prefix}_{self.name} 0x{self.value:08X}"
