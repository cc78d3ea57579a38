"""Every rule of mofkit.syntax has its page, and the page's examples do what they say."""

import re

import pytest

from mofkit.diagnostics import Rule, Severity
from mofkit.diagnostics.rule_page import render_page
from mofkit.syntax import parse_bytes, parse_source
from mofkit.syntax.rules import RULES

RULE_PARAMETERS = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in RULES]


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_page_is_complete(rule: Rule) -> None:
    for field in ("what", "why", "example", "instead", "source"):
        text = getattr(rule, field)
        assert text.strip(), f"{field} is empty"
        # Examples are whole files, and prose is wrapped where it is shown.
        assert text.endswith("\n") == (field in ("example", "instead"))
    assert re.fullmatch(r"(WBEMMOF_E_[A-Z0-9_]+ \(0x800440[0-9A-F]{2}\))?", rule.wbemmof)


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_code_and_name_are_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"(ENC|SYN)[0-9]{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_example_trips_the_rule(rule: Rule) -> None:
    """It trips the rule once, and is no error in any other way."""
    if rule.example_bytes is None:
        result = parse_source(rule.example)
    else:
        result = parse_bytes(rule.example_bytes)
    assert [d.code for d in result.diagnostics].count(rule.code) == 1
    others = [d for d in result.diagnostics if d.code != rule.code]
    assert not [f"{d.code} {d.message}" for d in others if d.severity >= Severity.ERROR]


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_instead_has_no_findings(rule: Rule) -> None:
    assert [f"{d.code} {d.message}" for d in parse_source(rule.instead).diagnostics] == []


@pytest.mark.parametrize("rule", RULE_PARAMETERS)
def test_page_fits_a_terminal(rule: Rule) -> None:
    page = render_page(rule)
    assert page.startswith(f"{rule.code} {rule.name} ({rule.severity.label})\n")
    assert max(map(len, page.split("\n"))) <= 80
