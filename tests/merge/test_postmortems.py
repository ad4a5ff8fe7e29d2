"""Post-mortems: the front matter by what it says, the prose by lines."""

from __future__ import annotations

import pytest

from incidentbook.merge import BODY, Merged, UnweavableError, merge
from incidentbook.merge.by_lines import merge_text
from merge_examples import after

POSTMORTEM = """\
---
incidents: [INC-2025-001]
status: draft
causes:
  nodes:
    - {id: c1, text: Disk full}
  edges: []
action_items:
  - id: AI-2025-001-1
    title: Add an alert
    status: proposed
---
# What went well

One.

Two.

Three.
"""


def markdown(*sides: str) -> Merged:
    return merge(sides[0], sides[1], sides[2], merge_text, markdown=True)


def test_action_items_and_causes_are_merged_by_id_and_prose_by_lines() -> None:
    ours = after(
        POSTMORTEM,
        ("status: proposed", "status: not-started\n    owner: sre"),
        ("edges: []", "edges:\n    - {from: c1, to: c2}"),
        ("One.", "One and a half."),
    )
    theirs = after(
        POSTMORTEM,
        ("Add an alert\n", "Add an alert\n    due: 2025-02-01\n"),
        ("---\n# What", "  - {id: AI-2025-001-2, title: Test it, status: proposed}\n---\n# What"),
        ("Three.", "Three and more."),
        ("Disk full}", "Disk full}\n    - {id: c2, text: No quota}"),
    )
    result = markdown(POSTMORTEM, ours, theirs)
    assert result.conflicts == ()
    for said in (
        "due: 2025-02-01",
        "status: not-started\n    owner: sre",
        "AI-2025-001-2",
        "One and a half.\n\nTwo.\n\nThree and more.",
        "{from: c1, to: c2}",
        "No quota",
    ):
        assert said in result.text


def test_a_conflict_in_the_prose_is_one_of_lines() -> None:
    result = markdown(
        POSTMORTEM, after(POSTMORTEM, ("Two.", "2."), ("draft", "in-review")), after(POSTMORTEM, ("Two.", "II."))
    )
    assert result.conflicts == (BODY,)
    assert "status: in-review\n" in result.text
    assert "<<<<<<< ours\n2.\n=======\nII.\n>>>>>>> theirs\n" in result.text


def test_front_matter_that_is_gone_on_one_side_is_refused() -> None:
    with pytest.raises(UnweavableError, match="theirs, it has no front matter"):
        markdown(POSTMORTEM, after(POSTMORTEM, ("draft", "in-review")), "# Prose alone\n")
