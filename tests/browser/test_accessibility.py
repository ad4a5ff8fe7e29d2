"""axe-core on what only shows when somebody uses it: all colours of code, results of a search, a phone's menu, paper."""

from __future__ import annotations

from typing import Any

import pytest

import axe

RUNBOOK = "playbooks/availability/database-failover/"
# Write a word in each colour that the stylesheets name for code; return how many there are.
TOKENS = """() => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const names = new Set(rules.flatMap((rule) => [rule, ...(rule.cssRules ?? [])]).flatMap((rule) => [...(rule.style ?? [])])
    .filter((name) => /^--md-code-hl-.+-color$/.test(name)));
  for (const name of names) {
    const token = document.createElement("span");
    token.textContent = `${name} `;
    token.style.color = `var(${name})`;
    document.querySelector("pre > code").append(token);
  }
  return names.size;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_code_can_be_read(visit: Any, scheme: str) -> None:
    page = visit(RUNBOOK, color_scheme=scheme)
    assert page.evaluate(TOKENS) >= 12
    assert axe.violations(page, "color-contrast", within="pre > code") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_of_a_search_have_no_violation(visit: Any, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    page.locator("header input:visible").first.press_sequentially("database failover")
    page.locator("header a mark").first.wait_for()
    assert axe.violations(page, within="header") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_on_a_phone_has_no_violation(visit: Any, scheme: str) -> None:
    page = visit("incidents/", color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.locator("header label[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_role("link", name="Playbooks").first.wait_for()
    page.evaluate(
        "Promise.all(document.getAnimations().map(running => running.finished))"
    )  # it slides in, and so do colours
    assert axe.violations(page, within=".md-sidebar--primary") == []


@pytest.mark.parametrize("address", [RUNBOOK, "", "incidents/INC-2025-001/"])
def test_what_is_printed_from_the_dark_scheme_is_dark_ink_on_white(visit: Any, address: str) -> None:
    page = visit(address, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert axe.violations(page, "color-contrast", within="article") == []
