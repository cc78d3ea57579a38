"""Laws of the forms of diagnostics: whatever the file holds and wherever the finding is."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from mofkit.diagnostics import Diagnostic, Fix, Related, Rule, Severity
from mofkit.diagnostics.render import concise, full, json_
from mofkit.source import Edit, SourceFile, Span

RULE = Rule(
    code="SYN001",
    name="law",
    severity=Severity.ERROR,
    what="",
    why="",
    example="",
    instead="",
    source="",
)
CHARACTERS = (
    st.sampled_from("ab ;\t\n\n\r\0\x1b\x7f\u0301\u200b\u202e\ufeff\ud800漢ü𝄞") | st.characters()
)
TEXTS = st.text(CHARACTERS, max_size=40) | st.lists(
    st.sampled_from(["x" * 30, "漢" * 20, "\n", "\r\n", "\t"]), max_size=30
).map("".join)


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    source = SourceFile.from_text(draw(TEXTS), path=draw(st.text(CHARACTERS, max_size=5)))
    offsets = st.integers(0, len(source.text))

    def span() -> Span:
        return Span(*sorted((draw(offsets), draw(offsets))))

    message = st.text(CHARACTERS, max_size=8)
    related = [Related(source, span(), draw(message)) for _ in range(draw(st.integers(0, 3)))]
    fix = Fix(draw(message), (Edit(span(), draw(TEXTS)),)) if draw(st.booleans()) else None
    return Diagnostic(
        RULE,
        draw(message),
        source,
        span(),
        related=tuple(related),
        notes=tuple(draw(st.lists(message, max_size=2))),
        help=draw(message),
        fix=fix,
    )


FOUND = st.lists(diagnostics(), max_size=3)


@given(FOUND)
def test_nothing_raw_reaches_the_terminal(found: list[Diagnostic]) -> None:
    text = full.render(found) + concise.render(found)
    assert all(line.isprintable() for line in text.split("\n"))


@given(FOUND)
def test_ascii_is_ascii(found: list[Diagnostic]) -> None:
    assert full.render(found, ascii_only=True).isascii()


@given(FOUND)
def test_colour_changes_nothing_else(found: list[Diagnostic]) -> None:
    colored = re.sub(r"\x1b\[[0-9;]*m", "", full.render(found, color=True))
    assert rstripped(colored) == rstripped(full.render(found))


def rstripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


@given(FOUND)
def test_concise_has_one_line_each(found: list[Diagnostic]) -> None:
    assert concise.render(found).count("\n") == len(found)


@given(FOUND)
def test_json_names_the_places(found: list[Diagnostic]) -> None:
    items = json.loads(json_.render(found))
    found.sort(key=lambda diagnostic: diagnostic.sort_key)
    for item, diagnostic in zip(items, found, strict=True):
        start, end = item["location"]["start"], item["location"]["end"]
        assert (start["offset"], end["offset"]) == diagnostic.span
        assert diagnostic.source.position(start["offset"]) == (start["line"], start["column"])
