"""`mofkit.testing`: what is generated is what it claims, shrinks well, and is judged rightly."""

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import mofkit.testing
from mofkit import bind, parse_bytes, parse_source, plan_update
from mofkit.binary.guid_text import parse_guid
from mofkit.bmf import decode_payload, encode_payload
from mofkit.cim import (
    CimAlias,
    CimArray,
    CimClass,
    CimInstance,
    CimInteger,
    CimParameter,
    CimProperty,
    CimString,
    CimType,
    Schema,
    flavors_of,
)
from mofkit.compiler.checks.values import datetime_problem
from mofkit.reginfo import Arch, ListNames, encode
from mofkit.reginfo.blocks import find_blocks
from mofkit.testing import strategies as gen
from mofkit.testing.choices import PLAINEST, Choices
from mofkit.testing.codes import bmf_file_codes, mof_codes
from mofkit.testing.laws import KINDS, Kind, LawBroken, check_mutation
from mofkit.testing.mutations import Mutation, bmf_file_mutations, mof_mutations
from mofkit.testing.reginfo_layout import lay_out
from mofkit.testing.spelling import spell
from mofkit.wnode import AllData

LAWS = [(name, law) for name, kind in KINDS.items() for law in kind.laws]
ANY_BYTES_LAWS = [(name, law) for name, kind in KINDS.items() for law in kind.any_bytes]
WITH_MUTATIONS = ["mof", "bmf", "reginfo", "wnode"]


def for_all(strategy: st.SearchStrategy[Any], check: Callable[[Any], object]) -> None:
    """Run a check on examples, as many as the profile says."""

    @given(strategy)
    def run(value: object) -> None:
        check(value)

    run()


class TestClaims:
    """Each strategy says what it generates."""

    @pytest.mark.parametrize(("name", "law"), LAWS, ids=[f"{n}-{law.name}" for n, law in LAWS])
    def test_laws_hold_for_valid_input(self, name: str, law: Any) -> None:
        for_all(KINDS[name].inputs(), law.check)

    @pytest.mark.parametrize("strategy", [gen.driver_schemas(), gen.provider_registrations()])
    def test_mof_of_drivers_and_providers(self, strategy: st.SearchStrategy[Schema]) -> None:
        for_all(gen.mof_texts(strategy), LAWS[0][1].check)

    @given(gen.mof_texts(st.builds(lambda *items: Schema(items), gen.classes(), gen.instances())))
    def test_one_class_and_an_instance_of_another(self, found: gen.MofText) -> None:
        result = parse_source(found.text)
        bound = bind([result])
        codes = {finding.code for finding in bound.diagnostics}
        assert result.diagnostics == []
        assert codes <= {"SEM402", "SEM403", "SEM405"} | TYPE_CODES  # the class may be that one
        assert bound.schema == found.schema

    @given(gen.mof_files())
    def test_files_have_no_finding(self, data: bytes) -> None:
        assert mof_codes(data) == []

    @given(gen.tidy_files() | gen.sentences(odd=False))
    @settings(max_examples=30)
    def test_text_of_the_grammar_needs_no_recovery(self, text: str) -> None:
        assert not parse_source(text).tree.faults

    @given(gen.identifiers(ascii_only=False))
    def test_identifiers(self, name: str) -> None:
        """S/mofcomp: letters, digits, underscore; no underscore at either end."""
        assert re.fullmatch(r"[^\W\d_]\w*(?<!_)", name)
        member = CimProperty(name, CimType.UINT8, "uint8")
        schema = Schema((CimClass(f"C{name}", features=(member,)),))
        assert bind([parse_source(spell(schema))]).schema == schema

    @given(gen.datetimes())
    def test_datetimes(self, text: str) -> None:
        assert datetime_problem(text) is None

    @given(gen.guid_texts())
    def test_guid_texts(self, text: str) -> None:
        assert parse_guid(text) != UUID(int=0)

    @given(gen.qualifier_lists())
    def test_qualifiers(self, found: tuple[Any, ...]) -> None:
        assert all(one.effective == flavors_of(one.flavors) for one in found)
        assert len({one.name.lower() for one in found}) == len(found)

    @given(gen.qualifier_declarations(), gen.choices())
    def test_declarations(self, found: Any, choices: Choices) -> None:
        schema = Schema((found,))
        result = parse_source(spell(schema, choices))
        bound = bind([result])
        assert (result.diagnostics, bound.diagnostics, bound.schema) == ([], [], schema)

    @pytest.mark.parametrize("kind", gen.INTRINSIC)
    @given(st.data())
    @settings(max_examples=20)
    def test_values_fit_their_type(self, kind: CimType, data: st.DataObject) -> None:
        is_array = data.draw(st.booleans())
        value = data.draw(gen.values_of(kind, is_array=is_array))
        found = CimProperty("P", kind, kind.value, is_array, None, value)
        assert mof_codes(spell(Schema((CimClass("C", features=(found,)),))).encode()) == []
        assert isinstance(value, CimArray) == is_array

    @given(gen.reginfo_replies(), gen.archs())
    def test_the_plainest_layout_is_the_encoders(self, reply: Any, arch: Arch) -> None:
        assert lay_out(reply, arch, PLAINEST) == encode(reply, arch)

    @given(gen.bmf_files())
    def test_files_of_binary_mof(self, data: bytes) -> None:
        assert bmf_file_codes(data) == []

    @given(gen.provider_registrations(clsids=st.just(UUID(int=1))))
    def test_a_registration_has_one_provider(self, schema: Schema) -> None:
        providers = [one for one in schema.instances if one.class_name == "__Win32Provider"]
        assert len(providers) == 1
        other = str(UUID(int=2))
        after = bind([parse_source(spell(schema).replace(str(UUID(int=1)), other))]).schema
        plan = plan_update([schema], [after])
        assert plan.provider.new_clsid == UUID(other)
        assert len(plan.dependents) == len(schema.instances) - 1 + len(schema.classes)


TYPE_CODES = {"SEM101", "SEM102", "SEM103", "SEM104", "SEM105", "SEM106", "SEM108", "SEM404"}
"""What an instance may have against a class that happens to have its name."""


class TestDrivers:
    """The rules for driver classes: class qualifiers, required items, data items, methods."""

    @given(gen.driver_schemas())
    def test_rules(self, schema: Schema) -> None:
        found = find_blocks(schema)
        assert found.blocks
        assert not any(skipped.is_fault for skipped in found.skipped)
        guids = [guid_of(one) for one in schema.classes if qualifier(one, "guid")]
        assert len(guids) == len(set(guids))
        for block in found.blocks:
            check_block(schema, block.cim_class, is_event=block.is_event)
        for skipped in found.skipped:
            names = [item.name for item in skipped.cim_class.properties]
            assert not {"InstanceName", "Active"} & {*names}
            check_items(schema, skipped.cim_class.properties)


def check_block(schema: Schema, cim_class: CimClass, *, is_event: bool) -> None:
    instance_name, active, *items = cim_class.properties
    assert (instance_name.name, active.name) == ("InstanceName", "Active")
    assert {"key", "read"} <= {one.name for one in instance_name.qualifiers}
    assert text_of(cim_class, "Provider").lower() == "wmiprov"
    check_items(schema, items)
    numbers = [number_of(method, "WmiMethodId") for method in cim_class.methods]
    assert numbers == sorted(set(numbers))
    assert is_event == any(one.name == "WMIEvent" for one in schema.lineage(cim_class))
    for method in cim_class.methods:
        assert method.type is CimType.VOID
        ids = [number_of(parameter, "ID") for parameter in method.parameters]
        assert ids == [*range(len(ids))]
        check_types(schema, method.parameters)


def check_items(schema: Schema, items: list[CimProperty]) -> None:
    """D01-D09: ids from 1 to n; allowed types; arrays bounded or counted by an item in front."""
    by_id = sorted(items, key=lambda item: number_of(item, "WmiDataId"))
    assert [number_of(item, "WmiDataId") for item in by_id] == [*range(1, len(items) + 1)]
    check_types(schema, by_id)


def check_types(schema: Schema, items: Any) -> None:
    seen: dict[str, CimProperty | CimParameter] = {}
    for item in items:
        assert item.type not in {CimType.REAL32, CimType.REAL64, CimType.CHAR16, CimType.REFERENCE}
        if item.type is CimType.OBJECT:
            assert any(one.name == item.type_word for one in schema.classes)
        if item.is_array and item.array_size is None:
            counter = seen[text_of(item, "WmiSizeIs")]
            assert counter.type.is_integer
            assert not counter.is_array
        seen[item.name] = item


def qualifier(item: Any, name: str) -> Any:
    return next((one for one in item.qualifiers if one.name == name), None)


def number_of(item: Any, name: str) -> int:
    value = qualifier(item, name).value
    assert isinstance(value, CimInteger)
    return value.value


def text_of(item: Any, name: str) -> str:
    value = qualifier(item, name).value
    assert isinstance(value, CimString)
    return value.value


def guid_of(cim_class: CimClass) -> UUID:
    return parse_guid(text_of(cim_class, "guid"))


class TestMutations:
    """Each label says what was done, and what a correct reader says of it."""

    @pytest.mark.parametrize("name", WITH_MUTATIONS)
    def test_some_of_each(self, name: str) -> None:
        kind = KINDS[name]

        @given(kind.inputs(), st.data())
        @settings(max_examples=30)
        def run(value: Any, data: st.DataObject) -> None:
            mutations = list(kind.mutations(value))
            for mutation in data.draw(st.lists(st.sampled_from(mutations), max_size=4)):
                check_mutation(kind, value, mutation)

        run()

    @pytest.mark.slow
    @pytest.mark.parametrize("name", WITH_MUTATIONS)
    def test_all_of_a_few(self, name: str) -> None:
        kind = KINDS[name]

        @given(kind.inputs())
        @settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
        def run(value: Any) -> None:
            for mutation in kind.mutations(value):
                check_mutation(kind, value, mutation)

        run()

    @given(gen.bmf_files())
    def test_files_of_binary_mof(self, data: bytes) -> None:
        for mutation in bmf_file_mutations(data):
            assert mutation.is_met_by(bmf_file_codes(mutation.data)), mutation.label

    @given(gen.mof_files().filter(lambda data: data[:1] in {b"\xff", b"\xfe"}))
    @settings(max_examples=3)
    def test_the_encoding_of_a_file_stays(self, data: bytes) -> None:
        for mutation in some_of(mof_mutations(data)):
            assert parse_bytes(mutation.data).source.encoding is parse_bytes(data).source.encoding

    @pytest.mark.parametrize("name", WITH_MUTATIONS)
    def test_a_reader_that_says_nothing_is_found_out(self, name: str) -> None:
        kind = KINDS[name]
        deaf = Kind(kind.inputs, kind.laws, (), kind.to_bytes, kind.mutations)

        @given(kind.inputs())
        @settings(max_examples=1, phases=[Phase.generate], database=None)
        def run(value: Any) -> None:
            mutation = next(one for one in deaf.mutations(value) if one.expected)
            with pytest.raises(LawBroken, match=re.escape(mutation.label)):
                check_mutation(deaf, value, mutation)

        run()

    def test_a_reader_that_complains_of_valid_input_is_found_out(self) -> None:
        assert not Mutation("a comment", b"").is_met_by(["SYN001"], ["ENC001"])
        assert Mutation("a comment", b"").is_met_by(["ENC001"], ["ENC001"])

    @pytest.mark.parametrize(("name", "law"), ANY_BYTES_LAWS, ids=[n for n, _ in ANY_BYTES_LAWS])
    def test_laws_of_any_bytes(self, name: str, law: Any) -> None:
        kind = KINDS[name]

        @given(kind.inputs(), st.data())
        @settings(max_examples=20)
        def run(value: Any, data: st.DataObject) -> None:
            mutations = list(kind.mutations(value))
            if mutations:  # not every kind of input has some
                law.check(data.draw(st.sampled_from(mutations)).data)

        run()
        for_all(st.binary(max_size=100), law.check)


def some_of(mutations: Iterator[Mutation]) -> list[Mutation]:
    return list(mutations)[::7]


def smallest(strategy: st.SearchStrategy[Any], bug: Callable[[Any], bool]) -> Any:
    """Return what a bug that the predicate plants shrinks to, with the same start each time."""
    steady = settings(max_examples=2000, derandomize=True, database=None)
    return find(strategy, bug, settings=steady)


class TestShrinking:
    """Where something is wrong, the example that is shown has nothing else in it."""

    @pytest.mark.slow
    def test_a_wide_array_of_a_class(self) -> None:
        def has_bounded_array(found: CimClass) -> bool:
            return any(one.array_size for one in found.properties)

        found = smallest(gen.classes(), has_bounded_array)
        assert [len(found.features), len(found.qualifiers)] == [1, 0]
        assert found.properties[0].default is None or len(found.properties[0].default.values) == 1

    def test_a_parameter(self) -> None:
        found = smallest(gen.classes(), lambda one: any(m.parameters for m in one.methods))
        assert [len(found.features), len(found.methods[0].parameters)] == [1, 1]

    @pytest.mark.slow
    def test_an_override(self) -> None:
        def overrides(schema: Schema) -> bool:
            return any(
                qualifier(one, "Override") for found in schema.classes for one in found.properties
            )

        found = smallest(gen.schemas(max_classes=3, max_instances=1), overrides)
        assert len(found.items) <= 4
        assert sum(len(one.features) for one in found.classes) == 2

    @pytest.mark.slow
    def test_an_alias_that_is_used(self) -> None:
        def is_used(schema: Schema) -> bool:
            return any(
                isinstance(one.value, CimAlias)
                for found in schema.instances
                for one in found.properties
            )

        found = smallest(gen.schemas(max_classes=2, max_instances=2), is_used)
        assert len(found.instances) == 1
        assert len(found.items) <= 5

    @pytest.mark.slow
    def test_an_embedded_instance(self) -> None:
        def embeds(schema: Schema) -> bool:
            return any(
                isinstance(one.value, CimInstance)
                for found in schema.instances
                for one in found.properties
            )

        found = smallest(gen.schemas(max_classes=2, max_instances=2), embeds)
        assert len(found.instances) == 1
        assert len(found.items) <= 5

    def test_a_spelling(self) -> None:
        found = smallest(gen.mof_texts(), lambda found: "/*" in found.text)
        assert len(found.text) < 60

    def test_choices(self) -> None:
        member = CimProperty("A", CimType.UINT8, "uint8", default=CimInteger(31))
        schema = Schema((CimClass("C", features=(member,)),))
        found = smallest(gen.choices(), lambda choices: "0x1F" in spell(schema, choices))
        assert len(found) <= 3

    @pytest.mark.slow
    def test_utf16(self) -> None:
        found = smallest(gen.mof_files(), lambda data: data[:2] == b"\xfe\xff" and len(data) > 40)
        assert len(found) < 120

    @pytest.mark.slow
    def test_a_counted_array_of_a_driver(self) -> None:
        def is_counted(schema: Schema) -> bool:
            return any(
                qualifier(one, "WmiSizeIs") for found in schema.classes for one in found.properties
            )

        found = smallest(gen.driver_schemas(), is_counted)
        assert len(found.classes) <= 3
        assert sum(len(one.features) for one in found.classes) == 4

    @pytest.mark.slow
    def test_a_method_of_a_driver(self) -> None:
        found = smallest(gen.driver_schemas(), lambda one: any(c.methods for c in one.classes))
        assert [len(found.classes), len(found.classes[0].features)] == [1, 3]
        assert found.classes[0].methods[0].parameters == ()

    def test_a_registration(self) -> None:
        found = smallest(
            gen.provider_registrations(),
            lambda schema: schema.instances[-1].class_name == "__MethodProviderRegistration",
        )
        assert len(found.instances) <= 3
        assert found.classes == ()

    def test_tokens(self) -> None:
        found = smallest(gen.token_streams(), lambda text: "\x00" in text)
        assert len(found) <= 4

    def test_a_sentence(self) -> None:
        found = smallest(gen.sentences(odd=False), lambda text: "association" in text)
        assert len(found.split()) <= 6

    @pytest.mark.slow
    def test_a_sentence_of_lark(self) -> None:
        found = smallest(gen.lark_sentences(), lambda text: "association" in text)
        assert len(found.split()) <= 6

    @pytest.mark.slow
    def test_a_reply(self) -> None:
        def has_two_names(reply: Any) -> bool:
            names = [one.names for one in reply.guids() if isinstance(one.names, ListNames)]
            return any(len(one.names) > 1 for one in names)

        found = smallest(gen.reginfo_replies(), has_two_names)
        assert len(found.infos) == 1
        assert [one.names.names for one in found.guids()][-1] == ("", "")
        assert len(list(found.guids())) <= 2

    @pytest.mark.slow
    def test_a_shared_string(self) -> None:
        def is_shorter(buffer: gen.RegBuffer) -> bool:
            return len(buffer.data) < len(encode(buffer.reply, buffer.arch))

        found = smallest(gen.reginfo_buffers(), is_shorter)
        assert sum(len(info.guids) for info in found.reply.infos) <= 1
        assert len(found.data) < 80

    def test_a_wnode(self) -> None:
        def has_data(wnode: Any) -> bool:
            return isinstance(wnode, AllData) and any(wnode.instances) and wnode.names is not None

        found = smallest(gen.wnodes(), has_data)
        assert found.names == ("",)
        assert len(found.instances[0]) == 1

    def test_a_chain(self) -> None:
        assert len(smallest(gen.wnode_chains(), lambda chain: len(chain) > 1)) == 2

    @pytest.mark.slow
    def test_values_of_a_block(self) -> None:
        def has_string(block: gen.BlockData) -> bool:
            return any(isinstance(value, str) and value for value in block.values.values())

        found = smallest(gen.driver_blocks(), has_string)
        assert len(found.values) == 1

    @pytest.mark.slow
    def test_a_payload(self) -> None:
        def has_method(payload: bytes) -> bool:
            classes = decode_payload(payload).schema.classes
            return any(found.methods for found in classes)

        found = smallest(gen.bmf_payloads(), has_method)
        assert len(found) < 300
        assert encode_payload(decode_payload(found).schema) == found


class TestWithoutHypothesis:
    """Importing the strategies needs the extra mofkit[testing]; mutations do not."""

    def test_the_error_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in [name for name in sys.modules if name.startswith("mofkit.testing.strategies")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "hypothesis", None)
        with pytest.raises(ImportError, match=re.escape("mofkit[testing]")):
            import_module("mofkit.testing.strategies")

    def test_mutations_and_laws_load_without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mofkit, "testing", mofkit.testing)  # importing it again replaces it
        for name in [name for name in sys.modules if name.startswith("mofkit.testing")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "hypothesis", None)
        assert import_module("mofkit.testing.mutations").mof_mutations
        assert import_module("mofkit.testing.laws").KINDS
