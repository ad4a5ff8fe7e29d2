"""A run of the press: every sheet of a site gets its article and its frame, and is written or taken over from the last build."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from incidentbook.frozen import frozen
from incidentbook.press.article import Article, Articles
from incidentbook.press.frame import Finish, Frame, Kind, Theme
from incidentbook.press.previous import Previous
from incidentbook.press.sheet import Sheet
from incidentbook.site import head
from incidentbook.site.says import Says
from incidentbook.site.stamp import stamp


@frozen
class Printed:
    """A page that is in the site.

    Attributes:
        sheet: the page.
        read: returns its article; that of a page that was taken over is read only now.
        says: what a search is to find of it, as HTML.
        stamp: stands for that.
        taken_over: whether the page is that of the last build, for it was made from the same.

    """

    sheet: Sheet
    read: Callable[[], Article]
    says: Says
    stamp: str
    taken_over: bool = False

    def found(self) -> object:
        """Return it as the theme's own search reads pages."""
        return self.sheet.found(self.read())


class Run:
    """Writes sheets: each page is taken over where it would come out the same, else made of its article and its frame."""

    def __init__(self, articles: Articles, theme: Theme, finish: Finish, previous: Previous) -> None:
        """Begin.

        Args:
            articles: makes and keeps what pages say.
            theme: the theme of the site.
            finish: what is done to every page of the site when it is rendered.
            previous: the last build of the site.

        """
        self._articles, self._theme, self._finish, self._previous = articles, theme, finish, previous
        self._frames: dict[Kind, tuple[Frame, str]] = {}

    def write(self, sheets: Sequence[Sheet]) -> Iterator[Printed]:
        """Write every sheet's page, and yield it."""
        for sheet in sheets:
            made_from = self._articles.made_from(sheet.sheet)
            yield self._taken_over(sheet, made_from) or self._made(sheet, made_from)
        self._articles.keep()

    def _taken_over(self, sheet: Sheet, made_from: str) -> Printed | None:
        """Take a page over from the last build if it was made from the same; whether it had headings is known of that build."""
        told = self._previous.told(sheet.abs_dest_path)
        if told is None or not sheet.sheet.description:
            return None
        headed, found, targets = told
        if not self._articles.leads(cast("list[str]", targets)):
            return None
        whole = self._whole(sheet, made_from, sheet.sheet.description, headed=bool(headed))
        if not self._previous.keep(sheet.abs_dest_path, whole):
            return None
        read = functools.partial(self._articles.of, sheet, made_from)
        return Printed(sheet, read, lambda: read().found, str(found), taken_over=True)

    def _made(self, sheet: Sheet, made_from: str) -> Printed:
        """Make a page."""
        page, article = sheet.sheet, self._articles.of(sheet, made_from)
        items = self._theme.items(article.toc[0].children if article.toc else [])
        said = page.description or head.description(article.html)
        frame, _ = self._frame(sheet, said, headed=bool(items))
        text = frame.around(page.title, said, article, items, *self._addresses(sheet))
        whole = self._whole(sheet, made_from, said, headed=bool(items)) if article.sound else ""
        found = stamp(article.found)
        data = text.encode("utf-8", errors="xmlcharrefreplace")
        self._previous.write(sheet.abs_dest_path, data, whole, (bool(items), found, list(article.targets)))
        return Printed(sheet, lambda: article, article.found, found)

    def _whole(self, sheet: Sheet, made_from: str, said: str, *, headed: bool) -> str:
        """Return what stands for everything that a page is made from: its article, its frame and what is put into that."""
        _, around = self._frame(sheet, said, headed=headed)
        return stamp([made_from, around, sheet.sheet.title, said, *self._addresses(sheet)])

    def _frame(self, sheet: Sheet, said: str, *, headed: bool) -> tuple[Frame, str]:
        """Return the frame of a page, and what stands for it."""
        page, (edit, _) = sheet.sheet, self._addresses(sheet)
        kind = Kind(page.parent, _folder(sheet), page.hide, bool(said), bool(edit), headed)
        if kind not in self._frames:
            frame = Frame(self._theme, kind, self._finish)
            self._frames[kind] = frame, stamp(frame.text)
        return self._frames[kind]

    def _addresses(self, sheet: Sheet) -> tuple[str, str]:
        """Return where a page's source can be changed, and where the page is published."""
        addressed = sheet.addressed(self._theme.config)
        return addressed.edit_url or "", addressed.canonical_url or ""


def _folder(sheet: Sheet) -> str:
    """Return a folder from which relative addresses are what they are from the page."""
    folder, name = posixpath.split(sheet.dest_uri)
    return posixpath.join(posixpath.dirname(folder), "frame") if name == "index.html" else folder
