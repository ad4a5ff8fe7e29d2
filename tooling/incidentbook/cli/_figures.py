"""What commands that compute figures share: the knowledge base at the asked moment, as the asked reader sees it."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from incidentbook import disclosure, hindsight
from incidentbook.cli import _context
from incidentbook.history import commit_label
from incidentbook.records.time import as_of_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.snapshot import loading, revision, tree
from incidentbook.snapshot.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from incidentbook.repository import Repository

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class State:
    """A knowledge base at one moment.

    Attributes:
        whole: all that its files say; its policy is the reader's too.
        reader: who asks.
        now: what is open or overdue is so at this instant.
        commit: what figures name as their origin.
        store: the cache of what was computed before.
        revision: the commit, where one was asked for.

    """

    whole: Repository
    reader: Disclosure
    now: dt.datetime
    commit: str
    store: Store
    revision: str

    @functools.cached_property
    def repo(self) -> Repository:
        """What the reader may see of it, without what is later than "now"."""
        known = hindsight.until(self.whole, self.now, self.store)
        return known if self.reader is Disclosure.RESTRICTED else disclosure.view(known, self.reader)

    @property
    def content(self) -> str:
        """What stands for all that the files say, for a cache; empty where nobody can say, and for a narrower reader."""
        return self.whole.content if self.reader is Disclosure.RESTRICTED else ""

    @property
    def as_of(self) -> str:
        """As of when it is told, for people: ``as of 2025-01-15T06:00:00Z``, and whether it is still to come."""
        return as_of_text(self.now, to_come=self.whole.is_to_come(self.now))

    @property
    def origin(self) -> str:
        """What was computed from, for people: ``commit 1a2b3c4``, ``not in Git``."""
        return f"commit {self.commit}" if self.commit else "not in Git"


def rev_option(function: F) -> F:
    """Add ``--rev``, a state of the repository."""
    text = (
        "Take the files as they stood in this commit: a date (the last commit until then), a hash, a branch or a tag. "
        'That date, or the time of the commit, is then "now", unless --as-of or the policy of that commit says otherwise.'
    )
    return click.option("--rev", metavar="COMMIT|DATE", default=None, help=text)(function)


@contextlib.contextmanager
def state(
    ctx: click.Context, rev: str | None, as_of: str | None, audience: str, *, whole: bool = False
) -> Iterator[State]:
    """Give the knowledge base of the working tree, or of ``rev``, as ``audience`` sees it; its cache is closed at the end.

    All that files say is there where the ``whole`` of it counts, else what figures need of it.

    Raises:
        NotFoundError: there is no such commit.

    """
    root, reader = _context.root_of(ctx), Disclosure(audience)
    with Store.of(root) as store, _context.no_collection():
        at = revision.find(root, rev, _zone(root)) if rev is not None else None
        # who may see less than everything is shown nothing of a file that is doubtful, and only whole files tell that
        way = loading.WHOLE if whole or reader is not Disclosure.RESTRICTED else loading.LEAN
        if at is not None:
            repo = revision.load(root, at, store, _context.progress, way=way)
        else:
            repo = tree.load(root, store, _context.progress, way)
        _context.told_unreadable(ctx, repo)
        moment = None if as_of is None else _context.instant(repo, as_of, "--as-of")
        yield State(
            repo, reader, repo.now(moment), at.short if at else commit_label(root), store, at.commit if at else ""
        )


def _zone(root: Path) -> Any:
    """Return the zone in which a date of ``--rev`` ends: that of the knowledge base as it is."""
    from incidentbook import files, repository  # noqa: PLC0415 - only where a date is given

    return repository.lazily(root, [files.MARKER]).zone
