"""Options of the plugin in ``mkdocs.yml``."""

from __future__ import annotations

import datetime as dt

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError

from incidentbook.records.time import parse_instant
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository


class PluginConfig(Config):  # type: ignore[no-untyped-call] # MkDocs types all but this hook
    """Options in ``mkdocs.yml``.

    Attributes:
        root: the knowledge base; the folder of ``mkdocs.yml`` when empty.
        audience: for whom the site is; nothing narrower gets into it.
        one_by_one: whether MkDocs itself renders the page of each record, so that other plugins see it; the same, and slower.
        search: what finds pages where the plugin ``search`` is there: ``builtin`` is the theme's own, ``pagefind`` costs a reader
            of many pages less; ``auto`` takes the latter where there are many.
        as_of: "now": a day (its end) or a time with an offset; the policy's, else the clock's, when absent.

    """

    root = c.Type(str, default="")
    audience = c.Choice(tuple(level.value for level in Disclosure), default=Disclosure.PUBLIC.value)
    one_by_one = c.Type(bool, default=False)
    search = c.Choice(("auto", "builtin", "pagefind"), default="auto")
    as_of = c.Optional(c.Type((str, dt.date)))  # YAML hands a bare date over as one


def instant(repo: Repository, text: str | dt.date | None) -> dt.datetime | None:
    """Return the "now" that ``as_of`` names; None for the policy's or the clock's. Raises PluginError."""
    if text is None:
        return None
    if isinstance(text, dt.datetime) and text.tzinfo is not None:  # YAML has read it
        return text
    moment = parse_instant(text.isoformat() if isinstance(text, dt.date) else text, repo.zone)
    if moment is None:
        raise PluginError(
            f"as_of: {text} is neither a day (2025-01-31) nor a time with an offset (2025-01-31T14:00:00Z)"
        )
    return moment
