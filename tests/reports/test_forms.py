"""The forms of a report: the same sections in each, in the specification's order, and nothing in a record is taken for markup."""

from __future__ import annotations

import datetime as dt
import html as html_text
import io
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from incidentbook import reports, repository
from incidentbook.report_model import Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Section
from incidentbook.reports import html, markdown, pdf, rendering
from incidentbook.terminal_text import printable
from kb import ROOT, Inc

NOW = dt.datetime(2025, 1, 15, 6, tzinfo=dt.UTC)
SPECIFIED = (
    "Incident Response Analysis", "Incident Summary", "Severity Classification", "Timeline Reconstruction",
    "Technical Investigation", "Impact Assessment", "Communication Log", "Remediation Actions", "Post-Mortem Analysis",
    "Action Items", "Incident Metrics", "Process Improvements", "Recommendations", "Incident Response Maturity Assessment",
)  # fmt: skip
TEXT = st.text(max_size=60)
HOSTILE = (
    "*a* _b_ `c` [d](e) ![f](g) <b>h</b> &amp; | i ~~j~~ $k$ \\", "# heading", "1. one", "- item", "+ item", "=== x", "> quote",
    "<script>alert(1)</script>", '#import "x": y', "#panic()", "$ sum $", "@label", "<label>", "\u202eevil", "界" * 90, "x" * 300,
    "e\u0301\U0001f525\u200d", "\x1b[31mred\x07", "a\nb", "| a | b |", "http://example.org/_x_", "שלום עולם",
)  # fmt: skip


@pytest.fixture(scope="module")
def context() -> reports.ReportContext:
    repo = repository.load(ROOT)
    incident = repo.incident("INC-2025-001")
    assert incident is not None
    return reports.context(reports.share(repo, repo.now()), incident)


def form(name: str, context: reports.ReportContext) -> str | bytes:
    """Return the report in one form, which has nothing to complain of."""
    return rendering.FORMS[name](context, pytest.fail)


def everywhere(text: str) -> list[Section]:
    """Return sections that have ``text`` in every place that there is."""
    blocks = (
        Fields(((text, text),)), Bullets((text,)), Numbered((text,)), Log(((text, text),)),
        Cards(((text, ((text, text),)),)), Paragraph(text),
    )  # fmt: skip
    return [Section(text or "-", blocks), Section("Second", (Group(text or "-", blocks),))]


def in_order(found: str, titles: tuple[str, ...] = SPECIFIED) -> bool:
    places = [found.find(title) for title in titles]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_every_section_of_the_specification_stands_in_its_order(context: reports.ReportContext, name: str) -> None:
    made = form(name, context)
    assert isinstance(made, str)
    titles = [
        first or second for first, second in re.findall(r"^#{1,2} (.+)$|<h[12][^>]*>(.+?)</h", made, re.MULTILINE)
    ]
    shown = [html_text.unescape(title).replace("\\", "") for title in titles]
    assert [title for title in shown if title in SPECIFIED] == list(SPECIFIED)


def test_so_do_those_of_the_text_the_data_and_the_pdf(context: reports.ReportContext) -> None:
    text = form("text", context)
    assert isinstance(text, str)
    assert in_order(
        text.upper(), tuple(f"{title.upper()}:" if index else title.upper() for index, title in enumerate(SPECIFIED))
    )
    plain = json.loads(form("json", context))
    assert [item["title"] for item in plain["sections"] if item["title"] in SPECIFIED] == list(SPECIFIED)
    made = form("pdf", context)
    assert isinstance(made, bytes)
    outline = [str(item.title) for item in flat(PdfReader(io.BytesIO(made)).outline)]
    assert [title for title in outline if title in SPECIFIED] == list(SPECIFIED)


def flat(outline: list[Any]) -> list[Any]:
    return [inner for item in outline for inner in (flat(item) if isinstance(item, list) else [item])]


def test_a_pdf_is_tagged_named_and_the_same_each_time(context: reports.ReportContext) -> None:
    first, second = form("pdf", context), form("pdf", context)
    assert first == second
    assert isinstance(first, bytes)
    document = PdfReader(io.BytesIO(first))
    assert document.metadata is not None
    assert document.metadata.title == "INC-2025-001: Database cluster failover failure causing 100% API error rate"
    assert document.metadata.author == "Harbourline"
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    pages = [page.extract_text() for page in document.pages]
    assert f"1 / {len(pages)}" in pages[0]
    words = " ".join(" ".join(pages).split())
    for said in ("02:30:00", "Revenue loss: $191,250 (estimated)", "99.12%", "15,842 failed transactions", "Due"):
        assert said in words


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_markup_in_a_pdf(text: str) -> None:
    made = pdf.render(everywhere(text), title=text, organisation=text, now=NOW)
    assert made.startswith(b"%PDF-")


@settings(max_examples=25)
@given(TEXT)
def test_any_text_makes_a_pdf(text: str) -> None:
    assert pdf.render(everywhere(text), title=text, organisation=text, now=NOW).startswith(b"%PDF-")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_markup_in_html(text: str) -> None:
    seen = Seen()
    seen.feed(html.render(everywhere(text), title=text, organisation=text))
    assert not seen.tags & {"script", "b", "img", "a", "iframe"}
    assert seen.left == []
    assert " ".join("".join(seen.texts).split()).count(" ".join(printable(text).split())) >= 10


class Seen(HTMLParser):
    """What a browser would see: tags, and the texts between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.left: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        del attrs
        self.tags.add(tag)
        if tag not in ("meta", "link"):
            self.left.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.left.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take down a text."""
        self.texts.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_markup_in_markdown(text: str) -> None:
    shows_what_was_said(text)


@settings(max_examples=200)
@given(TEXT)
def test_any_text_is_shown_as_it_is_by_readers_of_markdown(text: str) -> None:
    shows_what_was_said(text)


def shows_what_was_said(text: str) -> None:
    said = " ".join(printable(text).split())
    for section in (Section("Title", (Paragraph(text),)), Section("Title", (Bullets((text,)),)), Section(text, ())):
        tokens = MarkdownIt("commonmark").enable("table").parse(markdown.render([section]))
        inline = [token for token in tokens if token.type == "inline"]
        shown = [child for token in inline for child in token.children or ()]
        assert {child.type for child in shown} <= {"text", "text_special"}, markdown.render([section])
        last = inline[-1].children if inline and (said or section.title == text) else []
        assert " ".join("".join(child.content for child in last or ()).split()) == said or not said


def test_the_page_asks_nobody_and_has_its_headings_in_order(context: reports.ReportContext) -> None:
    page = form("html", context)
    assert isinstance(page, str)
    assert not re.search(r"(?:src|href)=|@import|url\(", page)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert '<html lang="en">' in page


@pytest.mark.parametrize(
    ("name", "form"), [("a.pdf", "pdf"), ("a.MD", "markdown"), ("a.html", "html"), ("a.xyz", None)]
)
def test_a_form_by_the_ending_of_a_file(name: str, form: str | None, tmp_path: Any) -> None:
    assert rendering.by_ending(tmp_path / name) == form


@pytest.mark.parametrize("form", list(rendering.FORMS))
def test_a_report_for_fewer_says_less(inc: Inc, example: Path, form: str) -> None:
    path = example / "incidents/2025/INC-2025-001.yml"
    hidden = "the vault keys were rotated twice"
    entry = f"{{id: t99, at: 2025-01-15T04:46:00Z, kind: note, text: {hidden}, disclosure: restricted}}"
    path.write_text(
        path.read_text(encoding="utf-8").replace("timeline:\n", f"timeline:\n  - {entry}\n", 1), encoding="utf-8"
    )
    said = {}
    for audience in ("public", "internal", "restricted"):
        file = example / f"{audience}.{form}"
        assert (
            inc(
                "report", "INC-2025-001", "--format", form, "--audience", audience, "--output", str(file), root=example
            ).status
            == 0
        )
        content = file.read_bytes()
        pages = PdfReader(io.BytesIO(content)).pages if form == "pdf" else []
        said[audience] = " ".join(page.extract_text() for page in pages) if form == "pdf" else content.decode()
    assert [hidden in " ".join(text.split()) for text in said.values()] == [False, False, True]


def test_as_data_it_has_the_record_that_its_readers_may_see(inc: Inc) -> None:
    """Nothing in this one is narrower than public."""
    public, whole = (
        json.loads(inc("report", "INC-2025-001", "--format", "json", "--audience", audience).out)["incident"]
        for audience in ("public", "restricted")
    )
    assert (public["id"], public) == ("INC-2025-001", whole)


def test_a_narrower_record_has_no_report(inc: Inc) -> None:
    done = inc("report", "INC-2024-001", "--audience", "public")
    assert (done.status, "INC-2024-001 is narrower than public" in done.err) == (2, True)


def test_what_no_font_has_is_told() -> None:
    told: list[str] = []
    made = pdf.render(everywhere("\U000f1234"), title="t", organisation="o", now=NOW, tell=told.append)
    assert made.startswith(b"%PDF-")
    assert len(told) == 1
    assert "so the PDF shows a box there" in told[0]


def test_show_and_report_say_the_same(inc: Inc) -> None:
    assert inc("report", "inc-2025-001").out == inc("show", "INC-2025-001").out


def test_an_ending_that_says_nothing_is_refused(inc: Inc, tmp_path: Any) -> None:
    done = inc("report", "INC-2025-001", "--output", str(tmp_path / "report.docx"))
    assert (done.status, ".docx is no ending of a report" in done.err) == (2, True)
