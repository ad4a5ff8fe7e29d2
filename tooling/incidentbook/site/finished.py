"""A Markdown extension that hands finished HTML past the parser: lines that begin with a mark which no text of a record can hold.

Python-Markdown looks at every tag of raw HTML, which takes longer than all the rest of a page of a few hundred. Without this
extension such a page comes out the same, only later: the mark is a control character, and Markdown itself takes it away.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from incidentbook.site.marks import MARK

_BEFORE, _AFTER = 31, 29  # the preprocessor between these takes control characters away; that for fences comes at 25
_NUMBERED = "\x01"


class FinishedExtension(Extension):
    """Keeps marked lines aside until the rest of the page is done."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Put the preprocessors in."""
        kept: dict[str, str] = {}
        md.preprocessors.register(_Take(md, kept), "incidentbook-finished", _BEFORE)
        md.preprocessors.register(_Stash(md, kept), "incidentbook-stash", _AFTER)


class _Take(Preprocessor):
    def __init__(self, md: Markdown, kept: dict[str, str]) -> None:
        super().__init__(md)
        self.kept = kept

    def run(self, lines: list[str]) -> list[str]:
        """Put a number in the place of each marked line."""
        self.kept.clear()
        return [self._taken(line[1:]) if line.startswith(MARK) else line for line in lines]

    def _taken(self, line: str) -> str:
        number = f"{_NUMBERED}{len(self.kept)}"
        self.kept[number] = line
        return number


class _Stash(_Take):
    def run(self, lines: list[str]) -> list[str]:
        """Put Markdown's own placeholder in the place of each number."""
        store = self.md.htmlStash.store
        return [store(self.kept[line]) if line in self.kept else line for line in lines]


def makeExtension() -> FinishedExtension:  # noqa: N802 - the name is Markdown's
    """Return the extension, as Markdown asks a module for it."""
    return FinishedExtension()
