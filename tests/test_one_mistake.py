"""One mistake is one finding, at its place; what only follows from it is not told."""

import pytest

import mofkit
from mofkit.diagnostics import Severity
from mofkit.linter import LintConfig

HEAD = '#pragma autorecover\n#pragma namespace("\\\\\\\\.\\\\root\\\\Fenwick")\n'

DRIVER = """\
[WMI, Dynamic, Provider("WmiProv"), guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
class Fenwick_Fan
{
    [key, read] string InstanceName;
    [read] boolean Active;
    [WmiDataId(1), read] uint32 Rpm;
    [WmiDataId(2), read] uint32 Limit;
    [WmiMethodId(1), Implemented] void Stop();
};
"""

PROVIDER = """\
instance of __Win32Provider as $P
{
    Name = "FenwickProvider";
    CLSID = "{256FF3FD-A833-5FA1-8754-A61A3FD854EB}";
    HostingModel = "NetworkServiceHost";
};
instance of __InstanceProviderRegistration
{
    provider = $P;
    SupportsGet = TRUE;
    SupportsEnumeration = TRUE;
};
[dynamic, provider("FenwickProvider")] class Fenwick_Pump { [key] string Serial; };
"""

FILTER = """\
#pragma namespace("\\\\\\\\.\\\\root\\\\subscription")
instance of __EventFilter
{
    Name = "Created";
    EventAccess = "O:BAG:BAD:(A;;0x80;;;BA)";
    EventNamespace = "root\\\\cimv2";
    QueryLanguage = "WQL";
    Query = "select * from __InstanceCreationEvent within 60 where TargetInstance isa 'A'";
};
"""


def found_in(text: str, *select: str) -> list[tuple[str, str]]:
    """Return code and marked text of what is found in a file."""
    config = LintConfig(select=select) if select else None
    found = mofkit.lint([mofkit.parse_source(text)], config)
    return [(one.code, text[slice(*one.span)]) for one in found]


@pytest.mark.parametrize("text", [HEAD + DRIVER, HEAD + PROVIDER, FILTER])
def test_there_is_none_to_begin_with(text: str) -> None:
    found = found_in(text)
    assert [code for code, _ in found if code not in ("WDM502", "PRV002")] == []


@pytest.mark.parametrize(
    ("right", "wrong", "code", "place"),
    [
        ("WmiDataId(2)", "WmiDatId(2)", "STY020", "WmiDatId"),
        ("WmiDataId(1)", 'WmiDataId("1")', "WDM301", '"1"'),
        ("uint32 Rpm", "unit32 Rpm", "STY021", "unit32"),
        ("uint32 Rpm", "int Rpm", "SEM111", "int"),
        ("boolean Active", "bool Active", "SEM111", "bool"),
        ("Limit;", "Rpm;", "SEM301", "Rpm"),
        ("[WMI,", "[WIM,", "STY020", "WIM"),
        ("[WMI, ", "[", "WDM101", "Fenwick_Fan"),
        ("Dynamic,", "Dynamc,", "STY020", "Dynamc"),
        ("guid(", "giud(", "STY020", "giud"),
        ("A833-5FA1", "A8335FA1", "WDM105", '"{256FF3FD-A8335FA1-8754-A61A3FD854EB}"'),
        ("WmiMethodId(", "WmiMethodld(", "STY020", "WmiMethodld"),
        ("Implemented", "Implemeted", "STY020", "Implemeted"),
        ("string InstanceName", "string InstanceNam", "WDM201", "InstanceNam"),
        ("boolean Active", "boolean Actve", "WDM202", "Actve"),
        ("[key, read]", "[kye, read]", "STY020", "kye"),
    ],
)
def test_drivers(right: str, wrong: str, code: str, place: str) -> None:
    assert right in DRIVER
    text = DRIVER.replace(right, wrong, 1)
    assert found_in(text) == [(code, place)]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "place"),
    [
        ("    CLSID =", "    CLSIDD =", "PRV033", "CLSIDD"),
        ("provider = $P", "provder = $P", "PRV033", "provder"),
        ("provider = $P", "provider = $Q", "SEM406", "$Q"),
        ("= $P", '= "__Win32Provider=\\"F\\""', "PRV002", '"__Win32Provider=\\"F\\""'),
        ("__InstanceProviderR", "__InstanceProvidrR", "STY025", "__InstanceProvidrRegistration"),
        ('provider("FenwickProvider")', 'provider("FenwikProvider")', "PRV026", '"FenwikProvider"'),
        ("string Serial", "sting Serial", "STY021", "sting"),
        ("[key]", "[kye]", "STY020", "kye"),
        ("[dynamic", "[dynmic", "STY020", "dynmic"),
        ("provider(", "provder(", "STY020", "provder"),
        ("SupportsGet = TRUE", "SupportsGet = treu", "SEM117", "treu"),
    ],
)
def test_providers(right: str, wrong: str, code: str, place: str) -> None:
    assert right in PROVIDER
    assert found_in(HEAD + PROVIDER.replace(right, wrong, 1)) == [(code, place)]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "place"),
    [
        ("QueryLanguage", "QueryLangage", "PRV033", "QueryLangage"),
        ("Query =", "Qeury =", "PRV033", "Qeury"),
        ("__InstanceCreationEvent", "__InstanceCretionEvent", "STY025", "__InstanceCretionEvent"),
        ("select", "selct", "EVT007", "selct"),
    ],
)
def test_filters(right: str, wrong: str, code: str, place: str) -> None:
    assert right in FILTER
    assert found_in(FILTER.replace(right, wrong, 1)) == [(code, place)]


def test_a_path_that_lost_its_backslashes_means_what_it_should() -> None:
    text = FILTER.replace("\\\\\\\\.\\\\root\\\\sub", "\\\\.\\root\\sub")
    assert [code for code, _ in found_in(text)] == ["SEM003", "SYN010"]


def test_what_nobody_is_told_explains_nothing() -> None:
    text = DRIVER.replace("WmiDataId(2)", "WmiDatId(2)")
    assert found_in(text, "WDM") == [("WDM301", "Limit")]
    suppressed = text.replace("uint32 Limit;", "uint32 Limit; // mofkit: noqa[STY020]")
    assert found_in(suppressed) == [("WDM301", "Limit")]


def test_the_one_that_is_told_is_as_grave() -> None:
    text = DRIVER.replace("WmiDataId(2)", "WmiDatId(2)")
    (found,) = mofkit.lint([mofkit.parse_source(text)])
    assert (found.code, found.severity) == ("STY020", Severity.ERROR)


def test_behind_the_preprocessor() -> None:
    text = "#define SIZE unit32\n" + DRIVER.replace("uint32 Rpm", "SIZE Rpm")
    assert found_in(text) == [("STY021", "SIZE")]


BROKEN_BASE = """\
[WMI, Dynamic Provider("WmiProv"), guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EB}")]
class Fenwick_Base : WMIEvent
{
    [key, read] string InstanceName;
    [read] boolean Active;
    [WmiDataId(1), read] uint32 Rpm;
};
[WMI, Dynamic, Provider("WmiProv"), guid("{256FF3FD-A833-5FA1-8754-A61A3FD854EC}")]
class Fenwick_Fan : Fenwick_Base
{
    [WmiDataId(2), read] uint32 Limit;
};
"""

BROKEN_NAMESPACE = """\
#pragma namespace("\\\\\\\\.\\\\root\\\\Fenwick")
instance of __Namespace { Name = "ms_409" };
#pragma namespace("\\\\\\\\.\\\\root\\\\Fenwick\\\\ms_409")
[Description("A pump") : amended, amendment, locale(0x409)] class Fenwick_Pump {};
"""


@pytest.mark.parametrize(("text", "code"), [(BROKEN_BASE, "SYN001"), (BROKEN_NAMESPACE, "SYN002")])
def test_what_could_not_be_read_is_not_missing(text: str, code: str) -> None:
    assert [found for found, _ in found_in(text)] == [code]
