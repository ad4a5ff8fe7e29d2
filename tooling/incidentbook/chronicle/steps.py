"""Values of a record's past: what a commit did to its files, and how a version of one is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple

from incidentbook.differences import Difference
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.history.about import Commit
from incidentbook.history.past import INCIDENTS
from incidentbook.records.time import utc_text

if TYPE_CHECKING:
    from incidentbook.outputs import history as printed

_NOTHING: Mapping[str, Any] = {}


class Text(NamedTuple):
    """What a content says: its data or the part that is followed, the lines behind it, and why it cannot be read."""

    data: Mapping[str, Any] = _NOTHING
    body: tuple[str, ...] = ()
    unreadable: str = ""


@frozen
class Touch:
    """What a commit did to one file.

    Attributes:
        what: ``added``, ``changed``, ``moved``, ``removed``, ``there`` (already, where a past begins that is cut off), or
            ``unreadable`` where nobody can tell.
        path: where the file is, or was before it was removed.
        moved_from: where it was before; empty where it was not moved.
        differences: the facts that are not what they were.
        added_lines: of the text behind the front matter.
        removed_lines: likewise.
        reason: why it cannot be read.
        before: what it said when it was last readable before the commit.
        after: what it says from then on.

    """

    what: str
    path: str
    moved_from: str = ""
    differences: tuple[Difference, ...] = ()
    added_lines: int = 0
    removed_lines: int = 0
    reason: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_record(self) -> bool:
        """Whether it is an incident's record and no post-mortem."""
        return self.path.startswith(INCIDENTS)

    def plain(self) -> printed.File:
        """Return it for JSON."""
        return {
            "path": self.path,
            "what": self.what,
            "moved_from": self.moved_from or None,
            "changes": [difference.plain() for difference in self.differences],
            "text_lines": {"added": self.added_lines, "removed": self.removed_lines},
            "unreadable": self.reason or None,
        }


@frozen
class Step:
    """A commit that touched what is followed.

    Attributes:
        at: its committer's time, in UTC, as it is written.
        known_at: when the branch got it: the same, unless commits around it show that its clock was wrong.
        place: on the line of commits; the first is 0.
        short: its short name.
        subject: the first line of what it says of itself.
        merge: whether it is a merge, so that what it did was written earlier, on another branch.
        touches: what it did.
        brought: the commits of that branch which touched the same files, the oldest first.

    """

    at: dt.datetime
    known_at: dt.datetime
    place: int
    commit: str
    short: str
    subject: str
    merge: bool
    touches: tuple[Touch, ...]
    brought: tuple[Commit, ...] = ()

    @property
    def written_at(self) -> dt.datetime:
        """The earliest time at which what it did can have been written down: of a merge, the first of what it brought."""
        return min((commit.at for commit in self.brought), default=self.known_at)

    def plain(self) -> printed.Step:
        """Return it for JSON."""
        return {
            "commit": self.commit,
            "short": self.short,
            "at": utc_text(self.at),
            "known_at": utc_text(self.known_at),
            "subject": self.subject,
            "merge": self.merge,
            "brought": [commit.plain() for commit in self.brought],
            "files": [touch.plain() for touch in self.touches],
        }


Reading = Callable[[Entry[Any]], Text]  # how a version is read: whole, or as far as somebody may see it


def whole(entry: Entry[Any]) -> Text:
    """Return all that a version says."""
    document = entry.document
    if not isinstance(document.value, Mapping):
        problem = document.problems[0] if document.problems else None
        return Text(unreadable=f"line {problem.span.line}: {problem.message}" if problem else "It holds no mapping")
    return Text(document.value, tuple(document.body.splitlines()))
