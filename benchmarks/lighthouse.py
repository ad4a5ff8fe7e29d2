"""Lighthouse on four pages of the example's site, as a phone on a slow line sees them: `make bench`.

The site is built anew and served with gzip, as a host of static sites does. Each page is measured in several rounds, of which
the median counts; a category below the floor is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))  # the server and the browser are those of the tests
import browsers  # noqa: E402
import static_server  # noqa: E402

TOOLS = Path(sys.prefix) / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "",
    "index": "incidents/",
    "incident": "incidents/INC-2025-001/",
    "playbook": "playbooks/availability/database-failover/",
}
FLOOR = 0.95


def main() -> int:
    """Build, serve, measure, print; return 1 where a category is below the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--desktop", action="store_true", help="as a computer on a fast line sees them")
    parser.add_argument("--why", action="store_true", help="name the audits that cost points")
    given = parser.parse_args()
    if reason := browsers.want() or _missing():
        print(f"Lighthouse is left out: {reason}")
        return 0
    with tempfile.TemporaryDirectory(prefix="incidentbook-") as folder:
        site = Path(folder) / "site"
        inc = Path(sys.executable).parent / "inc"
        subprocess.run(
            [inc, "site", "build", "--as-of", "2025-02-01", "--output", site],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with static_server.serve(site, packed=True) as home:
            found = {name: _rounds(home + address, given) for name, address in PAGES.items()}
    print(f"{'Lighthouse':12}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for name, scores in found.items():
        print(f"{name:12}" + "".join(f"{scores[category]:16.2f}" for category in CATEGORIES))
    low = min(score for scores in found.values() for score in scores.values())
    print(f"lowest {low:.2f}, floor {FLOOR}")
    return int(low < FLOOR)


def _rounds(url: str, given: argparse.Namespace) -> dict[str, float]:
    """Return the median score of each category."""
    reports = [_report(url, desktop=given.desktop) for _ in range(given.rounds)]
    if given.why:
        _explain(url, reports[-1])
    return {name: statistics.median(report["categories"][name]["score"] for report in reports) for name in CATEGORIES}


def _report(url: str, *, desktop: bool) -> dict[str, Any]:
    """Run Lighthouse once, in a browser of its own."""
    command = [
        TOOLS / "bin" / "node",
        TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js",
        url,
        "--quiet",
        "--output=json",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        f"--only-categories={','.join(CATEGORIES)}",
        *(["--preset=desktop"] if desktop else []),
    ]
    environment = os.environ | {"CHROME_PATH": browsers.program()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Lighthouse failed on {url}: {done.stderr.strip().splitlines()[-1]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _explain(url: str, report: dict[str, Any]) -> None:
    print(url)
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {name}: {audit['score']:.2f} {part['id']} {audit.get('displayValue', '')}")


def _missing() -> str:
    refused = TOOLS / "unavailable"
    return refused.read_text(encoding="utf-8").strip() if refused.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
