"""Sending and taking in: what other clones wrote is united with what this one wrote, until both hold the same.

Hosted merge buttons know no merge driver of ours, so records are united here: fetched, rebased through the driver, pushed, and
all of it again where somebody else was faster. Nothing is lost on the way: a rebase that meets a conflict is taken back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from incidentbook import files, git_command
from incidentbook.errors import FINDINGS, IncidentbookError
from incidentbook.merge import install
from incidentbook.response import clashes, committing, renumber
from incidentbook.writer import lock

_FOLDER = "incidents"  # what responders write; what authors write is committed by them
_PATIENCE = 60.0  # seconds for other writers of this checkout
_TRIES = 6
_NETWORK = 60.0  # seconds for a remote to answer
_UNITING = 600.0  # seconds for a rebase, which nobody may cut short
_MARKER = "<<<<<<< "
_FASTER = ("[rejected]", "fetch first", "cannot lock ref")  # what Git says where somebody else has pushed meanwhile


class UnsentError(IncidentbookError):
    """What was written is safe in this clone, and not sent."""

    exit_status = FINDINGS


class Moved(NamedTuple):
    """A record of ours that took another number, since somebody else had taken the same first."""

    old: str
    new: str


class Report(NamedTuple):
    """What a sync did.

    Attributes:
        upstream: the branch that this clone is the same as now: `origin/main`.
        committed: the records that were written and not committed, by their paths.
        taken: how many commits came in.
        sent: how many went out.
        changed: the records that others changed, by their paths.
        moved: records of ours with a new number.
        installed: what had to be done first so that Git calls the merge driver.

    """

    upstream: str
    committed: tuple[str, ...] = ()
    taken: int = 0
    sent: int = 0
    changed: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    installed: tuple[str, ...] = ()


class Target(NamedTuple):
    """Where a branch goes: the remote, the branch there, and the ref that this clone keeps of it."""

    remote: str
    branch: str

    @property
    def ref(self) -> str:
        """The remote-tracking branch."""
        return f"refs/remotes/{self.remote}/{self.branch}"

    @property
    def name(self) -> str:
        """How people call it."""
        return f"{self.remote}/{self.branch}"


def target(root: Path) -> Target:
    """Return where the branch that is checked out goes.

    Raises:
        IncidentbookError: this is no Git repository, no branch is checked out, or there is no remote.

    """
    if files.git_top(root) is None:
        raise IncidentbookError("This is no Git repository, so there is nobody to share it with", hint="`git init`")
    head = git_command.run(root, "symbolic-ref", "--short", "--quiet", "HEAD")
    if head.status:
        raise IncidentbookError(
            "No branch is checked out: a rebase has not ended, or a commit was checked out",
            hint="`git status` says which; `git rebase --continue` ends a rebase, `git switch main` goes to a branch.",
        )
    branch = head.out.strip()
    remotes = git_command.run(root, "remote").out.split()
    if not remotes:
        raise IncidentbookError("There is no remote to share with", hint="`git remote add origin ADDRESS` names one.")
    remote = git_command.run(root, "config", f"branch.{branch}.remote").out.strip()
    if remote not in remotes:
        remote = "origin" if "origin" in remotes else remotes[0]
    return Target(remote, branch)  # of its own name, as Git's push.default has it: a branch begun from main is not main


def sync(root: Path, inc: str, *, keep: bool = False, wait: Callable[[float], None] = time.sleep) -> Report:
    """Take in what others wrote, and send what this clone wrote.

    Args:
        root: of the knowledge base.
        inc: the path of this program, which Git calls to merge.
        keep: leave a rebase that met a conflict as it stands, for a person to end, instead of taking it back.
        wait: how to wait between two tries (seconds).

    Raises:
        UnsentError: the remote cannot be reached, refuses, or there is a conflict.
        IncidentbookError: there is nothing to share with.

    """
    goal = target(root)
    with lock(root, _PATIENCE):
        report = Report(goal.name, installed=tuple(install.install(root, inc)))
    for attempt in range(_TRIES):
        fetched = git_command.run(root, "fetch", "--quiet", goal.remote, seconds=_NETWORK)
        with lock(root, _PATIENCE):
            report = _with_commits(root, report)
            if fetched.status:
                raise UnsentError(f"{goal.remote} cannot be reached: {fetched.why}", hint=_waits(root, goal))
            report = _united(root, goal, report, keep=keep)
            sent = _ahead(root, goal)
        if not sent:
            return report
        there = f"HEAD:refs/heads/{goal.branch}"
        pushed = git_command.run(root, "push", "--quiet", "--set-upstream", goal.remote, there, seconds=_NETWORK)
        if pushed.status == 0:
            return report._replace(sent=sent)
        if not any(sign in pushed.err for sign in _FASTER):
            raise UnsentError(f"{goal.name} does not take it: {pushed.why}", hint=_waits(root, goal))
        if not _exists(root, goal.ref):  # a clone of a single branch knows of no other
            git_command.run(
                root, "fetch", "--quiet", goal.remote, f"+refs/heads/{goal.branch}:{goal.ref}", seconds=_NETWORK
            )
        wait(0.1 * 2**attempt)
    raise UnsentError(f"Others were faster {_TRIES} times in a row", hint=_waits(root, goal))


def _with_commits(root: Path, report: Report) -> Report:
    """Commit the records that were written and not committed; what else has changed stays as it is."""
    _refuse_unsettled(root)
    ours = [name for name in (_FOLDER, install.FILE) if (root / name).exists()]
    done = committing.commit(root, ours, _message)
    if done.problem:
        raise UnsentError(f"What was written cannot be committed: {done.problem}", hint="Mend that, and sync again.")
    return report._replace(committed=(*report.committed, *done.paths))


def _message(changed: Sequence[str]) -> str:
    ids = ", ".join(sorted({Path(path).stem for path in changed if path != install.FILE}))
    return f"{ids}: as written so far" if ids else "Merge records by what they say"


def _refuse_unsettled(root: Path) -> None:
    """Refuse to commit what a merge has left to people. Raises UnsentError."""
    dirty = git_command.run(root, "ls-files", "-z", "--modified", "--others", "--exclude-standard", _FOLDER)
    marked = [path for path in git_command.names(dirty.out) if _places(root, path)]
    if paths := list(dict.fromkeys([*committing.left_to_people(root), *marked])):
        raise UnsentError(
            f"{', '.join(paths)}: both sides of a merge stand there, and nobody has settled it",
            hint="`inc unconflict FILE` mends what can be mended; then `git add` it, and end the merge or the rebase.",
        )


def _united(root: Path, goal: Target, report: Report, *, keep: bool) -> Report:
    """Put what is ours on top of what others sent; the caller holds the lock."""
    if not _exists(root, goal.ref):
        return report
    came = _count(root, f"HEAD..{goal.ref}")
    if not came:
        return report
    base = git_command.run(root, "merge-base", "HEAD", goal.ref).out.strip()
    arrived = git_command.run(
        root, "diff", "--name-only", "-z", "--relative", base or "HEAD", goal.ref, "--", _FOLDER
    ).out
    moved = _moved(root, goal)
    # a rebase would meet the old number in each of our commits, sent or not; a merge sees only how it ended
    merging = bool(moved) or _count(root, f"{goal.ref}..HEAD", "--merges") > 0
    how = ["merge", "--ff", "--no-edit"] if merging else ["rebase"]
    done = git_command.run(root, *committing.NO_HOOKS, *how, "--quiet", "--autostash", goal.ref, seconds=_UNITING)
    if done.status:
        raise _conflict(root, done, how[0], keep=keep)
    torn = committing.left_to_people(root)
    if torn or "utostash resulted in conflicts" in done.err + done.out:
        raise UnsentError(
            f"What you have not committed contradicts what others sent: {', '.join(torn) or 'see git status'}",
            hint="It is safe in `git stash list`. Settle the files, `git add` them, `git stash drop`, and run `inc sync` again.",
        )
    return report._replace(
        taken=report.taken + came,
        changed=tuple(dict.fromkeys([*report.changed, *git_command.names(arrived)])),
        moved=(*report.moved, *moved),
    )


def _moved(root: Path, goal: Target) -> list[Moved]:
    """Give our records another number where others took theirs first; the caller holds the lock."""
    moved = []
    for old in clashes.clashes(root, goal.ref):
        plan = renumber.renumber(root, old)
        moved.append(Moved(old, plan.new))
        done = committing.commit(root, plan.paths, f"{old} is {plan.new}: others had that number first")
        if done.problem:
            raise UnsentError(f"{old} became {plan.new}, which cannot be committed: {done.problem}")
    return moved


def _conflict(root: Path, done: git_command.Done, how: str, *, keep: bool) -> UnsentError:
    """Return what to say of a rebase or merge that stopped, and take it back unless it is to be kept."""
    paths = committing.left_to_people(root)
    what = "; ".join(place for path in paths for place in _places(root, path) or [path])
    if not paths:  # it stopped before it began, at a file of somebody's that is in the way, say
        git_command.run(root, how, "--abort")
        return UnsentError(f"Git cannot put both together: {done.why}", hint=_waits(root, target(root)))
    if keep:
        hint = f"Mend the file, `git add` it, `git {how} --continue`, and run `inc sync` again."
    else:
        git_command.run(root, how, "--abort")
        hint = (
            "Nothing was changed here. `inc sync --keep` leaves both values in the file for you to choose; "
            "or make this clone say the same, and run `inc sync` again."
        )
    return UnsentError(f"Two clones say different things, and only people can choose: {what}", hint=hint)


def _places(root: Path, path: str) -> list[str]:
    """Return where both values stand in a file: its lines with a conflict, and the key on each; none where there is none."""
    try:
        lines = (root / path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    opened = [number for number, line in enumerate(lines[:-1]) if line.startswith(_MARKER)]
    return [f"{path}:{number + 1} ({lines[number + 1].strip()})" for number in opened]


def _waits(root: Path, goal: Target) -> str:
    count = _ahead(root, goal)
    commits = f"{count} commit{'' if count == 1 else 's'} wait{'s' if count == 1 else ''}"
    return f"Nothing is lost: {commits} here. Run `inc sync` again."


def _ahead(root: Path, goal: Target) -> int:
    """Return how many commits this clone has that the remote has not, as far as is known here."""
    return _count(root, f"{goal.ref}..HEAD" if _exists(root, goal.ref) else "HEAD")


def _exists(root: Path, ref: str) -> bool:
    return git_command.run(root, "rev-parse", "--verify", "--quiet", ref).status == 0


def _count(root: Path, revisions: str, *which: str) -> int:
    done = git_command.run(root, "rev-list", "--count", *which, revisions)
    if done.status:
        raise UnsentError(f"Git cannot say what is to be sent: {done.why}", hint="Mend that, and sync again.")
    return int(done.out)
