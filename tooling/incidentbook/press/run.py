"""A run of the press: every sheet of a site gets its article and its frame, and is written."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from incidentbook.press.article import Article, Articles
from incidentbook.press.frame import Finish, Frame, Kind, Theme
from incidentbook.press.previous import Previous
from incidentbook.press.sheet import Sheet
from incidentbook.site import head


def write(
    sheets: Sequence[Sheet], articles: Articles, theme: Theme, finish: Finish, previous: Previous
) -> Iterator[tuple[Sheet, Article]]:
    """Write every sheet's page, and yield the sheet with its article.

    Args:
        sheets: the pages of single records.
        articles: makes and keeps what they say.
        theme: the theme of the site.
        finish: what is done to every page of the site when it is rendered.
        previous: the last build of the site.

    """
    frames: dict[Kind, Frame] = {}
    for sheet, article in articles.of(sheets):
        page = sheet.sheet
        addressed = sheet.addressed(theme.config)
        edit, address = addressed.edit_url or "", addressed.canonical_url or ""
        items = theme.items(article.toc[0].children if article.toc else [])
        said = page.description or head.description(article.html)
        kind = Kind(page.parent, _folder(sheet), page.hide, bool(said), bool(edit), bool(items))
        frame = frames.get(kind)
        if frame is None:
            frame = frames[kind] = Frame(theme, kind, finish)
        sheet.write(frame.around(page.title, said, article, items, edit, address), previous)
        yield sheet, article


def _folder(sheet: Sheet) -> str:
    """Return a folder from which relative addresses are what they are from the page."""
    folder, name = posixpath.split(sheet.dest_uri)
    return posixpath.join(posixpath.dirname(folder), "frame") if name == "index.html" else folder
