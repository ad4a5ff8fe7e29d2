"""A small knowledge base whose site MkDocs builds with the press, or without it."""

from __future__ import annotations

import json
import re
from pathlib import Path

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
theme: {{name: material, features: [content.action.edit, navigation.tabs, navigation.path]{theme}}}
markdown_extensions: [{{toc: {{permalink: true}}}}]
plugins:
  - search
  - incidentbook: {{audience: public, one_by_one: {one_by_one}, search: {search}}}
"""


def built(root: Path, name: str, **options: str) -> dict[str, bytes]:
    """Build the site of the knowledge base at ``root`` and return its files; of search index and sitemap the entries in order."""
    text = CONFIG.format(**{"search": "builtin", "theme": ""} | options)
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    target = root / "build" / name
    build_site(load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(target)))
    found = {str(path.relative_to(target)): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}
    if "search/search_index.json" in found:
        entries = sorted(
            json.loads(found["search/search_index.json"])["docs"], key=lambda entry: str(entry["location"])
        )
        found["search/search_index.json"] = json.dumps(entries).encode()
    found["sitemap.xml"] = b"".join(sorted(re.findall(rb"<loc>.*?</loc>", found["sitemap.xml"])))
    return {name: data for name, data in found.items() if not name.endswith(".gz")}  # it holds the time
