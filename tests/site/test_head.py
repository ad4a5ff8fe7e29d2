"""The head of every page: what a link to it shows elsewhere, and where the feeds are; it holds on any path."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import kb
from incidentbook.site.head import Head, description

PROPERTY = re.compile(r'<meta property="(og:[a-z_]+)" content="([^"]*)">')
ALTERNATE = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">')


def test_every_page_of_a_site_says_what_it_is(built: Callable[[str], Path]) -> None:
    folder = built("public")
    found = [path for path in folder.rglob("*.html") if path.name != "404.html"]
    assert len(found) > 10
    for path in found:
        text = path.read_text(encoding="utf-8")
        told = dict(PROPERTY.findall(text))
        assert {"og:type", "og:site_name", "og:title", "og:description"} <= told.keys(), path
        assert re.search(r'<meta name="description" content="[^"]+">', text), path
        assert "og:image" not in told
        assert all(told.values()), path
        feeds = ALTERNATE.findall(text)
        assert len(feeds) == 3
        for href in feeds:
            assert (path.parent / href).resolve().is_relative_to(folder.resolve())
            assert (path.parent / href).is_file(), (path, href)


def test_pages_of_ones_own_are_described_by_their_first_paragraph(tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(
        tmp_path, {"docs/a.md": '# A\n\nFirst *one* with "quotes" & <b>more</b>.\n\nSecond.\n', "docs/b.md": "# B\n"}
    )
    kb.write(tmp_path, {"docs/c.md": "---\ndescription: Mine\n---\n\n# C\n\nOther.\n"})
    assert inc("site", "build", root=tmp_path).status == 0
    told = {name: (tmp_path / "site" / name / "index.html").read_text(encoding="utf-8") for name in "abc"}
    said = {name: dict(PROPERTY.findall(text)).get("og:description") for name, text in told.items()}
    assert html.unescape(str(said["a"])) == 'First one with "quotes" & more.'
    assert said["b"] is None
    assert said["c"] == "Mine"


def test_a_long_first_paragraph_ends_at_a_word() -> None:
    said = description(f"<p> </p><p class='x'>{'word ' * 60}</p>")
    assert len(said) <= 160
    assert said.endswith("word…")


@pytest.mark.parametrize("url", ["", "incidents/", "incidents/INC-2025-001/", "a/b/c.html", "404.html"])
def test_feeds_are_named_as_seen_from_the_page(url: str) -> None:
    made = Head(url, "T", "D", "S").markup
    for href in ALTERNATE.findall(made):
        assert posixpath.normpath(posixpath.join(posixpath.dirname(url), href)).startswith("feeds/")


def test_texts_cannot_leave_their_attributes() -> None:
    made = Head("a/", 'x"><script>', "d'\"", "<s>", "https://kb.example/a/").markup
    assert "<script>" not in made
    assert dict(PROPERTY.findall(made)) == {
        "og:type": "article", "og:site_name": "&lt;s&gt;", "og:title": "x&quot;&gt;&lt;script&gt;",
        "og:description": "d&#x27;&quot;", "og:url": "https://kb.example/a/",
    }  # fmt: skip
    home = Head("./", "Home", "", "Our base").markup
    assert 'og:type" content="website' in home
    assert 'og:title" content="Our base' in home
