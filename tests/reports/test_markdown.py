"""A report as Markdown: every text goes through the escaping that the caller gives."""

from __future__ import annotations

from incidentbook.report_model import Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Section
from incidentbook.reports.markdown import render

SECTIONS = [
    Section("Top", (Fields((("Label", "value"),)),)),
    Section(
        "Next",
        (
            Group("Group", (Bullets(("item",)), Numbered(("first", "second")))),
            Log((("02:30", "alert"),)),
            Cards((("headline", (("owner", "sre"),)),)),
            Paragraph("prose"),
        ),
    ),
]


def test_the_layout() -> None:
    assert render(SECTIONS, str) == (
        "- **Label:** value\n\n## Next\n\n### Group\n\n- item\n\n1. first\n2. second\n\n"
        "| Time | What happened |\n| --- | --- |\n| 02:30 | alert |\n\n1. **headline**\n    - owner: sre\n\nprose\n"
    )


def test_headings_start_where_the_caller_says() -> None:
    assert "\n#### Next\n\n##### Group\n" in render(SECTIONS, str, level=4)


def test_every_text_of_a_record_is_escaped() -> None:
    escaped: list[str] = []

    def escape(text: str) -> str:
        escaped.append(text)
        return "X"

    text = render(SECTIONS, escape)
    told = ("value", "item", "first", "second", "02:30", "alert", "headline", "owner", "sre", "prose", "Group", "Label")
    assert set(told) <= set(escaped)
    assert not any(word in text for word in told)
