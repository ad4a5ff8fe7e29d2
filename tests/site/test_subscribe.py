"""Feeds and calendars are linked where a reader would look for them, and every link leads to one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook.site import feeds

FEEDS, CALENDARS = (
    {module.PATH for module in feeds.registry() if media == module.MEDIA} for media in (feeds.ATOM, feeds.CALENDAR)
)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("", FEEDS),
        ("incidents/", {"feeds/incidents.xml", "feeds/status.xml"}),
        ("postmortems/", {"feeds/postmortems.xml"}),
        ("actions/", {"feeds/actions.ics"}),
        ("calendar/", CALENDARS),
    ],
)
def test_a_page_links_to_the_feeds_of_what_it_shows(
    built: Callable[[str], Path], address: str, wanted: set[str]
) -> None:
    site = built("public")
    page = (site / address / "index.html").read_text(encoding="utf-8")
    article = page.partition("<article")[2].partition("</article>")[0]
    links = re.findall(r'<a href="([^"]+)" type="(?:application/atom\+xml|text/calendar)">', article)
    found = {(site / address / link).resolve() for link in links}
    assert found == {(site / path).resolve() for path in wanted}
    assert all(path.is_file() for path in found)
