"""`inc actions sync --pull-request`: what came back as one pull request that is kept, in clones with a remote between them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clones import Clone, clones, run
from github_fake import Fake, serving
from incidentbook import resources
from incidentbook.github.branch import BRANCH, Branch, ground
from kb import Inc, Result, change, incident

PATH = "postmortems/2025/INC-2025-001.md"
PULL = "https://github.com/acme/ops/pull/88"
POSTMORTEM = """\
---
incidents: [INC-2025-001]
status: published
action_items:
  - id: AI-2025-001-1
    title: Mend it
    owner: sre
    due: 2025-01-31     # as agreed
    status: in-progress
    issue: acme/ops#1
---

The body.
"""
FILES: dict[str, object] = {
    "policy/knowledge-base.yml": {
        "name": "T", "time_zone": "Europe/Berlin", "as_of": "2025-01-15T06:00:00Z", "teams": {"sre": {"name": "SRE"}},
    },
    "policy/actions.yml": {
        "effective_from": "2024-01-01", "deadlines": {}, "evidence_required": True, "waiver_max": "60d",
        "github": {"repository": "acme/ops"},
    },
    "incidents/2025/INC-2025-001.yml": incident(1),
    PATH: POSTMORTEM,
}  # fmt: skip


class Desk:
    """Two clones of a knowledge base, of which one proposes, and GitHub."""

    def __init__(self, inc: Inc, folder: Path, fake: Fake) -> None:
        self._inc, self.fake, self.folder = inc, fake, folder
        self.mine, self.theirs = clones(folder, FILES, "ab")
        self.mine.git("config", "user.name", "Robot")
        self.mine.git("config", "user.email", "robot@ops.example")
        self.mine.git("remote", "set-url", "origin", "https://github.com/acme/book.git")
        self.mine.git("config", f"url.{folder / 'remote.git'}.insteadOf", "https://github.com/acme/book.git")
        self.mine.git("config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main")
        fake.add("Mend it (AI-2025-001-1)")

    def call(self, *arguments: str) -> Result:
        """Run `inc actions sync --pull-request ARGUMENTS`."""
        return self._inc("actions", "sync", "--pull-request", *arguments, root=self.mine.root)

    def run(self, *arguments: str) -> str:
        """Run it; it is to come to its end, and to leave what is checked out as it was."""
        before = self.mine.git("rev-parse", "HEAD"), self.mine.git("branch", "--list")
        done = self.call(*arguments)
        assert done.status == 0, done
        assert self.mine.git("status", "--porcelain") == ""
        assert (self.mine.git("rev-parse", "HEAD"), self.mine.git("branch", "--list")) == before
        return done.out

    @property
    def tip(self) -> str:
        """The commit that the branch at the remote is at; empty where there is none."""
        done = run(self.folder / "remote.git", "git", "rev-parse", "--verify", "--quiet", f"refs/heads/{BRANCH}")
        return done.stdout.strip()

    def proposed(self, path: str = PATH) -> str:
        """What the branch says of a file."""
        return run(self.folder / "remote.git", "git", "show", f"{BRANCH}:{path}").stdout

    def merge(self) -> None:
        """Merge the pull request, as somebody does at GitHub, and take that in."""
        self.theirs.git("pull", "--quiet", "--no-rebase", "origin", "main")
        self.theirs.git("fetch", "--quiet", "origin", BRANCH)
        self.theirs.git("merge", "--quiet", "--no-ff", "FETCH_HEAD")
        self.theirs.git("push", "--quiet", "origin", "HEAD:main")
        self.fake.pulls[-1]["state"] = "closed"
        self.mine.git("pull", "--quiet", "--ff-only", "origin", "main")

    def commit_there(self, message: str = "Say it better") -> None:
        """Commit to the branch, as somebody who reviews it does."""
        self.theirs.git("fetch", "--quiet", "origin", BRANCH)
        self.theirs.git("switch", "--quiet", "--force-create", BRANCH, "FETCH_HEAD")
        change(self.theirs.root, PATH, "The body.", "A better body.")
        self.theirs.git("commit", "--quiet", "--all", "--message", message)
        self.theirs.git("push", "--quiet", "origin", BRANCH)
        self.theirs.git("switch", "--quiet", "main")


@pytest.fixture
def fake() -> Iterator[Fake]:
    with serving(Fake()) as running:
        yield running


@pytest.fixture
def desk(inc: Inc, tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("GITHUB_TOKEN", "t0ken")
    monkeypatch.setenv("GITHUB_API_URL", fake.address)
    monkeypatch.setattr("incidentbook.github.patience.pause", lambda _: 0.0)
    made = Desk(inc, tmp_path, fake)
    made.run()  # both agree on what the issue says
    assert made.fake.pulls == []
    return made


def test_what_came_back_is_one_pull_request_and_nothing_here_is_touched(desk: Desk) -> None:
    desk.fake.close(1, by=PULL)
    out = desk.run()
    assert "  proposed: status: in-progress → done\n" in out
    assert "pull request https://github.com/acme/book/pull/1: opened\n" in out
    (pull,) = desk.fake.pulls
    assert (pull["head"], pull["base"], pull["title"]) == (
        {"ref": BRANCH},
        {"ref": "main"},
        "Take back what became of action items",
    )
    assert (
        "- **AI-2025-001-1** acme/ops#1: status: in-progress → done; completed: 2025-01-21; evidence: pull-request"
        in pull["body"]
    )
    wanted = POSTMORTEM.replace("status: in-progress", "status: done")
    assert desk.proposed().startswith(wanted[: wanted.index("    issue")])
    assert desk.mine.text(PATH) == POSTMORTEM
    author = run(desk.folder / "remote.git", "git", "log", "-1", "--format=%an %cn %s", BRANCH).stdout
    assert author == "Robot Robot Take back what became of action items\n"


def test_a_second_run_changes_nothing_and_a_new_answer_refreshes_it(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    desk.run()
    tip, sent = desk.tip, len(desk.fake.writes)
    assert "pull/1: as it was" in desk.run()
    assert (desk.tip, len(desk.fake.writes)) == (tip, sent)
    desk.fake.due(1, "2025-02-21")
    assert "pull/1: refreshed" in desk.run()
    (pull,) = desk.fake.pulls
    assert "due: 2025-01-31 → 2025-02-21" in pull["body"]
    assert "    due: 2025-02-21     # as agreed\n" in desk.proposed()
    assert run(desk.folder / "remote.git", "git", "rev-list", "--count", f"main..{BRANCH}").stdout == "1\n"


def test_a_main_branch_that_moves_on_elsewhere_leaves_it_and_one_that_changes_the_file_renews_it(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    desk.run()
    tip = desk.tip
    (desk.mine.root / "README.md").write_text("Ours", encoding="utf-8")
    desk.mine.git("add", "README.md")
    desk.mine.git("commit", "--quiet", "--message", "Say what it is")
    desk.mine.git("push", "--quiet", "origin", "main")
    assert "as it was" in desk.run()
    assert desk.tip == tip
    change(desk.mine.root, PATH, "The body.", "Another body.")
    desk.mine.git("commit", "--quiet", "--all", "--message", "Say it otherwise")
    desk.mine.git("push", "--quiet", "origin", "main")
    assert "refreshed" in desk.run()
    assert "Another body." in desk.proposed()
    assert desk.tip != tip


def test_once_merged_there_is_nothing_to_propose_and_the_next_answer_is_a_new_pull_request(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    desk.run()
    desk.merge()
    assert "pull request" not in desk.run()
    desk.fake.due(1, "2025-02-21")
    assert "pull/2: opened" in desk.run()
    assert [pull["state"] for pull in desk.fake.pulls] == ["closed", "open"]


def test_what_is_not_said_any_more_closes_it(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    desk.run()
    desk.fake.issues[1]["milestone"] = None
    assert "pull/1: closed" in desk.run()
    assert desk.fake.pulls[0]["state"] == "closed"
    assert "pull request" not in desk.run()
    desk.fake.due(1, "2025-02-21")
    assert "pull/2: opened" in desk.run()


def test_commits_of_others_are_never_pushed_over(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    desk.run()
    desk.commit_there()
    tip = desk.tip
    assert "pull/1: as it was" in desk.run()
    desk.fake.due(1, "2025-02-21")
    done = desk.call()
    assert (done.status, f"error: Somebody has committed to {BRANCH}" in done.err) == (1, True)
    desk.fake.issues[1]["milestone"] = None
    assert "pull/1: left alone" in desk.run()
    assert (desk.tip, desk.fake.pulls[0]["state"]) == (tip, "open")


def test_a_commit_of_somebody_that_is_called_as_ours_is_not_pushed_over(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    desk.run()
    desk.commit_there("Take back what became of action items")
    tip = desk.tip
    desk.fake.due(1, "2025-02-21")
    assert desk.call().status == 1
    assert desk.tip == tip


@pytest.mark.parametrize("fault", ["cut", "500 after", "primary"])
def test_whatever_goes_wrong_and_when_there_is_one_pull_request(desk: Desk, fault: str) -> None:
    desk.fake.due(1, "2025-02-14")
    for position in range(1, 7):
        desk.fake.faults = {len(desk.fake.requests) + position: fault}
        desk.call("--wait", "0s")
    desk.fake.faults = {}
    desk.run()
    assert "pull/1: as it was" in desk.run()
    assert len(desk.fake.pulls) == 1


@pytest.mark.parametrize("fault", ["cut after", "500 after"])
def test_a_pull_request_whose_answer_was_lost_is_found(desk: Desk, fault: str) -> None:
    desk.fake.due(1, "2025-02-14")
    before = len(desk.fake.requests)
    desk.run("--dry-run")
    reads = len(desk.fake.requests) - before
    desk.fake.faults = {len(desk.fake.requests) + reads + 2: fault}  # after the question for an open one
    assert "pull/1: opened" in desk.run()
    assert (desk.fake.faults, len(desk.fake.pulls)) == ({}, 1)


def test_new_issues_are_noted_in_it(desk: Desk) -> None:
    item = "  - {id: AI-2025-001-2, title: Watch it, owner: sre, due: 2025-01-31, status: not-started}\n---\n"
    change(desk.mine.root, PATH, "---\n\nThe", f"{item}\nThe")
    desk.mine.git("commit", "--quiet", "--all", "--message", "Promise more")
    desk.mine.git("push", "--quiet", "origin", "main")
    out = desk.run()
    assert "proposed: issue: acme/ops#2" in out
    assert "pull/1: as it was" in desk.run(), "it is found by its label, and proposed until it is merged"
    assert len(desk.fake.issues) == 2


def test_programs_are_told(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    said: Any = json.loads(desk.run("--json"))
    jsonschema_rs.validate(resources.schema("actions-sync-output"), said)
    assert said["pull_request"] == {"number": 1, "url": "https://github.com/acme/book/pull/1", "what": "opened"}


def test_a_dry_run_proposes_nothing(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    sent = len(desk.fake.writes)
    assert "+    due: 2025-02-14     # as agreed" in desk.run("--dry-run")
    assert (desk.tip, desk.fake.pulls, len(desk.fake.writes)) == ("", [], sent)


def test_a_knowledge_base_in_a_folder_and_a_shallow_clone(desk: Desk, inc: Inc) -> None:
    desk.theirs.git("mv", "-k", "policy", "incidents", "postmortems", str(_made(desk.theirs.root / "book")))
    desk.theirs.git("commit", "--quiet", "--message", "Move it")
    desk.theirs.git("push", "--quiet", "origin", "main")
    remote = desk.folder / "remote.git"
    run(desk.folder, "git", "clone", "--quiet", "--depth", "1", f"file://{remote}", "c")
    clone = Clone(desk.folder / "c")
    for name, value in {
        "user.name": "R", "user.email": "r@x.example", "remote.origin.url": "git@github.com:acme/book.git",
        f"url.file://{remote}.insteadOf": "git@github.com:acme/book.git",
    }.items():  # fmt: skip
        clone.git("config", name, value)
    desk.fake.due(1, "2025-02-14")
    for what in ("opened", "as it was"):
        done = inc("actions", "sync", "--pull-request", root=clone.root / "book")
        assert (done.status, f"pull/1: {what}" in done.out) == (0, True), done
    assert "due: 2025-02-14" in desk.proposed(f"book/{PATH}")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_work_that_would_come_along_stops_it_before_anything_is_sent(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    change(desk.mine.root, PATH, "The body.", "My draft.")
    sent = len(desk.fake.requests)
    done = desk.call()
    assert (done.status, "hold changes that are not committed" in done.err, len(desk.fake.requests)) == (2, True, sent)
    desk.mine.git("commit", "--quiet", "--all", "--message", "A draft")
    done = desk.call()
    assert (done.status, "What is checked out is not part of main at origin" in done.err) == (1, True), done
    assert (desk.fake.pulls, desk.tip) == ([], "")


def test_what_lacks_for_it_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.fake.book = "acme/other"
    done = desk.call()
    assert (done.status, "There is no acme/book, or the token may not see it" in done.err) == (1, True), done
    desk.mine.git("config", "--unset", "user.email")
    monkeypatch.setenv("HOME", str(desk.folder))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("EMAIL", "")
    desk.mine.git("config", "user.useConfigOnly", "true")
    done = desk.call()
    assert (done.status, "git config user.name NAME" in done.err) == (2, True), done
    desk.mine.git("remote", "remove", "origin")
    assert "git remote add origin ADDRESS" in desk.call().err


def test_a_token_that_may_not_open_one_is_a_sentence(desk: Desk) -> None:
    desk.fake.due(1, "2025-02-14")
    answer = desk.fake.answer

    def refuse(method: str, path: str, query: Any, sent: Any) -> Any:
        if method == "POST" and path.endswith("/pulls"):
            return 403, {"message": "Resource not accessible by integration"}, {}
        return answer(method, path, query, sent)

    desk.fake.answer = refuse  # type: ignore[method-assign]
    done = desk.call()
    assert (done.status, "The token needs to write contents and pull requests of acme/book." in done.err) == (
        1,
        True,
    ), done


def test_who_interrupts_it_proposes_nothing_and_the_next_run_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    change(desk.mine.root, PATH, "title: Mend it", "title: Mend it soon")
    desk.mine.git("commit", "--quiet", "--all", "--message", "Promise it sooner")
    desk.mine.git("push", "--quiet", "origin", "main")
    desk.fake.due(1, "2025-02-14")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("incidentbook.github.client.Client.edit", stop)
        done = desk.call()
    assert (done.status, desk.fake.pulls, desk.tip) == (130, [], "")
    assert "nothing was sent; left: AI-2025-001-1" in done.err
    assert "pull/1: opened" in desk.run()


def test_the_token_is_for_the_host_of_github_alone(desk: Desk) -> None:
    asked = "protocol=https\nhost={}\n\n"
    trust = Branch(ground(desk.mine.root), "api.github.com")._trust

    def fill(host: str) -> str:
        command = ["git", *trust, "credential", "fill"]
        environment = {
            "GIT_TERMINAL_PROMPT": "0",
            "GITHUB_TOKEN": "t0ken",
            "PATH": "/usr/bin:/bin",
            "HOME": str(desk.folder),
        }
        return subprocess.run(
            command, input=asked.format(host), capture_output=True, text=True, check=False, env=environment
        ).stdout

    assert "username=x-access-token\npassword=t0ken\n" in fill("github.com")
    assert "t0ken" not in fill("evil.example")
    assert "t0ken" not in " ".join(trust)
