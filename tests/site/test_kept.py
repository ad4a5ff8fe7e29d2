"""Pages made from what is kept of files are those made from the files, for every audience, the first time and after."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from incidentbook import disclosure, repository
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare
from incidentbook.snapshot import loading, tree
from incidentbook.snapshot.store import Store

NOW = kb.at("2025-01-15 06:00")


@pytest.mark.parametrize("audience", list(Disclosure))
@pytest.mark.parametrize("which", ["harbour", "example"])
def test_the_pages_are_the_same(request: pytest.FixtureRequest, which: str, audience: Disclosure) -> None:
    root: Path = request.getfixturevalue(which)
    expected = pages_of(prepare(repository.load(root), NOW, audience))
    for _ in range(2):
        with Store.of(root) as store:
            found = pages_of(prepare(tree.load(root, store, way=loading.WHOLE), NOW, audience))
        assert [page.text for page in found] == [page.text for page in expected]


def test_a_doubtful_file_stays_hidden_when_it_comes_from_the_cache(tmp_path: Path) -> None:
    kb.write(
        tmp_path,
        {
            "policy/knowledge-base.yml": {"name": "Small", "default_disclosure": "public"},
            "incidents/2025/INC-2025-001.yml": kb.incident(1) | {"disclosre": "restricted"},
            "incidents/2025/INC-2025-002.yml": kb.incident(2),
        },
    )
    for _ in range(2):
        with Store.of(tmp_path) as store:
            repo = tree.load(tmp_path, store, way=loading.WHOLE)
            shown = {page.path for page in pages_of(prepare(repo, NOW))}
        assert "incidents/INC-2025-002.md" in shown
        assert "incidents/INC-2025-001.md" not in shown


def test_a_narrower_entry_stays_hidden_when_it_comes_from_the_cache(tmp_path: Path) -> None:
    entries = [
        {"id": "t1", "at": "2025-01-10T00:05:00Z", "text": "Open words"},
        {"id": "t2", "at": "2025-01-10T00:06:00Z", "text": "Closed words", "disclosure": "internal"},
    ]
    kb.write(
        tmp_path,
        {
            "policy/knowledge-base.yml": {"name": "Small", "default_disclosure": "public"},
            "incidents/2025/INC-2025-001.yml": kb.incident(1) | {"timeline": entries},
        },
    )
    for _ in range(2):
        with Store.of(tmp_path) as store:
            pages = pages_of(prepare(tree.load(tmp_path, store, way=loading.WHOLE), NOW))
        said = "".join(page.text for page in pages)
        assert "Open words" in said
        assert "Closed words" not in said


def test_one_content_is_doubtful_by_the_kind_of_file_that_holds_it(tmp_path: Path) -> None:
    """The same bytes are in order in one folder and, with a key that nobody knows there, doubtful in another."""
    kb.write(tmp_path, {"policy/knowledge-base.yml": {"name": "Small"}})
    (tmp_path / "incidents/2025").mkdir(parents=True)
    for path in ("policy/factors.yml", "incidents/2025/a.yml"):
        (tmp_path / path).write_text("factors: {}\n", encoding="utf-8")
    for _ in range(2):
        with Store.of(tmp_path) as store:
            kept = {entry.path: entry for entry in tree.load(tmp_path, store, way=loading.WHOLE).entries}
            assert not disclosure.doubtful(kept["policy/factors.yml"])
            assert disclosure.doubtful(kept["incidents/2025/a.yml"])
