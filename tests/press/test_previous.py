"""A second build moves over what comes out the same, and is byte for byte what a first one would have been."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kb
from incidentbook.press.article import Articles
from incidentbook.press.previous import Previous
from incidentbook.snapshot.store import Store
from pressed import FILES, built

OPTIONS = {"one_by_one": "false", "url": "https://example.test/kb/", "directories": "true"}
PAGE, OTHER = "incidents/INC-2025-001/index.html", "incidents/INC-2025-002/index.html"
DATA = "api/v1/incidents/INC-2025-002.json"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with an old page, an old file and something hidden, all set aside but the last."""
    for name in ("a/index.html", "api/one.json", "api/two.json", ".well-known/keep"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old", encoding="utf-8")
    return tmp_path


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.of(tmp_path_factory.mktemp("kb")) as store:
        yield store


def test_what_is_the_same_is_moved_and_what_is_not_is_written(site: Path, store: Store) -> None:
    inodes = {name: (site / name).stat().st_ino for name in ("a/index.html", "api/one.json")}
    previous = Previous(str(site), store, "")
    previous.set_aside()
    assert not (site / "a").exists()
    assert (site / ".well-known/keep").exists()
    for name in inodes:
        previous.write(str(site / name), b"old")
    previous.write(str(site / "api/two.json"), b"new")
    previous.write(str(site / "b/index.html"), b"old")
    previous.drop()
    assert {name: (site / name).stat().st_ino for name in inodes} == inodes
    assert (site / "api/two.json").read_bytes() == b"new"
    assert (site / "b/index.html").read_bytes() == b"old"
    assert sorted(path.name for path in site.iterdir()) == [".well-known", "a", "api", "b"]


def test_what_a_killed_build_left_is_taken_away(site: Path, store: Store) -> None:
    Previous(str(site), store, "").set_aside()
    again = Previous(str(site), store, "")
    again.set_aside()
    again.write(str(site / "a/index.html"), b"old")
    again.drop()
    assert sorted(path.name for path in site.iterdir()) == [".well-known", "a"]


def test_what_was_made_from_the_same_is_taken_over_unread(site: Path, store: Store) -> None:
    page = str(site / "a/index.html")
    first = Previous(str(site), store, "")
    first.set_aside()
    assert not first.keep(page, "1"), "nobody knows what it was made from"
    first.write(page, b"old", "1", [True, "of it"])
    first.drop()
    second = Previous(str(site), store, "")
    second.set_aside()
    assert [second.keep(page, "2"), second.keep(page, ""), second.keep(page, "1")] == [False, False, True]
    assert second.told(page) == [True, "of it"]
    second.drop()
    assert (site / "a/index.html").read_bytes() == b"old"
    (site / "a/index.html").write_bytes(b"by hand")
    third = Previous(str(site), store, "")
    third.set_aside()
    assert not third.keep(page, "1"), "somebody changed it"
    third.drop()
    other = Previous(str(site / "b"), store, "")
    other.set_aside()
    assert not other.keep(str(site / "b/a/index.html"), "1")


def test_a_rebuild_is_what_a_first_build_would_be(tmp_path: Path) -> None:
    kb.write(tmp_path, FILES)
    (tmp_path / "docs").mkdir()
    built(tmp_path, "site", **OPTIONS)
    inodes = {name: (tmp_path / "build/site" / name).stat().st_ino for name in (PAGE, OTHER)}
    (tmp_path / "build/site" / DATA).write_text("by hand", encoding="utf-8")
    kb.change(tmp_path, "incidents/2025/INC-2025-001.yml", "status: resolved", "status: closed")
    (tmp_path / "postmortems/2025/INC-2025-001.md").unlink()
    again = built(tmp_path, "site", **OPTIONS)
    assert (tmp_path / "build/site" / OTHER).stat().st_ino == inodes[OTHER], "it was taken over"
    assert again == built(tmp_path, "anew", **OPTIONS)
    assert not any(name.startswith("postmortems/INC") or "/." in f"/{name}" for name in again)


def test_a_page_is_made_anew_where_only_its_table_of_contents_would_be_another(tmp_path: Path) -> None:
    kb.write(tmp_path, FILES)
    (tmp_path / "docs").mkdir()
    entry = tmp_path / "overrides" / "partials" / "toc-item.html"
    entry.parent.mkdir(parents=True)
    options = OPTIONS | {"theme": f", custom_dir: {tmp_path / 'overrides'}"}
    for word in ("First", "Second"):
        entry.write_text(f"<li>{word} {{{{ toc_item.title }}}} {{{{ toc_item.url }}}}</li>", encoding="utf-8")
        assert f"{word} Timeline".encode() in built(tmp_path, "site", **options)[PAGE]


def test_of_a_page_that_is_as_it_was_not_even_the_article_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    of = Articles.of
    monkeypatch.setattr(Articles, "of", lambda self, sheet, stamp: (read.append(sheet.url), of(self, sheet, stamp))[1])
    options = OPTIONS | {"search": "pagefind"}
    kb.write(tmp_path, FILES)
    (tmp_path / "docs").mkdir()
    first = built(tmp_path, "site", **options)
    assert "incidents/INC-2025-002/" in read
    read.clear()
    assert built(tmp_path, "site", **options) == first
    assert read == []
    (tmp_path / "docs" / "notes.md").write_text("# Notes\n", encoding="utf-8")
    assert b"Notes" in built(tmp_path, "site", **options)[OTHER], "it is in the navigation of every page"
    assert set(read) >= {"incidents/INC-2025-001/", "incidents/INC-2025-002/"}
