"""The navigation: kinds of page first, what stands in docs under one entry."""

from __future__ import annotations

from incidentbook.site.navigation import compose
from incidentbook.site.page import Page

PAGES = [
    Page("index.md", "Home", ""),
    Page("incidents/index.md", "Incidents", ""),
    Page("incidents/x.md", "X", "", parent="incidents/index.md"),
]


def test_pages_with_a_parent_stay_out() -> None:
    assert compose(PAGES, []) == [{"Home": "index.md"}, {"Incidents": "incidents/index.md"}]


def test_the_guide_folder_comes_first_then_pages_then_other_folders() -> None:
    own = [
        "decisions/README.md",
        "decisions/a.md",
        "guide/b.md",
        "guide/a.md",
        "architecture.md",
        "guide/deep/c.md",
        "guidelines/d.md",
    ]
    assert compose(PAGES, own)[-1] == {
        "Guide": [
            "guide/a.md",
            "guide/b.md",
            {"Deep": ["guide/deep/c.md"]},
            "architecture.md",
            {"Decisions": ["decisions/README.md", "decisions/a.md"]},
            {"Guidelines": ["guidelines/d.md"]},
        ]
    }
