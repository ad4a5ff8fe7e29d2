"""axe-core finds nothing on any kind of page in either colour scheme: the theme's own parts count as ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import node_tools
import site_kinds

SCHEMES = ("light", "dark")
# Every rule but experimental ones; a violation is told with the first places and what is wrong there.
RUN = """() => axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.map(({id, nodes}) => [
  id, nodes.length, nodes.slice(0, 3).map(({target, failureSummary}) => `${target.join(" ")}: ${failureSummary}`),
]))"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The program text of axe-core; the tests are skipped where Node's tools are not installed."""
    if reason := node_tools.want():
        node_tools.go_without("axe-core", "node", reason)
    return (node_tools.FOLDER / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[Any]:
    """Run axe on what the page shows now; DevTools puts it there, past the page's policy."""
    page.evaluate(axe)
    found: list[Any] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_kind_of_page_has_a_violation(visit: Any, site: Path, axe: str, scheme: str) -> None:
    bad = {}
    for kind, address in site_kinds.kinds(site).items():
        page = visit(address, color_scheme=scheme)
        if found := violations(page, axe):
            bad[kind] = found
        page.context.close()
    assert bad == {}
