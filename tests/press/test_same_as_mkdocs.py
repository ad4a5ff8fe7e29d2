"""What the press writes is, byte for byte, what MkDocs itself writes for the same page, whether made anew or kept."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

import kb

LONG = "\n\n".join(
    f"## Part {number}\n\nText *{number}* with `code`.\n\n### Detail {number}\n\n- a\n- b" for number in range(3)
)
FILES: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Harbour", "as_of": "2025-01-15T06:00:00Z", "default_disclosure": "public"},
    "incidents/2025/INC-2025-001.yml": kb.incident(1)
    | {"title": 'Fish & "chips" <b>fail</b>', "severity": "sev1", "links": {"related": ["INC-2025-002"]}},
    "incidents/2025/INC-2025-002.yml": kb.incident(2) | {"title": "{{ 7 * 7 }}", "summary": "See INC-2025-001"},
    "postmortems/2025/INC-2025-001.md": f"---\nincidents: [INC-2025-001]\nstatus: published\n---\n{LONG}\n",
    "playbooks/availability/failover.md": "---\nid: availability/failover\ntitle: Failover\n---\nNo heading but the title.\n",
}
CONFIG = """\
site_name: Test
site_url: {url}
repo_url: https://git.example.test/team/incidents
edit_uri: edit/main/docs/
use_directory_urls: {directories}
theme: {{name: material, features: [content.action.edit, navigation.tabs, navigation.path]}}
plugins:
  - search
  - incidentbook: {{audience: public, one_by_one: {one_by_one}, search: {search}}}
"""


def built(root: Path, name: str, **options: str) -> dict[str, bytes]:
    """Build the site of the knowledge base at ``root`` and return its files; of search index and sitemap the entries in order."""
    text = CONFIG.format(**{"search": "builtin"} | options)
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    target = root / "build" / name
    build_site(load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(target)))
    found = {str(path.relative_to(target)): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}
    if "search/search_index.json" in found:
        entries = json.loads(found["search/search_index.json"])["docs"]
        found["search/search_index.json"] = json.dumps(
            sorted(entries, key=lambda entry: str(entry["location"]))
        ).encode()
    found["sitemap.xml"] = b"".join(sorted(re.findall(rb"<loc>.*?</loc>", found["sitemap.xml"])))
    return {name: data for name, data in found.items() if not name.endswith(".gz")}  # it holds the time


@pytest.mark.parametrize("url", ["''", "https://example.test/kb/"])
@pytest.mark.parametrize("directories", ["true", "false"])
@pytest.mark.parametrize("search", ["builtin", "pagefind"])
def test_every_byte_is_what_mkdocs_writes(tmp_path: Path, url: str, directories: str, search: str) -> None:
    kb.write(tmp_path, FILES)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text("# Notes\n\n[One](incidents/INC-2025-001.md)\n", encoding="utf-8")
    options = {"url": url, "directories": directories, "search": search}
    theirs = built(tmp_path, "theirs", one_by_one="true", **options)
    shutil.rmtree(tmp_path / ".incidentbook")
    cold = built(tmp_path, "cold", one_by_one="false", **options)
    warm = built(tmp_path, "warm", one_by_one="false", **options)
    page = "incidents/INC-2025-001/index.html" if directories == "true" else "incidents/INC-2025-001.html"
    assert page in theirs
    assert {name for name in theirs if theirs[name] != cold.get(name)} == set()
    assert theirs == cold == warm


def test_an_article_is_made_anew_when_a_page_that_it_links_to_is_gone(tmp_path: Path) -> None:
    kb.write(tmp_path, FILES)
    (tmp_path / "docs").mkdir()
    options = {"one_by_one": "false", "url": "''", "directories": "true"}
    before = built(tmp_path, "before", **options)
    (tmp_path / "incidents/2025/INC-2025-002.yml").unlink()
    (tmp_path / "postmortems/2025/INC-2025-001.md").unlink()
    after = built(tmp_path, "after", **options)
    page = "incidents/INC-2025-001/index.html"
    assert b'href="../INC-2025-002/"' in before[page]
    assert b'href="../INC-2025-002/"' not in after[page]
    assert after == built(tmp_path, "again", **options | {"one_by_one": "true"})
