"""Pictures of the example's site for the guide, docs/guide/images: `make screenshots`.

The site is built anew as of the example's own day and opened in the browser of the tests. Chromium writes WebP by itself; quality
goes down until a picture is small enough to live in a repository.
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))  # the server and the browser are those of the tests
import browsers  # noqa: E402
import static_server  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "guide" / "images"
LARGEST = 120_000  # bytes
QUALITIES = range(90, 20, -10)
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
DARK = {**DESKTOP, "color_scheme": "dark"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "color_scheme": "light",
}
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "home": ("", DESKTOP),
    "incidents": ("incidents/?severity=sev1,sev2&sort=-duration", DESKTOP),
    "incident": ("incidents/INC-2025-001/", DESKTOP),
    "timeline": ("incidents/INC-2025-001/#timeline", DESKTOP),
    "actions-dark": ("actions/", DARK),
    "metrics": ("metrics/#charts", DESKTOP),
    "playbook-phone": ("playbooks/availability/database-failover/#steps", PHONE),
}


def main() -> int:
    """Build, serve, open and write each picture; return 1 where no browser can be had."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it is needed here only, and takes a while

    if reason := browsers.want():
        print(f"No pictures: {reason}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="incidentbook-") as folder:
        site = Path(folder) / "site"
        build = [Path(sys.executable).parent / "inc", "site", "build", "--output", site]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with static_server.serve(site) as home, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=browsers.program())
            for name, (address, options) in PICTURES.items():
                picture = taken(browser, home + address, options)
                (FOLDER / f"{name}.webp").write_bytes(picture)
                print(f"docs/guide/images/{name}.webp  {len(picture):,} bytes")
            browser.close()
    return 0


def taken(browser: Browser, address: str, options: dict[str, Any]) -> bytes:
    """Return what the window shows of a page, once nothing moves in it any more."""
    with browser.new_context(**options) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.evaluate("Promise.all(document.getAnimations().map(running => running.finished))")
        return packed(page)


def packed(page: Page) -> bytes:
    """Return the picture of a page as WebP, as good as the limit of its size allows."""
    protocol = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        answer = protocol.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        picture = base64.b64decode(answer["data"])
        if len(picture) <= LARGEST:
            break
    return picture


if __name__ == "__main__":
    sys.exit(main())
