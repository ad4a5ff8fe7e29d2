"""`inc site pages`: a folder that other engines build, over nothing that somebody else put there."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest

import kb
from incidentbook import resources, source
from incidentbook.site import folder

SMALL: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Test & co", "time_zone": "UTC", "as_of": "2025-01-15T06:00:00Z"},
    "incidents/2025/a.yml": kb.incident(1) | {"disclosure": "public", "title": "Seen {{ 7*7 }} <b>by</b> all"},
    "incidents/2025/b.yml": kb.incident(2) | {"disclosure": "internal", "title": "canary"},
    "docs/guide/own.md": "# Our own page\n\nHow we work.\n",
}
ENGINES = ["mkdocs", "zensical"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return kb.write(tmp_path / "kb", SMALL)


def content(target: Path) -> dict[str, bytes]:
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_it_writes_the_same_pages_that_the_site_has(root: Path, tmp_path: Path, inc: kb.Inc) -> None:
    target = tmp_path / "pages"
    done = inc("site", "pages", "--to", str(target), root=root)
    assert done.status == 0, done.err
    written = content(target)
    count = sum(name.endswith(".md") for name in written) - 1
    said = rf"Pages: .*/pages \({count} pages in {len(written) - 1} files, public view, as of 2025-01-15T06:00:00Z\)\n"
    assert re.fullmatch(said, done.out)
    assert {
        "mkdocs.yml",
        "docs/index.md",
        "docs/incidents/INC-2025-001.md",
        "docs/feeds/incidents.xml",
    } <= written.keys()
    assert {
        "docs/api/v1/incidents/INC-2025-001.json",
        "docs/assets/incidentbook.css",
        "docs/guide/own.md",
    } <= written.keys()
    assert not [name for name, data in written.items() if b"canary" in data or "INC-2025-002" in name]
    settings = source.load(written["mkdocs.yml"].decode()).value
    assert isinstance(settings, dict)
    assert settings["site_name"] == "Test &amp; co"
    assert settings["plugins"] == ["search"]
    assert {"Guide": ["guide/own.md"]} in settings["nav"]


def test_as_data(root: Path, tmp_path: Path, inc: kb.Inc) -> None:
    target = tmp_path / "pages"
    told = json.loads(inc("site", "pages", "--to", str(target), "--audience", "internal", "--json", root=root).out)
    written = content(target)
    assert told == {
        "schema": "urn:incidentbook:schema:pages-output:v1",
        "folder": str(target), "removed": 0,
        "pages": sum(name.endswith(".md") for name in written) - 1, "files": len(written) - 1,
        "audience": "internal", "as_of": "2025-01-15T06:00:00Z", "left_out": [],
    }  # fmt: skip
    removed = json.loads(inc("site", "pages", "--to", str(target), "--remove", "--json", root=root).out)
    assert removed == {
        "schema": "urn:incidentbook:schema:pages-output:v1",
        "folder": str(target), "removed": told["files"], "pages": 0, "files": 0,
        "audience": None, "as_of": None, "left_out": [],
    }  # fmt: skip
    assert jsonschema_rs.Draft202012Validator(resources.schema("pages-output")).is_valid(removed)
    assert not target.exists()


def test_again_it_touches_only_what_changed_and_takes_away_what_is_gone(
    root: Path, tmp_path: Path, inc: kb.Inc
) -> None:
    target = tmp_path / "pages"
    assert inc("site", "pages", "--to", str(target), "--audience", "internal", root=root).status == 0
    for path in target.rglob("*"):
        os.utime(path, (1, 1))
    (target / "site").mkdir()
    (target / "site" / "index.html").write_text("built", encoding="utf-8")
    assert inc("site", "pages", "--to", str(target), root=root).status == 0
    assert (target / "site" / "index.html").read_text(encoding="utf-8") == "built"
    assert not (target / "docs/incidents/INC-2025-002.md").exists()
    assert (target / "docs/incidents/INC-2025-001.md").stat().st_mtime == 1
    assert (target / "docs/index.md").stat().st_mtime > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kb", "pages"]


def test_it_refuses_a_folder_that_holds_something_else(root: Path, tmp_path: Path, inc: kb.Inc) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work", encoding="utf-8")
    for more in ([], ["--remove"]):
        done = inc("site", "pages", "--to", str(other), *more, root=root)
        assert done.status == 2
        assert "holds thesis.txt, which `inc site pages` did not write" in done.err
    assert (other / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    for inside in (".", "..", "incidents", "docs/pages"):
        done = inc("site", "pages", "--to", str(root / inside), root=root)
        assert done.status == 2, inside
        assert "holds the knowledge base" in done.err
    assert inc("site", "pages", "--to", str(other / "thesis.txt"), root=root).status == 2


def test_it_refuses_to_lose_what_was_added_or_changed_by_hand(root: Path, tmp_path: Path, inc: kb.Inc) -> None:
    target = tmp_path / "pages"
    assert inc("site", "pages", "--to", str(target), root=root).status == 0
    before = content(target)
    (target / "docs/index.md").write_text("mine", encoding="utf-8")
    for more in ([], ["--remove"]):
        done = inc("site", "pages", "--to", str(target), *more, root=root)
        assert done.status == 2
        assert "docs/index.md was changed since" in done.err
    (target / "docs/index.md").write_bytes(before["docs/index.md"])
    (target / "docs/more.md").write_text("mine", encoding="utf-8")
    assert "holds docs/more.md" in inc("site", "pages", "--to", str(target), root=root).err
    assert inc("site", "pages", "--to", str(tmp_path / "none"), "--remove", root=root).status == 2


def test_a_record_that_cannot_be_relied_on_is_left_out_and_named(root: Path, tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(root, {"incidents/2025/c.yml": kb.incident(3) | {"disclosre": "restricted", "disclosure": "public"}})
    done = inc("site", "pages", "--to", str(tmp_path / "pages"), root=root)
    assert done.status == 1
    assert "incidents/2025/c.yml cannot be relied on" in done.err
    assert not (tmp_path / "pages/docs/incidents/INC-2025-003.md").exists()


@pytest.mark.parametrize("point", ["_replace", "rename"])
def test_a_killed_call_leaves_the_old_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    target = tmp_path / "pages"
    folder.write(target, {"a.md": b"old"})

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        if point == "rename":  # between the two renames
            target.rename(target.with_name(".pages.0123456789ab.tmp"))
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(folder, "_replace", killed)
        with pytest.raises(Killed):
            folder.write(target, {"a.md": b"new"})
    if point == "_replace":
        assert (target / "a.md").read_bytes() == b"old"
    folder.write(target, {"a.md": b"newer"})
    assert content(target).keys() == {"a.md", folder.MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.parametrize("engine", ENGINES)
def test_another_engine_builds_them(root: Path, tmp_path: Path, inc: kb.Inc, engine: str) -> None:
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed here: it is in the dev extra, where its wheel exists")
    target = tmp_path / "pages"
    assert inc("site", "pages", "--to", str(target), "--site-url", "https://kb.example/sub/", root=root).status == 0
    done = subprocess.run(
        [sys.executable, "-m", engine, "build", "--strict"], cwd=target, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = (target / "site/incidents/INC-2025-001/index.html").read_text(encoding="utf-8")
    assert '<meta property="og:title" content="INC-2025-001 Seen {{ 7*7 }} &lt;b&gt;by&lt;/b&gt; all">' in page
    assert '<meta name="description" content="SEV-2 incident of 2025-01-10' in page
    assert 'href="../../feeds/incidents.xml"' in page
    assert 'class="ib-card"' in page
    assert "assets/incidentbook.css" in page
    assert re.search(r'href="(\.\./|https://kb\.example/sub/incidents/)"', page), "links lead to pages, not to Markdown"
    assert "INC-2025-001.md" not in page
    assert (target / "site/api/v1/incidents.json").is_file()
    loads = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?:)?//(?!kb\.example)', page)
    assert loads == [], "nothing is asked of others"
    assert inc("site", "pages", "--to", str(target), root=root).status == 0, "what was built is no reason to refuse"
