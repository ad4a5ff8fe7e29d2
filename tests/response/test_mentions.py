"""Which places name an incident, and which of them follow it to another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import source
from incidentbook.document import Document
from incidentbook.response import mentions

OLD, NEW = "INC-2025-004", "INC-2025-011"


def after(text: str) -> str:
    document = source.load(text)
    return mentions.changed(text, mentions.find(document, OLD), OLD, NEW)


@pytest.mark.parametrize(
    "text",
    [
        "id: {}\n",
        "related: [{}, INC-2025-003]  # as {} did\n",
        "'{}': \"see ({}).\"\n",
        "text: |\n  As in {}, and in\n  {}- once more: `{}`, **{}**, #{}\n",
        "link: ../../incidents/2025/{}.yml\n",
    ],
)
def test_what_follows(text: str) -> None:
    assert after(text.replace("{}", OLD)) == text.replace("{}", NEW)


@pytest.mark.parametrize(
    "text",
    [
        "a: INC-2025-0041\n",
        "a: XINC-2025-004\n",
        "a: PRE-INC-2025-004\n",
        "a: INC-2025-004-draft\n",
        "a: INC-2025-004_1\n",
        "a: AI-2025-004-1\n",
        "a: inc-2025-004\n",
        "a: https://wiki.example/pages/INC-2025-004/notes\n",
        "provenance: {source: other, id: INC-2025-004}\n",
        "timeline:\n  - {id: a, provenance: {source: other, id: INC-2025-004}}\n",
    ],
)
def test_what_stays(text: str) -> None:
    assert after(text) == text


def test_each_place_has_its_line_and_column_and_says_why_it_stays() -> None:
    text = f"\ufeffid: {OLD}\r\nsummary: é {OLD}, https://wiki.example/{OLD}\r\nlinks: {{related: [{OLD}]}}\r\n"
    found = mentions.find(source.load(text), OLD, ("links",), "a link")
    assert [(each.line, each.column, each.left) for each in found] == [
        (1, 6, ""),
        (2, 12, ""),
        (2, 47, "an address outside the knowledge base"),
        (3, 19, "a link"),
    ]


@given(st.text(st.sampled_from("INC-2025004 _é\n/:h"), max_size=60), st.integers(0, 3))
def test_there_and_back_is_byte_for_byte_the_same(noise: str, times: int) -> None:
    text = f" {OLD} ".join([noise] * (times + 1))
    there = mentions.changed(text, mentions.find(Document(text), OLD), OLD, "INC-1999-99999")
    assert there.count("INC-1999-99999") >= times
    back = mentions.find(Document(there), "INC-1999-99999")
    assert mentions.changed(there, back, "INC-1999-99999", OLD) == text
