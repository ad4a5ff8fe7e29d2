"""A preview leaves pages standing, and shows after each change what a preview that begins then would show, byte for byte."""

from __future__ import annotations

import io
import json
import logging
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

import kb
from incidentbook import site
from incidentbook.press import standing
from incidentbook.press.previous import Previous
from pressed import FILES

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from incidentbook.mkdocs_plugin import IncidentbookPlugin

CONFIG = """\
site_name: Test
theme: {name: material, features: [navigation.tabs, navigation.path, navigation.footer, navigation.prune]}
markdown_extensions: [{toc: {permalink: true}}]
plugins:
  - search
  - incidentbook: {audience: public}
"""
DOCS = {
    "docs/notes.md": "# Notes\n\n[One](incidents/INC-2025-001.md), [part](more.md#part)\n",
    "docs/more.md": "---\ntags: [a]\n---\n# More\n\n## Part\n\n[Back](notes.md#notes)\n",
    "docs/deep/README.md": "# Deep\n\nAll about depth.\n",
    "docs/deep/a.md": "# A\n\n![](../picture.svg)\n",
    "docs/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
LISTED = "{% for one in pages %}{{ one.url }} {{ one.page.title }}\n{% endfor %}"
FENCE = "{{pymdownx.superfences: {{custom_fences: [{{name: x, class: x, format: !!python/name:{} ''}}]}}}}"
URL = "http://127.0.0.1:8000/"
Site = dict[str, bytes]


class Preview:
    """A site that is being served: built again and again by one process."""

    def __init__(self, root: Path) -> None:
        self.root, self.target = root, root / "site"
        self.standing: standing.Standing | None = standing.Standing()

    def build(self) -> Site:
        """Build once more, as MkDocs does when it serves, and return the files."""
        config = load_config(config_file=str(self.root / "mkdocs.yml"), site_dir=str(self.target), site_url=URL)
        config.plugins.on_startup(command="serve", dirty=False)
        plugin = cast("IncidentbookPlugin", config.plugins["incidentbook"])  # MkDocs has one for all sites of a process
        plugin.standing = self.standing
        try:
            build_site(config, serve_url=URL)
        finally:
            self.standing = plugin.standing
            config.plugins.on_startup(command="build", dirty=False)
        files = (path for path in self.target.rglob("*") if path.is_file() and path.suffix != ".gz")
        found = {str(path.relative_to(self.target)): path.read_bytes() for path in files}
        return {name: in_order(name, data) for name, data in found.items()}


def in_order(name: str, data: bytes) -> bytes:
    """Return a file's content; where pages are listed as they were met, in one order."""
    if name == "search/search_index.json":
        return json.dumps(sorted(json.loads(data)["docs"], key=lambda entry: str(entry["location"]))).encode()
    return b"".join(sorted(re.findall(rb"<loc>.*?</loc>", data))) if name == "sitemap.xml" else data


def fresh(root: Path) -> Site:
    """Return what a preview shows that begins now, in a copy that has no cache."""
    copy = root.parent / f"{root.name}-fresh"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", ".incidentbook"))
    try:
        return Preview(copy).build()
    finally:
        shutil.rmtree(copy)


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """A preview of a small knowledge base with a guide, before its first build."""
    root = tmp_path / "kb"
    kb.write(root, FILES)
    for path, text in {"mkdocs.yml": CONFIG, **DOCS}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Preview(root)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that MkDocs reads, in their order."""
    met: list[str] = []
    render = Page.render

    def noted(page: Page, config: MkDocsConfig, files: Files) -> None:
        met.append(page.file.src_uri)
        render(page, config, files)

    monkeypatch.setattr(Page, "render", noted)
    return met


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Put one text in the place of another in a file."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_of_a_record_leaves_the_guide_standing(preview: Preview, rendered: list[str]) -> None:
    before = preview.build()
    assert set(DOCS) - {"docs/picture.svg"} <= {f"docs/{path}" for path in rendered}
    rendered.clear()
    edit(preview.root, "incidents/2025/INC-2025-002.yml", "{{ 7 * 7 }}", "Quite another title")
    after = preview.build()
    assert {path for path in rendered if f"docs/{path}" in DOCS} == set()
    assert 0 < len(rendered) < 10, "the pages that tell of many records"
    assert b"Quite another title" in after["incidents/INC-2025-002/index.html"]
    assert after["notes/index.html"] == before["notes/index.html"]
    assert after == fresh(preview.root)


def test_a_page_of_the_guide_alone_is_read_when_it_is_edited(preview: Preview, rendered: list[str]) -> None:
    preview.build()
    rendered.clear()
    edit(preview.root, "docs/deep/README.md", "depth", "height")
    after = preview.build()
    assert rendered == ["deep/README.md"]
    assert b"height" in after["deep/index.html"]
    assert after == fresh(preview.root)


def test_a_new_title_shows_in_every_navigation_and_nothing_else_is_read_again(
    preview: Preview, rendered: list[str]
) -> None:
    preview.build()
    rendered.clear()
    edit(preview.root, "docs/notes.md", "# Notes", "# Remarks")
    after = preview.build()
    assert rendered == ["notes.md"]
    assert b"Remarks" in after["more/index.html"]
    assert b"Notes" not in after["more/index.html"].partition(b"<article")[0]
    assert after == fresh(preview.root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "docs/new.md").write_text("# New\n", encoding="utf-8"),
        lambda root: (root / "docs/more.md").unlink(),
        lambda root: edit(root, "mkdocs.yml", "site_name: Test", "site_name: Best"),
        lambda root: edit(root, "mkdocs.yml", "audience: public", "audience: public, search: pagefind"),
        lambda root: (root / "incidents/2025/INC-2025-001.yml").unlink(),
        lambda root: edit(root, "policy/knowledge-base.yml", "Harbour", "Haven"),
        lambda root: edit(root, "docs/more.md", "title: 1", "title: 1.0"),
        lambda root: edit(root, "docs/picture.svg", "svg'/>", "svg'><g/></svg>"),
    ],
    ids=[
        "a new page",
        "a page gone",
        "the site's name",
        "another search",
        "a record gone",
        "the policy",
        "a title's type",
        "a picture",
    ],
)
def test_whatever_changes_is_as_if_it_had_always_been_so(preview: Preview, change: Callable[[Path], None]) -> None:
    edit(preview.root, "docs/more.md", "tags: [a]", "title: 1")
    preview.build()
    change(preview.root)
    assert preview.build() == fresh(preview.root)


def test_a_link_that_its_target_leaves_behind_is_told(preview: Preview, caplog: pytest.LogCaptureFixture) -> None:
    edit(preview.root, "mkdocs.yml", "plugins:", "validation: {anchors: warn}\nplugins:")
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        preview.build()
        assert "anchor '#part'" not in caplog.text
        edit(preview.root, "docs/more.md", "## Part", "## Piece")
        preview.build()
        assert caplog.text.count("link 'more.md#part', but the doc 'more.md' does not contain an anchor '#part'") == 1
        edit(preview.root, "docs/more.md", "## Piece", "## Part")
        caplog.clear()
        preview.build()
        assert "anchor '#part'" not in caplog.text


@pytest.mark.parametrize(
    ("files", "config"),
    [
        ({"docs/more/index.md": "# The same address\n"}, {}),
        ({"docs/more/index.html": "<p>The same place"}, {}),
        ({"docs/404.md": "# Nowhere\n"}, {"plugins:": "use_directory_urls: false\nplugins:"}),
        ({"docs/list.html": LISTED}, {"site_name:": "extra_templates: [list.html]\nsite_name:"}),
        ({}, {"plugins:": "draft_docs: /playbooks/\nplugins:"}),
        ({}, {"  - search\n": ""}),
        ({}, {"  - search\n": "  - search: {enabled: false}\n"}),
        ({}, {"plugins:": "nav: [{First: notes.md}, {Others: [more.md, incidents/README.md]}]\nplugins:"}),
    ],
    ids=["two pages", "page and file", "a page for nowhere", "a template", "drafts", "no search", "search off", "a navigation"],
)  # fmt: skip
def test_it_holds_in_unusual_sites(preview: Preview, files: dict[str, str], config: dict[str, str]) -> None:
    for path, text in files.items():
        (preview.root / path).parent.mkdir(exist_ok=True)
        (preview.root / path).write_text(text, encoding="utf-8")
    for old, new in config.items():
        edit(preview.root, "mkdocs.yml", old, new)
    preview.build()
    for title in ("One", "Two", "Three"):
        path = preview.root / "incidents/2025/INC-2025-002.yml"
        path.write_text(
            re.sub("(?m)^title: .*$", f"title: {title}", path.read_text(encoding="utf-8")), encoding="utf-8"
        )
        assert preview.build() == fresh(preview.root)


def test_what_mkdocs_says_of_a_page_it_says_in_each_build(preview: Preview, caplog: pytest.LogCaptureFixture) -> None:
    edit(preview.root, "docs/deep/a.md", "# A", "# A\n\n[Gone](gone.md)")
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        for _ in range(3):
            caplog.clear()
            preview.build()
            assert caplog.text.count("contains a link 'gone.md', but the target") == 1


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/more.md"])
def test_what_is_saved_during_a_build_shows_in_the_next(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    file = preview.root / path
    before = file.read_text(encoding="utf-8")
    after = before.replace("site_name: Test", "site_name: Best").replace("## Part", "## Piece")
    read = standing.Standing.read

    def slow(self: standing.Standing, *args: Any, **more: Any) -> None:
        read(self, *args, **more)
        file.write_text(after, encoding="utf-8")

    with monkeypatch.context() as patched:
        patched.setattr(standing.Standing, "read", slow)
        shown = preview.build()
    file.write_text(before, encoding="utf-8")
    assert shown == fresh(preview.root), "a page is read once"
    file.write_text(after, encoding="utf-8")
    assert preview.build() == fresh(preview.root)


def test_an_edited_template_of_the_theme_shows(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(site.THEME, theme)
    monkeypatch.setattr(site, "THEME", theme)
    preview.build()
    edit(theme, "main.html", "{{ incidentbook_head }}", "{{ incidentbook_head }}<!-- edited -->")
    assert b"edited" in preview.build()["more/index.html"]


def test_a_build_after_a_preview_knows_nothing_of_it(preview: Preview) -> None:
    preview.build()
    path = preview.root / "incidents/2025/INC-2025-002.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("{{ 7 * 7 }}", "Quite another"), encoding="utf-8")
    for _ in range(2):
        build_site(load_config(config_file=str(preview.root / "mkdocs.yml"), site_dir=str(preview.target)))
    index = (preview.target / "search/search_index.json").read_text(encoding="utf-8")
    assert "Quite another" in index
    assert "7 * 7" not in index


def test_a_configuration_that_is_no_file_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb.write(tmp_path, {})
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    for command in ("build", "serve"):
        config = load_config(config_file=io.BytesIO(CONFIG.encode()), site_dir=str(tmp_path / command))
        config.plugins.on_startup(command=command, dirty=False)
        build_site(config)
        config.plugins.on_startup(command="build", dirty=False)
        assert (tmp_path / command / "index.html").is_file()


def test_nobody_is_told_of_anchors_on_a_page_that_is_left_out(
    preview: Preview, caplog: pytest.LogCaptureFixture
) -> None:
    edit(preview.root, "mkdocs.yml", "plugins:", "exclude_docs: metrics*\nvalidation: {anchors: warn}\nplugins:")
    edit(preview.root, "docs/more.md", "# More", "# More\n\n[Figures](metrics.md#x)")
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        for text in ("depth", "height", "width"):
            (preview.root / "docs/deep/README.md").write_text(f"# Deep\n\n{text}\n", encoding="utf-8")
            preview.build()
    assert "anchor" not in caplog.text


def test_a_build_that_failed_is_forgotten(
    preview: Preview, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.build()
    edit(preview.root, "docs/notes.md", "# Notes", "# Remarks")
    with monkeypatch.context() as patched:
        patched.setattr(Previous, "drop", lambda _: (_ for _ in ()).throw(RuntimeError("no more room")))
        with pytest.raises(RuntimeError, match="no more room"):
            preview.build()
    edit(preview.root, "docs/notes.md", "# Remarks", "# Notes")
    rendered.clear()
    assert preview.build() == fresh(preview.root)
    assert "more.md" in rendered


def test_a_page_that_somebody_took_away_is_written_again(preview: Preview) -> None:
    before = preview.build()
    (preview.target / "more" / "index.html").unlink()
    assert preview.build() == before


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (CONFIG, True),
        (CONFIG.replace("[{toc:", "[abbr, markdown.extensions.footnotes, pymdownx.details, {toc:"), True),
        (CONFIG.replace("[{toc:", "[pymdownx.snippets, {toc:"), False),
        (CONFIG.replace("[{toc:", f"[{FENCE.format('pymdownx.superfences.fence_code_format')}, {{toc:"), True),
        (CONFIG.replace("[{toc:", f"[{FENCE.format('shutil.which')}, {{toc:"), False),
        (CONFIG.replace("plugins:", "plugins:\n  - tags"), False),
        (CONFIG.replace("plugins:", "hooks: [hook.py]\nplugins:"), False),
        (CONFIG.replace("material,", "material, custom_dir: overrides,"), False),
        (
            CONFIG.replace(
                "material, features: [navigation.tabs, navigation.path, navigation.footer, navigation.prune]", "mkdocs"
            ),
            False,
        ),
    ],
    ids=[
        "plain",
        "more Markdown",
        "snippets",
        "a known fence",
        "a fence of one's own",
        "another plugin",
        "a hook",
        "templates of one's own",
        "another theme",
    ],
)
def test_nothing_stands_where_pages_may_be_made_from_anything(tmp_path: Path, text: str, sure: bool) -> None:  # noqa: FBT001
    (tmp_path / "docs").mkdir()
    (tmp_path / "overrides").mkdir()
    (tmp_path / "hook.py").touch()
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert standing.sure(load_config(config_file=str(tmp_path / "mkdocs.yml"))) is sure


@pytest.mark.parametrize("seed", range(3))
def test_any_edits_in_any_order_show_what_a_new_preview_shows(preview: Preview, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - edits, no secrets
    paths = [path for path in (*DOCS, *FILES) if path.endswith((".md", "INC-2025-001.yml", "INC-2025-002.yml"))]
    for step in range(5):
        for path in chance.sample(paths, chance.randint(1, 2)):
            file = preview.root / path
            text = file.read_text(encoding="utf-8")
            if file.suffix == ".yml":
                file.write_text(re.sub("(?m)^title: .*$", f"title: Title {seed} {step}", text), encoding="utf-8")
            elif chance.random() < 0.5:
                file.write_text(re.sub("(?m)^# .*$", f"# Head {step}", text), encoding="utf-8")
            else:
                file.write_text(f"{text}\n## More {step}\n\nText of `{step}`.\n", encoding="utf-8")
        shown = preview.build()
        wanted = fresh(preview.root)
        assert {name for name in wanted if wanted[name] != shown.get(name)} == set(), path
        assert shown == wanted
