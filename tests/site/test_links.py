"""Links are written from what a view shows, and text finds the records that it names."""

from __future__ import annotations

import kb
from incidentbook.site.links import Directory, directory

PAGES = Directory(
    incidents={"INC-2025-001": "incidents/INC-2025-001.md"},
    postmortems={"INC-2025-001": "postmortems/INC-2025-001.md"},
    playbooks={"availability/failover": "playbooks/availability/failover.md"},
    actions={"AI-2025-001-1": "ai-2025-001-1"},
    sources={"incidents/2025/INC-2025-001.yml": "incidents/INC-2025-001.md"},
)


def test_ids_that_a_view_shows_become_links() -> None:
    said = PAGES.at("playbooks/availability/x.md").inline(
        "See INC-2025-001, INC-2025-002 and AI-2025-001-1 (availability/failover)."
    )
    assert said == (
        "See [INC-2025-001](../../incidents/INC-2025-001.md), INC-2025-002 and "
        "[AI-2025-001-1](../../actions.md#ai-2025-001-1) ([availability/failover](failover.md))."
    )


def test_a_page_does_not_link_to_itself() -> None:
    assert PAGES.at("incidents/INC-2025-001.md").inline("As in INC-2025-001") == "As in INC-2025-001"


def test_addresses_lose_the_stop_that_ends_the_sentence() -> None:
    said = PAGES.at("index.md").inline("Look at https://example.org/a_b.")
    assert (
        said == 'Look at <a href="https://example.org/a&#95;b" rel="nofollow noopener">https://example.org/a&#95;b</a>.'
    )


def test_backticks_are_code_and_nothing_inside_them_is_markup() -> None:
    assert PAGES.at("index.md").inline("run `a*b*c`") == "run <code>a&#42;b&#42;c</code>"


def test_lines_stay_lines() -> None:
    assert PAGES.at("index.md").inline("one\r\n\ntwo") == "one<br> two"


def test_a_link_to_a_record_means_its_page() -> None:
    place = PAGES.at("postmortems/INC-2025-001.md")
    assert (
        place.page_of("postmortems/2025/INC-2025-001.md", "../../incidents/2025/INC-2025-001.yml")
        == "incidents/INC-2025-001.md"
    )
    for href in ("../../policy/services.yml", "javascript:x", "/etc/passwd", "https://example.org/x", "#here"):
        assert place.page_of("postmortems/2025/INC-2025-001.md", href) is None


def test_no_two_records_share_a_page_and_no_name_leaves_its_folder() -> None:
    found = directory(
        kb.repo(kb.incident(1), kb.incident(1), kb.incident(2) | {"id": "../../<x>"}, kb.incident(3) | {"id": "index"})
    )
    assert sorted(found.sources.values()) == [
        "incidents/INC-2025-001-2.md",
        "incidents/INC-2025-001.md",
        "incidents/index-2.md",
        "incidents/x.md",
    ]
