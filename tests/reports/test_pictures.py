"""Charts in reports: the incident among the others, in the forms that can show it, or why it is not drawn."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from pypdf import PdfReader

from chart_data import NOW, knowledge_base, twelve
from incidentbook import reports
from incidentbook.records.postmortem import CauseEdge, CauseNode, Causes, Postmortem
from incidentbook.report_model import Group, Picture, Section
from incidentbook.reports import html, markdown, pdf, pictures, rendering, text
from incidentbook.site import markup


def context(number: int = 12) -> reports.ReportContext:
    base = knowledge_base(*twelve()[:number])
    incident = base.incident("INC-2024-004")
    assert incident is not None
    return reports.context(reports.share(base, NOW, "abc1234"), incident)


def group(sections: list[Section]) -> Group:
    (metrics,) = (item for item in sections if item.title == "Incident Metrics")
    found = metrics.parts[-1]
    assert isinstance(found, Group)
    return found


def shown(made: reports.ReportContext) -> list[Picture]:
    return [
        item
        for item in group(pictures.with_charts(reports.build(made), made, "paper")).blocks
        if isinstance(item, Picture)
    ]


def test_they_stand_at_the_end_of_the_metrics() -> None:
    found = shown(context())
    assert [item.title for item in found] == [
        "Incidents by month and severity", "Time to resolve over time", "Days between SEV-1 and SEV-2 incidents",
    ]  # fmt: skip
    assert all(item.svg for item in found)
    assert ["n = 12" in item.foot[0] for item in found] == [True, True, False]
    assert ">INC-2024-004</text>" in found[1].svg


def test_of_too_few_the_report_says_why_there_is_no_picture() -> None:
    bars, durations, gaps = shown(context(7))
    assert bars.svg
    assert (durations.svg, durations.text) == ("", "Not drawn: n = 7: a control chart needs 8 points.")
    assert (gaps.svg, gaps.text) == (
        "",
        "Not drawn: gaps between SEV-1 and SEV-2 incidents = 5: a control chart needs 8 points.",
    )


def caused(count: int) -> reports.ReportContext:
    nodes = tuple(CauseNode(f"n{number}", text=f"Cause {number}") for number in range(count))
    edges = tuple(CauseEdge(f"n{number}", f"n{number + 1}") for number in range(count - 1))
    review = Postmortem(incidents=("INC-2024-004",), causes=Causes(nodes, edges))
    return dataclasses.replace(context(), postmortem=review)


def test_causes_are_drawn_where_the_investigation_ends() -> None:
    made = caused(3)
    sections = pictures.with_charts(reports.build(made), made, "paper")
    (found,) = (item for item in sections if item.title == "Technical Investigation")
    drawn = found.parts[-1]
    assert isinstance(drawn, Picture)
    assert drawn.text.startswith("3 causes that led to: ")
    assert ">Cause 2</text>" in drawn.svg


@pytest.mark.parametrize("count", [1, 40, 130])
def test_causes_of_any_number_fit_the_pages_of_the_pdf(count: int) -> None:
    made = rendering.FORMS["pdf"](caused(count), pytest.fail)
    assert isinstance(made, bytes)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert ("From top to bottom" in words) is (count < 100)


def test_the_pdf_shows_them_and_reads_them_out() -> None:
    made = rendering.FORMS["pdf"](context(), pytest.fail)
    assert isinstance(made, bytes)
    reader = PdfReader(io.BytesIO(made))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Among the incidents of these months" in words
    assert "Days between SEV-1 and SEV-2 incidents." in words
    assert "INC-2024-004" in words
    assert "limits: XmR on the logarithm" in words
    assert made.count(b"/Figure") >= 3 or b"ua-1" not in made
    assert rendering.FORMS["pdf"](context(), pytest.fail) == made  # the same bytes
    few = rendering.FORMS["pdf"](context(7), pytest.fail)
    assert isinstance(few, bytes)
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(few)).pages).split())
    assert "Not drawn: n = 7: a control chart needs 8 points." in said


def test_the_page_of_html_has_them_inside_and_asks_nobody() -> None:
    made = rendering.FORMS["html"](context(), pytest.fail)
    assert isinstance(made, str)
    assert made.count("<figure>") == made.count("<figcaption>") == made.count('role="img"') == 3
    assert "prefers-color-scheme:dark" in made
    assert set(re.findall(r"https?://[^\"<]*", made)) == {"http://www.w3.org/2000/svg"}
    ids = re.findall(r' id="([^"]*)"', made)
    assert len(ids) == len(set(ids))


def test_forms_without_pictures_say_what_they_would_show() -> None:
    picture = Picture("Rate", "Two a month <b>.", ("n = 3",), "<svg/>")
    sections = [Section("T", (picture,))]
    assert "Rate: Two a month <b>." in text.render(sections)
    assert "**Rate:** Two a month \\<b\\>." in markdown.render(sections)
    assert markup.report_block(picture, markup.said) == "<p><strong>Rate:</strong> Two a month &#60;b&#62;.</p>"
    assert "<strong>Rate.</strong> Two a month &lt;b&gt;.</p><figure><svg/>" in html.render(sections, title="T")
    assert "<figure>" not in html.render([Section("T", (Picture("Rate", "Not drawn."),))], title="T")


def test_text_and_markdown_reports_are_as_they_were() -> None:
    made = context()
    for form in ("text", "markdown", "json"):
        said = rendering.FORMS[form](made, pytest.fail)
        assert isinstance(said, str)
        assert "Among the incidents of these months" not in said


def test_a_hostile_picture_text_stays_text() -> None:
    picture = Picture('#panic("x") $x$ *b*', "<script>alert(1)</script> @x", ("#import",), "")
    made = pdf.render([Section("T", (picture,))], title="T", organisation="O", now=NOW)
    assert '#panic("x") $x$ *b*' in PdfReader(io.BytesIO(made)).pages[0].extract_text()
