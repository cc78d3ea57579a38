"""The repository: what mofcomp is documented to do (`repository_cases`), and what can be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mofkit.cim import CimClass, CimInstance, CimProperty, CimString, CimType, Schema
from mofkit.cim.qualifiers import has_qualifier
from mofkit.compiler import bind
from mofkit.repository import (
    Change,
    CompileResult,
    Namespace,
    ObjectPath,
    ObjectPathError,
    Repository,
    Step,
    compile_schema_into,
    fresh,
)
from mofkit.repository.system_classes import known_classes, system_classes
from mofkit.source import IncludeError, SourceFile
from mofkit.syntax import parse_bytes, parse_source
from tests.repository_cases import (
    ALIAS,
    ASSUMING,
    CASES,
    DEMO,
    FAN,
    FAN_1,
    IN_DEMO,
    PLAIN,
    PROVIDER,
    REGISTRATION,
    TURBO,
    Case,
    flags,
)
from tests.support import corpus_files


def schema_of(text: str) -> Schema:
    return bind([parse_source(text)]).schema


def compiled(text: str, onto: Repository | None = None, **options: object) -> CompileResult:
    chosen = replace(PLAIN, **options)  # type: ignore[arg-type]
    return compile_schema_into(fresh() if onto is None else onto, schema_of(text), chosen)


def shown(step: Step) -> str:
    """Return a step as `change path`; the path without its namespace where that is the default."""
    path = step.path
    is_near = path.class_name and path.namespace == r"root\default"
    return f"{step.change} {path.relative if is_near else path}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_documented(case: Case) -> None:
    before = compile_schema_into(fresh(), schema_of(case.before), case.options)
    assert before.error is None
    result = compile_schema_into(before.repository, schema_of(case.text), case.options)
    assert "; ".join(map(shown, result.steps)) == case.steps
    assert (result.error is not None) == case.steps.rpartition("; ")[2].startswith("refused")
    if result.error is not None:
        assert result.error is result.steps[-1]
        assert result.error.status is case.status
        assert result.error.message
        assert result.error.basis == (case.error_page or case.page)


# -------------------------------------------------------------------------------- what a step says


def test_a_step_has_what_was_and_what_is() -> None:
    before = compiled(PROVIDER + REGISTRATION).repository
    new = compiled(PROVIDER.replace("{0}", "{1}") + REGISTRATION, before)
    provider, registration = new.steps
    assert [step.change for step in new.steps] == [Change.UPDATED, Change.UNCHANGED]
    (changed,) = provider.property_changes
    assert (changed.name, changed.before, changed.after) == (
        "CLSID",
        CimString("{0}"),
        CimString("{1}"),
    )
    assert provider.origin is not None
    assert provider.origin.span.start == 0
    assert registration.property_changes == ()
    assert str(provider) == r'updated \\.\root\default:__Win32Provider.Name="Pump"'


def test_values_that_are_not_given_again_are_gone() -> None:
    """The instance is overwritten, not merged: `PutInstance` without a context."""
    before = compiled(FAN + FAN_1).repository
    result = compiled("instance of Fan { Id = 1; };", before)
    (changed,) = result.steps[0].property_changes
    assert (changed.name, changed.after) == ("Rpm", None)
    stored = result.repository.find(ObjectPath.parse("Fan.Id=1"))
    assert stored is not None
    assert stored.value("Rpm") is None
    default = result.repository.value_of(stored, "rpm")
    assert default is not None
    assert default.value == 1  # type: ignore[union-attr]


def test_forced_qualifiers_are_gone_below() -> None:
    before = compiled(FAN + '[Provider("A"), Locale(1033)] ' + TURBO).repository
    result = compiled(flags('"forceupdate"') + '[Provider("B")] ' + FAN, before)
    below = result.repository.find_class(None, "turbo")
    assert below is not None
    assert [found.name for found in below.qualifiers] == ["Locale"]
    assert "qualifier `Provider` in class `Turbo`" in result.steps[0].message


def test_a_string_key_without_value_is_made_anew_each_time() -> None:
    """WmiSdk/creating-and-declaring-an-instance-using-c-: WMI assigns a GUID."""
    text = (
        "class A { [key] string Id; };" + "instance of A { };" * 2 + "instance of A { Id = NULL; };"
    )
    result = compiled(text)
    paths = {step.path.relative for step in result.steps[1:]}
    assert len(paths) == 3
    assert all(len(path) == len('A.Id="{00000000-0000-0000-0000-000000000000}"') for path in paths)
    assert compiled(text).repository == result.repository
    assert (
        len(compiled("instance of A { };", result.repository).repository.instances_of(None, "A"))
        == 4
    )


def test_references_are_as_short_as_they_can_be() -> None:
    far = (
        '#pragma namespace("root\\\\cimv2")\n'
        + PROVIDER
        + '#pragma namespace("root\\\\wmi")\n'
        + REGISTRATION
    )
    registration = compiled(far).steps[-1].after
    assert isinstance(registration, CimInstance)
    (found,) = registration.properties
    assert found.value == CimString(r'\\.\root\cimv2:__Win32Provider.Name="Pump"')


def test_nothing_is_shared_between_repositories() -> None:
    empty = fresh()
    compiled(DEMO + IN_DEMO + FAN + FAN_1, empty)
    assert empty == fresh()
    assert empty.find_class(None, "Fan") is None


# ----------------------------------------------------------------------------------------- queries

SUBSCRIPTION = """
#pragma namespace("root\\\\subscription")
instance of __EventFilter as $F { Name = "tick"; Query = "select * from X"; };
instance of CommandLineEventConsumer as $C { Name = "tock"; };
instance of __FilterToConsumerBinding { Filter = $F; Consumer = $C; };
instance of __FilterToConsumerBinding
{
    Filter = "\\\\\\\\.\\\\ROOT\\\\Subscription:__EventFilter.Name=\\"TICK\\"";
    Consumer = "__EventConsumer.Name=\\"other\\"";
};
"""


def test_references_to_an_object() -> None:
    repository = compiled(SUBSCRIPTION, assume_classes=True).repository
    filters = repository.instances_of("root/subscription", "__indicationrelated")
    assert [found.path.class_name for found in filters][:1] == ["__EventFilter"]
    path = ObjectPath.parse("__EventFilter='Tick'", r"root\subscription")
    found = repository.references_to(path)
    assert [(each.source.path.class_name, each.property_name) for each in found] == [
        ("__FilterToConsumerBinding", "Filter")
    ] * 2
    assert repository.references_to(ObjectPath("root\\cimv2", "__EventFilter", path.keys)) == ()


def test_a_binding_again_in_other_words_is_the_same() -> None:
    before = compiled(SUBSCRIPTION, assume_classes=True)
    again = SUBSCRIPTION.replace("TICK", "Tick")
    result = compiled(again, before.repository, assume_classes=True)
    assert [step.change for step in result.steps] == [Change.UNCHANGED] * 3 + [Change.UPDATED]


def test_instances_of_a_class_and_below() -> None:
    text = FAN + TURBO + FAN_1 + "instance of Turbo { Id = 2; };"
    repository = compiled(text).repository
    shown_all = [found.path.relative for found in repository.instances_of(None, "FAN")]
    assert shown_all == ["Fan.Id=1", "Turbo.Id=2"]
    own = repository.instances_of(r"root\default", "fan", derived=False)
    assert [found.path.relative for found in own] == ["Fan.Id=1"]
    assert repository.instances_of("root/gone", "Fan") == ()
    assert repository.instances_of(None, "Gone") == ()


def test_namespaces_are_instances_of_those_above() -> None:
    repository = fresh(["root/a/B", r"\\.\Root\c"])
    assert [found.path for found in repository.namespaces] == [
        "root",
        r"root\a",
        r"root\a\B",
        r"root\c",
    ]
    names = [found.path.relative for found in repository.instances_of("root", "__Namespace")]
    assert names == ['__Namespace.Name="a"', '__Namespace.Name="c"']
    assert repository.namespace("ROOT/A/b") is not None


# ------------------------------------------------------------------------------------ object paths


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Fan", r"\\.\root\default:Fan"),
        ("Fan=@", r"\\.\root\default:Fan=@"),
        ('Fan="a"', r'\\.\root\default:Fan="a"'),
        ("Fan.b=-0x1F , a = TRUE", r"\\.\root\default:Fan.a=TRUE,b=-31"),
        (r"//server/root/cimv2:Fan.Id='it\'s'", r'\\.\root\cimv2:Fan.Id="it' + "'" + r's"'),
        (r'root\wmi:Fan.Id="a:\\b=\"c\""', r'\\.\root\wmi:Fan.Id="a:\\b=\"c\""'),
        (r'\\.\root\wmi:Fan.Id=""', r'\\.\root\wmi:Fan.Id=""'),
    ],
)
def test_object_paths(text: str, canonical: str) -> None:
    """WmiSdk/describing-an-instance-object-path."""
    path = ObjectPath.parse(text)
    assert str(path) == canonical
    assert ObjectPath.parse(canonical) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "1Fan",
        "Fan.",
        "Fan.Id",
        "Fan.Id=",
        "Fan.Id=1,",
        "Fan.Id=1 2",
        'Fan="a',
        "Fan==1",
        "Fan Id=1",
        "Fan=1=2",
        "Fan.Id=" + "9" * 5000,
        "a:b:Fan",
    ],
)
def test_no_object_paths(text: str) -> None:
    with pytest.raises(ObjectPathError, match="no object path"):
        ObjectPath.parse(text)


# ---------------------------------------------------------------------------------- system classes


@pytest.mark.parametrize(
    ("name", "lineage", "keys"),
    [
        ("__Win32Provider", "__Provider __SystemClass", "Name"),
        (
            "__InstanceProviderRegistration",
            "__ObjectProviderRegistration __ProviderRegistration __SystemClass",
            "provider",
        ),
        ("__FilterToConsumerBinding", "__IndicationRelated __SystemClass", "Consumer Filter"),
        ("__EventFilter", "__IndicationRelated __SystemClass", "Name"),
        ("__Namespace", "__SystemClass", "Name"),
        (
            "__IntervalTimerInstruction",
            "__TimerInstruction __EventGenerator __IndicationRelated __SystemClass",
            "TimerId",
        ),
    ],
)
def test_system_classes(name: str, lineage: str, keys: str) -> None:
    """As the pages of WmiSdk named like them: `--win32provider`, `--eventfilter` and so on."""
    namespace = fresh().namespace("root")
    assert namespace is not None
    assert [found.name for found in namespace.lineage(name)] == [name, *lineage.split()]
    assert list(namespace.shape(name).keys) == keys.split()


def test_defaults_of_system_classes() -> None:
    """WmiSdk/--win32provider: Pure is TRUE; the base page of SupportsEnumeration says FALSE."""
    namespace = fresh().namespace("root")
    assert namespace is not None
    pure = namespace.property_of("__Win32Provider", "pure")
    enumeration = namespace.property_of("__InstanceProviderRegistration", "SupportsEnumeration")
    assert pure is not None
    assert pure.default is not None
    assert pure.default.value is True  # type: ignore[union-attr]
    assert enumeration is not None
    assert enumeration.default is not None
    assert enumeration.default.value is False  # type: ignore[union-attr]


def test_superclasses_of_system_classes_stand_above_them() -> None:
    above: set[str] = set()
    for name, found in (*system_classes().items(), *known_classes().items()):
        assert found.superclass is None or found.superclass.lower() in above
        above.add(name)


# What a page says that the table does not: slips of the page, and what is said in its place.
NOT_AS_ON_THE_PAGE = {
    ("__ClassProviderRegistration", "suppportsbatching"),  # the base class spells it right
    ("__InstanceProviderRegistration", "supportsenumeration"),  # the base class says FALSE
    ("__Win32Provider", "initializationreentrancy"),  # its default is in the text only
    ("CommandLineEventConsumer", "fillattributes"),  # FillAttribute in the page's list
    ("CommandLineEventConsumer", "fillattribute"),
}


@pytest.mark.parametrize(
    "path",
    corpus_files(
        "corpus/mof/docs-snippets/WmiSdk/--*.mof",
        "corpus/mof/docs-snippets/WmiSdk/*eventconsumer-0.mof",
    ),
)
def test_classes_are_as_their_pages_have_them(path: Path) -> None:
    known = Namespace("root", classes=known_classes())
    for page in bind([parse_bytes(path.read_bytes())]).schema.classes:
        mine = known.find_class(page.name)
        assert mine is not None
        assert (mine.superclass or "").lower() == (page.superclass or "").lower()
        assert has_qualifier(mine.qualifiers, "singleton") == has_qualifier(
            page.qualifiers, "singleton"
        )
        inherited = {
            name: value
            for ancestor in reversed(list(known.lineage(page.name)))
            for name, value in members(ancestor).items()
        }
        for name, said in members(page).items():
            if (page.name, name) not in NOT_AS_ON_THE_PAGE:
                assert inherited[name] == said
            inherited.pop(name, None)
        assert {(page.name, name) for name in inherited} <= NOT_AS_ON_THE_PAGE


def members(cim_class: CimClass) -> dict[str, object]:
    return {
        found.name.lower(): (
            found.type,
            found.type_word.lower(),
            found.is_array,
            None if found.name == "CreatorSID" else found.default,
        )
        for found in cim_class.properties
    }


# ---------------------------------------------------------------------------------- hostile, large


def test_paths_in_paths_do_not_explode() -> None:
    """Each reference in a key doubles the backslashes of the one inside it."""
    nested = "class R { [key] R ref K; };" + "".join(
        f"instance of R as $r{depth} {{ K = $r{depth + 1}; }};" for depth in range(40)
    )
    result = compiled(nested + 'instance of R as $r40 { K = "R=1"; };')
    assert result.error is not None
    assert result.error.basis == ALIAS


@pytest.mark.slow
def test_deep_and_wide_is_no_matter() -> None:
    chain = [CimClass("C0", features=(CimProperty("Id", CimType.STRING, "string"),))]
    chain += [CimClass(f"C{depth}", f"C{depth - 1}") for depth in range(1, 3000)]
    schema = Schema((*chain, CimInstance("C2999"), *chain))
    result = compile_schema_into(fresh(), schema)
    assert result.error is None
    assert len(result.steps) == 6001
    deletion = schema_of('#pragma deleteclass("C0", fail)\n')
    gone = compile_schema_into(result.repository, deletion)
    assert gone.repository == fresh()


class NoIncludes:
    """A loader that has nothing."""

    def load(self, name: str, *, includer: str) -> SourceFile:
        raise IncludeError(name, includer=includer, reason="not loaded here")


@pytest.mark.parametrize("path", corpus_files("corpus/mof/**/*.[mM]of", "corpus/mof/**/*.mfl"))
def test_real_files(path: Path) -> None:
    """Whatever a file says, compiling it ends with a repository; registrations compile twice."""
    parsed = parse_bytes(path.read_bytes(), path=str(path))
    schema = bind([parsed], loader=NoIncludes()).schema
    options = replace(ASSUMING, assume_namespaces=True)
    result = compile_schema_into(fresh(), schema, options)
    assert all(str(step) and step.basis for step in result.steps)
    text = "".join(map(str, result.steps))
    if "__Win32Provider" in text and "windows-" in str(path):
        assert result.error is None, result.error
        again = compile_schema_into(result.repository, schema, options)
        assert again.repository == result.repository
