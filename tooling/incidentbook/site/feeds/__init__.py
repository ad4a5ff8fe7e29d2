"""Feeds to subscribe to: Atom for what happened, iCalendar for what is to come. One module a feed, found by its name."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.data_file import DataFile

ATOM, CALENDAR = "application/atom+xml", "text/calendar"


def render(site: Site, addresses: Addresses) -> Iterator[DataFile]:
    """Yield every feed; each exists even while it has nothing to say, so that a subscription never breaks."""
    for module in registry():
        yield DataFile(module.PATH, module.render(site, addresses))


@functools.cache
def registry() -> tuple[ModuleType, ...]:
    """Return the modules of all feeds in their order (``ORDER``, then name): each has ``PATH``, ``TITLE`` and ``MEDIA``."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))
