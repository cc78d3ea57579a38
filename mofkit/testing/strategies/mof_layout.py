"""Small MOF files laid out as people do it, to make one mistake in."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["tidy_files"]


_INDENT = "    "
_CLASS_NAMES = st.sampled_from(["Acme_Fan", "Acme_Pump", "Win32_Lamp"])
_MEMBER_NAMES = st.sampled_from(["Speed", "Name", "Level", "Mode"])
_SCALARS = st.sampled_from(['"a"', '"a" "b"', "1", "-0x1F", "2.5", "TRUE", "NULL", "'a'", "$Acme"])
_ARRAYS = st.lists(_SCALARS, min_size=1, max_size=3).map(lambda items: f"{{{', '.join(items)}}}")
_QUALIFIERS = st.sampled_from(
    ["Key", "read", "WmiDataId(1)", 'Description("a b")', 'Values{"a", "b"}', "Key : ToSubclass"]
)
_TYPES = st.sampled_from(["uint8", "string", "boolean", "datetime"])


@st.composite
def _brackets(draw: st.DrawFn) -> str:
    found = draw(st.lists(_QUALIFIERS, max_size=2))
    return f"[{', '.join(found)}] " if found else ""


@st.composite
def _members(draw: st.DrawFn) -> str:
    type_, name = draw(_TYPES), draw(_MEMBER_NAMES)
    parameters = ", ".join(draw(st.lists(_parameters(), max_size=2)))
    default = draw(st.sampled_from(["", " = 1", ' = "a"']))
    member = draw(
        st.sampled_from(
            [
                f"{type_} {name}{default}",
                f"{type_} {name}[]",
                f"{type_} {name}[3]",
                f"Acme_Fan ref {name}",
                f"{type_} {name}({parameters})",
            ]
        )
    )
    return f"{_INDENT}{draw(_brackets())}{member};"


@st.composite
def _parameters(draw: st.DrawFn) -> str:
    return f"{draw(_brackets())}{draw(_TYPES)} {draw(_MEMBER_NAMES)}"


@st.composite
def _classes(draw: st.DrawFn) -> list[str]:
    base = draw(st.sampled_from(["", " : Acme_Base"]))
    body = draw(st.lists(_members(), min_size=1, max_size=3))
    return [f"{draw(_brackets())}class {draw(_CLASS_NAMES)}{base} {{", *body, "};"]


@st.composite
def _instances(draw: st.DrawFn) -> list[str]:
    members = st.tuples(_MEMBER_NAMES, _SCALARS | _ARRAYS)
    body = [
        f"{_INDENT}{name} = {value};"
        for name, value in draw(st.lists(members, min_size=1, max_size=3))
    ]
    alias = draw(st.sampled_from(["", " as $Acme"]))
    return [f"instance of {draw(_CLASS_NAMES)}{alias} {{", *body, "};"]


_DIRECTIVES = st.sampled_from(
    [
        ['#pragma namespace("root/acme")'],
        ["Qualifier Unit : string = null, Scope(property, method), Flavor(ToSubclass);"],
        ["// a comment"],
    ]
)


def tidy_files() -> st.SearchStrategy[str]:
    """Return text in which the syntax is right: a member a line, no line empty.

    So the place of a mistake is known to the line. The meaning is often wrong: names are few, and
    there twice.
    """
    items = st.lists(_classes() | _instances() | _DIRECTIVES, min_size=1, max_size=4)
    return items.map(lambda found: "".join(f"{line}\n" for item in found for line in item))
