"""Where a reader can follow what a page tells: links to feeds for a feed reader, and to calendars for a calendar application."""

from __future__ import annotations

from incidentbook.site import feeds, markup
from incidentbook.site.links import Place

_SAID = {feeds.ATOM: "Follow in a feed reader", feeds.CALENDAR: "Subscribe in a calendar"}


def line(place: Place, media: str, *paths: str) -> str:
    """Return a line with links to the feeds of a media type, or to those at ``paths`` only."""
    found = [module for module in feeds.registry() if media == module.MEDIA and (not paths or module.PATH in paths)]
    links = ", ".join(
        f'<a href="{place.href_of_file(module.PATH)}" type="{module.MEDIA}">{markup.said(module.TITLE)}</a>'
        for module in found
    )
    return markup.paragraph(f"{_SAID[media]}: {links}", "ib-note ib-note--feeds")
