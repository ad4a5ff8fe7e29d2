"""What a finished page is given before it is written, whichever engine made it: HTML in, HTML out."""

from __future__ import annotations

import re

from incidentbook.site import content_policy

# HTML lets these end where the next one begins, or what they are in ends; of a page of fifty lines that is a thirtieth.
_IMPLIED = re.compile(r"</li>(?=<li\b|</[uo]l>)|</dt>(?=<d[dt]\b)|</dd>(?=<d[dt]\b|</d(?:iv|l)>)")
_SCRIPT, _DEFERRED = '<script src="', '<script defer src="'


def finish(html: str, *, live: bool = False) -> str:
    """Return the page lean, with its scripts put off until it can be read, and with its policy (`live`: as for a preview)."""
    begin, end = max(html.find("<article"), 0), max(html.rfind("</article>"), 0)
    return content_policy.apply(defer(html[:begin] + lean(html[begin:end]) + html[end:]), live=live)


def lean(article: str) -> str:
    """Return an article without the end tags that HTML implies. A search reads it before: the theme's own wants them."""
    return _IMPLIED.sub("", article)


def defer(html: str) -> str:
    """Let the scripts behind the article wait until the page is there. They stay in order; nothing else runs after them.

    The theme's own comes last, but a browser that meets it while style sheets are on their way paints nothing before both.
    """
    end = max(html.rfind("</article>"), 0)
    return html[:end] + html[end:].replace(_SCRIPT, _DEFERRED)
