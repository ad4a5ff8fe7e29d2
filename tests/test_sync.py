"""`inc sync` between real clones: nothing is lost, nothing comes twice, and what only people can decide is left to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from clones import INC, PEOPLE, Clone, clones, run
from incidentbook import git_command, sync, writer
from kb import write

POLICY: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Test", "time_zone": "UTC"},
    ".gitignore": ".incidentbook/\n",
}


@pytest.fixture
def three(tmp_path: Path) -> list[Clone]:
    made = clones(tmp_path, POLICY)
    made[0].inc("start", "Checkout fails", "--severity", "sev2", "--at", "-30m")
    for clone in made:
        clone.inc("sync")
    return made


def record(clone: Clone) -> str:
    (path,) = (clone.root / "incidents").rglob("*.yml")
    return path.relative_to(clone.root).as_posix()


def texts(clone: Clone) -> list[str]:
    return re.findall(r"text: (.+?)[,}]", clone.text(record(clone)))


def settle(three: list[Clone]) -> None:
    for clone in [*three, *three]:
        clone.inc("sync")


def contradict(a: Clone, b: Clone) -> None:
    """Let two clones give one record two titles."""
    for clone, title in ((a, "Checkout fails for all"), (b, "Checkout fails for some")):
        text = clone.text(record(clone)).replace("title: Checkout fails\n", f"title: {title}\n")
        (clone.root / record(clone)).write_text(text, encoding="utf-8")


def test_entries_of_all_clones_stand_in_each_in_the_order_of_time(three: list[Clone]) -> None:
    a, b, c = three
    a.inc("log", "third", "--at", "-5m")
    b.inc("log", "first", "--at", "-9m")
    c.inc("log", "second", "--at", "-7m")
    settle(three)
    for clone in three:
        assert [text for text in texts(clone) if "Declared" not in text] == ["first", "second", "third"]
    assert len({clone.text(record(clone)) for clone in three}) == 1


def test_it_says_what_it_did(three: list[Clone]) -> None:
    a, b, _ = three
    path = record(a)
    a.inc("log", "From a")
    assert a.inc("sync") == (
        f"committed {path}\ntook in nothing, sent 1 commit: this clone and origin/main hold the same\n"
    )
    said = json.loads(b.inc("sync", "--json"))
    assert (said["taken"], said["sent"], said["changed"]) == (1, 0, [path])
    assert b.inc("sync") == "took in nothing, sent nothing: this clone and origin/main hold the same\n"


def test_a_network_cut_loses_nothing(three: list[Clone]) -> None:
    a, b, _ = three
    remote = a.root.parent / "remote.git"
    remote.rename(remote.with_name("gone.git"))
    a.inc("log", "Written in the dark")
    status, said = a.refused("sync")
    assert status == 1
    assert said.startswith("error: origin cannot be reached: fatal:")
    assert "Nothing is lost: 1 commit waits here. Run `inc sync` again." in said
    remote.with_name("gone.git").rename(remote)
    a.inc("sync")
    b.inc("sync")
    assert texts(b).count("Written in the dark") == 1


def test_two_severities_are_two_changes_and_the_later_holds(three: list[Clone]) -> None:
    a, b, _ = three
    a.inc("severity", "sev1", "--reason", "All customers", "--at", "-3m")
    b.inc("severity", "sev3", "--reason", "Few customers", "--at", "-1m")
    settle(three)
    assert len({clone.text(record(clone)) for clone in three}) == 1
    assert "\nseverity: sev3\n" in a.text(record(a))
    assert a.text(record(a)).count("reason:") == 2


def test_what_only_people_can_decide_is_taken_back_and_named(three: list[Clone]) -> None:
    a, b, _ = three
    contradict(a, b)
    a.inc("sync")
    b.inc("log", "Meanwhile")
    status, said = b.refused("sync")
    assert status == 1
    assert "Two clones say different things, and only people can choose" in said
    assert f"{record(b)}:" in said
    assert "title: Checkout fails for" in said
    assert b.git("status", "--porcelain") == ""
    assert "title: Checkout fails for some" in b.text(record(b))
    assert texts(b).count("Meanwhile") == 1

    b.refused("sync", "--keep")
    kept = b.text(record(b))
    assert all(part in kept for part in ("<<<<<<<", "title: Checkout fails for all", "title: Checkout fails for some"))
    chosen = re.sub(r"<<<<<<<.*?\n(.*?)=======.*?>>>>>>>[^\n]*\n", r"\1", kept, flags=re.DOTALL)
    (b.root / record(b)).write_text(chosen, encoding="utf-8")
    b.git("add", "--all")
    b.git("-c", "core.editor=true", "rebase", "--continue")
    b.inc("sync")
    a.inc("sync")
    assert a.text(record(a)) == b.text(record(b))
    assert texts(a).count("Meanwhile") == 1


def test_what_else_is_being_edited_stays_as_it_is(three: list[Clone]) -> None:
    a, b, _ = three
    a.inc("log", "From a")
    a.inc("sync")
    policy = b.root / "policy/knowledge-base.yml"
    policy.write_text(policy.read_text(encoding="utf-8") + "description: half a thought\n", encoding="utf-8")
    b.inc("log", "From b")
    b.inc("sync")
    assert "half a thought" in policy.read_text(encoding="utf-8")
    assert b.git("status", "--porcelain") == " M policy/knowledge-base.yml\n"
    assert "half a thought" not in b.git("show", "HEAD:policy/knowledge-base.yml")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (["git", "checkout", "--quiet", "--detach"], "No branch is checked out"),
        (["git", "remote", "remove", "origin"], "There is no remote to share with"),
    ],
)
def test_where_there_is_nobody_to_share_with_it_says_so(three: list[Clone], prepare: list[str], said: str) -> None:
    run(three[0].root, *prepare)
    status, text = three[0].refused("sync")
    assert (status, said in text) == (2, True), text


def test_outside_git_it_says_so(tmp_path: Path) -> None:
    alone = Clone(write(tmp_path / "alone", POLICY))
    assert alone.refused("sync")[1].startswith("error: This is no Git repository")


def test_a_remote_that_refuses_is_quoted(three: list[Clone]) -> None:
    a = three[0]
    hook = a.root.parent / "remote.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'main is protected' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    a.inc("log", "From a")
    status, said = a.refused("sync")
    assert (status, "origin/main does not take it" in said, "1 commit waits here" in said) == (1, True, True), said


def test_a_first_push_makes_the_branch(tmp_path: Path) -> None:
    (clone,) = clones(tmp_path, POLICY, "a")
    clone.git("switch", "--quiet", "--create", "incident")
    clone.inc("start", "Checkout fails", "--severity", "sev2")
    assert "this clone and origin/incident hold the same" in clone.inc("sync")
    assert clone.git("rev-parse", "origin/incident") == clone.git("rev-parse", "HEAD")


def test_a_number_that_two_took_at_once_goes_to_who_sent_first(tmp_path: Path) -> None:
    a, b, c = clones(tmp_path, POLICY)
    a.inc("start", "Checkout fails", "--severity", "sev1")
    b.inc("start", "Search is slow", "--severity", "sev3")
    first = Path(record(a)).stem
    assert Path(record(b)).stem == first
    b.inc("log", f"Seen in {first} only")
    a.inc("sync")
    said = b.inc("sync")
    number = re.search(rf"^{first} is (INC-\d{{4}}-002) now: others had that number first$", said, re.MULTILINE)
    assert number is not None, said
    a.inc("sync")
    c.inc("sync")
    for clone in (a, b, c):
        found = {path.stem: path.read_text(encoding="utf-8") for path in (clone.root / "incidents").rglob("*.yml")}
        assert sorted(found) == [first, number[1]]
        assert "title: Checkout fails\n" in found[first]
        assert "title: Search is slow\n" in found[number[1]]
        assert f"Seen in {number[1]} only" in found[number[1]]
        assert clone.git("status", "--porcelain") == ""


def test_a_record_that_moved_and_could_not_be_sent_stays_moved(tmp_path: Path) -> None:
    """A rebase would replay the commit in which the number was taken, and meet the other record again."""
    a, b = clones(tmp_path, POLICY, "ab")
    a.inc("start", "Checkout fails", "--severity", "sev2")
    b.inc("start", "Search is slow", "--severity", "sev2")
    a.inc("sync")
    refuse = tmp_path / "remote.git" / "hooks" / "pre-receive"
    refuse.parent.mkdir(exist_ok=True)
    refuse.write_text("#!/bin/sh\necho 'closed for maintenance' >&2\nexit 1\n", "utf-8")
    refuse.chmod(0o755)
    b.refused("sync")
    refuse.unlink()
    first = record_named(a, "001")
    a.inc("log", "Meanwhile", "--incident", Path(first).stem)
    a.inc("sync")
    b.inc("sync")
    assert b.text(first) == a.text(first)
    assert "title: Search is slow\n" in b.text(record_named(b, "002"))


def record_named(clone: Clone, number: str) -> str:
    (path,) = (clone.root / "incidents").rglob(f"INC-*-{number}.yml")
    return path.relative_to(clone.root).as_posix()


def test_a_file_in_the_way_is_named_and_nothing_is_lost(three: list[Clone]) -> None:
    a, b, _ = three
    (a.root / "notes.txt").write_text("theirs\n", encoding="utf-8")
    a.git("add", "notes.txt")
    a.git("commit", "--quiet", "--message", "Notes")
    a.inc("sync")
    (b.root / "notes.txt").write_text("mine\n", encoding="utf-8")
    b.inc("log", "From b")
    status, said = b.refused("sync")
    assert status == 1
    assert (
        "Git cannot put both together: error: The following untracked working tree files would be overwritten" in said
    )
    assert (b.root / "notes.txt").read_text(encoding="utf-8") == "mine\n"
    (b.root / "notes.txt").unlink()
    b.inc("sync")
    assert "From b" in b.text(record(b))


def test_a_merge_that_nobody_has_settled_is_not_sent(three: list[Clone]) -> None:
    a, b, _ = three
    contradict(a, b)
    a.inc("sync")
    b.git("commit", "--quiet", "--all", "--message", "Title")
    b.git("fetch", "--quiet")
    assert run(b.root, "git", "merge", "origin/main").returncode == 1
    status, said = b.refused("sync")
    assert (status, "both sides of a merge stand there" in said) == (1, True), said
    assert b.git("ls-files", "--unmerged") != ""
    b.git("merge", "--abort")
    path = b.root / record(b)
    path.write_text(
        f"{path.read_text(encoding='utf-8')}<<<<<<< a\nx-a: 1\n=======\nx-a: 2\n>>>>>>> b\n", encoding="utf-8"
    )
    assert record(b) in b.refused("sync")[1]


def test_where_git_cannot_write_nothing_is_claimed(three: list[Clone]) -> None:
    a = three[0]
    a.inc("log", "Left behind?")
    (a.root / ".git/index.lock").touch()
    status, said = a.refused("sync")
    assert (status, "cannot be committed: fatal: Unable to create" in said) == (1, True), said


def test_a_branch_begun_from_main_is_not_main(three: list[Clone]) -> None:
    a = three[0]
    before = a.git("rev-parse", "origin/main")
    a.git("switch", "--quiet", "--create", "drill", "--track", "origin/main")
    a.inc("log", "A drill")
    assert "this clone and origin/drill hold the same" in a.inc("sync")
    a.git("fetch", "--quiet")
    assert a.git("rev-parse", "origin/main") == before


def test_unsaved_work_that_others_contradict_is_named(three: list[Clone]) -> None:
    a, b, _ = three
    for clone, text in ((a, "one\n"), (b, "two\n")):
        (clone.root / "policy/notes.md").write_text(text, encoding="utf-8")
    a.git("add", "policy/notes.md")
    a.git("commit", "--quiet", "--message", "Notes")
    b.git("add", "policy/notes.md")
    a.inc("sync")
    status, said = b.refused("sync")
    assert status == 1
    assert "What you have not committed contradicts" in said or "Git cannot put both together" in said


def test_hooks_that_refuse_do_not_stand_in_the_way(three: list[Clone]) -> None:
    a = three[0]
    for name in ("pre-commit", "prepare-commit-msg", "commit-msg", "pre-rebase"):
        hook = a.root / ".git/hooks" / name
        hook.write_text("#!/bin/sh\necho no ticket >&2\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    three[1].inc("log", "From b")
    three[1].inc("sync")
    a.inc("log", "From a")
    assert "sent 1 commit" in a.inc("sync")


def test_who_is_overtaken_between_fetch_and_push_tries_again(three: list[Clone]) -> None:
    a, b, c = three
    a.inc("log", "From a in between")
    a.git("commit", "--quiet", "--all", "--message", "In between")
    hook = b.root / ".git/hooks/pre-push"
    hook.write_text(
        f"#!/bin/sh\nset -e\ntest -e done || {{ touch done; git -C {a.root} push --quiet; }}\n", encoding="utf-8"
    )
    hook.chmod(0o755)
    b.inc("log", "From b")
    said = json.loads(b.inc("sync", "--json"))
    assert (said["taken"], said["sent"]) == (1, 1)
    c.inc("sync")
    assert [text for text in texts(c) if "Declared" not in text] == ["From a in between", "From b"]


def test_a_conflict_on_the_way_of_a_merge_can_be_kept_too(tmp_path: Path) -> None:
    a, b = clones(tmp_path, POLICY, "ab")
    a.inc("start", "Checkout fails", "--severity", "sev1")
    a.inc("sync")
    a.git("fetch", "--quiet")
    b.inc("sync")
    a.inc("start", "Search is slow", "--severity", "sev3")
    b.inc("start", "Mail is late", "--severity", "sev3")
    for clone, title in ((a, "All fails"), (b, "Some fails")):
        (path,) = (clone.root / "incidents").rglob("INC-*-001.yml")
        path.write_text(path.read_text(encoding="utf-8").replace("Checkout fails\n", f"{title}\n", 1), encoding="utf-8")
    a.inc("sync")
    status, said = b.refused("sync", "--keep")
    assert (status, "`git merge --continue`" in said) == (1, True), said
    (path,) = (b.root / "incidents").rglob("INC-*-001.yml")
    assert "<<<<<<<" in path.read_text(encoding="utf-8")


def test_nobody_writes_into_a_rebase(three: list[Clone], monkeypatch: pytest.MonkeyPatch) -> None:
    """What commits and rebases holds the lock of the checkout; what waits for the network does not."""
    a, b, _ = three
    a.inc("log", "From a")
    a.inc("sync")
    b.inc("log", "From b")
    held: dict[str, bool] = {}
    real = git_command.run

    def watched(folder: Path, *arguments: str, **more: Any) -> git_command.Done:
        with (b.root / ".incidentbook/lock").open("ab") as handle:
            for word in {"commit", "rebase", "fetch", "push"} & {*arguments}:
                held[word] = not writer._taken(handle)
        return real(folder, *arguments, **more)

    for key, value in PEOPLE.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{key}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{key}", value)
    monkeypatch.setattr(git_command, "run", watched)
    sync.sync(b.root, INC)
    assert held == {"commit": True, "rebase": True, "fetch": False, "push": False}
