"""The index of incidents and the page for what is not there, in a browser: what only scripts do."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site below /kb/, with its own page for what is not there."""

    def translate_path(self, path: str) -> str:
        """Find the file of an address."""
        return super().translate_path(path.removeprefix("/kb"))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's 404."""
        del message, explain
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - signature of the base class
        """Say nothing."""


@pytest.fixture(scope="module")
def address(built: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public build of the small knowledge base as if it stood in a folder of its host; return its address."""
    folder = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(built("public"), folder)
    lost = folder / "404.html"
    lost.write_text(lost.read_text(encoding="utf-8").replace('="/', '="/kb/'), encoding="utf-8")  # as `site_url` does
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/kb/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    """Open an empty page; no script on it may fail."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page()
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
        browser.close()
    assert errors == []


def shown(page: Page) -> list[str]:
    """Return the ids of the rows in their order."""
    return page.locator(".ib-rows tbody small").all_inner_texts()


def count(page: Page, text: str) -> None:
    """Wait until the announced count says ``text``."""
    page.get_by_role("status").get_by_text(text, exact=True).wait_for(timeout=5000)


def test_a_choice_narrows_the_table_and_stands_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}incidents/")
    count(page, "All 4 incidents")
    page.get_by_text("SEV-1", exact=True).first.click()
    count(page, "1 of 4 incidents")
    assert shown(page) == ["INC-2025-001"]
    assert page.url.endswith("/incidents/?severity=sev1")
    page.get_by_label("Started in").select_option("2024")
    count(page, "0 of 4 incidents")
    assert page.get_by_text("No incident is like that").is_visible()
    page.go_back()
    count(page, "1 of 4 incidents")
    page.go_back()
    count(page, "All 4 incidents")
    assert not page.get_by_label("SEV-1").is_checked()


def test_a_shared_address_shows_the_same(page: Page, address: str) -> None:
    page.goto(f"{address}incidents/?q=INC-20&period=2024-01-01..2025-01-11&sort=duration")
    count(page, "3 of 4 incidents")
    assert shown(page)[-1] == "INC-2025-001"  # an hour; the others say no length
    assert page.get_by_label("From").input_value() == "2024-01-01"
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Duration")
    page.goto(f"{address}incidents/?period=2025-01&service=none-such&severity=sev9")
    count(page, "2 of 4 incidents")  # what there is not is not asked for


def test_keys_are_enough(page: Page, address: str) -> None:
    page.goto(f"{address}incidents/")
    page.get_by_label("Words").focus()
    page.keyboard.type("burning")
    count(page, "1 of 4 incidents")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Started").press("Enter")
    page.get_by_role("button", name="Started").press("Enter")
    count(page, "All 4 incidents")
    assert shown(page)[0] == "INC-2024-002"
    page.get_by_role("button", name="Clear all").press("Enter")
    page.wait_for_url(f"{address}incidents/")
    assert shown(page)[0] == "INC-2025-003"


def test_without_a_script_the_whole_table_shows(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        bare = browser.new_context(java_script_enabled=False).new_page()
        bare.goto(f"{address}incidents/?severity=sev1")
        assert len(shown(bare)) == 4
        assert not bare.locator("form.ib-filter").is_visible()
        browser.close()


def test_a_page_that_is_not_there_searches_for_the_words_of_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}runbooks/fail-over/")
    page.wait_for_function("document.querySelector('.md-search__input').value === 'fail over'")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator(".ib-lost input").input_value() == "fail over"
    link = page.get_by_text("Look for it in the index of incidents")
    assert link.get_attribute("href") == f"{address}incidents/?q=fail+over"
