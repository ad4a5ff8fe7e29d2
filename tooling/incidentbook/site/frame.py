"""What a finished page is given before it is written, whichever engine made it: HTML in, HTML out."""

from __future__ import annotations

from incidentbook.site import content_policy

_SCRIPT, _DEFERRED = '<script src="', '<script defer src="'


def finish(html: str, *, live: bool = False) -> str:
    """Return the page with its scripts put off until it can be read, and with its policy (`live`: as for a preview)."""
    return content_policy.apply(defer(html), live=live)


def defer(html: str) -> str:
    """Let the scripts behind the article wait until the page is there. They stay in order; nothing else runs after them.

    The theme's own comes last, but a browser that meets it while style sheets are on their way paints nothing before both.
    """
    end = max(html.rfind("</article>"), 0)
    return html[:end] + html[end:].replace(_SCRIPT, _DEFERRED)
