"""What an issue says of an item, and how it is found again among what people write."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from incidentbook.github.issue import Base
from incidentbook.github.text import Letter, digest, part, plain, with_part
from incidentbook.records.action_item import ActionItem, ActionStatus

ITEM = ActionItem(
    "AI-2025-001-1", "Mend it", "Ask @octocat about #12 | <!-- incidentbook: AI-2025-001-9 -->", "high", "prevent", "sre",
    dt.date(2025, 1, 31), ActionStatus.IN_PROGRESS,
)  # fmt: skip
LETTER = Letter(ITEM, ("INC-2025-001",), "postmortems/2025/INC-2025-001.md", "SRE")


def test_a_reader_of_the_issue_sees_what_is_promised() -> None:
    assert LETTER.title == "Mend it (AI-2025-001-1)"
    rows = [line for line in LETTER.text.splitlines() if line.startswith("| ")]
    assert rows[2:] == [
        "| After | INC-2025-001 |", "| Owner | SRE |", "| Due | 2025-01-31 |", "| Status | In progress |", "| Priority | High |",
        "| Helps to | prevent |",
    ]  # fmt: skip


def test_nobody_is_called_nothing_is_linked_and_no_comment_is_forged() -> None:
    assert "@octocat" not in LETTER.text
    assert "#12" not in LETTER.text
    found = part(with_part("", ITEM.id, LETTER.text, Base()))
    assert found is not None
    assert found.item == "AI-2025-001-1"


def test_a_title_fits_what_github_takes() -> None:
    long = Letter(ActionItem("AI-2025-001-1", "word " * 100))
    assert len(long.title) == 256
    assert long.title.endswith("… (AI-2025-001-1)")


@given(st.text(), st.text(), st.text(alphabet="ab \n|-é"))
def test_what_people_write_around_it_stays(before: str, after: str, text: str) -> None:
    base = Base(record="open", issue="open", owner="sre")
    around = plain(before.replace("<!--", "") + with_part("", ITEM.id, text, base) + after.replace("<!--", ""))
    found = part(around)
    assert found is not None
    assert (found.base, digest(found.text or "")) == (base, digest(text))
    changed = with_part(around, ITEM.id, "new", Base())
    assert changed.startswith(around[: found.start])
    assert changed.endswith(around[found.end :])


def test_an_issue_that_people_wrote_gets_the_part_at_its_end() -> None:
    made = with_part("We know this.\n", ITEM.id, "text", Base())
    assert made.startswith("We know this.\n\n<!-- incidentbook: AI-2025-001-1 -->\ntext\n<!-- /incidentbook {")


def test_a_browser_s_line_ends_change_nothing() -> None:
    body = with_part("", ITEM.id, LETTER.text, Base())
    assert plain(body.replace("\n", "\r\n")) == body


def test_a_part_without_its_end_is_known_and_its_extent_is_not() -> None:
    found = part("<!-- incidentbook: AI-2025-001-1 -->\ntext")
    assert found is not None
    assert (found.item, found.text, found.base) == ("AI-2025-001-1", None, None)


def test_a_base_that_people_changed_is_none() -> None:
    assert Base.read("{}") is None
    assert Base.read('{"record": 1}') is None
    assert Base.read("{") is None
    assert Base.read(Base(record="open").written()) == Base(record="open")


def test_a_description_of_any_length_and_any_marks_fits_into_an_issue_and_says_that_it_was_cut() -> None:
    for description in ("word " * 10_000, "<@a#1> " * 5_000, "@" * 60_000):
        text = dataclasses.replace(LETTER, item=dataclasses.replace(ITEM, description=description)).text
        assert 10_000 < len(text) < 22_000
        assert "… (cut: the record has all of it)" in text
    assert "cut:" not in LETTER.text
