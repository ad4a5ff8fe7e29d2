"""All that is late: action items, post-mortems and reviews of playbooks, in an order in which it can be worked off. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Sequence

from incidentbook.document import Document
from incidentbook.duties import reviews
from incidentbook.follow_up import MEND, plain
from incidentbook.frozen import frozen
from incidentbook.markdown import calling_nobody
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.time import end_of_day, utc_text, words
from incidentbook.repository import Repository, id_key

_ROWS = 50  # of one kind in Markdown, each with as much of its title: an issue holds 65,536 characters
_TITLE = 120


class Kind(enum.StrEnum):
    """What is late."""

    ACTION_ITEM = "action-item"
    POSTMORTEM = "postmortem"
    PLAYBOOK = "playbook"
    FILE = "file"

    @property
    def heading(self) -> str:
        """What a list of them is called."""
        return _HEADINGS[self][0]

    @property
    def ask(self) -> str:
        """What is to be done with each."""
        return _HEADINGS[self][1]


_HEADINGS = {
    Kind.ACTION_ITEM: ("Action items", MEND),
    Kind.POSTMORTEM: ("Post-mortems", "Hold it, or skip it with a reason where policy allows that."),
    Kind.PLAYBOOK: (
        "Playbooks to be reviewed",
        "Walk through it, correct what is no longer so, and set `last_reviewed`.",
    ),
    Kind.FILE: ("Files that cannot be read", "What they hold may be late: `inc check` says what is wrong with them."),
}


@frozen
class Late:
    """One thing that is late.

    Attributes:
        name: an id, or a path where it has none.
        owner: the team that it waits for, by its slug; empty where there is none.
        since: from when on it is late; None where nobody can tell.
        said: by when it was to be done, in words.
        path: of the file that it stands in; empty where that is not told.
        line: where it stands there; 0 for the file as a whole, and in what narrower readers see, which has no text.

    """

    kind: Kind
    name: str
    title: str = ""
    owner: str = ""
    since: dt.datetime | None = None
    said: str = ""
    path: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """Where it stands, as an editor takes it."""
        return f"{self.path}:{self.line}" if self.line else self.path


def overdue(repo: Repository, now: dt.datetime, unreadable: Sequence[str] = ()) -> list[Late]:
    """Return what is late at ``now``, kind by kind, what has waited longest first.

    Action items that a waiver covers are left out. Committed ones whose day nobody can read count as late, and so do the files
    called ``unreadable``: an empty list is to mean that nothing waits.
    """
    found = [*_items(repo, now), *_postmortems(repo, now), *_playbooks(repo, now)]
    found += [Late(Kind.FILE, path or "A file", path=path) for path in unreadable]
    order = list(Kind)
    return sorted(
        found, key=lambda one: (order.index(one.kind), one.since is not None, one.since or now, id_key(one.name))
    )


def _items(repo: Repository, now: dt.datetime) -> Iterator[Late]:
    for entry, index, item in repo.action_items():
        undated = item.is_open and item.last_day is None and not item.recurrence
        if not (item.overdue(now, repo.zone) or undated):
            continue
        risk = item.status is ActionStatus.ACCEPTED_RISK
        line = _line(entry.document, "action_items", index, "accepted_until" if risk else "due")
        said = "no due day that can be read" if undated else _said(item, len(item.late_days(now, repo.zone)))
        since = item.late_from(repo.zone)
        yield Late(Kind.ACTION_ITEM, item.id or entry.path, item.title, item.owner, since, said, entry.path, line)


def _said(item: ActionItem, behind: int) -> str:
    word = "risk accepted until" if item.status is ActionStatus.ACCEPTED_RISK else "due"
    more = f", {behind} occurrences" if behind > 1 else ""
    waiver = f", waived until {item.waiver.until}" if item.waiver and item.waiver.until else ""
    return f"{word} {item.last_day}{more}{waiver}"


def _postmortems(repo: Repository, now: dt.datetime) -> Iterator[Late]:
    paths = {entry.record.id: entry.path for entry in repo.incidents if entry.record}
    for one in reviews.owed(repo, now):
        if one.overdue(now):
            name = ", ".join(incident.id for incident in one.incidents)
            said = f"{one.status}, to be held by {utc_text(one.by)}"
            path = one.path or paths.get(one.incidents[0].id, "")
            yield Late(Kind.POSTMORTEM, name, one.incidents[0].title, "", one.by, said, path)


def _playbooks(repo: Repository, now: dt.datetime) -> Iterator[Late]:
    for entry in repo.playbooks:
        book = entry.record
        due = book.review_due if book and book.status != "retired" else None
        since = end_of_day(due, repo.zone) if due else None
        if book and since is not None and now >= since:
            said, line = f"to be reviewed by {due}", _line(entry.document, "last_reviewed")
            yield Late(Kind.PLAYBOOK, book.id or entry.path, book.title, book.owner, since, said, entry.path, line)


def _line(document: Document, *path: str | int) -> int:
    return document.span(path).line if document.root is not None else 0


def marker(count: int) -> str:
    """Return the first line of the Markdown, which no reader sees: a script knows the text by it, and whether all is done."""
    return f"<!-- inc overdue: {count} -->"


def markdown(repo: Repository, found: Sequence[Late], now: dt.datetime) -> str:
    """Return a page for a tracking issue: what is late, with whom, since when, and where it stands."""
    house = repo.knowledge_base
    lines = [marker(len(found)), f"# Overdue in {plain(house.name)}", ""]
    if not found:
        lines += [f"Nothing is overdue as of {utc_text(now)}.", ""]
    for kind in Kind:
        some = [one for one in found if one.kind is kind]
        if some:
            lines += [f"## {kind.heading} ({len(some)})", "", kind.ask, ""]
            lines += [f"- {_told(repo, one, now)}" for one in some[:_ROWS]]
            lines += [f"- and {len(some) - _ROWS} more"] if len(some) > _ROWS else []
            lines.append("")
    if found:
        lines += [f"As of {utc_text(now)}. `inc overdue` shows the same.", ""]
    return calling_nobody("\n".join(lines))  # written anew each night


def _told(repo: Repository, one: Late, now: dt.datetime) -> str:
    where = f" (`{one.place}`)" if one.path and "`" not in one.path else ""
    title = f"{one.title[:_TITLE]}…" if len(one.title) > _TITLE else one.title
    head = f"**{plain(one.name)}** {plain(title)}".rstrip()
    return f"{head}: {plain(facts(repo, one, now))}{where}"


def facts(repo: Repository, one: Late, now: dt.datetime) -> str:
    """Say by when it was to be done, by how long that is over, and whom it waits for."""
    late = f"late by {words((now - one.since).total_seconds())}" if one.since else ""
    owner = repo.knowledge_base.team_name(one.owner) if one.owner else ""
    return ", ".join(filter(None, (one.said, late, owner))) or "not read"
