"""Laws of the repository, over small files in which names meet often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mofkit.cim import (
    CLASS_FLAGS,
    CimAlias,
    CimArray,
    CimClass,
    CimDirective,
    CimEnumeration,
    CimInstance,
    CimInstanceProperty,
    CimInteger,
    CimNull,
    CimProperty,
    CimQualifier,
    CimString,
    CimType,
    PragmaState,
    Schema,
    SchemaItem,
)
from mofkit.compiler import bind
from mofkit.repository import (
    Change,
    CompileOptions,
    Namespace,
    ObjectPath,
    ObjectPathError,
    Policy,
    Repository,
    compile_schema_into,
    fresh,
)
from mofkit.syntax import parse_source
from mofkit.testing.strategies import sentences, tidy_files
from tests.support_mof import damaged_mof

# ------------------------------------------------------------------------------------- strategies

NAMES = st.sampled_from(["Fan", "fan", "Turbo", "Pump", "__Win32Provider", "__Namespace", "Alarm_"])
NAMESPACES = st.sampled_from([None, r"root\wmi", "ROOT/WMI", r"\\.\root\default\Demo", "", "gone"])
PRAGMAS = st.builds(
    PragmaState,
    NAMESPACES,
    st.none() | st.sampled_from([0, *CLASS_FLAGS.values(), 3, 0x60, -1]),
    st.none() | st.sampled_from([0, 1, 2, 3]),
)
QUALIFIERS = st.lists(
    st.builds(
        CimQualifier,
        st.sampled_from(["Key", "Abstract", "Singleton", "Dynamic", "Amendment", "Units"]),
        st.none() | st.builds(CimInteger, st.integers(0, 2)),
    ),
    max_size=2,
).map(tuple)
PROPERTY_NAMES = st.sampled_from(["Id", "ID", "Name", "Next", "Speed"])
PROPERTIES = st.builds(
    CimProperty,
    PROPERTY_NAMES,
    st.sampled_from([CimType.STRING, CimType.UINT32, CimType.REFERENCE, CimType.REAL64]),
    st.sampled_from(["string", "Fan"]),
    st.booleans(),
    qualifiers=QUALIFIERS,
)
SCALARS = st.one_of(
    st.builds(CimString, st.sampled_from(["a", "A", 'b"\\', "Fan.Id=1", "Demo", ""]) | st.text()),
    st.builds(CimInteger, st.integers(-1, 2)),
    st.builds(CimAlias, st.sampled_from(["x", "X", "y", "z"])),
    st.just(CimNull()),
)
VALUES = SCALARS | st.lists(SCALARS, max_size=2).map(lambda found: CimArray(tuple(found)))
ALIASES = st.none() | st.sampled_from(["x", "y", "z"])
CLASSES = st.builds(
    CimClass,
    NAMES,
    st.none() | NAMES,
    st.lists(PROPERTIES, max_size=3).map(tuple),
    QUALIFIERS,
    ALIASES,
    pragmas=PRAGMAS,
)
INSTANCES = st.builds(
    CimInstance,
    NAMES,
    st.lists(st.builds(CimInstanceProperty, PROPERTY_NAMES, st.none() | VALUES), max_size=3).map(
        tuple
    ),
    alias=ALIASES,
    pragmas=PRAGMAS,
)
DIRECTIVES = st.builds(
    CimDirective,
    st.sampled_from(["namespace", "DeleteClass", "deleteinstance", "autorecover", "foo"]),
    st.lists(
        NAMES | st.sampled_from(["fail", "NOFAIL", "Fan.Id=1", "__Namespace.Name='Demo'", 7]),
        max_size=3,
    ).map(tuple),
    pragmas=PRAGMAS,
)
ITEMS = CLASSES | INSTANCES | DIRECTIVES | st.builds(CimEnumeration, NAMES, pragmas=PRAGMAS)
SCHEMAS = st.lists(ITEMS, max_size=8).map(lambda items: Schema(tuple(items)))
KEYS = st.text() | st.integers(-(2**63), 2**64 - 1) | st.booleans()
OPTIONS = st.builds(
    CompileOptions,
    namespace=st.sampled_from([r"root\default", "root/wmi", "gone"]),
    class_policy=st.sampled_from([0, 1, 2, 0x20, 0x40]),
    instance_policy=st.integers(0, 3),
    assume_classes=st.booleans(),
    assume_namespaces=st.booleans(),
    policy=st.builds(
        Policy,
        pragma_flags=st.sampled_from(["replace", "add"]),
        force_with_instances=st.sampled_from(["refuse", "delete"]),
        system_class=st.sampled_from(["refuse", "skip"]),
        keyless=st.sampled_from(["single", "refuse"]),
    ),
)


@st.composite
def registrations(draw: st.DrawFn) -> Schema:
    """Classes that are declared once, each below its superclass; then instances, each key once."""
    key = CimProperty("Id", CimType.UINT32, "uint32", qualifiers=(CimQualifier("Key"),))
    items: list[SchemaItem] = [CimClass("Base", features=(key,))]
    names = ["Base"]
    for number in range(draw(st.integers(0, 4))):
        speed = CimProperty(f"Speed{number}", CimType.UINT32, "uint32")
        items.append(CimClass(f"Fan{number}", draw(st.sampled_from(names)), (speed,)))
        names.append(f"Fan{number}")
    for key_value in draw(st.lists(st.integers(0, 9), unique=True, max_size=5)):
        value = CimInstanceProperty("Id", CimInteger(key_value))
        items.append(CimInstance(draw(st.sampled_from(names)), (value,)))
    return Schema(tuple(items))


# ------------------------------------------------------------------------------------------- laws


class TestCompilingTwice:
    """wbemcli/IWbemServices::PutClass, PutInstance.

    "This flag causes the class to be created if it does not exist, or overwritten if it exists
    already." The default of both; what is the same again changes nothing.
    """

    @given(registrations())
    def test_is_compiling_once(self, schema: Schema) -> None:
        once = compile_schema_into(fresh(), schema)
        twice = compile_schema_into(once.repository, schema)
        assert once.error is None
        assert twice.repository == once.repository
        assert {step.change for step in twice.steps} == {Change.UNCHANGED}


class TestErrors:
    """WmiSdk/handling-errors-with-the-mof-compiler.

    "The MOF compiler stores in the repository any classes or instances that were defined up to the
    point where the compiler stops."
    """

    @given(st.lists(CLASSES | INSTANCES | DIRECTIVES, max_size=8))
    def test_what_was_stored_stays(self, items: list[SchemaItem]) -> None:
        before = compile_schema_into(fresh(), Schema(()))
        for number in range(1, len(items) + 1):
            result = compile_schema_into(fresh(), Schema(tuple(items[:number])))
            if result.error is not None:
                assert result.repository == before.repository or _is_about_the_file(result.error)
                return
            before = result

    @given(SCHEMAS, SCHEMAS, OPTIONS)
    def test_are_a_result(self, first: Schema, second: Schema, options: CompileOptions) -> None:
        before = compile_schema_into(fresh(), first, CompileOptions(assume_classes=True))
        known = _copy(before.repository)
        result = compile_schema_into(before.repository, second, options)
        refused = [step for step in result.steps if step.change is Change.REFUSED]
        assert refused == ([] if result.error is None else [result.steps[-1]])
        assert before.repository == known
        _check_sound(result.repository)
        for step in result.steps:
            assert str(step)
            assert step.basis

    @given(sentences() | tidy_files() | damaged_mof(), st.booleans())
    def test_any_text_has_a_result(self, text: str, assume: bool) -> None:
        schema = bind([parse_source(text)]).schema
        options = CompileOptions(assume_classes=assume, assume_namespaces=assume)
        _check_sound(compile_schema_into(fresh(), schema, options).repository)


class TestDeleteClass:
    """wbemcli/IWbemServices::DeleteClass.

    "Any classes that derive from the deleted class are also deleted [...] All outstanding static
    instances of the specified class and its subclasses are also deleted."
    """

    @given(registrations(), st.integers(0, 5))
    def test_takes_along_what_is_below(self, schema: Schema, number: int) -> None:
        compiled = compile_schema_into(fresh(), schema).repository
        name = schema.classes[number % len(schema.classes)].name
        deletion = Schema((CimDirective("deleteclass", (name, "fail")),))
        result = compile_schema_into(compiled, deletion)
        namespace = result.repository.namespace(None)
        assert namespace is not None
        assert result.error is None
        for kept in namespace.classes:
            lineage = list(namespace.lineage(kept))
            assert lineage[-1].name == "Base"
            assert name not in {found.name for found in lineage}
        for stored in namespace.instances.values():
            assert namespace.find_class(stored.path.class_name) is not None
        again = Schema(tuple(schema.items))
        assert compile_schema_into(result.repository, again).error is None


class TestObjectPaths:
    """WmiSdk/describing-an-instance-object-path: what is written is read again."""

    @given(st.dictionaries(st.sampled_from(["A", "b", "C1"]), KEYS))
    def test_round_trip(self, keys: dict[str, str | int | bool]) -> None:
        path = ObjectPath.of_instance(r"root\wmi", "Fan", keys)
        assert ObjectPath.parse(str(path)) == path
        assert ObjectPath.parse(path.relative, "//./ROOT/wmi").folded == path.folded

    @given(st.text(alphabet="Fan.=,\"'\\1@: ") | st.text())
    def test_any_text_is_a_path_or_none(self, text: str) -> None:
        try:
            path = ObjectPath.parse(text)
        except ObjectPathError:
            return
        assert ObjectPath.parse(str(path)) == path


def _is_about_the_file(error: object) -> bool:
    """Say whether the whole file was looked at: aliases and the syntax check."""
    text = str(error)
    return "alias" in text or "nothing is stored" in text


def _copy(repository: Repository) -> Repository:
    return Repository(
        {
            key: Namespace(found.path, dict(found.classes), dict(found.instances), found.assumed)
            for key, found in repository.by_key.items()
        }
    )


def _check_sound(repository: Repository) -> None:
    """Every instance is where its path says, every class has its superclass, nothing goes round."""
    assert _copy(repository) == repository
    for namespace in _copy(repository).namespaces:
        for found in namespace.classes.values():
            depth = namespace.shape(found.name).depth
            assert len(list(namespace.lineage(found.name))) == depth + 1
        for identity, stored in namespace.instances.items():
            assert namespace.identity(stored.path) == identity
            assert repository.find(stored.path) == stored
    for reference in repository.references():
        assert repository.find(reference.source.path) == reference.source
