"""The bytes of a reader's first search on a large site, over the wire: `make bench`.

Every incident has a post-mortem. Counted is all that Chromium asks for from the moment a reader turns to the search until the
results stand there: the program, the indexes and the excerpts shown; what has no packing of its own comes gzipped, as hosts of
static sites send it. A word of the generated text stands on every page, which no word of a real knowledge base does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from pages import Base

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the server and the browser are those of the tests
from playwright.sync_api import Browser, sync_playwright

import browsers
import static_server

QUERIES = {"an incident": "INC-2024-0042", "a word of every page": "failover", "two of them": "replica timeout"}


def main() -> int:
    """Build, search, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--site", type=Path, help="one that is built already")
    given = parser.parse_args()
    if reason := browsers.want():
        print(f"The first search is left out: {reason}")
        return 0
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        site = given.site
        if site is None:
            base = Base(Path(name).resolve(), given.records)
            base.build(cold=True)
            site = base.folder / "site"
        with static_server.serve(site, packed=True) as home, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=browsers.program())
            for what, query in QUERIES.items():
                count = first_search(browser, home, query)
                print(f"first search, {what:22} {count / 1000:6.0f} KB   must 300, aim 200")
            browser.close()
    return 0


def first_search(browser: Browser, home: str, query: str) -> int:
    """Return the bytes that a query brings to a browser which has only seen the home page."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(home, wait_until="networkidle")
        sizes: list[int] = []
        page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.locator(".md-search__input").fill(query)
        page.locator("header a mark").first.wait_for()
        page.wait_for_load_state("networkidle")
        return sum(sizes)


if __name__ == "__main__":
    sys.exit(main())
