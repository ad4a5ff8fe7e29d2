"""The plugin: options, hooks, and errors as sentences."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

import kb
from incidentbook.mkdocs_plugin import IncidentbookPlugin


def config_of(root: Path, options: str = "", more: str = "") -> Path:
    """Write an mkdocs.yml with our plugin and return its path."""
    (root / "docs").mkdir(exist_ok=True)
    path = root / "mkdocs.yml"
    path.write_text(
        f"site_name: Test\ntheme: {{name: material}}\nplugins:\n  - incidentbook: {{{options}}}\n{more}",
        encoding="utf-8",
    )
    return path


def prepared(path: Path) -> IncidentbookPlugin:
    """Load a configuration and run the plugin's first hook on it."""
    config = load_config(config_file=str(path))
    config.plugins.on_config(config)
    plugin = config.plugins["incidentbook"]
    assert isinstance(plugin, IncidentbookPlugin)
    return plugin


def test_it_reads_the_folder_of_mkdocs_yml_and_is_public_by_default(tmp_path: Path) -> None:
    kb.write(
        tmp_path,
        {
            "incidents/2025/a.yml": kb.incident(1) | {"disclosure": "internal"},
            "incidents/2025/b.yml": kb.incident(2) | {"disclosure": "public"},
        },
    )
    paths = [page.path for page in prepared(config_of(tmp_path)).pages]
    assert "incidents/INC-2025-002.md" in paths
    assert "incidents/INC-2025-001.md" not in paths
    assert "incidents/INC-2025-001.md" in [
        page.path for page in prepared(config_of(tmp_path, "audience: internal")).pages
    ]


@pytest.mark.parametrize("as_of", ["2025-01-12", "'2025-01-12'", "2025-01-12T23:59:59Z", "'2025-01-12T23:59:59+00:00'"])
def test_as_of_is_a_day_or_a_time(tmp_path: Path, as_of: str) -> None:
    kb.write(tmp_path, {"incidents/2025/a.yml": kb.incident(1) | {"disclosure": "public", "severity": "sev1"}})
    home = prepared(config_of(tmp_path, f"as_of: {as_of}")).pages[0]
    expected = "3" if "T" not in as_of else "2"  # the end of a day is the first instant of the next
    assert f'<p class="ib-tile__value" markdown="span">{expected}</p>' in home.content


def test_an_unreadable_as_of_is_a_sentence(tmp_path: Path) -> None:
    kb.write(tmp_path, {})
    with pytest.raises(PluginError, match="as_of: yesterday is neither a day"):
        prepared(config_of(tmp_path, "as_of: yesterday"))


def test_no_knowledge_base_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="There is no knowledge base in"):
        prepared(config_of(tmp_path))


def test_an_unknown_audience_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Abort):
        load_config(config_file=str(config_of(tmp_path, "audience: everybody")))


def test_it_provides_what_the_pages_need_and_no_web_fonts(tmp_path: Path) -> None:
    kb.write(tmp_path, {})
    config = load_config(config_file=str(config_of(tmp_path)))
    config = config.plugins.on_config(config)
    assert config.theme["font"] is False
    assert "assets/incidentbook.css" in config.extra_css
    assert {"attr_list", "md_in_html", "tables", "pymdownx.superfences"} <= set(config.markdown_extensions)


def test_a_record_that_cannot_be_read_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kb.write(tmp_path, {"incidents/2025/broken.yml": "id: [\n"})
    with caplog.at_level(logging.WARNING):
        prepared(config_of(tmp_path))
    assert "incidents/2025/broken.yml cannot be relied on" in caplog.text


def test_a_record_with_an_unknown_key_is_left_out_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entry = {"id": "t1", "at": "2025-01-10T00:01:00Z", "kind": "note", "text": "x", "disclosre": "restricted"}
    kb.write(
        tmp_path, {"incidents/2025/INC-2025-001.yml": kb.incident(1) | {"disclosure": "public", "timeline": [entry]}}
    )
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        assert "incidents/INC-2025-001.md" not in [page.path for page in prepared(config_of(tmp_path)).pages]
    assert "INC-2025-001.yml cannot be relied on" in caplog.text


def test_a_broken_policy_fails_a_strict_build(tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(tmp_path, {"policy/services.yml": "services: [\n"})
    config_of(tmp_path)
    done = inc("site", "build", root=tmp_path)
    assert done.status == 1
    assert "policy/services.yml cannot be read, so its defaults stand in" in done.err


def test_a_page_of_ones_own_takes_the_place_of_ours(tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(tmp_path, {})
    config_of(tmp_path)
    (tmp_path / "docs" / "index.md").write_text("# My own home\n", encoding="utf-8")
    assert inc("site", "build", root=tmp_path).status == 0
    assert "My own home" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_every_page_and_no_other_file_has_a_policy_and_a_preview_its_own(tmp_path: Path) -> None:
    kb.write(tmp_path, {})
    plugin = prepared(config_of(tmp_path))
    config = load_config(config_file=str(tmp_path / "mkdocs.yml"))
    html = "<head><script>theme()</script></head>"
    assert "'sha256-" in plugin.on_post_page(html, page=None, config=config)
    assert "'sha256-" in plugin.on_post_template(html, template_name="404.html", config=config)
    assert plugin.on_post_template(html, template_name="sitemap.xml", config=config) == html
    plugin.on_startup(command="serve", dirty=False)
    assert "'unsafe-inline'" in plugin.on_post_page(html, page=None, config=config)
    plugin.on_startup(command="build", dirty=False)
    assert "'unsafe-inline'" not in plugin.on_post_page(html, page=None, config=config)


def test_serving_watches_the_records(tmp_path: Path) -> None:
    kb.write(tmp_path, {"incidents/2025/a.yml": kb.incident(1)})
    plugin = prepared(config_of(tmp_path))

    class Server:
        def __init__(self) -> None:
            self.watched: list[str] = []

        def watch(self, path: str) -> None:
            self.watched.append(path)

    server = Server()
    plugin.on_serve(server, config=None, builder=None)  # type: ignore[arg-type]
    assert [Path(path).name for path in server.watched] == ["policy", "incidents"]


def test_a_page_outside_the_navigation_shows_where_its_folder_stands(tmp_path: Path) -> None:
    kb.write(tmp_path, {})
    config_of(tmp_path, more="not_in_nav: /rules/a.md\n")
    (tmp_path / "docs" / "rules").mkdir()
    (tmp_path / "docs" / "rules" / "README.md").write_text("# All rules\n\n[One](a.md)\n", encoding="utf-8")
    (tmp_path / "docs" / "rules" / "a.md").write_text("# One rule\n", encoding="utf-8")
    config = load_config(config_file=str(tmp_path / "mkdocs.yml"))
    config.plugins.on_config(config)
    files = config.plugins.on_files(get_files(config), config=config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    file = files.get_file_from_path("rules/a.md")
    assert file is not None
    assert file.page is not None
    assert [item.title for item in file.page.ancestors] == ["Rules", "Guide"]
    assert file.page not in nav.pages
