"""What is not the same in two states, and where what is the same has moved to."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidentbook.alterations import edits
from incidentbook.entry import Entry
from incidentbook.repository import Repository

SAYS = "incidents: [INC-2025-001]\nstatus: draft\n"


def state(**postmortems: str) -> Repository:
    made = Repository(Path())
    for name, text in postmortems.items():
        made.add(Entry.of_text(f"postmortems/{name}.md", f"---\n{text}---\n\nAs it was.\n"))
    return made


@pytest.mark.parametrize("now", [SAYS, "status: draft\nincidents: [INC-2025-001]  # turned round\n"])
def test_each_of_two_files_that_say_the_same_moves_once(now: str) -> None:
    found = edits(state(a=SAYS, b=SAYS), state(c=now, d=now, e=now), read=True)
    assert [(edit.verb, edit.paths) for edit in found] == [
        ("moved", ["postmortems/a.md", "postmortems/c.md"]),
        ("moved", ["postmortems/b.md", "postmortems/d.md"]),
        ("added", ["postmortems/e.md"]),
    ]


def test_one_that_says_something_else_where_it_went_is_another() -> None:
    found = edits(state(a=SAYS), state(b=SAYS.replace("draft", "published")), read=True)
    assert [edit.verb for edit in found] == ["removed", "added"]


def test_figures_know_of_no_move_and_of_no_prose() -> None:
    before, after = state(a=SAYS, b=SAYS), state(a=SAYS, b=SAYS)
    after.postmortems[0] = Entry.of_text("postmortems/a.md", f"---\n{SAYS}---\n\nAs it is.\n")
    assert edits(before, after) == []
    (edit,) = edits(before, after, read=True)
    assert (edit.verb, edit.prose, edit.differences) == ("changed", True, [])
