"""The decisions of a playbook: which step a failure leads to, told from its words and never from chance."""

from __future__ import annotations

import pytest

from incidentbook.records.build import build
from incidentbook.records.playbook import Playbook
from incidentbook.site import playbook_flow
from incidentbook.site.links import Directory

STEPS = ("look", "choose-point", "verify", "act")


def playbook(said: str, at: int = 1) -> Playbook:
    steps = [{"id": name, "action": f"Do {name}. And more."} for name in STEPS]
    steps[at]["on_failure"] = said
    made = build(Playbook, {"id": "availability/x", "steps": steps})
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ("Go back to step look.", 1),
        ("Go on with the step act", 4),
        ("Return to choose-point and think", 2),
        ("Begin anew at `verify`", 3),
        ("Look again, and act", None),  # ordinary words
        ("Do it by data-loss/restore, step verify", None),  # a step of another playbook
        ("See data-loss/restore, step verify; else go to step look", 1),
        ("Go to step nowhere", None),
        ("Ask for help", None),
    ],
)
def test_a_failure_leads_to_the_step_that_it_names(said: str, leads_to: int | None) -> None:
    (branch,) = playbook_flow.branches(playbook(said))
    assert branch.leads_to == leads_to


def test_the_flow_has_every_step_and_says_which_way_a_branch_goes() -> None:
    place = Directory().at("playbooks/availability/x.md").finished
    drawn = playbook_flow.drawn(playbook("Wait. Then step look."), place)
    assert drawn.count("<li>") == len(STEPS)
    assert '<p class="back"><b>If not:</b> Wait. <a href="#step-look">Back to step 1</a></p>' in drawn
    assert '<a href="#step-act">Do act.</a>' in drawn
    assert '<p class="on">' in playbook_flow.drawn(playbook("step act", at=0), place)


def test_a_playbook_without_branches_has_no_flow() -> None:
    assert playbook_flow.drawn(playbook(""), Directory().at("playbooks/availability/x.md").finished) == ""


def test_a_question_is_told_with_its_answer() -> None:
    assert playbook_flow.first("Nobody there? Page the next one. And wait.") == "Nobody there? Page the next one."
