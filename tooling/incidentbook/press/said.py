"""What a page says, for a search: its article without what is drawn, and of a record without what tells of others."""

from __future__ import annotations

import re

from incidentbook.site.page import Page

_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)  # a search knows it beside the text
_LINK = re.compile(r'<a class="headerlink".*?</a>')
_DRAWN = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_CELL = re.compile(r"</(?:dt|dd|td|th|li|small)>")  # without a space behind it, two words would become one
# A record would be found by the titles of others, and a change of theirs would be one of its page.
_OTHERS = re.compile(r'<h2 id="(?:related|history)".*?(?=<h2 |\Z)|<div class="ib-neighbours">.*', re.DOTALL)
_FRAME = re.compile(
    r'<p class="ib-(?:note|chips|byline)\b.*?</p>|<dl class="ib-strip">.*?</dl>|<time>.*?</time>', re.DOTALL
)
_END = re.compile(r"</(?:li|p|dd|tr|h\d|div|figcaption)>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w*[^\W\d]\w*|\d{3,}")


def is_record(page: Page | None) -> bool:
    """Whether a page, if it is ours, is that of an incident or a post-mortem, of which there are thousands."""
    return page is not None and page.source.startswith(("incidents/", "postmortems/"))


def of(html: str, page: Page | None) -> str:
    """Return what is to be found of an article, which is that of ``page`` if it is ours."""
    return of_record(html) if is_record(page) else of_page(html)


def of_page(html: str) -> str:
    """Return the HTML of an article as it is to be found, with the headings that a result can lead to."""
    return _CELL.sub(r"\g<0> ", _read(html))


def _read(html: str) -> str:
    return _DRAWN.sub("", _LINK.sub("", _TITLE.sub("", html, count=1)))


def of_record(html: str) -> str:
    """Return the text of a record's article, in HTML.

    A line all of whose words are there already is left out: the page is found without it, and an index of thousands of
    pages is half as large. Words are what has a letter, and numbers of three digits or more.
    """
    text = _FRAME.sub("", _read(_OTHERS.sub("", html)))
    known: set[str] = set()
    kept = []
    for line in _TAG.sub(" ", _END.sub("\n", text)).splitlines():
        words = set(_WORD.findall(line.lower()))
        if not words <= known:
            known |= words
            kept.append(" ".join(line.split()))
    return "\n".join(kept)
