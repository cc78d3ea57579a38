"""The binder over the shared corpus: no false alarm, and the facts of two well-known files."""

from pathlib import Path

import pytest

from mofkit.cim import CimInteger, CimString, CimType, Schema
from mofkit.cim.plain import to_plain
from mofkit.compiler import bind
from mofkit.diagnostics import Severity
from mofkit.source import IncludeError, SourceFile
from mofkit.syntax import parse_bytes
from tests.support import CORPUS, corpus_files

FILES = corpus_files("corpus/mof/**/*.[mM]of", "corpus/mof/**/*.mfl", "corpus/mof/**/*.in")

# Errors that are errors: each was looked at in the file. Includes that the corpus lacks are so many
# that they are not listed.
TRUE_ERRORS = {
    # Bare words for strings: mofcomp's ILLEGAL_CONSTANT_VALUE.
    "docs-snippets/ETW/obhandlerundownevent-0.mof": {"SEM117"},
    "docs-snippets/ETW/obtypeevent-0.mof": {"SEM117"},
    "pywbemtools/mock_subscriptiontest.mof": {"SEM117"},
    "docs-snippets/WmiSdk/monitoring-and-responding-to-events-with-standard-consumers-5.mof": {
        "SEM406"  # a fragment: the aliases are declared in another one
    },
    "docs-snippets/WmiSdk/registering-the-system-registry-provider-1.mof": {"SEM406"},
    "docs-snippets/WmiSdk/registering-the-view-provider-1.mof": {"SEM406"},
    "pywbemtools/qualifier_filter_model.mof": {"SEM301"},  # `IndicationName` twice
    "pywbemtools/simple_foo_mock_model.mof": {"SEM407"},  # `$foo3` three times
    "pywbemtools/simple_mock_model.mof": {"SEM407"},
}


class CorpusLoader:
    """Reads includes beside the includer, within the corpus."""

    def load(self, name: str, *, includer: str) -> SourceFile:
        path = (Path(includer).parent / name.replace("\\", "/")).resolve()
        if CORPUS not in path.parents or not path.is_file():
            raise IncludeError(name, includer=includer, reason="not in the corpus")
        return SourceFile.from_bytes(path.read_bytes(), path=str(path))


def schema_of(path: Path) -> Schema:
    return bind([parse_bytes(path.read_bytes(), path=str(path))], loader=CorpusLoader()).schema


@pytest.mark.parametrize("path", FILES)
def test_no_false_errors(path: Path) -> None:
    result = parse_bytes(path.read_bytes(), path=str(path))
    bound = bind([result], loader=CorpusLoader())
    found = {
        finding.code
        for finding in bound.diagnostics
        if finding.severity is Severity.ERROR and finding.code.startswith("SEM")
    }
    name = path.relative_to(CORPUS / "mof").as_posix()
    assert found - {"SEM010"} == TRUE_ERRORS.get(name, set())
    to_plain(bound.schema)


def test_wmisamp(shared: Path) -> None:
    """Microsoft's driver sample, compared with what a person reads in it."""
    schema = schema_of(shared / "corpus/mof/windows-driver-samples/wmisamp.mof")
    assert [directive.name for directive in schema.directives] == ["autorecover"]
    assert [found.name for found in schema.classes] == (
        "Vendor_EC1 Vendor_EC2 WmiSampleClass1 WmiSampleClass2 WmiSampleClass3 WmiSampleClass5"
        " WmiSampleClass6".split()
    )
    ec1, ec2, class1, class2, class3, *_ = schema.classes
    assert [qualifier.name for qualifier in ec1.qualifiers] == (
        "WMI Locale HeaderName DisplayName Description guid".split()
    )
    assert ec1.qualifiers[1].value == CimString(r"MS\0x409")
    assert ec1.qualifiers[3].flavors == ("amended",)
    assert [(found.name, found.array_size) for found in ec2.properties][:5] == [
        ("Xboolean", 8),
        ("Xuint8", 8),
        ("Xuint16", 4),
        ("Xuint32", 2),
        ("Xuint64", None),
    ]
    assert class1.properties[2].qualifiers[0].value == CimInteger(1)
    set_ec1, dummy = class1.methods
    assert [found.type_word for found in set_ec1.parameters] == (
        "boolean uint8 uint16 uint32 uint64 sint8 sint16 sint32 sint64".split()
    )
    assert dummy.parameters == ()
    embedded = class2.properties[2]
    assert (embedded.type, embedded.type_word) == (CimType.OBJECT, "Vendor_EC1")
    assert class3.properties[2].array_size == 4
    assert schema.find_class("wmisampleclass6") is schema.classes[-1]


def test_instprov(shared: Path) -> None:
    """Microsoft's sample of an instance provider: registration by alias, odd letter case."""
    schema = schema_of(shared / "corpus/mof/windows-classic-samples/InstProv.Mof")
    provider, registration = schema.instances
    assert (provider.class_name, provider.alias) == ("__Win32Provider", "P")
    assert [found.name for found in provider.properties] == ["Name", "ClsId"]
    assert provider.properties[1].value == CimString("{22CB8761-914A-11cf-B705-00AA0062CBB7}")
    plain = to_plain(Schema((registration,)))["items"]
    assert isinstance(plain, list)
    (found,) = plain
    assert isinstance(found, dict)
    assert found["properties"] == [
        {"name": name, "value": value, "qualifiers": []}
        for name, value in {
            "Provider": {"kind": "alias", "name": "P"},
            "SupportsPut": {"kind": "boolean", "value": False},
            "SupportsGet": {"kind": "boolean", "value": True},
            "SupportsDelete": {"kind": "boolean", "value": False},
            "SupportsEnumeration": {"kind": "boolean", "value": True},
        }.items()
    ]
    (cim_class,) = schema.classes
    assert [qualifier.name for qualifier in cim_class.qualifiers] == (
        "dynamic provider ClassContext".split()
    )
    my_key, my_value = cim_class.properties
    assert (my_key.type, my_key.type_word) == (CimType.STRING, "String")
    assert my_key.default == CimString("HELLO")
    assert my_value.qualifiers[0].value == CimString("Name")
