"""The tree of any commit as figures need it, straight from Git's objects: nothing is checked out."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incidentbook import files, git_command
from incidentbook.errors import NotFoundError
from incidentbook.frozen import frozen
from incidentbook.history import clock
from incidentbook.history.absent import absent
from incidentbook.records.time import UTC, end_of_day, parse_date, parse_time
from incidentbook.repository import Repository, machine_time
from incidentbook.snapshot import loading
from incidentbook.snapshot.loading import Content, Way
from incidentbook.snapshot.store import Store
from incidentbook.snapshot.tree import Progress

_LINK = "120000"
_BEHIND_A_LINK = files.Refusal("This is a link, which is not followed in a commit", "Put the file itself there.")

_NOT_HERE = files.Refusal(
    "Git does not have this file's content here", "This clone is a partial one: fetch what is missing."
)


@frozen
class Revision:
    """A commit: its whole name, the short one, and "now" for what is computed from its tree.

    That is the end of the day, or the time, by which it was asked for, but nothing to come; else its own time.
    """

    commit: str
    short: str
    at: dt.datetime


def find(root: Path, text: str, zone: ZoneInfo) -> Revision:
    """Return the commit that ``text`` means.

    Args:
        root: the knowledge base.
        text: a date (the last commit before that day ends in ``zone``), an RFC 3339 time (the last one until then), or
            whatever Git takes for a commit: a hash, a branch, a tag, ``HEAD~3``.
        zone: of dates.

    Raises:
        NotFoundError: there is no such commit.
        NoHistoryError: there is no Git repository, or nothing in it.

    """
    if not text.strip():
        raise NotFoundError(
            "An empty text names no commit", hint="Give a date (2025-01-31), a hash, a branch or a tag."
        )
    day, moment = parse_date(text), parse_time(text)
    until = end_of_day(day, zone) if day else moment
    name = text
    if until is not None:
        name = _before(root, until - dt.timedelta(seconds=1) if day else until)
    if not name:
        raise absent(root) or NotFoundError(
            f"There is no commit until {text}", hint="Choose a later one: `git log` shows them."
        )
    asked = git_command.run(
        root, "log", "-1", "--no-show-signature", "--format=%H %h %ct", "--end-of-options", name, "--"
    )
    if asked.status or not asked.out.strip():
        raise absent(root) or NotFoundError(
            f"There is no commit {text!r} here: {asked.why}",
            hint="Give a date (2025-01-31), a hash, a branch or a tag; `git log` shows them.",
        )
    commit, short, seconds = asked.out.split()
    made = dt.datetime.fromtimestamp(int(seconds), UTC)
    return Revision(commit, short, made if until is None else min(until.astimezone(UTC), machine_time()))


def _before(root: Path, until: dt.datetime) -> str:
    """Return the last commit until then on the line of first parents, so of what the branch itself held at that time.

    Where commits are dated before those that they follow, `clock.settled` says which dates are wrong.
    """
    told = git_command.run(root, "rev-list", "--first-parent", "--timestamp", "HEAD").out.split()
    commits, times = told[1::2][::-1], clock.settled([int(time) for time in told[::2]][::-1])
    held = bisect.bisect_right(times, until.timestamp())
    return commits[held - 1] if held else ""


def holds(root: Path, commit: str, path: str) -> bool:
    """Whether there was a file or a folder at ``path``, relative to ``root``, in a commit."""
    return not git_command.run(root, "cat-file", "-e", f"{commit}:./{path}").status


class Blob(NamedTuple):
    """A file of a commit: where it is, the name of its content, and whether it is a link."""

    path: str
    name: str
    is_link: bool


def blobs(root: Path, commit: str, folders: Sequence[str] = files.FOLDERS) -> list[Blob]:
    """Return the files in ``folders`` of a commit that hold records, in the order that a listing has them in."""
    listed = git_command.run(root, "ls-tree", "-r", "-z", commit, "--", *folders)
    if listed.status:
        raise NotFoundError(f"The tree of {commit} cannot be read: {listed.why}", hint="`git fsck` says what is wrong.")
    found = []
    for line in git_command.names(listed.out):
        about, path = line.split("\t", 1)
        mode, kind, name = about.split()
        if kind == "blob" and files.is_read(path):
            found.append(Blob(path, name, mode == _LINK))
    return sorted(found, key=lambda blob: files.FOLDERS.index(blob.path.split("/", 1)[0]))


def load(
    root: Path,
    revision: Revision,
    store: Store | None,
    progress: Progress | None = None,
    folders: Sequence[str] = files.FOLDERS,
    way: Way = loading.LEAN,
) -> Repository:
    """Read the knowledge base as it stood in a commit, or only ``folders`` of it.

    With a store records hold what ``way`` keeps, and documents are read on demand; without one every file is read whole.

    Raises:
        NotFoundError: there was no knowledge base here then.

    """
    found = blobs(root, revision.commit, folders)
    names = {blob.path: "" if blob.is_link else blob.name for blob in found}
    if files.MARKER not in names:
        raise NotFoundError(
            f"There was no knowledge base here in commit {revision.short} (no {files.MARKER})",
            hint="Choose a later commit: `git log -- policy` shows them.",
        )
    repo = Repository(root, written=revision.at)
    read = _reading(root, names)
    entries = loading.entries(store, names, lambda path: lambda: next(iter(read([path]))).data, read, way)
    for entry in progress(entries, len(names)) if progress else entries:
        repo.add(entry)
    repo.content = loading.content(names)
    return repo


def _reading(root: Path, names: dict[str, str]) -> Callable[[list[str]], Iterator[Content]]:
    def read(paths: Iterable[str]) -> Iterator[Content]:
        wanted = [(path, names[path]) for path in paths]
        answers = git_command.blobs(root, [name for _, name in wanted if name])
        for path, name in wanted:
            if not name:
                yield Content(path, "", _BEHIND_A_LINK)
                continue
            data = next(answers, None)
            if data is None:
                yield Content(path, "", _NOT_HERE)
            else:
                yield Content(path, name, data if len(data) <= files.MAX_SIZE else files.TOO_LARGE)

    return read
