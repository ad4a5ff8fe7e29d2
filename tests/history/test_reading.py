"""The past from Git: whatever the repository is like, all of it is read once, and from then on only what is new."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commits import Repo
from incidentbook import git_command
from incidentbook.git_command import GitFailedError
from incidentbook.history import kept, reading
from incidentbook.history.absent import NoHistoryError
from incidentbook.history.facts import IncidentFacts, PostmortemFacts
from incidentbook.history.past import Past

KB: dict[str, object] = {"policy/knowledge-base.yml": {"name": "Small"}}
RECORD = "incidents/2025/INC-2025-001.yml"
OTHER = "incidents/2025/INC-2025-002.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"


def record(status: str, number: int = 1) -> dict[str, object]:
    return {"id": f"INC-2025-{number:03}", "title": "Checkout fails", "severity": "sev3", "status": status}


def postmortem(*states: str) -> dict[str, object]:
    items = [{"id": f"AI-2025-001-{index}", "status": state} for index, state in enumerate(states, 1)]
    return {"incidents": ["INC-2025-001"], "status": "published", "action_items": items}


@pytest.fixture(params=["", "ops/book"], ids=["at the top", "in a folder"])
def repo(request: pytest.FixtureRequest, tmp_path: Path) -> Repo:
    """A knowledge base, an incident that is declared and closed, and something that is none of ours."""
    made = Repo.new(tmp_path / "repo", request.param)
    made.commit("2025-01-01T10:00:00Z", {**KB, "README.md": "no record", "incidents/README.md": "nor this"})
    made.commit("2025-01-01T11:00:00Z", {RECORD: record("declared")})
    (made.root / "elsewhere").write_text("x", encoding="utf-8")
    made.commit("2025-01-01T12:00:00Z", {})
    made.commit("2025-01-01T13:00:00Z", {RECORD: record("closed")})
    return made


def told(past: Past) -> list[tuple[int, str, str]]:
    """Return what happened to incidents: the place of the commit, the file, and the status from then on."""
    found = []
    for version in past.versions("incidents/"):
        status = version.facts.status if isinstance(version.facts, IncidentFacts) else "unreadable"
        found.append((version.at, version.path.removeprefix("incidents/2025/"), "gone" if version.gone else status))
    return found


def read(repo: Repo, commit: str = "HEAD") -> Past:
    """Read the past, which has to be the same with what was kept, and without."""
    found = reading.past(repo.base, commit)
    again = reading.past(repo.base, commit)
    shutil.rmtree(repo.base / ".incidentbook")
    anew = reading.past(repo.base, commit)
    assert list(found.versions()) == list(again.versions()) == list(anew.versions())
    assert found.names == again.names == anew.names
    assert found.times == again.times == anew.times
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Note the contents that Git is asked for; calling it returns those since it was last called."""
    names: list[str] = []
    blobs = git_command.blobs

    def noting(folder: Path, objects: list[str]) -> Iterator[bytes | None]:
        names.extend(objects)
        return blobs(folder, objects)

    monkeypatch.setattr(git_command, "blobs", noting)

    def since() -> list[str]:
        found = list(names)
        names.clear()
        return found

    return since


def test_every_version_of_every_record(repo: Repo) -> None:
    past = read(repo)
    assert told(past) == [(1, "INC-2025-001.yml", "declared"), (3, "INC-2025-001.yml", "closed")]
    assert len(past) == 4
    assert past.commit(3) == past.tip == repo.git("rev-parse", "HEAD")
    assert past.times[1] - past.times[0] == 3600


def test_what_is_new_is_all_that_is_read(repo: Repo, asked: Callable[[], list[str]]) -> None:
    reading.past(repo.base)
    assert len(asked()) == 2
    repo.commit("2025-01-02T10:00:00Z", {OTHER: record("declared", 2)})
    past = reading.past(repo.base)
    assert len(asked()) == 1
    assert told(past)[-1] == (4, "INC-2025-002.yml", "declared")
    assert told(reading.past(repo.base)) == told(past)
    assert asked() == []


def test_a_long_past_is_not_written_again_for_a_few_commits(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    reading.past(repo.base)
    before = (repo.base / kept.FILE).read_bytes()
    monkeypatch.setattr(reading, "_FEW", 2)
    for status in ("mitigated", "resolved", "closed", "cancelled"):
        repo.commit("2025-01-02T10:00:00Z", {RECORD: record(status)})
        assert told(reading.past(repo.base))[-1][2] == status
        assert ((repo.base / kept.FILE).read_bytes() == before) is (status != "cancelled")


def test_an_older_commit_is_a_part_of_what_is_kept(repo: Repo, asked: Callable[[], list[str]]) -> None:
    reading.past(repo.base)
    asked()
    past = reading.past(repo.base, "HEAD~2")
    assert told(past) == [(1, "INC-2025-001.yml", "declared")]
    assert asked() == []
    assert len(reading.past(repo.base)) == 4
    assert asked() == [], "what came after it is kept all the same"


def test_a_past_that_was_written_anew_is_noticed(repo: Repo, asked: Callable[[], list[str]]) -> None:
    reading.past(repo.base)
    asked()
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.commit("2025-01-01T14:00:00Z", {RECORD: record("resolved")})
    past = reading.past(repo.base)
    assert told(past) == [(1, "INC-2025-001.yml", "declared"), (3, "INC-2025-001.yml", "resolved")]
    assert len(asked()) == 1, "what lies before the fork is not read again"
    read(repo)


def test_a_past_of_which_nothing_is_left_is_read_anew(repo: Repo) -> None:
    reading.past(repo.base)
    repo.git("checkout", "--quiet", "--orphan", "anew")
    repo.commit("2025-02-01T10:00:00Z", {RECORD: record("cancelled")}, "Begin again")
    assert told(reading.past(repo.base)) == [(0, "INC-2025-001.yml", "cancelled")]


def test_a_tip_that_is_gone_is_no_obstacle(repo: Repo) -> None:
    reading.past(repo.base)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.commit("2025-01-01T14:00:00Z", {RECORD: record("resolved")})
    repo.git("reflog", "expire", "--expire=all", "--all")
    repo.git("gc", "--quiet", "--prune=now")
    assert told(reading.past(repo.base))[-1] == (3, "INC-2025-001.yml", "resolved")


def test_a_merge_brings_what_its_branch_did(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("2025-01-02T10:00:00Z", {OTHER: record("declared", 2)})
    repo.commit("2025-01-02T11:00:00Z", {OTHER: record("resolved", 2)})
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side", at="2025-01-05T10:00:00Z")
    past = read(repo)
    assert told(past)[-1] == (4, "INC-2025-002.yml", "resolved"), "what nobody here knew before is told once"
    assert len(past) == 5


def test_a_merge_the_other_way_around_is_read_by_its_own_line(repo: Repo) -> None:
    """`git pull` without a rebase makes the own line the first parent: what was the tip is then on the other side."""
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("2025-01-02T10:00:00Z", {OTHER: record("declared", 2)})
    repo.git("checkout", "--quiet", "main")
    reading.past(repo.base)
    repo.git("checkout", "--quiet", "side")
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "main", at="2025-01-05T10:00:00Z")
    repo.git("branch", "--force", "main", "side")
    past = reading.past(repo.base)
    assert told(past)[-2:] == [(3, "INC-2025-002.yml", "declared"), (4, "INC-2025-001.yml", "closed")]
    read(repo)


def test_files_that_move_go_and_come_back(repo: Repo) -> None:
    repo.git("-C", str(repo.base), "mv", RECORD, OTHER)
    repo.commit("2025-01-02T10:00:00Z", {})
    repo.commit("2025-01-03T10:00:00Z", {OTHER: None})
    repo.commit("2025-01-04T10:00:00Z", {RECORD: record("closed")})
    moved, gone, back = told(read(repo))[-4:-2], told(read(repo))[-2], told(read(repo))[-1]
    assert sorted(moved) == [(4, "INC-2025-001.yml", "gone"), (4, "INC-2025-002.yml", "closed")]
    assert gone == (5, "INC-2025-002.yml", "gone")
    assert back == (6, "INC-2025-001.yml", "closed")


def test_what_cannot_be_read_stops_nothing(repo: Repo) -> None:
    repo.commit("2025-01-02T10:00:00Z", {RECORD: "id: ["})
    (repo.base / OTHER).symlink_to("INC-2025-001.yml")
    repo.commit("2025-01-03T10:00:00Z", {})
    repo.commit("2025-01-04T10:00:00Z", {RECORD: record("closed")})
    assert [state for _, _, state in told(read(repo))[-3:]] == ["unreadable", "unreadable", "closed"]


def test_action_items(repo: Repo) -> None:
    repo.commit("2025-01-02T10:00:00Z", {POSTMORTEM: postmortem("proposed", "done")})
    (version,) = read(repo).versions("postmortems/")
    assert isinstance(version.facts, PostmortemFacts)
    assert [item.status for item in version.facts.items] == ["proposed", "done"]
    assert version.facts.incidents == ("INC-2025-001",)


def test_many_versions_are_read_the_quick_way_and_say_the_same(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2025-01-02T10:00:00Z", {POSTMORTEM: postmortem("proposed", "done"), OTHER: "id: ["})
    want = list(read(repo).versions())
    monkeypatch.setattr(reading, "_MANY", 0)
    assert list(read(repo).versions()) == want


def test_names_beyond_ascii_and_line_ends_of_windows(repo: Repo) -> None:
    text = "id: INC-2025-007\r\nstatus: closed\r\n"
    path = repo.base / "incidents/2025/Störung 港.yml"
    path.write_bytes(text.encode())
    repo.commit("2025-01-02T10:00:00Z", {})
    assert told(read(repo))[-1] == (4, "Störung 港.yml", "closed")


def test_a_name_that_is_no_text(repo: Repo) -> None:
    folder = os.fsencode(repo.base / "incidents/2025")
    with open(folder + b"/\xff\n.yml", "wb") as stream:  # noqa: PTH123 - pathlib knows no such name
        stream.write(b"id: INC-2025-008\nstatus: closed\n")
    repo.commit("2025-01-02T10:00:00Z", {})
    assert told(read(repo))[-1] == (4, "\udcff\n.yml", "closed")


def test_settings_of_a_user_change_nothing(repo: Repo) -> None:
    want = told(read(repo))
    for key, value in _SETTINGS.items():
        repo.git("config", key, value)
    assert told(read(repo)) == want


_SETTINGS = {
    "diff.renames": "copies", "log.showSignature": "true", "log.showRoot": "false", "color.ui": "always", "log.decorate": "full",
    "diff.noprefix": "true", "log.date": "relative", "format.pretty": "oneline", "log.diffMerges": "off", "log.follow": "true",
    "core.quotePath": "true", "log.mailmap": "true", "diff.ignoreSubmodules": "all", "diff.relative": "false",
}  # fmt: skip


def test_names_by_sha_256(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    repo = Repo(root)
    repo.git("init", "--quiet", "--object-format=sha256")
    repo.commit("2025-01-01T10:00:00Z", KB)
    repo.commit("2025-01-01T11:00:00Z", {RECORD: record("declared")})
    past = read(repo)
    assert past.width == 64
    assert told(past) == [(1, "INC-2025-001.yml", "declared")]


def test_a_shallow_clone_begins_where_it_is_cut_off(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth", "2", repo.root.as_uri(), str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone", repo.below)
    past = reading.past(clone.base)
    assert past.boundary
    assert len(past) == 2
    assert told(past) == [(0, "INC-2025-001.yml", "declared"), (1, "INC-2025-001.yml", "closed")]
    clone.git("fetch", "--quiet", "--unshallow")
    whole = reading.past(clone.base)
    assert not whole.boundary
    assert len(whole) == 4


def test_from_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = Repo(tmp_path / "linked", repo.below)
    assert told(read(linked)) == told(read(repo))


def test_without_a_repository_and_without_a_commit(tmp_path: Path) -> None:
    with pytest.raises(NoHistoryError, match="in no Git repository"):
        reading.past(tmp_path)
    repo = Repo.new(tmp_path / "empty")
    with pytest.raises(NoHistoryError, match="Nothing has been committed here yet"):
        reading.past(repo.base)


def test_a_commit_that_is_not_there(repo: Repo) -> None:
    with pytest.raises(NoHistoryError, match="Git cannot tell the history"):
        reading.past(repo.base, "nowhere")


def test_a_damaged_repository_is_named(repo: Repo) -> None:
    name = repo.git("rev-parse", "HEAD~1")
    (repo.root / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(GitFailedError, match="`git log` has failed: error: Could not read"):
        reading.past(repo.base)
    assert not (repo.base / kept.FILE).exists(), "half of a past is not kept"


def test_content_that_is_not_here_is_unreadable(repo: Repo) -> None:
    name = repo.git("rev-parse", f"HEAD~1:./{repo.below}/{RECORD}".replace("//", "/"))
    (repo.root / ".git/objects" / name[:2] / name[2:]).unlink()
    assert [state for _, _, state in told(reading.past(repo.base))] == ["unreadable", "closed"]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:200], lambda data: data[:0], lambda data: b"{}\n" + data]
)
def test_a_damaged_file_is_as_good_as_none(repo: Repo, damage: Callable[[bytes], bytes]) -> None:
    want = told(reading.past(repo.base))
    path = repo.base / kept.FILE
    path.write_bytes(damage(path.read_bytes()))
    assert told(reading.past(repo.base)) == want
    assert told(reading.past(repo.base)) == want


def test_a_disk_that_refuses_only_costs_time(repo: Repo) -> None:
    want = told(read(repo))
    shutil.rmtree(repo.base / ".incidentbook")
    (repo.base / ".incidentbook").write_text("in the way", encoding="utf-8")
    assert told(reading.past(repo.base)) == want


def test_rows_that_nobody_needs_do_not_pile_up(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_ENOUGH", 0)
    for number in range(40):
        repo.git("reset", "--quiet", "--hard", "main~1" if number else "HEAD")
        repo.commit("2025-01-02T10:00:00Z", {RECORD: record("closed", number + 100)})
        past = reading.past(repo.base)
        assert past.incidents.count <= 5 * len(past.at) + 1
        assert told(past)[-1][2] == "closed"
