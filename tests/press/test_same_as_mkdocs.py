"""What the press writes is, byte for byte, what MkDocs itself writes for the same page, whether made anew or kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import markdown
import pytest

import kb
from pressed import FILES, built


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


def test_the_themes_own_search_is_told_where_items_end_though_pages_are_not(tmp_path: Path) -> None:
    kb.write(tmp_path, FILES)
    (tmp_path / "docs").mkdir()
    site = built(tmp_path, "site", one_by_one="false", url="''", directories="true")
    index = site["search/search_index.json"].decode()
    assert index.count("<li>") == index.count("</li>") > 0
    article = site["incidents/INC-2025-001/index.html"].partition(b"<article")[2]
    assert b"<li>" in article
    assert b"</li><" not in article.partition(b"</article>")[0]
    assert b"</dd><" not in article.partition(b"</article>")[0]


def test_pages_with_the_same_headings_are_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    convert = markdown.Markdown.convert
    monkeypatch.setattr(
        markdown.Markdown, "convert", lambda self, text: (converted.append(text), convert(self, text))[1]
    )
    records = {f"incidents/2025/INC-2025-{number:03}.yml": kb.incident(number) for number in range(1, 21)}
    kb.write(tmp_path, {"policy/knowledge-base.yml": FILES["policy/knowledge-base.yml"], **records})
    (tmp_path / "docs").mkdir()
    site = built(tmp_path, "site", one_by_one="false", url="''", directories="true")
    pages = [name for name in site if name.startswith("incidents/INC-")]
    assert len(pages) == 20
    assert b'class="headerlink"' in site[pages[0]]
    assert len([text for text in converted if "## History" in text]) <= 2, "one has a record before it, one has none"
