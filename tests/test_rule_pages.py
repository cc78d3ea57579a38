"""Every code has its page, and its examples do what the page says.

The examples of the linter's rules are run by test_lint_rules.py, those of REG by test_against.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

import mofkit
from mofkit import compilation, compiler, preprocessor
from mofkit.compilation import compile_files
from mofkit.compiler import bind
from mofkit.diagnostics import Diagnostic, Rule, Severity
from mofkit.diagnostics.rule_page import render_page
from mofkit.source import MappingLoader, SourceFile
from mofkit.syntax import parse_bytes, parse_source
from mofkit.syntax.rules import RULES as SYNTAX_RULES

ALL_RULES = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in mofkit.rules()]


@pytest.mark.parametrize("rule", ALL_RULES)
def test_page_is_complete_and_fits_a_terminal(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert re.fullmatch(r"(WBEMMOF_E_[A-Z0-9_]+ \(0x800440[0-9A-F]{2}\))?", rule.wbemmof)
    for field in ("what", "why", "example", "instead", "source"):
        text = getattr(rule, field)
        assert text.strip(), f"{field} is empty"
        # Examples are whole files, and prose is wrapped where it is shown.
        assert text.endswith("\n") == (field in ("example", "instead"))
    page = render_page(rule)
    assert page.startswith(f"{rule.code} {rule.name} ({rule.severity.label})\n")
    assert max(map(len, page.split("\n"))) <= 80


def test_codes_and_names_are_unique() -> None:
    rules = mofkit.rules()
    assert len({rule.code for rule in rules}) == len(rules)
    assert len({rule.name for rule in rules}) == len(rules)


# ----------------------------------------------------------------------------------- examples


def read(rule: Rule) -> list[Diagnostic]:
    if rule.example_bytes is None:
        return parse_source(rule.example).diagnostics
    return parse_bytes(rule.example_bytes).diagnostics


def bound(text: str) -> list[Diagnostic]:
    """Return everything about a file `fan.mof` that can include itself and `base.mof`."""
    loader = MappingLoader({"fan.mof": text.encode(), "base.mof": b"class Base {};"})
    result = parse_source(text, path="fan.mof")
    return [*result.diagnostics, *bind([result], loader=loader).diagnostics]


def compiled(text: str) -> list[Diagnostic]:
    """Return everything about a file that can include `fan.h`."""
    source = SourceFile.from_text(text, path="fan.mof")
    return compile_files([source], loader=MappingLoader({"fan.h": b""})).diagnostics


def examples(rules: Sequence[Rule], judge: Callable[[str], list[Diagnostic]]) -> list[object]:
    return [pytest.param(rule, judge, id=rule.code) for rule in rules]


def in_words(found: Sequence[Diagnostic]) -> list[str]:
    return [f"{one.code} {one.message}" for one in found]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in SYNTAX_RULES])
def test_example_trips_the_rule_once_and_is_no_other_error(rule: Rule) -> None:
    found = read(rule)
    assert [one.code for one in found].count(rule.code) == 1
    others = [one for one in found if one.code != rule.code and one.severity >= Severity.ERROR]
    assert in_words(others) == []
    assert in_words(parse_source(rule.instead).diagnostics) == []


@pytest.mark.parametrize(
    ("rule", "judge"),
    [
        *examples(compiler.RULES, bound),
        *examples([*preprocessor.RULES, *compilation.RULES], compiled),
    ],
)
def test_example_trips_the_rule_and_no_other(
    rule: Rule, judge: Callable[[str], list[Diagnostic]]
) -> None:
    found = judge(rule.example)
    others = [one for one in found if one.code != rule.code]
    assert len(others) < len(found)
    assert in_words([one for one in others if one.severity > Severity.WARNING]) == []
    assert {one.code for one in others if one.code[:3] in ("CPP", "SEM")} == set()
    instead = [one for one in judge(rule.instead) if one.severity > Severity.INFO]
    assert in_words(instead) == []
