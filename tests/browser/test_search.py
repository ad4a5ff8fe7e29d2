"""The search of a large site in the header: found by typing, narrowed, by keyboard, by address, on a phone, and what it costs."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import axe
import kb
import static_server

ROOT = Path(__file__).parents[2]
RUNBOOK = "playbooks/availability/database-failover/"
RUNBOOK_TITLE = "Fail the primary database over by hand"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def large(inc: kb.Inc, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this repository's site as it would be with thousands of records; built once for all processes."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if shared.name.startswith("popen-") else shared
    root = shared / "large"
    with (shared / "large.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            for name in ("incidents", "postmortems", "playbooks", "policy", "docs"):
                shutil.copytree(ROOT / name, root / name)
            text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
            option = "      audience: public\n"
            assert option in text
            (root / "mkdocs.yml").write_text(
                text.replace(option, f"{option}      search: pagefind\n"), encoding="utf-8"
            )
            done = inc("site", "build", "--as-of", "2025-02-01", "--no-strict", root=root)
            assert done.status == 0, done.err
    return root / "site"


@pytest.fixture(scope="session", params=["/", "/kb/"])
def anywhere(large: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of its home page: at the root of a host, and under a sub-path."""
    with static_server.serve(large, request.param) as address:
        yield address


@pytest.fixture(scope="session")
def there(large: Path) -> Iterator[str]:
    """The address of its home page, packed as a host of static sites does."""
    with static_server.serve(large, "/kb/", packed=True) as address:
        yield address


def sought(page: Page, text: str) -> Any:
    """Type into the search, and return the first result once it is there."""
    page.locator(".md-search__input").fill(text)
    result = page.locator("header .md-search-result__link").first
    result.wait_for()
    return result


def test_one_search_leads_to_the_right_page(visit: Any, anywhere: str) -> None:
    page = visit("metrics/", at=anywhere)
    page.keyboard.press("/")
    page.keyboard.type("primary database does not respond")
    page.locator("header a", has_text=RUNBOOK_TITLE).first.click()
    page.wait_for_url(f"**/{RUNBOOK}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(RUNBOOK_TITLE)


def test_an_id_finds_the_incident_first(visit: Any, there: str) -> None:
    result = sought(visit(at=there), "INC-2025-001")
    assert (result.get_attribute("href") or "").endswith("/incidents/INC-2025-001/")
    expect(result.locator("mark").first).to_have_text("INC-2025-001")


def test_a_search_is_narrowed_by_severity_type_and_service(visit: Any, there: str) -> None:
    page = visit(at=there)
    sought(page, "database")
    count = page.get_by_role("status").filter(has_text="matching documents")
    before = count.inner_text()
    page.get_by_role("button", name="Filter").click()
    for name in ("Kind", "Severity", "Type", "Service"):
        expect(page.get_by_label(name, exact=True)).to_be_visible()
    page.get_by_label("Severity", exact=True).select_option("SEV-1")
    expect(count).not_to_have_text(before)
    results = page.locator("header .md-search-result__item")
    expect(results.first).to_be_visible()
    assert all("SEV-1" in result.inner_text() for result in results.all())
    page.get_by_label("Kind", exact=True).select_option("Post-mortems")
    expect(results.first).to_contain_text("Post-mortems")
    page.locator(".md-search__input").fill("")
    expect(results.first).to_contain_text("Post-mortems")  # a choice alone is a question, too
    page.get_by_role("button", name="Filter").click()
    expect(results).to_have_count(0)


def test_the_keyboard_alone_finds_and_opens_a_page(visit: Any, there: str) -> None:
    page = visit(at=there)
    page.keyboard.press("s")
    page.keyboard.type("failover")
    links = page.locator("header .md-search-result__link")
    links.nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()
    expect(page.locator(".md-search__input")).not_to_be_focused()
    page.keyboard.press("f")
    first = links.first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")


def test_tab_leaves_the_search(visit: Any, there: str) -> None:
    page = visit(at=there)
    sought(page, "INC-2025-001")
    page.locator("header .md-search-result__link").last.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator(".md-search__output")).to_be_hidden()


def test_an_address_holds_a_question(visit: Any, there: str) -> None:
    page = visit("?q=failover", at=there)
    page.locator("header a mark").first.wait_for()
    assert page.locator(".md-search__input").input_value() == "failover"
    page.keyboard.press("Escape")
    page.wait_for_url(there)


def test_an_address_that_leads_nowhere_is_searched_for(visit: Any, watch: Any, large: Path) -> None:
    with static_server.serve(large) as root:
        page = visit("incidents/INC-2025-001x/", at=root, status=404)
        page.locator("header a mark").first.wait_for()
        page.keyboard.press("Escape")
        page.locator("#ib-lost-words").fill("database failover")
        page.get_by_role("button", name="Search", exact=True).click()
        page.locator("header a", has_text=RUNBOOK_TITLE).first.wait_for()
        assert "404" in watch.complaints.pop(0)


def test_what_is_not_there_is_said_aloud(visit: Any, there: str) -> None:
    page = visit(at=there)
    page.locator(".md-search__input").fill("жжжж")
    expect(page.get_by_role("status").filter(has_text="No matching documents")).to_be_visible()


def test_an_index_that_cannot_be_read_is_said(visit: Any, watch: Any, there: str) -> None:
    page = visit(at=there)
    page.route("**/pagefind.js", lambda route: route.abort())
    page.locator(".md-search__input").fill("failover")
    expect(page.get_by_role("status").filter(has_text="cannot be loaded")).to_be_visible()
    page.unroute("**/pagefind.js")
    watch.complaints.clear()


def test_text_of_a_record_is_text_among_results(visit: Any, there: str) -> None:
    page = visit(at=there)
    page.route("**/*.pf_fragment", lambda route: route.fulfill(body=FRAGMENT))
    sought(page, "failover")
    assert page.locator("header .md-search-result img").count() == 0
    assert "<img src=x onerror" in page.locator("header .md-search-result__item").first.inner_text()


FRAGMENT = (
    b'pagefind_dcd{"url":"/","content":"<img src=x onerror=alert(1)> failover","word_count":5,"filters":{},'
    b'"meta":{"title":"<img src=x onerror=alert(1)>"},"anchors":[]}'
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE], ids=["desktop", "phone"])
def test_results_and_filters_have_no_violation(visit: Any, there: str, scheme: str, size: dict[str, int]) -> None:
    page = visit(at=there, color_scheme=scheme, viewport=size)
    if size == PHONE:
        page.locator("header label[for=__search]").first.click()
    sought(page, "database failover")
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Severity", exact=True).wait_for()
    page.evaluate("Promise.all(document.getAnimations().map(running => running.finished))")
    assert axe.violations(page, within="header") == []
    assert page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_nothing_is_loaded_before_a_reader_turns_to_it_and_little_then(visit: Any, watch: Any, there: str) -> None:
    page = visit(at=there)
    page.wait_for_load_state("networkidle")
    assert [url for url in watch.requests if "pagefind/" in url] == []
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    sought(page, "failover")
    page.wait_for_load_state("networkidle")
    assert 80_000 < sum(sizes) < 200_000


def test_without_script_there_is_no_dead_box(visit: Any, there: str) -> None:
    page = visit(at=there, java_script_enabled=False)
    assert not page.locator(".md-search__input").is_visible()
    phone = visit(at=there, java_script_enabled=False, viewport=PHONE)
    assert not phone.locator("header label[for=__search]").first.is_visible()
