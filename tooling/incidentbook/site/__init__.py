"""The published knowledge base as a library: a knowledge base in, pages of Markdown out. It knows no site engine."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

from incidentbook import disclosure, reports
from incidentbook.chronicle import together
from incidentbook.history.past import Past
from incidentbook.memo import FORGETFUL, Memo
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.site import feeds, interface, pages
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.data_file import DataFile
from incidentbook.site.links import directory
from incidentbook.site.page import Page

THEME = Path(__file__).parent / "theme"
PAGEFIND = Path(__file__).parent / "pagefind"  # what the theme has more of where Pagefind finds


def prepare(  # noqa: PLR0913 - the last one has a name
    repo: Repository,
    now: dt.datetime,
    audience: Disclosure = Disclosure.PUBLIC,
    commit: str = "",
    memo: Memo = FORGETFUL,
    past: Past | None = None,
    *,
    folders: bool = True,
) -> Site:
    """Narrow a knowledge base to what ``audience`` may see, and compute what all its pages share.

    Args:
        repo: the whole knowledge base; it is narrowed here, before anything is written.
        now: what is open, late or recent is so at this instant.
        audience: the reader's level.
        commit: what the files were read from, to be printed with the figures.
        memo: keeps what takes long to make: the charts.
        past: what Git holds of other times, for what only it knows; None where it says nothing of this knowledge base.
        folders: whether the address of a page is a folder (``a/b/``) or a file (``a/b.html``).

    """
    shown = disclosure.view(repo, audience)
    known = together.of_view(repo, shown, audience, past, now, memo) if past else {}
    pages = directory(shown, folders=folders)
    return Site(shown, now, audience, pages, reports.share(shown, now, commit, memo), past, known)


def pages_of(site: Site) -> list[Page]:
    """Return every page, in the order of the kinds of page."""
    return [page for module in registry() for page in module.render(site)]


def data_of(site: Site, addresses: Addresses) -> list[DataFile]:
    """Return every file that is no page: feeds, calendars, and what programs read."""
    return [*feeds.render(site, addresses), *interface.render(site, addresses)]


@functools.cache
def registry() -> tuple[ModuleType, ...]:
    """Return the modules of all kinds of page in the order of the navigation (``ORDER``, then name)."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{pages.__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))
