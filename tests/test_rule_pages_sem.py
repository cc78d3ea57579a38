"""Every SEM rule has its page, and the page's examples do what they say."""

import re

import pytest

from mofkit.compiler import RULES, bind
from mofkit.diagnostics import Diagnostic, Rule, Severity
from mofkit.diagnostics.rule_page import render_page
from mofkit.source import MappingLoader
from mofkit.syntax import parse_source

RULE_PARAMETERS = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in RULES]


def findings(text: str) -> list[Diagnostic]:
    """Return everything about a file `fan.mof` that can include itself and `base.mof`."""
    loader = MappingLoader({"fan.mof": text.encode(), "base.mof": b"class Base {};"})
    result = parse_source(text, path="fan.mof")
    return [*result.diagnostics, *bind([result], loader=loader).diagnostics]


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_page_is_complete(rule: Rule) -> None:
    for field in ("what", "why", "example", "instead", "source"):
        text = getattr(rule, field)
        assert text.strip(), f"{field} is empty"
        assert text.endswith("\n") == (field in ("example", "instead"))
    assert re.fullmatch(r"(WBEMMOF_E_[A-Z0-9_]+ \(0x800440[0-9A-F]{2}\))?", rule.wbemmof)


def test_codes_and_names_are_well_formed_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"SEM[0-9]{3}", code) for code in codes)
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name) for name in names)


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_example_trips_the_rule_and_no_other(rule: Rule) -> None:
    found = findings(rule.example)
    assert {d.code for d in found if d.code.startswith("SEM")} == {rule.code}
    assert not [d for d in found if d.code != rule.code and d.severity is Severity.ERROR]


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_instead_has_no_findings(rule: Rule) -> None:
    assert [f"{d.code} {d.message}" for d in findings(rule.instead)] == []


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_page_fits_a_terminal(rule: Rule) -> None:
    assert max(map(len, render_page(rule).split("\n"))) <= 80
