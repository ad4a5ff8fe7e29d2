"""Parts of a page that are HTML already: tables, and links that only the engine can give an address."""

from __future__ import annotations

from incidentbook.site import finished
from incidentbook.site.links import Directory

PLACE = Directory(incidents={"INC-2025-001": "incidents/INC-2025-001.md"}).at("services/api.md")


def test_a_link_is_written_by_the_path_of_its_page_and_resolved_by_the_engine() -> None:
    link = PLACE.href("incidents/index.md", "All", service='a"b&c', sort="-duration")
    assert link == '<a href="../incidents/index.md?service=a%22b%26c&amp;sort=-duration">All</a>'
    seen = []

    def address(path: str) -> str:
        seen.append(path)
        return "../../incidents/"

    resolved = finished.resolve(link, "services/api.md", address)
    assert resolved.startswith('<a href="../../incidents/?service=')
    assert seen == ["incidents/index.md"]


def test_only_links_to_pages_are_resolved_and_an_unknown_page_stays_as_it_is() -> None:
    page = '<a href="https://x.example/a.md">a</a> <a href="gone.md#b">b</a> href="c.md"'
    assert finished.resolve(page, "index.md", lambda _: None) == page
    assert finished.resolve(page, "index.md", lambda path: f"to/{path}") == page.replace('"gone.md', '"to/gone.md')


def test_a_finished_place_writes_html_where_the_other_writes_markdown() -> None:
    assert PLACE.incident("INC-2025-001") == "[INC-2025-001](../incidents/INC-2025-001.md)"
    assert PLACE.html.incident("INC-2025-001") == '<a href="../incidents/INC-2025-001.md">INC-2025-001</a>'
    assert PLACE.html.line("see INC-2025-001") == 'see <a href="../incidents/INC-2025-001.md">INC-2025-001</a>'


def test_a_table_names_its_columns_and_its_rows_and_an_empty_one_is_none() -> None:
    made = finished.table(("What", "n"), [("<b>x</b>", "1")], "values")
    assert '<th scope="col">What</th><th scope="col">n</th>' in made
    assert '<tr><th scope="row"><b>x</b></th><td>1</td></tr>' in made
    assert finished.table(("What",), []) == ""


def test_attributes_are_escaped() -> None:
    assert finished.element("b", "x", "k", data_y='"><i') == '<b class="k" data-y="&#34;&#62;&#60;i">x</b>'
