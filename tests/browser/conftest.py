"""The site of this repository in a real browser, which is watched: a test fails when anything on a page goes wrong.

The site hangs under a sub-path, as it does on many hosts, and the browser can reach nothing but this machine.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import browsers
import kb
import node_tools
import static_server
from watch import Watch

AS_OF = "2025-02-01"
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def site(inc: kb.Inc, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of this repository's knowledge base, built once for all processes that run tests."""
    shared = tmp_path_factory.getbasetemp()
    shared = (
        shared.parent if shared.name.startswith("popen-") else shared
    )  # one folder above those of xdist's processes
    folder = shared / "example-site"
    with (shared / "example-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            done = inc("site", "build", "--as-of", AS_OF, "--output", str(folder))
            assert done.status == 0, done.err
    return folder


@pytest.fixture(scope="session")
def home(site: Path) -> Iterator[str]:
    """The address of the site's home page, under a sub-path."""
    with static_server.serve(site, "/kb/") as address:
        yield address


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    """The address of the same site at the root of a host."""
    with static_server.serve(site) as address:
        yield address


@pytest.fixture(scope="module")  # for the session it would leave its event loop running under everybody else's tests
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The browser, with no name but this machine's to be resolved; a module's tests are skipped where there is none."""
    if reason := browsers.want():
        node_tools.go_without(request.node.name, "browser", reason)
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=browsers.program(), args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        )
        yield started
        started.close()


Visit = Callable[..., Page]


@pytest.fixture
def watch(home: str) -> Iterator[Watch]:
    """What the pages of this test asked for; it fails at its end if that was not the site alone, or if anything went wrong."""
    watch = Watch(home)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Visit]:
    """Open a page by its address below the home page: `visit("incidents/", color_scheme="dark")`.

    It may lead to another server's home (`at`), and may await an answer other than "found" (`status`).
    """
    contexts = []

    def open_page(address: str = "", *, at: str = "", status: int = 200, **options: Any) -> Page:
        watch.home = at or watch.home
        context = browser.new_context(
            **{"viewport": DESKTOP, "color_scheme": "light", "base_url": watch.home, **options}
        )
        context.set_default_timeout(10_000)
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        response = page.goto(address)
        assert response is not None
        assert response.status == status, f"{response.url}: {response.status}"
        return page

    yield open_page
    for context in contexts:
        context.close()
