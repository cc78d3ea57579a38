"""Laws of update plans."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mofkit.cim import Schema
from mofkit.compiler import bind
from mofkit.repository.plan import UpdateError, UpdatePlan
from mofkit.repository.plan_objects import compile_all
from mofkit.repository.plan_text import render_markdown, render_text
from mofkit.repository.update import plan_update
from mofkit.source import SourceFile
from mofkit.syntax import parse
from tests.support_mof import damaged_mof

NAMES = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters='\\"'),
    min_size=1,
    max_size=20,
)
GUIDS = st.uuids(allow_nil=False)


def schema_of(text: str) -> Schema:
    return bind([parse(SourceFile.from_text(text))]).schema


def registration(name: str, clsid: UUID) -> str:
    return (
        f'instance of __Win32Provider as $P {{ Name = "{name}"; CLSID = "{{{clsid}}}"; }};\n'
        "instance of __MethodProviderRegistration { Provider = $P; };\n"
        f'[Dynamic, Provider("{name}")] class Fenwick_Pump {{ [Key] string Id; }};\n'
    )


class TestUpdating:
    """Updating a Provider: "use the new CLSID, but the same provider name", "thus overwriting"."""

    @given(NAMES, GUIDS, GUIDS)
    def test_another_clsid_under_the_same_name_is_an_update(
        self, name: str, old: UUID, new: UUID
    ) -> None:
        assume(old != new)
        assume(not any(ord(character) < 0x20 for character in name))
        before, after = schema_of(registration(name, old)), schema_of(registration(name, new))
        plan = plan_update([before], [after])
        assert plan.errors == ()
        assert (plan.provider.old_clsid, plan.provider.new_clsid) == (old, new)
        assert {found.kind.value for found in plan.dependents} == {"registration", "class"}
        state = compile_all([before])
        there = compile_all([after], state.repository)
        back = compile_all([before], there.repository)
        assert back.repository == state.repository

    @given(NAMES, NAMES, GUIDS, GUIDS)
    def test_another_name_is_none(self, name: str, other: str, old: UUID, new: UUID) -> None:
        assume(name.lower() != other.lower())
        before, after = schema_of(registration(name, old)), schema_of(registration(other, new))
        with pytest.raises(UpdateError):
            plan_update([before], [after])


class TestAnything:
    """Broken registrations are ordinary: there is a plan, or a reason why there is none."""

    @given(damaged_mof(), damaged_mof(), NAMES, GUIDS, GUIDS)
    def test_a_plan_or_a_reason(
        self, above: str, below: str, name: str, old: UUID, new: UUID
    ) -> None:
        before = schema_of(f"{registration(name, old)}{above}")
        after = schema_of(f"{below}\n{registration(name, new)}")
        try:
            plan = plan_update([before], [after])
        except UpdateError:
            return
        assert isinstance(plan, UpdatePlan)
        assert render_text(plan)
        assert render_markdown(plan)
