"""Every kind of page, found by itself: no violation, no wider than a phone, nothing to complain of, no script needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import axe
import site_kinds
from watch import Watch

PHONES = (390, 320)  # pixels; the latter is what 1280 become at four times the size


@dataclass
class Look:
    """What one page showed: violations in both schemes, pixels that hang over the edge of a phone, complaints."""

    light: list[str]
    dark: list[str]
    over: dict[int, int]
    complaints: list[str]


@pytest.fixture(scope="module")
def looks(browser: Browser, site: Path, root: str) -> dict[str, Look]:
    """Each kind of page, opened once: opening takes most of the time."""
    return {f"{kind} ({at})": look(browser, root, at) for kind, at in site_kinds.kinds(site).items()}


def look(browser: Browser, root: str, address: str) -> Look:
    watch = Watch(root)
    with browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light") as context:
        watch.follow(context)
        page = context.new_page()
        page.goto(root + address)
        light = axe.violations(page)
        page.get_by_title("Switch to dark mode").click()
        page.locator("body[data-md-color-scheme=slate]").wait_for()
        dark = axe.violations(page, *axe.COLOURS)
        return Look(light, dark, {width: hangs_over(page, width) for width in PHONES}, watch.complaints)


def hangs_over(page: Page, width: int) -> int:
    """Return by how many pixels the page is wider than a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    found: int = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return found


def test_the_kinds_are_all_there(looks: dict[str, Look]) -> None:
    assert {name.split(" ")[0] for name in looks} >= {
        "404",
        "home",
        "incidents",
        "incidents/*",
        "metrics",
        "playbooks/*/*",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(looks: dict[str, Look], scheme: str) -> None:
    assert {name: found for name, look in looks.items() if (found := getattr(look, scheme))} == {}


@pytest.mark.parametrize("width", PHONES)
def test_no_page_is_wider_than_a_phone(looks: dict[str, Look], width: int) -> None:
    assert {name: look.over[width] for name, look in looks.items() if look.over[width] > 0} == {}


def test_no_page_asks_anybody_else_or_complains(looks: dict[str, Look]) -> None:
    assert {name: look.complaints for name, look in looks.items() if look.complaints} == {}


def test_every_page_can_be_read_without_script(visit: Any, site: Path, root: str) -> None:
    page = visit(at=root, java_script_enabled=False)
    for address in site_kinds.kinds(site).values():
        page.goto(address)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        hidden = page.locator("article table:not(details table) tr").evaluate_all(
            "rows => rows.filter(row => !row.checkVisibility()).map(row => row.textContent)"
        )
        assert hidden == [], address
