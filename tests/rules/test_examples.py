"""The examples in a rule's documentation are true: the bad one is found by that rule, the good one by none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding
from incidentbook.rules import HEADINGS, discover
from rule_examples import files, section

RULES = {rule.code: rule for rule in discover()}


@pytest.mark.parametrize("code", RULES)
def test_bad_example_is_found(code: str, check: Callable[..., list[Finding]]) -> None:
    found = check(files(section(RULES[code], "Bad example")))
    assert code in {finding.code for finding in found}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_alone_says_what_it_says_among_all(code: str, check: Callable[..., list[Finding]]) -> None:
    """No rule leans on what another has looked up before: `--select` chooses, and changes nothing."""
    made = files(section(RULES[code], "Bad example"))
    assert check(made, rules=[RULES[code]]) == [finding for finding in check(made) if finding.code == code]


@pytest.mark.parametrize("code", RULES)
def test_good_example_is_not(code: str, check: Callable[..., list[Finding]]) -> None:
    assert code not in {finding.code for finding in check(files(section(RULES[code], "Good example")))}


@pytest.mark.parametrize("code", RULES)
def test_documentation_is_whole(code: str) -> None:
    rule = RULES[code]
    assert all(section(rule, heading).strip() for heading in HEADINGS)
    assert rule.documentation.split("\n", 1)[0].endswith(".")
    assert not rule.summary.endswith(".")


def test_the_base_of_all_these_tests_is_clean(check: Callable[..., list[Finding]]) -> None:
    assert check({}) == []
