"""Parts of a page that are HTML already: tables, and links with the addresses of pages."""

from __future__ import annotations

from incidentbook.site import markup
from incidentbook.site.links import Directory

PLACE = Directory(incidents={"INC-2025-001": "incidents/INC-2025-001.md"}).at("services/api.md")


def test_a_link_in_html_has_the_address_of_its_page_and_a_question() -> None:
    link = PLACE.link("incidents/index.md", "All", service='a"b&c', sort="-duration")
    assert link == '<a href="../../incidents/?service=a%22b%26c&amp;sort=-duration">All</a>'


def test_a_finished_place_writes_html_where_the_other_writes_markdown() -> None:
    assert PLACE.incident("INC-2025-001") == "[INC-2025-001](../incidents/INC-2025-001.md)"
    assert PLACE.finished.incident("INC-2025-001") == '<a href="../../incidents/INC-2025-001/">INC-2025-001</a>'
    assert PLACE.finished.line("see INC-2025-001") == 'see <a href="../../incidents/INC-2025-001/">INC-2025-001</a>'


def test_a_table_names_its_columns_and_its_rows_and_an_empty_one_is_none() -> None:
    made = markup.table(("What", "n"), [("<b>x</b>", "1")], "values", headed=True)
    assert '<th scope="col">What</th><th scope="col">n</th>' in made
    assert '<tr><th scope="row"><b>x</b></th><td>1</td></tr>' in made
    assert markup.table(("What",), []) == ""
