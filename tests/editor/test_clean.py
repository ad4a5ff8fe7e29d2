"""No false alarms: whatever `inc check` finds sound, the editor leaves alone, in all that this repository holds and makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.conftest import Show, front
from editor.lsp import LanguageServer
from kb import ROOT, Inc

YAML = [*ROOT.glob("incidents/*/*.yml"), *ROOT.glob("policy/*.yml"), *ROOT.glob("tests/kb_minimal/**/*.yml")]
MARKDOWN = {"postmortem": "postmortems/*/*.md", "playbook": "playbooks/*/*.md"}


def alarms(server: LanguageServer, uris: dict[str, str]) -> list[str]:
    """Return what is shown in any of the files: name, line and message."""
    return [
        f"{name}:{problem.line}: {problem.message}" for name, uri in uris.items() for problem in server.diagnostics(uri)
    ]


def test_every_yaml_file_of_the_repository_is_clean(server: LanguageServer) -> None:
    assert {path.relative_to(ROOT).parts[0] for path in YAML} == {"incidents", "policy", "tests"}
    uris = {str(path.relative_to(ROOT)): server.open(path, path.read_text(encoding="utf-8")) for path in YAML}
    assert alarms(server, uris) == []


@pytest.mark.parametrize("kind", MARKDOWN)
def test_front_matter_would_be_clean_where_an_editor_hands_it_over(
    kind: str, show: Show, server: LanguageServer
) -> None:
    uris = {
        path.name: show(kind, front(path.read_text(encoding="utf-8"))) for path in sorted(ROOT.glob(MARKDOWN[kind]))
    }
    assert uris
    assert alarms(server, uris) == []


def test_a_new_knowledge_base_is_clean(inc: Inc, tmp_path: Path, server: LanguageServer) -> None:
    assert inc("init", root=tmp_path).status == 0
    files = sorted(tmp_path.glob("policy/*.yml"))
    assert files
    assert alarms(server, {path.name: server.open(path, path.read_text(encoding="utf-8")) for path in files}) == []


def test_a_whole_markdown_file_is_not_for_this_server(server: LanguageServer) -> None:
    """docs/guide/editors.md says so: the prose below the front matter is no YAML, and editors must not hand it over."""
    path = ROOT / "postmortems" / "2025" / "INC-2025-001.md"
    text = path.read_text(encoding="utf-8")
    first = text.count("\n", 0, text.index("\n---\n") + 5)
    problems = server.diagnostics(server.open(path, text, "markdown"))
    assert problems
    assert all(problem.line > first for problem in problems)
