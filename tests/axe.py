"""axe-core, which judges whether everybody can use a page, on a page of a browser that a test drives."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import node_tools

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")  # all that a colour scheme, or paper, can change
# All rules but experimental ones; of a violation its first places are told, and what is wrong there.
_RUN = """([within, rules]) => axe.run(within, rules.length ? {runOnly: rules} : {resultTypes: ["violations"]})
  .then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.slice(0, 3).map(({target, failureSummary}) => `${id}: ${target}: ${failureSummary.replace(/\\s+/g, " ")}`)))"""


def violations(page: Page, *rules: str, within: str = "html") -> list[str]:
    """Run all rules, or some, on a part of what the page shows now; DevTools puts axe there, past the page's policy."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_program())
    found: list[str] = page.evaluate(_RUN, [within, rules])
    return found


@functools.cache
def _program() -> str:
    """Return the text of axe-core; the test is skipped where Node's tools are not installed."""
    if reason := node_tools.want():
        node_tools.go_without("axe-core", "node", reason)
    return (node_tools.FOLDER / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
