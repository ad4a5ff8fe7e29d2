"""Who gives way: the whole table, and that what it does not name is left to people."""

from __future__ import annotations

import itertools

import pytest

from incidentbook.github.two_ways import AGREE, RULES, Act, Changed, Ours, Theirs, changed, judge, ours
from incidentbook.records.action_item import ActionStatus
from kb import ROOT

EVERY = [*itertools.product(Ours, Theirs, Changed)]


@pytest.mark.parametrize(("record", "issue", "since"), EVERY)
def test_only_the_side_that_did_not_change_is_ever_changed(record: Ours, issue: Theirs, since: Changed) -> None:
    act = judge(record, issue, since).act
    if (record, issue) in AGREE:
        assert act is Act.NOTHING
    elif since in (Changed.BOTH, Changed.UNKNOWN):
        assert act is Act.ASK
    elif since is Changed.RECORD:
        assert act in (Act.CLOSE, Act.DROP, Act.REOPEN, Act.ASK)
    else:
        assert act in (Act.TAKE, Act.ASK)


@pytest.mark.parametrize(("record", "issue", "since"), EVERY)
def test_whatever_is_left_to_people_says_what_to_do(record: Ours, issue: Theirs, since: Changed) -> None:
    rule = judge(record, issue, since)
    assert bool(rule.said) is (rule.act is Act.ASK)


def test_no_rule_is_about_two_that_agree() -> None:
    assert not [key for key in RULES if key[:2] in AGREE]


@pytest.mark.parametrize("status", ActionStatus)
def test_a_promise_that_is_not_finished_is_open(status: ActionStatus) -> None:
    assert (ours(status) is Ours.OPEN) is (status.committed and not status.finished)
    assert (ours(status) is Ours.DONE) is status.finished


def test_an_item_without_a_status_is_a_proposal() -> None:
    assert ours(None) is Ours.PROPOSED


def test_a_contradiction_that_neither_side_made_is_for_nobody_to_explain() -> None:
    assert changed(record=False, issue=False, known=True) is Changed.UNKNOWN
    assert changed(record=True, issue=False, known=False) is Changed.UNKNOWN
    assert changed(record=True, issue=True, known=True) is Changed.BOTH


def test_the_guide_shows_the_table_as_it_is() -> None:
    guide = (ROOT / "docs" / "guide" / "github-issues.md").read_text(encoding="utf-8")
    for (record, issue, since), rule in RULES.items():
        assert f"| {record} | {issue.said} | {since} | {rule.act} |" in guide, (record, issue, since)
