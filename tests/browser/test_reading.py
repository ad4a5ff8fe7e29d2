"""A reader with a browser: finds a runbook, reads it on a phone, in the dark, by keyboard, without script and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

RUNBOOK = "playbooks/availability/database-failover/"
RUNBOOK_TITLE = "Fail the primary database over by hand"
RECORD = "incidents/INC-2024-002/"
SYMPTOM = "primary database does not respond"


def search_box(page: Page) -> Any:
    """The box in the header, whichever search stands behind it."""
    return page.locator("header input:visible").first


def luminance(page: Page) -> float:
    """How light the page's ground is, from 0 to 1."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]) / (3 * 255)


def focused(page: Page) -> str:
    """What the focused element says, or what it is for."""
    text: str = page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
    )
    return text


@pytest.mark.parametrize("at", ["home", "root"])
def test_one_search_leads_to_the_right_runbook(visit: Any, request: pytest.FixtureRequest, at: str) -> None:
    page = visit(at=request.getfixturevalue(at))
    search_box(page).press_sequentially(SYMPTOM)
    page.locator("header a", has_text=RUNBOOK_TITLE).first.click()
    page.wait_for_url(f"**/{RUNBOOK}**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(RUNBOOK_TITLE)


def test_the_keyboard_alone_finds_and_opens_a_runbook(visit: Any) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    for _ in range(20):
        page.keyboard.press("Tab")
        if search_box(page).evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type(SYMPTOM)
    result = page.locator("header a", has_text=RUNBOOK_TITLE).first
    result.wait_for()
    for _ in range(10):  # results come in while one types, and what had the focus may be gone
        page.keyboard.press("ArrowDown")
        if result.evaluate("link => link === document.activeElement"):
            break
    expect(result).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{RUNBOOK}**")


def test_the_skip_link_is_seen_when_it_has_the_focus_and_leads_past_the_header(visit: Any) -> None:
    page = visit(RUNBOOK)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('article').contains(document.activeElement)")


def test_whatever_has_the_focus_shows_it(visit: Any) -> None:
    page = visit(RUNBOOK)
    shown = "e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
    for _ in range(40):
        page.keyboard.press("Tab")
        place = page.locator(":focus")
        if page.evaluate("document.querySelector('article').contains(document.activeElement)"):
            assert place.evaluate(shown), place.evaluate("e => e.outerHTML")


def test_a_slash_goes_to_the_search_and_escape_leaves_it(visit: Any) -> None:
    page = visit("incidents/")
    page.keyboard.press("/")
    expect(search_box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(search_box(page)).not_to_be_focused()


def test_the_schemes_follow_the_reader_and_the_button_is_remembered(visit: Any) -> None:
    assert luminance(visit(color_scheme="light")) > 0.9
    page = visit(color_scheme="dark")
    assert luminance(page) < 0.2
    page.get_by_title("Switch to light mode").click()
    page.goto("metrics/")
    assert luminance(page) > 0.9


def test_the_index_of_incidents_is_a_table_without_script(visit: Any, site: Path) -> None:
    page = visit("incidents/", java_script_enabled=False)
    records = [folder.name for folder in (site / "incidents").iterdir() if folder.name.startswith("INC-")]
    assert len(records) > 10
    for record in records:
        row = page.locator("article table tr", has_text=record)
        expect(row.get_by_role("link").first).to_be_visible()
        assert (row.get_by_role("link").first.get_attribute("href") or "").endswith(f"{record}/")


def test_every_part_of_a_record_has_a_permanent_link(visit: Any) -> None:
    page = visit(RECORD)
    headings = page.locator("article :is(h1, h2)[id]")
    assert headings.count() > 5
    for heading in headings.all():
        expect(heading.locator(".headerlink")).to_have_attribute("href", f"#{heading.get_attribute('id')}")
    page.locator("h2#timeline").hover()
    page.locator("h2#timeline .headerlink").click()
    page.wait_for_url(f"**/{RECORD}#timeline")
    assert visit(RECORD, java_script_enabled=False).locator("article .headerlink").count() == 1, "that of the title"


def test_a_command_is_copied_as_it_stands(visit: Any) -> None:
    page = visit(RUNBOOK, permissions=["clipboard-read", "clipboard-write"])
    step = page.locator("li", has=page.locator("pre")).filter(has_text="nc -z -w 2").last
    step.scroll_into_view_if_needed()
    step.get_by_title("Copy").first.click()
    page.get_by_text("Copied").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").strip()
    assert copied == 'for n in db-1 db-2 db-3 witness; do nc -z -w 2 "$n" 5432 && echo "$n yes" || echo "$n no"; done'


def test_a_printed_runbook_holds_every_step_and_nothing_of_the_frame(visit: Any) -> None:
    page = visit(RUNBOOK)
    steps = page.locator(".ib-step")
    count = steps.count()
    assert count > 5
    page.emulate_media(media="print")
    for part in (".md-header", ".md-footer", ".md-tabs", ".md-sidebar", ".md-path"):
        assert page.locator(part).count(), part
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    assert all(step.is_visible() for step in steps.all())
    assert steps.first.evaluate("step => getComputedStyle(step).breakInside") == "avoid"
    clipped = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    assert page.locator(".ib-step pre, .ib-step code").evaluate_all(clipped) == []


def test_an_address_that_leads_nowhere_says_so_and_searches(visit: Any, watch: Any, root: str) -> None:
    page = visit("incidents/INC-1999-001/", at=root, status=404)
    search_box(page).press_sequentially(SYMPTOM)
    page.locator("header a", has_text=RUNBOOK_TITLE).first.wait_for()
    refused = watch.complaints.pop(0)
    assert refused.startswith("error: Failed to load resource: the server responded with a status of 404")
