"""Which search a site gets, what finds its pages, and what a change costs."""

from __future__ import annotations

import gzip
import json
import logging
import sys
from pathlib import Path
from typing import Any

import cbor2
import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

import kb
from incidentbook.press import pagefind, search
from incidentbook.press.pagefind import Found

FILES: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Shore", "time_zone": "UTC", "default_disclosure": "public"},
    "policy/services.yml": {"services": {"api": {"name": "Public API"}}},
    "incidents/2025/INC-2025-001.yml": kb.incident(1)
    | {"title": "Fish & <b>chips</b>", "summary": "Whelk", "severity": "sev1", "type": "capacity", "services": ["api"]},
    "incidents/2025/INC-2025-002.yml": kb.incident(2)
    | {"title": "Limpet", "links": {"related": ["INC-2025-001"]}, "field_disclosure": {"severity": "internal"}},
    "postmortems/2025/INC-2025-001.md": "---\nincidents: [INC-2025-001]\nstatus: published\n---\n## Lessons\n\nMussel.\n",
    "playbooks/availability/failover.md": "---\nid: availability/failover\ntitle: Failover\n---\nBarnacle.\n",
}


def configured(root: Path, wanted: str = "pagefind", plugins: str = "search, ") -> MkDocsConfig:
    """Configure the site of a knowledge base that has a page of its own."""
    text = f"site_name: Test\ntheme: {{name: material}}\nplugins: [{plugins}incidentbook: {{search: {wanted}}}]\n"
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "notes.md").write_text("# Notes\n\n## Depth\n\nPeriwinkle.\n", encoding="utf-8")
    return load_config(config_file=str(root / "mkdocs.yml"))


def built(root: Path, wanted: str = "pagefind", plugins: str = "search, ") -> Path:
    """Build that site, and return its folder."""
    build_site(configured(root, wanted, plugins))
    return root / "site"


def fragments(site: Path) -> dict[str, dict[str, Any]]:
    """Return what Pagefind shows of each page, by address."""
    files = (site / search.FOLDER).rglob("*.pf_fragment")
    found = [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in files]
    return {page["url"]: page for page in found}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kb")
    kb.write(root, FILES)
    return built(root)


def test_records_playbooks_and_pages_of_ones_own_are_found(site: Path) -> None:
    found = fragments(site)
    assert {url: url in found for url in (
        "/incidents/INC-2025-001/", "/postmortems/INC-2025-001/", "/playbooks/availability/failover/", "/notes/", "/incidents/"
    )} == {
        "/incidents/INC-2025-001/": True, "/postmortems/INC-2025-001/": True, "/playbooks/availability/failover/": True,
        "/notes/": True, "/incidents/": False,
    }  # fmt: skip
    assert found["/incidents/INC-2025-001/"]["meta"]["title"] == "INC-2025-001 Fish & <b>chips</b>"
    assert "Whelk" in found["/incidents/INC-2025-001/"]["content"]
    assert "Mussel" in found["/postmortems/INC-2025-001/"]["content"]
    assert [anchor["id"] for anchor in found["/notes/"]["anchors"]] == ["depth"]


def test_a_record_is_not_found_by_what_its_page_tells_of_others(site: Path) -> None:
    page = fragments(site)["/incidents/INC-2025-002/"]["content"]
    assert "chips" in (site / "incidents/INC-2025-002/index.html").read_text(encoding="utf-8")
    assert "chips" not in page
    assert "Permanent link" not in page
    assert "For machines" not in page


def test_a_search_is_narrowed_to_what_the_reader_may_see(site: Path) -> None:
    found = fragments(site)
    narrowed = {"Severity": ["SEV-1"], "Type": ["Capacity"], "Service": ["Public API"]}
    assert found["/incidents/INC-2025-001/"]["filters"] == {"Kind": ["Incidents"], **narrowed}
    assert found["/postmortems/INC-2025-001/"]["filters"] == {"Kind": ["Post-mortems"], **narrowed}
    assert "Severity" not in found["/incidents/INC-2025-002/"]["filters"]


def test_nothing_of_the_other_search_is_in_the_site(site: Path) -> None:
    assert (site / "pagefind" / "pagefind.js").exists()
    assert not (site / "search").exists()
    assert not (site / "assets/javascripts/workers").exists()
    assert "'wasm-unsafe-eval'" in (site / "index.html").read_text(encoding="utf-8")
    assert "data-pagefind=" in (site / "incidents/INC-2025-001/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("wanted", ["builtin", "auto"])
def test_a_small_site_has_the_themes_own(tmp_path: Path, wanted: str) -> None:
    kb.write(tmp_path, FILES)
    site = built(tmp_path, wanted)
    assert (site / "search" / "search_index.json").exists()
    assert not (site / "pagefind").exists()
    assert "wasm" not in (site / "index.html").read_text(encoding="utf-8")


def test_a_large_site_has_pagefind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb.write(tmp_path, FILES)
    monkeypatch.setattr(search, "MANY", 3)
    assert (built(tmp_path, "auto") / "pagefind" / "pagefind.js").exists()


def test_without_the_plugin_search_there_is_none(tmp_path: Path) -> None:
    kb.write(tmp_path, FILES)
    site = built(tmp_path, plugins="")
    assert not (site / "search").exists()
    assert not (site / "pagefind").exists()
    assert "md-search__input" not in (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where it is not installed."""
    monkeypatch.setitem(sys.modules, "pagefind.service", None)


@pytest.mark.usefixtures("without_pagefind")
def test_without_pagefind_a_large_site_has_the_themes_own_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kb.write(tmp_path, FILES)
    monkeypatch.setattr(search, "MANY", 3)
    with caplog.at_level(logging.INFO):
        site = built(tmp_path, "auto")
    assert (site / "search" / "search_index.json").exists()
    assert 'pip install "incidentbook[search]"' in caplog.text


@pytest.mark.usefixtures("without_pagefind")
def test_pagefind_that_is_wanted_and_not_installed_is_a_sentence(tmp_path: Path) -> None:
    kb.write(tmp_path, FILES)
    config = configured(tmp_path)
    with pytest.raises(PluginError, match=r'not installed. Install it with: pip install "incidentbook\[search\]"'):
        config.plugins.on_config(config)


def test_the_same_pages_give_the_same_bytes() -> None:
    facets = [
        ("Severity", "SEV-1"),
        ("Type", "Capacity"),
        ("Service", "API"),
        ("Service", "Search"),
        ("Kind", "Incidents"),
    ]
    pages = [
        Found(f"incidents/{number}/", f"Title {number}", f"word{number} common", "", 1.5, tuple(facets[number % 3 :]))
        for number in range(30)
    ]
    first = pagefind.packed(pages, "en")
    assert all(pagefind.packed(pages, "en") == first for _ in range(3))


def test_a_question_for_one_word_brings_little_else() -> None:
    words = ["anchor", "buoy", "fender", "harbor", "lantern", "mast"]  # 2,400 places each: a page, and where on it
    pages = [Found(f"p{number}/", "Page", f"<p>{' '.join(words)}</p>", "") for number in range(1200)]
    files = pagefind.unpacked(pagefind.packed(pages, "en"), program=False)
    parts = [held_words(content) for name, content in files.items() if name.endswith(".pf_index")]
    assert sorted(word for part in parts for word in part if word != "page") == words
    assert max(map(len, parts)) == 2


def held_words(packed: bytes) -> list[str]:
    """Return the words of a part of an index."""
    (words,) = cbor2.loads(gzip.decompress(packed).removeprefix(b"pagefind_dcd"))
    return [word[0] for word in words]


def test_only_the_index_of_a_changed_record_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"incidents/2025/{number}.yml": kb.incident(number, disclosure="public") for number in range(1, 13)}
    kb.write(tmp_path, files)
    monkeypatch.setattr(search, "_TOGETHER", 4)
    made: list[int] = []
    packed = pagefind.packed

    def counted(pages: list[Found], language: str) -> bytes:
        made.append(len(pages))
        return packed(pages, language)

    monkeypatch.setattr(pagefind, "packed", counted)
    indexes = json.loads((built(tmp_path) / "pagefind" / "indexes.json").read_text(encoding="utf-8"))
    assert len(indexes) == 3
    assert len(made) == 4
    made.clear()
    built(tmp_path)
    assert made == []
    kb.write(tmp_path, {"incidents/2025/7.yml": kb.incident(7, disclosure="public", summary="Whelk")})
    site = built(tmp_path)
    assert 1 <= len(made) <= 2, "its own, and the one of pages that tell of many"
    assert "Whelk" in fragments(site)["/incidents/INC-2025-007/"]["content"]


def test_what_pagefind_says_no_to_is_a_sentence() -> None:
    with pytest.raises(pagefind.PagefindError, match="Pagefind made no index"):
        pagefind.packed([], "en")
