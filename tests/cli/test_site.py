"""`inc site`: into which folder, for whom, with which configuration, and what is refused."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import kb
from incidentbook import resources, source
from incidentbook.cli import _mkdocs
from kb import ROOT

SMALL = {"incidents/2025/a.yml": kb.incident(1) | {"disclosure": "internal"}}


def test_without_an_mkdocs_yml_ours_is_used(tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(tmp_path, SMALL)
    result = inc("site", "build", "--as-of", "2025-01-31", "--audience", "internal", root=tmp_path)
    assert result.status == 0, result.err
    assert result.out.endswith("site/index.html (11 pages, internal view, as of 2025-02-01T00:00:00Z)\n")
    assert "<title>Home - Test</title>" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "incidents" / "INC-2025-001" / "index.html").is_file()


def test_building_again_replaces_the_site_and_narrows_it(tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(tmp_path, SMALL)
    out = tmp_path / "out"
    assert inc("site", "build", "--output", str(out), "--audience", "internal", root=tmp_path).status == 0
    assert inc("site", "build", "--output", str(out), root=tmp_path).status == 0
    assert not (out / "incidents" / "INC-2025-001").exists()


@pytest.mark.parametrize("where", [".", "..", "incidents", "docs/site", "policy/x"])
def test_a_folder_that_holds_the_knowledge_base_is_refused(tmp_path: Path, inc: kb.Inc, where: str) -> None:
    root = kb.write(tmp_path / "kb", SMALL)
    result = inc("site", "build", "--output", str(root / where), root=root)
    assert result.status == 2
    assert "holds the knowledge base, and building empties the folder" in result.err
    assert (root / "incidents" / "2025" / "a.yml").is_file()


def test_a_folder_with_other_files_is_refused(tmp_path: Path, inc: kb.Inc) -> None:
    root = kb.write(tmp_path / "kb", SMALL)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = inc("site", "build", "--output", str(other), root=root)
    assert result.status == 2
    assert "holds files that are no site" in result.err
    assert (other / "thesis.txt").is_file()
    assert inc("site", "build", "--output", str(other / "thesis.txt"), root=root).status == 2


def test_a_dead_link_fails_a_strict_build_with_its_place(tmp_path: Path, inc: kb.Inc) -> None:
    kb.write(tmp_path, SMALL | {"docs/notes.md": "# Notes\n\n[gone](gone.md)\n"})
    result = inc("site", "build", root=tmp_path)
    assert result.status == 1
    assert "notes.md" in result.err
    assert "gone.md" in result.err
    assert "1 warning, named above" in result.err
    assert inc("site", "build", "--no-strict", root=tmp_path).status == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("site_name: [\n", "mkdocs.yml cannot be read"),
        ("site_name: x\ntheme: {name: no-such-theme}\n", "The site was not built"),
        ("site_name: x\ntheme: material\nplugins: [no-such-plugin]\n", "The site was not built"),
    ],
)
def test_a_wrong_configuration_is_a_sentence(tmp_path: Path, inc: kb.Inc, written: str, said: str) -> None:
    kb.write(tmp_path, SMALL | {"mkdocs.yml": written, "docs/x.md": "# X\n"})
    result = inc("site", "build", root=tmp_path)
    assert result.status == 2
    assert said in result.err
    assert "Traceback" not in result.err


def test_outside_a_knowledge_base_it_says_so(tmp_path: Path, inc: kb.Inc) -> None:
    result = inc("site", "build", root=tmp_path)
    assert result.status == 2
    assert "There is no knowledge base" in result.err


@pytest.mark.parametrize(
    ("written", "merged"),
    [
        (["search"], {"search": {}, "incidentbook": {"audience": "internal"}}),
        (["incidentbook", "search"], {"incidentbook": {"audience": "internal"}, "search": {}}),
        (
            [{"incidentbook": {"audience": "public", "root": "x"}}],
            {"incidentbook": {"audience": "internal", "root": "x"}},
        ),
        (
            {"search": {"lang": "en"}, "incidentbook": None},
            {"search": {"lang": "en"}, "incidentbook": {"audience": "internal"}},
        ),
        (None, {"incidentbook": {"audience": "internal"}}),
    ],
)
def test_options_of_the_command_go_before_those_of_the_file(written: object, merged: object) -> None:
    assert _mkdocs._plugins(written, {"audience": "internal"}) == merged


def test_this_repository_and_a_new_knowledge_base_are_built_alike() -> None:
    ours = settings_of(ROOT / "mkdocs.yml")
    new = settings_of(resources.templates_dir() / "mkdocs.yml")
    assert ours["validation"] == new["validation"]
    assert ours["theme"]["font"] is new["theme"]["font"] is False
    assert ours["theme"]["palette"] == new["theme"]["palette"]
    assert set(new["theme"]["features"]) <= set(ours["theme"]["features"])


def settings_of(path: Path) -> dict[str, object]:
    """Read a YAML file as data."""
    value = source.load(path.read_text(encoding="utf-8")).value
    assert isinstance(value, dict)
    return value


def test_the_preview_follows_the_records_until_it_is_interrupted(tmp_path: Path) -> None:
    kb.write(tmp_path, {"incidents/2025/a.yml": kb.incident(1) | {"disclosure": "public", "title": "Before"}})
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "incidentbook", "-C", str(tmp_path), "site", "serve", "--port", str(port)]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stderr=log) as preview:
        try:
            page = f"http://127.0.0.1:{port}/incidents/INC-2025-001/"
            assert eventually(page, "Before")
            record = tmp_path / "incidents" / "2025" / "a.yml"
            for title in ("Between", "After"):  # the second rebuild reads the same configuration once more
                record.write_text(
                    record.read_text().replace("Before", title).replace("Between", title), encoding="utf-8"
                )
                assert eventually(page, title), (tmp_path / "log").read_text()
        finally:
            preview.send_signal(signal.SIGINT)
    assert preview.returncode in (0, 130)
    assert "Traceback" not in (tmp_path / "log").read_text()


def eventually(url: str, said: str) -> bool:
    """Whether the page at ``url`` says so within 30 seconds."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
            if said in answer.read().decode():
                return True
        time.sleep(0.1)
    return False
