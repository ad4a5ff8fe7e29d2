"""Which incident is meant: named, by the branch, or the only one that is open."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from incidentbook.errors import IncidentbookError, NotFoundError
from incidentbook.response import current
from kb import write


def record(number: int, status: str = "investigating", more: str = "") -> str:
    return f"id: INC-2025-{number:03}\ntitle: T\nstatus: {status} # so far\n{more}"


def base(root: Path, *texts: str) -> Path:
    return write(root, {f"incidents/2025/INC-2025-{n:03}.yml": text for n, text in enumerate(texts, 1)})


def test_the_only_one_that_is_open(tmp_path: Path) -> None:
    root = base(tmp_path, record(1, "resolved"), record(2), record(3, "closed"))
    assert current.choose(root, "", "") == (
        "INC-2025-002",
        "incidents/2025/INC-2025-002.yml",
        "the only one open",
    )


def test_two_are_never_guessed_between(tmp_path: Path) -> None:
    root = base(tmp_path, record(1), record(2))
    with pytest.raises(IncidentbookError, match="2 incidents are open: INC-2025-001, INC-2025-002") as caught:
        current.choose(root, "", "")
    assert caught.value.hint == "Say which: --incident INC-2025-002, or export INC_CURRENT=INC-2025-002."


def test_none(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="No incident is open"):
        current.choose(base(tmp_path, record(1, "merged")), "", "")


def test_what_is_named_comes_first_then_the_variable_then_the_branch(tmp_path: Path) -> None:
    root = base(tmp_path, record(1), record(2), record(3, "closed"))
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_text("ref: refs/heads/incident/inc-2025-003-checkout\n", encoding="utf-8")
    assert current.choose(root, "inc-2025-001", "INC-2025-002")[::2] == ("INC-2025-001", "as you said")
    assert current.choose(root, "", "INC-2025-002")[::2] == ("INC-2025-002", "by INC_CURRENT")
    assert current.choose(root, "", "")[::2] == ("INC-2025-003", "by the name of the branch")


def test_the_branch_of_a_worktree(tmp_path: Path) -> None:
    root = base(tmp_path / "kb", record(1), record(2))
    folder = tmp_path / "elsewhere" / "worktrees" / "kb"
    folder.mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/INC-2025-002\n", encoding="utf-8")
    (root / ".git").write_text(f"gitdir: {folder}\n", encoding="utf-8")
    assert current.choose(root, "", "").id == "INC-2025-002"


@pytest.mark.parametrize("head", ["4f5e6d7c INC-2025-002\n", "ref: refs/heads/main\n"])
def test_a_branch_that_names_none(tmp_path: Path, head: str) -> None:
    root = base(tmp_path, record(1))
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_text(head, encoding="utf-8")
    assert current.choose(root, "", "").because == "the only one open"


@pytest.mark.parametrize(
    ("named", "message"),
    [("INC-2025-009", "There is no incident INC-2025-009"), ("checkout", "'checkout' .as you said. is no incident id")],
)
def test_a_name_that_leads_nowhere(tmp_path: Path, named: str, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        current.choose(base(tmp_path, record(1)), named, "")


def test_a_record_in_another_folder_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, {"incidents/INC-2025-007.yml": record(7)})
    assert current.choose(root, "INC-2025-007", "").path == "incidents/INC-2025-007.yml"


@pytest.mark.parametrize(
    "text",
    [
        "{id: INC-2025-001, title: T, status: monitoring}\n",
        'id: INC-2025-001\nstatus: "declared"\n',
        "id: INC-2025-001\nsummary: |\n  status: closed\nstatus: identified\n",
        "\ufeffid: INC-2025-001\r\nstatus: mitigated\r\n",
        "status: declared\nprovenance: {source: own}\n",
    ],
)
def test_however_it_is_written(tmp_path: Path, text: str) -> None:
    assert current.open_incidents(base(tmp_path, text)) == ["incidents/2025/INC-2025-001.yml"]


@pytest.mark.parametrize(
    "text",
    [
        "status: declared\nprovenance: {source: statuspage, last_seen: 2025-01-15T02:30:00Z}\n",
        "- status: declared\n",
        "",
        "{",
    ],
)
def test_what_is_not_open(tmp_path: Path, text: str) -> None:
    assert current.open_incidents(base(tmp_path, text)) == []


def test_what_is_closed_is_read_once_and_again_when_it_is_another_file(tmp_path: Path) -> None:
    root = base(tmp_path, record(1), record(2, "resolved"))
    one, two = (root / f"incidents/2025/INC-2025-00{number}.yml" for number in (1, 2))
    index = root / ".incidentbook" / "closed.json"
    time.sleep(0.05)  # what was written within the grain of the clock is not kept
    assert current.open_incidents(root) == ["incidents/2025/INC-2025-001.yml"]
    kept = json.loads(index.read_text(encoding="utf-8"))["closed"]
    assert list(kept) == ["incidents/2025/INC-2025-002.yml"]
    before = index.stat().st_mtime_ns
    one.write_text(record(1, "monitoring"), encoding="utf-8")
    assert current.open_incidents(root) == ["incidents/2025/INC-2025-001.yml"]
    assert index.stat().st_mtime_ns == before  # an entry in an open incident leaves the index alone
    two.write_text(record(2, "investigating"), encoding="utf-8")
    assert len(current.open_incidents(root)) == 2


@pytest.mark.parametrize("text", ["[]", "{", '{"version": "0", "closed": {}}', '{"closed": 3}'])
def test_an_index_that_is_none_of_ours_is_made_anew(tmp_path: Path, text: str) -> None:
    root = base(tmp_path, record(1, "closed"))
    (root / ".incidentbook").mkdir()
    (root / ".incidentbook" / "closed.json").write_text(text, encoding="utf-8")
    assert current.open_incidents(root) == []
