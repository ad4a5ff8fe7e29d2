"""What commands that tell of the past share: the past up to a commit, "now", and whether Git's times say anything here."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from incidentbook import files, repository
from incidentbook.cli import _context
from incidentbook.history import reading, short_name
from incidentbook.history.past import Past
from incidentbook.records.time import UTC, utc_text

if TYPE_CHECKING:
    from pathlib import Path

    from incidentbook.repository import Repository

MOVE = "`--as-of DATE` sets that aside, and tells it by Git's calendar."


@dataclass(slots=True)
class Known:
    """The past of a knowledge base.

    Attributes:
        repo: the knowledge base as it is, with its policy only.
        now: "now": ages end here.
        to_come: whether that is later than what was read, by Git's calendar.
        standing: why Git's times say nothing here, for people; empty where they do.

    """

    root: Path
    repo: Repository
    past: Past
    now: dt.datetime
    to_come: bool
    standing: str

    @property
    def begins(self) -> str:
        """Say where history begins if it is not all there; empty where it is."""
        if not self.past.shortened:
            return ""
        first, day = (
            short_name(self.root, self.past.commit(0)),
            utc_text(dt.datetime.fromtimestamp(self.past.times[0], UTC))[:10],
        )
        return (
            f"History begins at commit {first}, since this clone is shallow; what stood there on {day} is older. "
            "`git fetch --unshallow` gets the rest."
        )

    @property
    def unsure(self) -> str:
        """Say that commits are dated before those that they follow; empty where none is."""
        times = self.past.times
        odd = sum(after < before for before, after in itertools.pairwise(times))
        if not odd:
            return ""
        return f"{odd} commit{' is' if odd == 1 else 's are'} dated before what {'it follows' if odd == 1 else 'they follow'}."

    @property
    def remedy(self) -> str:
        """Say how a knowledge base that stands still is told by Git's times all the same; empty where it does not."""
        if not self.standing or not len(self.past):
            return ""
        first, last = (dt.datetime.fromtimestamp(pick(self.past.times), UTC).date() for pick in (min, max))
        return (
            f"{MOVE} Its commits were made from {first} to {last}. "
            "A knowledge base that people work in has no as_of, and Git's times are its own."
        )

    @property
    def notes(self) -> list[str]:
        """What a reader should know of these times."""
        return [note for note in (self.begins, self.unsure, self.standing) if note]


def known(ctx: click.Context, rev: str | None, as_of: str | None = None) -> Known:
    """Return the past of the knowledge base that the command works on, up to ``rev``, or to what is committed now.

    Raises:
        NotFoundError: there is no such commit.
        NoHistoryError: there is no Git repository, or nothing in it.

    """
    root = _context.root_of(ctx)
    repo = repository.lazily(root, [files.MARKER])
    commit, at = "HEAD", None
    if rev:
        from incidentbook.snapshot import revision  # noqa: PLC0415 - takes SQLite along

        found = revision.find(root, rev, repo.zone)
        commit, at = found.commit, found.at
    with _context.no_collection():
        past = reading.past(root, commit, lambda items, total: _context.progress(items, total, "Reading the past"))
    repo.written = read = at or repository.machine_time()
    moment = None if as_of is None else _context.instant(repo, as_of, "--as-of")
    standing = repo.knowledge_base.as_of if moment is None else None
    told = ""
    if standing is not None:
        told = (
            f"This knowledge base stands still at {utc_text(standing.at)} (as_of in {files.MARKER}) and was committed at other "
            "times: ages and delays from Git do not apply to it."
        )
    now = repo.now(moment)
    return Known(root, repo, past, now, now > read, told)
