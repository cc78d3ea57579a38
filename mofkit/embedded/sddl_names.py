"""The names that SDDL has for types, flags, rights and accounts.

Sources: SecAuthZ/ace-strings, sid-strings, security-descriptor-string-format and well-known-sids in
Microsoft's SDK; the names that these pages lack (ACE types TL and FL, flags CR and TP, accounts MS
and AS) from the public header sddl.h; the bits of rights from winnt.h and iads.h.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ACCOUNTS", "ACE_FLAGS", "ACE_TYPES", "ACL_FLAGS", "RIGHTS"]

ACL_FLAGS: Final = ("NO_ACCESS_CONTROL", "AI", "AR", "P")

ACE_TYPES: Final = frozenset("A D OA OD AU AL OU OL ML XA XD XU ZA RA SP TL FL".split())

ACE_FLAGS: Final = frozenset("CI OI NP IO ID CR TP SA FA".split())

RIGHTS: Final = {
    # generic
    "GA": 0x10000000,
    "GX": 0x20000000,
    "GW": 0x40000000,
    "GR": 0x80000000,
    # standard
    "SD": 0x00010000,
    "RC": 0x00020000,
    "WD": 0x00040000,
    "WO": 0x00080000,
    # of directory services; for WMI these bits are the rights of a namespace
    "CC": 0x00000001,
    "DC": 0x00000002,
    "LC": 0x00000004,
    "SW": 0x00000008,
    "RP": 0x00000010,
    "WP": 0x00000020,
    "DT": 0x00000040,
    "LO": 0x00000080,
    "CR": 0x00000100,
    # files
    "FA": 0x001F01FF,
    "FR": 0x00120089,
    "FW": 0x00120116,
    "FX": 0x001200A0,
    # registry keys
    "KA": 0x000F003F,
    "KR": 0x00020019,
    "KW": 0x00020006,
    "KX": 0x00020019,
    # mandatory labels
    "NW": 0x00000001,
    "NR": 0x00000002,
    "NX": 0x00000004,
}
"""Name → bits of the access mask."""

ACCOUNTS: Final = {
    "AA": ("access control assistance operators", "S-1-5-32-579"),
    "AC": ("all app packages", "S-1-15-2-1"),
    "AN": ("anonymous logon", "S-1-5-7"),
    "AO": ("account operators", "S-1-5-32-548"),
    "AP": ("protected users", ""),
    "AS": ("authority asserted", "S-1-18-1"),
    "AU": ("authenticated users", "S-1-5-11"),
    "BA": ("administrators", "S-1-5-32-544"),
    "BG": ("guests", "S-1-5-32-546"),
    "BO": ("backup operators", "S-1-5-32-551"),
    "BU": ("users", "S-1-5-32-545"),
    "CA": ("certificate publishers", ""),
    "CD": ("users of certification authorities over DCOM", "S-1-5-32-574"),
    "CG": ("creator group", "S-1-3-1"),
    "CN": ("cloneable domain controllers", ""),
    "CO": ("creator owner", "S-1-3-0"),
    "CY": ("cryptographic operators", "S-1-5-32-569"),
    "DA": ("domain administrators", ""),
    "DC": ("domain computers", ""),
    "DD": ("domain controllers", ""),
    "DG": ("domain guests", ""),
    "DU": ("domain users", ""),
    "EA": ("enterprise administrators", ""),
    "ED": ("enterprise domain controllers", "S-1-5-9"),
    "EK": ("enterprise key administrators", ""),
    "ER": ("event log readers", "S-1-5-32-573"),
    "ES": ("remote desktop endpoint servers", "S-1-5-32-576"),
    "HA": ("Hyper-V administrators", "S-1-5-32-578"),
    "HI": ("high integrity level", "S-1-16-12288"),
    "IS": ("anonymous Internet users", "S-1-5-32-568"),
    "IU": ("interactive users", "S-1-5-4"),
    "KA": ("domain key administrators", ""),
    "LA": ("local administrator", ""),
    "LG": ("local guest", ""),
    "LS": ("local service", "S-1-5-19"),
    "LU": ("performance log users", "S-1-5-32-559"),
    "LW": ("low integrity level", "S-1-16-4096"),
    "ME": ("medium integrity level", "S-1-16-8192"),
    "MP": ("medium plus integrity level", "S-1-16-8448"),
    "MS": ("remote desktop management servers", "S-1-5-32-577"),
    "MU": ("performance monitor users", "S-1-5-32-558"),
    "NO": ("network configuration operators", "S-1-5-32-556"),
    "NS": ("network service", "S-1-5-20"),
    "NU": ("network users", "S-1-5-2"),
    "OW": ("owner rights", "S-1-3-4"),
    "PA": ("group policy administrators", ""),
    "PO": ("printer operators", "S-1-5-32-550"),
    "PS": ("principal self", "S-1-5-10"),
    "PU": ("power users", "S-1-5-32-547"),
    "RA": ("remote access servers", "S-1-5-32-575"),
    "RC": ("restricted code", "S-1-5-12"),
    "RD": ("remote desktop users", "S-1-5-32-555"),
    "RE": ("replicator", "S-1-5-32-552"),
    "RM": ("remote management users", "S-1-5-32-580"),
    "RO": ("enterprise read-only domain controllers", ""),
    "RS": ("remote access servers group", ""),
    "RU": ("users of applications from before Windows 2000", "S-1-5-32-554"),
    "SA": ("schema administrators", ""),
    "SI": ("system integrity level", "S-1-16-16384"),
    "SO": ("server operators", "S-1-5-32-549"),
    "SS": ("service asserted", "S-1-18-2"),
    "SU": ("services", "S-1-5-6"),
    "SY": ("local system", "S-1-5-18"),
    "UD": ("user-mode drivers", "S-1-5-84-0-0-0-0-0"),
    "WD": ("everyone", "S-1-1-0"),
    "WR": ("write restricted code", "S-1-5-33"),
}
"""Name of a SID → who it is, and the SID; "" where that depends on the domain or the machine."""
