"""An edition: a knowledge base read for one audience at one "now", with all pages of its site, for whoever writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from incidentbook import disclosure, hindsight, history, site
from incidentbook.entry import Entry
from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.history import reading
from incidentbook.history.past import Past
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.site.context import Site
from incidentbook.site.page import Page
from incidentbook.snapshot import loading, tree
from incidentbook.snapshot.store import Store


@frozen
class Edition:
    """What was read and made.

    Attributes:
        repo: the whole knowledge base as it was known at "now".
        shown: what the audience may see of it.
        pages: all pages, in the order of their kinds.
        untold: why Git's past is not told; empty where it is, and where the knowledge base stands still.

    """

    repo: Repository
    shown: Site
    pages: list[Page]
    untold: str = ""

    @property
    def left_out(self) -> list[Entry[Any]]:
        """Records without a page: those that cannot be read, and those of which nobody can be sure who may see them."""
        everything = self.shown.audience is Disclosure.RESTRICTED
        found: list[Entry[Any]] = [*self.repo.incidents, *self.repo.postmortems, *self.repo.playbooks]
        return [entry for entry in found if entry.record is None or (not everything and disclosure.doubtful(entry))]


def make(
    root: Path,
    audience: Disclosure,
    as_of: Callable[[Repository], dt.datetime | None],
    *,
    folders: bool = True,
    progress: tree.Progress | None = None,
) -> Edition:
    """Read the knowledge base at ``root``, of its files only those that changed since they were last read, and make its pages.

    Args:
        root: the knowledge base.
        audience: the reader's level.
        as_of: gives the "now" that was asked for; None for the knowledge base's own.
        folders: whether the address of a page is a folder (``a/b/``) or a file (``a/b.html``).
        progress: shows how far the reading has come.

    """
    with Store.of(root) as store:
        whole = tree.load(root, store, progress, loading.WHOLE)
        repo, now = hindsight.asked(whole, as_of(whole))
        hindsight.look(repo, now)
        past, untold = _past(repo)
        shown = site.prepare(repo, now, audience, history.commit_label(root), store, past, folders=folders)
        return Edition(repo, shown, site.pages_of(shown), untold)


def _past(repo: Repository) -> tuple[Past | None, str]:
    """Return what Git holds of other times, or why not: nothing where the knowledge base stands still."""
    if repo.knowledge_base.as_of is not None:
        return None, ""
    try:
        return reading.past(repo.root), ""
    except IncidentbookError as error:
        return None, str(error)
