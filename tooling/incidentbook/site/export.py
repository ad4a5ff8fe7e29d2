"""The whole site as files for any engine that reads ``mkdocs.yml``: pages in Markdown, feeds, JSON, stylesheet, configuration."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from incidentbook import resources, source, yaml12
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.site import feeds, navigation
from incidentbook.site.data_file import DataFile
from incidentbook.site.page import Page

DOCS, OVERRIDES = "docs", "overrides"
CONFIGURATION = "mkdocs.yml"
_ABOVE = (
    "# Written by `inc site pages`, which writes it anew. MkDocs with Material builds it, and so does Zensical:\n"
    "#   mkdocs build      zensical build\n"
)
# Title and description of our pages are escaped in their front matter, as themes put them into the head as they are.
_HEAD = """\
{% extends "base.html" %}
{% block extrahead %}
  {% if page %}
  <meta property="og:type" content="article">
  <meta property="og:site_name" content="{{ config.site_name }}">
  {% if page.meta and page.meta.title %}{% set title = page.meta.title %}{% else %}{% set title = page.title %}{% endif %}
  <meta property="og:title" content="{{ title }}">
  {% if page.meta and page.meta.description %}<meta property="og:description" content="{{ page.meta.description }}">{% endif %}
  {% if page.canonical_url %}<meta property="og:url" content="{{ page.canonical_url }}">{% endif %}
  {% endif %}
LINKS
{% endblock %}
"""


def files(
    house: KnowledgeBase,
    pages: Sequence[Page],
    data: Iterable[DataFile],
    assets: Path,
    own: Mapping[str, bytes],
    address: str = "",
) -> dict[str, bytes]:
    """Return every file by its path in the folder that an engine builds.

    Args:
        house: names the site.
        pages: as ``site`` renders them.
        data: what stands beside the pages.
        assets: the folder of our stylesheets and scripts, which pages name from ``assets/``.
        own: what the knowledge base keeps in its ``docs`` folder, by path; it goes before pages of the same name.
        address: of the site; empty where it is not known.

    """
    docs = {page.path: page.text.encode() for page in pages}
    docs |= {item.path: item.text.encode() for item in data}
    found = sorted(path for path in assets.rglob("*") if path.is_file())
    named = [f"assets/{path.relative_to(assets).as_posix()}" for path in found]
    docs |= {name: path.read_bytes() for name, path in zip(named, found, strict=True)} | dict(own)
    written = {page.path for page in pages}
    settings = _settings(house, named) | ({"site_url": address} if address else {})
    settings["nav"] = navigation.compose(pages, [path for path in own if path.endswith(".md") and path not in written])
    return {
        CONFIGURATION: (_ABOVE + yaml12.dump(settings)).encode(),
        f"{OVERRIDES}/main.html": _head().encode(),
        **{f"{DOCS}/{path}": content for path, content in docs.items()},
    }


def _settings(house: KnowledgeBase, assets: Sequence[str]) -> dict[str, Any]:
    """Return the configuration of a new knowledge base without our plugin, whose work is done."""
    text = (resources.templates_dir() / CONFIGURATION).read_text(encoding="utf-8")
    settings: dict[str, Any] = dict(source.load(text).value)
    about = {"site_description": html.escape(house.description, quote=False)} if house.description else {}
    return {
        **settings,
        "site_name": html.escape(house.name, quote=False),
        **about,
        "docs_dir": DOCS,
        "theme": {**settings["theme"], "custom_dir": OVERRIDES},
        "plugins": ["search"],
        "extra_css": [path for path in assets if path.endswith(".css")],
        "extra_javascript": [path for path in assets if path.endswith(".js")],
    }


def _head() -> str:
    links = (
        f'  <link rel="alternate" type="{module.MEDIA}" title="{module.TITLE}" href="{{{{ \'{module.PATH}\' | url }}}}">'
        for module in feeds.registry()
        if module.MEDIA == feeds.ATOM
    )
    return _HEAD.replace("LINKS", "\n".join(links))
