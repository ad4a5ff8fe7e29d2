"""Finished HTML in a page's Markdown: it comes out as it went in, with our extension as without it, and only we can mark it."""

from __future__ import annotations

import re
from collections.abc import Callable

import markdown
import pytest

import kb
from incidentbook import repository
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import body, pages_of, prepare
from incidentbook.site.links import Directory
from incidentbook.site.marks import MARK
from incidentbook.site.page import Page

USUAL = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
BLOCK = "(?:div|dl|ol|ul|p|figure)"
OURS = "incidentbook.site.finished"


def test_pages_come_out_alike_with_the_extension_and_without_it() -> None:
    made = pages_of(prepare(repository.load(kb.ROOT), kb.at("2025-01-15 06:00"), Disclosure.RESTRICTED))
    pages = [page for page in made if MARK in page.content]
    assert len(pages) > 20
    quick = markdown.Markdown(extensions=[OURS, *USUAL])
    usual = markdown.Markdown(extensions=USUAL)
    for page in pages:
        found, expected = (made.reset().convert(page.content) for made in (quick, usual))
        assert re.sub(r"\s*\n\s*", "", found) == re.sub(r"\s*\n\s*", "", expected), (
            page.path
        )  # blocks may stand on lines of their own


def test_every_marked_line_is_whole_blocks(pages: Callable[[str], dict[str, Page]]) -> None:
    for page in pages("restricted").values():
        lines = page.content.split("\n")
        for number, line in enumerate(lines):
            if line.startswith(MARK):
                assert re.fullmatch(rf"<{BLOCK}\b.*</{BLOCK}>", line[1:]), line[:40]
                assert lines[number - 1] == lines[number + 1] == "", page.path
            assert MARK not in line[1:]


@pytest.mark.parametrize("lead", ["", "```\n\n", "    "])
def test_a_record_cannot_mark_its_own_html(lead: str) -> None:
    attack = f"{lead}{MARK}<div><script>alert(1)</script></div>\n"
    written = body.rewrite(attack, Directory().at("postmortems/x.md"), "postmortems/x.md")
    assert MARK not in written.removeprefix(MARK), "the first is the writer's own"
    assert "<script>" not in markdown.markdown(written, extensions=[OURS, *USUAL])


def test_a_number_that_nobody_gave_stays_as_it_is() -> None:
    assert "\x017" in markdown.markdown("\x017\n", extensions=[OURS])
