"""The site as MkDocs builds it: strict, with nothing narrower in it, and with nothing asked of third parties."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import kb

CANARIES = {"public": "canary-public-7d1f", "internal": "canary-internal-4c9a", "restricted": "canary-restricted-b83e"}
Built = Callable[[str], Path]
LOADS = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "use": "href",
}


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a build by its path, compressed ones unpacked."""
    found = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        data = path.read_bytes()
        found[str(path.relative_to(folder))] = gzip.decompress(data) if path.suffix == ".gz" else data
    return found


class Loads(HTMLParser):
    """Collects what a browser would fetch by itself, and the ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        url = given.get(LOADS.get(tag, ""))
        if url and given.get("rel") != "canonical":
            self.fetched.append(url)
        self.handlers += [name for name in given if name.startswith("on")]


@pytest.mark.parametrize("audience", ["public", "internal", "restricted"])
def test_a_build_holds_what_its_audience_may_see_and_nothing_narrower(built: Built, audience: str) -> None:
    rank = list(CANARIES).index(audience)
    files = content(built(audience))
    for index, (level, canary) in enumerate(CANARIES.items()):
        holding = [name for name, data in files.items() if canary.encode() in data or canary in name]
        assert bool(holding) == (index <= rank), (level, holding)
    if audience == "public":
        assert not [name for name in files if "INC-2025-002" in name]


@pytest.fixture(scope="session")
def example(inc: kb.Inc, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A strict build of this repository's own site."""
    folder = tmp_path_factory.mktemp("example") / "site"
    result = inc("site", "build", "--output", str(folder))
    assert result.status == 0, result.err
    assert re.search(
        r"^Site: .*index\.html \(\d+ pages, public view, as of 2025-01-15T06:00:00Z\)$", result.out.strip()
    )
    return folder


@pytest.mark.parametrize("which", ["example", "small"])
def test_a_browser_fetches_nothing_from_elsewhere(built: Built, which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue("example") if which == "example" else built("restricted")
    for path in folder.rglob("*.html"):
        page = Loads()
        page.feed(path.read_text(encoding="utf-8"))
        away = [url for url in page.fetched if "//" in url]
        assert away == [], path
        assert page.handlers == [], path
    for path in folder.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", path.read_text(encoding="utf-8")), path


def test_no_script_asks_the_code_host_for_stars(example: Path) -> None:
    assert 'data-md-component="source"' not in (example / "index.html").read_text(encoding="utf-8")


def test_text_of_records_runs_nowhere(built: Built) -> None:
    for path in built("public").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>alert" not in page, path
        assert "onerror" not in re.sub(r"&lt;.*?&gt;|&#60;.*?&#62;", "", page), path
        assert "49" not in page.partition("Payments fail")[2][:60], path


def test_the_guide_and_every_kind_of_page_are_there(example: Path) -> None:
    for name in (
        "incidents",
        "postmortems",
        "playbooks",
        "actions",
        "metrics",
        "guide/publishing",
        "incidents/INC-2025-001",
    ):
        assert (example / name / "index.html").is_file()


def test_a_detail_page_knows_its_tab_its_path_and_its_record(example: Path) -> None:
    page = (example / "incidents/INC-2025-001/index.html").read_text(encoding="utf-8")
    active = re.search(r'md-tabs__item--active">\s*<a href="([^"]*)"', page)
    assert active is not None
    assert active[1] == "../"
    assert "https://git.harbourline.example/reliability/incidents/edit/main/incidents/2025/INC-2025-001.yml" in page
    assert '<meta name="description" content="SEV-1 incident of 2025-01-15' in page


def test_incident_pages_stay_out_of_the_navigation(example: Path) -> None:
    home = (example / "index.html").read_text(encoding="utf-8")
    navigation = home.partition('aria-label="Navigation"')[2].partition("</nav>")[0]
    assert "INC-" not in navigation


def test_search_finds_pages_and_not_the_lists_of_them(example: Path) -> None:
    index = (example / "search" / "search_index.json").read_text(encoding="utf-8")
    assert '"location":"incidents/INC-2025-001/"' in index
    assert '"location":"incidents/"' not in index


def test_the_build_left_the_sources_alone(example: Path) -> None:
    assert example.is_dir()
    assert not (kb.ROOT / "docs" / "index.md").exists()
    assert not (kb.ROOT / "docs" / "incidents").exists()
