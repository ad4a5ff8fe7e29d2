"""The index of incidents and the page for what is not there, in a browser: what only scripts do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from watch import Watch

Visit = Callable[..., Page]

# The share of the window that moved, times how far: https://web.dev/articles/cls; below 0.1 is good.
MOVED = """() => new Promise((tell) => new PerformanceObserver((list, observer) => {
    observer.disconnect();
    tell(list.getEntries().reduce((sum, shift) => sum + shift.value, 0));
}).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => tell(0), 500))"""


def shown(page: Page) -> list[str]:
    """Return the ids of the rows in their order."""
    return page.locator(".ib-rows tbody small").all_inner_texts()


def count(page: Page, text: str) -> None:
    """Wait until the announced count says ``text``."""
    page.get_by_role("status").get_by_text(text, exact=True).wait_for()


def everything(visit: Visit) -> dict[str, str]:
    """Return what the row of each incident says, as a reader without script sees the table."""
    page = visit("incidents/", java_script_enabled=False)
    assert not page.locator("form.ib-filter").is_visible()
    said = page.locator(".ib-rows tbody tr").all_inner_texts()
    return dict(zip(shown(page), said, strict=True))


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_script_comes_late(visit: Visit, home: str, width: int) -> None:
    page = visit(viewport={"width": width, "height": 800})
    page.route("**/incidentbook.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(f"{home}incidents/")
    page.locator("th button").first.wait_for()
    assert page.evaluate(MOVED) < 0.01


def test_a_choice_narrows_the_table_and_stands_in_the_address(visit: Visit) -> None:
    rows = everything(visit)
    first = [name for name, said in rows.items() if "SEV-1" in said]
    assert 0 < len(first) < len(rows)
    page = visit("incidents/")
    count(page, f"All {len(rows)} incidents")
    page.get_by_text("SEV-1", exact=True).first.click()
    count(page, f"{len(first)} of {len(rows)} incidents")
    assert shown(page) == first
    assert page.url.endswith("/incidents/?severity=sev1")
    page.go_back()
    count(page, f"All {len(rows)} incidents")
    assert not page.get_by_label("SEV-1").is_checked()


def test_a_shared_address_shows_the_same(visit: Visit) -> None:
    rows = everything(visit)
    early = [name for name in rows if name.startswith("INC-2023")]
    page = visit("incidents/?period=2023-01-01..2023-12-31&sort=duration")
    count(page, f"{len(early)} of {len(rows)} incidents")
    assert sorted(shown(page)) == sorted(early)
    assert page.get_by_label("From").input_value() == "2023-01-01"
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Duration")


def test_what_there_is_not_is_not_asked_for(visit: Visit) -> None:
    rows = everything(visit)
    count(visit("incidents/?service=none-such&severity=sev9"), f"All {len(rows)} incidents")


def test_keys_are_enough(visit: Visit) -> None:
    rows = everything(visit)
    page = visit("incidents/")
    page.get_by_label("Words").focus()
    page.keyboard.type("failover")
    page.wait_for_url(re.compile(r"\?q=failover"))
    assert 0 < len(shown(page)) < len(rows)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    count(page, f"All {len(rows)} incidents")
    before = shown(page)
    page.get_by_role("button", name="Started").press("Enter")
    page.get_by_role("button", name="Started").press("Enter")
    assert shown(page) == before[::-1] or sorted(shown(page)) == sorted(before)
    page.get_by_role("button", name="Clear all").press("Enter")
    page.wait_for_url(re.compile(r"incidents/$"))
    assert shown(page) == before


def test_a_page_that_is_not_there_searches_for_the_words_of_its_address(visit: Visit, watch: Watch, root: str) -> None:
    page = visit("runbooks/database-failover/", at=root, status=404)
    page.wait_for_function("document.querySelector('.md-search__input').value === 'database failover'")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator(".ib-lost input").input_value() == "database failover"
    link = page.get_by_text("Look for it in the index of incidents")
    assert (link.get_attribute("href") or "").endswith("incidents/?q=database+failover")
    assert "the server responded with a status of 404" in watch.complaints.pop(0)
