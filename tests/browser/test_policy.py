"""The Content-Security-Policy at work: what slipped into an article does not run, and a preview still reloads itself."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import kb
import static_server
from incidentbook.site import content_policy
from watch import Watch

PLANTED = """
<script>document.title = "ran"</script>
<img src="missing.png" onerror="document.title = 'ran'">
<a id="planted" href="javascript:document.title = 'ran'">link</a>
<script src="https://elsewhere.example/a.js"></script>
<iframe src="https://elsewhere.example/"></iframe>
<form action="https://elsewhere.example/"><button id="send">Send</button></form>
"""


@pytest.fixture
def hostile(site: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a page into whose article somebody got what no record may hold, before it was given its policy."""
    html = (site / "index.html").read_text(encoding="utf-8")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace(
        "</article>", f"{PLANTED}</article>"
    )
    (tmp_path / "index.html").write_text(content_policy.apply(html), encoding="utf-8")
    (tmp_path / "assets").symlink_to(site / "assets")
    (tmp_path / "search").symlink_to(site / "search")
    (tmp_path / "404.html").symlink_to(site / "404.html")
    with static_server.serve(tmp_path) as address:
        yield address


def test_what_slipped_into_an_article_does_not_run_and_reaches_nobody(visit: Any, watch: Watch, hostile: str) -> None:
    page = visit(at=hostile)
    title = page.title()
    page.locator("#planted").click()
    page.get_by_title("Switch to dark mode").click()  # the theme's own scripts run
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    assert page.title() == title != "ran"
    assert page.url == hostile
    with page.expect_console_message(lambda said: "form-action" in said.text):
        page.locator("#send").evaluate("button => button.click()")  # a click of a mouse would wait for an answer
    refused = [said for said in watch.complaints if "Content Security Policy" in said]
    for directive in ("script-src", "form-action", "frame-src"):
        assert any(directive in said for said in refused), directive
    assert len(refused) >= 5
    asked = [url for url in watch.requests if not url.startswith(hostile)]
    assert set(asked) <= {
        "https://elsewhere.example/a.js",
        "https://elsewhere.example/",
    }  # named as refused before they left
    watch.complaints.clear()


def test_a_test_hears_of_every_error_and_foreign_request(visit: Any, watch: Watch) -> None:
    page = visit("metrics/")
    assert watch.complaints == []
    page.evaluate("new Image().src = 'https://elsewhere.example/pixel.png'")
    page.evaluate("console.error('broken')")
    page.evaluate("void setTimeout(() => { throw new Error('thrown') }, 0)")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    told = "\n".join(watch.complaints)
    assert "img-src" in told
    assert "error: broken" in told
    assert "error: thrown" in told
    watch.complaints.clear()


def test_a_preview_reloads_itself_under_its_policy(visit: Any, tmp_path: Path) -> None:
    record = kb.incident(1) | {"title": "Before", "disclosure": "public"}
    kb.write(tmp_path, {"incidents/2025/a.yml": record})
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "incidentbook", "-C", str(tmp_path), "site", "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as preview:
        try:
            address = f"http://127.0.0.1:{port}/"
            _await(address)
            page = visit("incidents/INC-2025-001/", at=address)
            expect(page.get_by_role("heading", level=1)).to_contain_text("Before")
            kb.write(tmp_path, {"incidents/2025/a.yml": record | {"title": "After"}})
            expect(page.get_by_role("heading", level=1)).to_contain_text("After", timeout=30_000)
            page.goto("about:blank")
        finally:
            preview.send_signal(signal.SIGINT)


def _await(address: str) -> None:
    """Wait until somebody answers, for half a minute at most."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
            return
        time.sleep(0.1)
    pytest.fail(f"{address} does not answer")
