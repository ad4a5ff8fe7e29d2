"""`inc remedy`: what is done at once, soon and later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidentbook import resources
from incidentbook.response import remedies

if TYPE_CHECKING:
    from conftest import Desk


@pytest.fixture
def three(desk: Desk) -> Desk:
    desk.start()
    desk.run("remedy", "add", "Correct the script", "--when", "short-term", "--status", "in-progress")
    desk.run("remedy", "add", "Fail", "over", "by", "hand")
    desk.run("remedy", "add", "Drill it", "--when", "long-term", "--action", "AI-2025-001-1")
    return desk


def test_the_list_is_in_the_order_in_which_things_are_done(three: Desk) -> None:
    assert three.run("remedy") == [
        "INC-2025-001 (the only one open)",
        "immediate, at once",
        "1 [ ] Fail over by hand",
        "short-term, within a day",
        "2 [ ] Correct the script (in progress)",
        "long-term, within a month",
        "3 [ ] Drill it (AI-2025-001-1)",
    ]
    (first, *_) = three.json("remedy", "list")
    assert len(first.pop("id")) == 26
    assert first == {"number": 1, "when": "immediate", "text": "Fail over by hand", "status": None, "action": None}


@pytest.mark.parametrize("said", ["2", "script", "Correct the script"])
def test_done_by_number_or_words(three: Desk, said: str) -> None:
    assert three.run("remedy", "done", said)[1:] == ["in progress → done: Correct the script"]
    assert three.record().remediation.short_term[0].status == "done"


def test_done_by_the_end_of_its_id(three: Desk) -> None:
    name = three.record().remediation.immediate[0].id
    assert three.run("remedy", "done", name[-6:])[1:] == ["open → done: Fail over by hand"]


def test_what_is_refused(three: Desk) -> None:
    three.run("remedy", "done", "2")
    assert "It is done already: Correct the script" in three.refused("remedy", "done", "2")
    assert "There is no remedy '9'" in three.refused("remedy", "done", "9")
    assert "It takes its status from AI-2025-001-1" in three.refused("remedy", "done", "3")
    assert "fits more than one remedy: 1 Fail over by hand; 2 Correct the script" in three.refused(
        "remedy", "done", "r"
    )
    assert "It is listed already" in three.refused("remedy", "add", "Drill it")
    assert "Say what is to be done" in three.refused("remedy", "add", " ")
    assert "is called like AI-2025-001-1" in three.refused("remedy", "add", "x", "--action", "AI-1")
    assert "Leave --status out" in three.refused("remedy", "add", "x", "--action", "AI-2025-001-2", "--status", "done")


def test_the_words_are_those_of_the_schema() -> None:
    line = resources.schema("incident")["$defs"]["remediationLine"]["properties"]
    assert list(remedies.STATUSES) == line["status"]["enum"]
    horizons = resources.schema("incident")["properties"]["remediation"]["properties"]
    assert [horizon.replace("-", "_") for horizon in remedies.HORIZONS] == list(horizons)
