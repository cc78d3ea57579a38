"""Every CPP and SEM5xx rule has its page, and the page's examples do what they say."""

import re

import pytest

from mofkit import compilation, preprocessor
from mofkit.compilation import compile_files
from mofkit.diagnostics import Diagnostic, Rule, Severity
from mofkit.diagnostics.rule_page import render_page
from mofkit.source import MappingLoader, SourceFile

RULES = (*preprocessor.RULES, *compilation.RULES)
RULE_PARAMETERS = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in RULES]


def findings(text: str) -> list[Diagnostic]:
    """Return everything about a file that can include `fan.h`."""
    source = SourceFile.from_text(text, path="fan.mof")
    return compile_files([source], loader=MappingLoader({"fan.h": b""})).diagnostics


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_page_is_complete(rule: Rule) -> None:
    for field in ("what", "why", "example", "instead", "source"):
        text = getattr(rule, field)
        assert text.strip(), f"{field} is empty"
        assert text.endswith("\n") == (field in ("example", "instead"))


def test_codes_and_names_are_well_formed_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"CPP[0-9]{3}|SEM5[0-9]{2}", code) for code in codes)
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) for name in names)


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_example_trips_the_rule_and_no_other(rule: Rule) -> None:
    found = findings(rule.example)
    assert {item.code for item in found} == {rule.code}


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_instead_has_no_findings(rule: Rule) -> None:
    found = [item for item in findings(rule.instead) if item.severity > Severity.INFO]
    assert [f"{item.code} {item.message}" for item in found] == []


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_page_fits_a_terminal(rule: Rule) -> None:
    assert max(map(len, render_page(rule).split("\n"))) <= 80
