"""What a sync would do for an item and its issue, whichever side has changed since they last agreed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from incidentbook.github.issue import Closer, Issue
from incidentbook.github.plan import plan, unshown
from incidentbook.github.step import Site, Step, Taken
from incidentbook.github.text import Letter, part
from incidentbook.records.action_item import ActionEvidence, ActionItem, ActionStatus

SITE = Site("acme/ops", ZoneInfo("Europe/Berlin"), {"hubot": "platform", "octocat": "sre"})
ITEM = ActionItem(
    "AI-2025-001-1",
    "Mend it",
    owner="sre",
    due=dt.date(2025, 1, 31),
    status=ActionStatus.IN_PROGRESS,
    issue="acme/ops#7",
)
PULL = Closer("pull-request", "https://github.com/acme/ops/pull/88")
NIGHT = dt.datetime(2025, 1, 20, 23, 30, tzinfo=dt.UTC)  # the 21st in Berlin


def letter(**changes: Any) -> Letter:
    return Letter(dataclasses.replace(ITEM, **changes), ("INC-2025-001",), "p.md", "SRE")


def made(**changes: Any) -> Issue:
    """Return the issue as the first sync makes it, changed since on GitHub."""
    (step,) = plan([letter(issue="")], {}, {}, SITE)
    issue = Issue(7, "https://github.com/acme/ops/issues/7", step.title or "", step.body or "")
    return dataclasses.replace(issue, **changes)


def meet(issue: Issue, closer: Closer | None = None, /, **changes: Any) -> Step:
    (step,) = plan([letter(**changes)], {7: issue}, {7: closer} if closer else {}, SITE)
    return step


def after(issue: Issue, step: Step) -> Issue:
    """Return the issue once the step was done."""
    fields: dict[str, Any] = {"title": step.title, "body": step.body}
    if step.state:
        fields |= {"open": step.state[0] == "open", "reason": step.state[1]}
    return dataclasses.replace(issue, **{name: value for name, value in fields.items() if value is not None})


def test_only_open_promises_get_an_issue() -> None:
    for status in ActionStatus:
        (step,) = plan([letter(issue="", status=status)], {}, {}, SITE)
        assert step.writes is (status.committed and not status.finished), status


def test_an_issue_whose_number_was_lost_is_found_by_its_comment() -> None:
    step = meet(made(), issue="")
    assert (step.writes, step.taken) == (False, Taken(issue="acme/ops#7"))


def test_two_issues_for_one_item_are_left_to_people() -> None:
    two = {7: made(), 8: dataclasses.replace(made(), number=8)}
    (step,) = plan([letter(issue="")], two, {}, SITE)
    assert step.conflicts[0].startswith("acme/ops#7 and acme/ops#8 both stand for it")
    assert not step.writes
    (known,) = plan([letter()], two, {}, SITE)
    assert known.notes == ("acme/ops#8 says that it stands for it, too",)


def test_one_issue_for_two_items_is_left_to_people() -> None:
    steps = plan([letter(), letter(id="AI-2025-001-2", issue="Acme/Ops#7")], {7: made()}, {}, SITE)
    assert ["stands for several items" in " ".join(step.conflicts) for step in steps] == [True, True]


def test_an_id_that_stands_twice_is_left_to_people() -> None:
    steps = plan([letter(), letter()], {7: made()}, {}, SITE)
    assert [step.conflicts for step in steps] == [("it stands in the records more than once",)] * 2


def test_an_issue_of_another_repository_is_left_alone() -> None:
    (step,) = plan([letter(issue="acme/other#7")], {7: made()}, {}, SITE)
    assert (step.writes, step.conflicts, len(step.notes)) == (False, (), 1)


def test_an_issue_of_another_item_is_not_taken_over() -> None:
    step = meet(made(), id="AI-2025-001-2")
    said = "acme/ops#7 says that it stands for AI-2025-001-1: take that comment out there, or `issue` out here"
    assert (step.conflicts, step.writes) == ((said,), False)


def test_done_here_closes_the_issue_and_the_next_sync_has_nothing_to_do() -> None:
    issue = made()
    step = meet(issue, status=ActionStatus.DONE)
    assert step.state == ("closed", "completed")
    assert meet(after(issue, step), status=ActionStatus.VERIFIED).state is None
    assert not meet(after(issue, step), status=ActionStatus.DONE).writes


def test_cancelled_here_closes_it_as_not_planned_and_promised_again_reopens_it() -> None:
    issue = made()
    step = meet(issue, status=ActionStatus.CANCELLED)
    assert step.state == ("closed", "not_planned")
    again = meet(after(issue, step))
    assert again.state == ("open", "reopened")
    assert not meet(after(after(issue, step), again)).writes


def test_closed_there_by_a_pull_request_is_done_on_the_day_that_it_was_here() -> None:
    step = meet(made(open=False, reason="completed", closed=NIGHT), PULL)
    assert step.taken == Taken(
        status=ActionStatus.DONE, completed=dt.date(2025, 1, 21), evidence=ActionEvidence(PULL.kind, PULL.ref)
    )
    assert not step.writes
    assert not step.conflicts


def test_closed_there_by_hand_lacks_evidence_and_is_only_told() -> None:
    step = meet(made(open=False, reason="completed"))
    assert step.conflicts[0].startswith("closed there, evidence missing")
    assert (step.taken, step.writes, unshown([step])) == (Taken(), False, [7])


def test_closed_there_as_not_planned_takes_a_reason_from_people() -> None:
    step = meet(made(open=False, reason="not_planned"), PULL)
    assert "closed as not planned there; to give it up takes a reason" in step.conflicts[0]
    assert (step.taken, step.state) == (Taken(), None)


def test_reopened_there_after_it_was_done_is_not_closed_again() -> None:
    issue = made()
    closed = after(issue, meet(issue, status=ActionStatus.DONE))
    step = meet(dataclasses.replace(closed, open=True, reason="reopened"), status=ActionStatus.DONE)
    assert "it was reopened there" in step.conflicts[0]
    assert step.state is None


def test_both_changed_is_left_to_people() -> None:
    step = meet(made(open=False, reason="completed"), PULL, status=ActionStatus.CANCELLED)
    assert "both have changed" in step.conflicts[0]
    assert (step.taken, step.state) == (Taken(), None)


def test_one_that_comes_round_again_is_never_done_by_an_issue() -> None:
    step = meet(made(open=False, reason="completed"), PULL, recurrence="FREQ=MONTHLY", status=ActionStatus.SCHEDULED)
    assert "settle the occurrence" in step.conflicts[0]
    assert step.taken == Taken()


def test_a_milestone_s_day_becomes_the_due_day_and_stays_settled() -> None:
    issue = made(milestone=dt.date(2025, 2, 14))
    step = meet(issue)
    assert (step.taken, step.writes) == (Taken(due=dt.date(2025, 2, 14)), False)
    agreed = meet(issue, due=dt.date(2025, 2, 14))
    assert agreed.sent == ("its text",)
    assert not meet(after(issue, agreed), due=dt.date(2025, 2, 14)).writes


def test_a_day_that_both_sides_moved_is_left_to_people() -> None:
    step = meet(made(milestone=dt.date(2025, 2, 14)), due=dt.date(2025, 3, 1))
    assert "due on 2025-03-01, and its milestone on 2025-02-14; both have changed" in step.conflicts[0]
    assert step.taken == Taken()


def test_a_day_that_moved_here_after_both_agreed_stays_and_is_said_once() -> None:
    issue = made(milestone=dt.date(2025, 2, 14))
    agreed = after(issue, meet(issue, due=dt.date(2025, 2, 14)))
    step = meet(agreed, due=dt.date(2025, 3, 1))
    assert step.notes == ("it is due on 2025-03-01 now; its milestone still says 2025-02-14",)
    quiet = meet(after(agreed, step), due=dt.date(2025, 3, 1))
    assert (quiet.writes, quiet.notes, quiet.taken) == (False, (), Taken())


def test_a_record_that_names_no_day_and_no_owner_takes_those_of_the_issue() -> None:
    for issue in (made(), Issue(7, title="Theirs", body="A wish")):
        found = dataclasses.replace(issue, milestone=dt.date(2025, 2, 14), logins=("hubot",))
        (first,) = plan([letter(due=None, owner="", issue="")], {}, {}, SITE)
        body = first.body or "" if issue.title != "Theirs" else issue.body
        step = meet(dataclasses.replace(found, body=body), due=None, owner="")
        assert (step.conflicts, step.taken.due, step.taken.owner) == ((), dt.date(2025, 2, 14), "platform")


def test_a_day_and_an_owner_that_were_taken_out_are_told_in_words() -> None:
    issue = made(milestone=dt.date(2025, 1, 31), logins=("octocat",))
    agreed = after(issue, meet(issue))
    step = meet(agreed, due=None, owner="")
    assert step.notes == (
        "it is due on no day now; its milestone still says 2025-01-31", "its owner is nobody now; it is still assigned to sre"
    )  # fmt: skip
    step = meet(dataclasses.replace(agreed, milestone=dt.date(2025, 2, 14), logins=("hubot",)), due=None, owner="")
    assert [said.partition(";")[0] for said in step.conflicts] == [
        "it is due on no day, and its milestone on 2025-02-14", "its owner is nobody, and it is assigned to platform"
    ]  # fmt: skip


def test_a_login_changes_the_owner_only_where_policy_names_its_team() -> None:
    assert meet(made(logins=("Hubot",))).taken == Taken(owner="platform")
    assert meet(made(logins=("somebody",))).taken == Taken()
    assert meet(made(logins=("somebody", "octocat", "hubot"))).taken == Taken()  # the owner is among them


def test_two_teams_are_not_one_owner() -> None:
    step = meet(made(logins=("hubot", "octocat")), owner="devops")
    assert "both have changed" in step.conflicts[0]
    site = dataclasses.replace(SITE, teams={"a": "web", "b": "api"})
    (alone,) = plan([letter()], {7: made(logins=("a", "b"))}, {}, site)
    assert alone.conflicts == ("it is assigned to api and web, and one team owns an item",)


def test_what_the_record_says_goes_out_and_what_people_wrote_around_it_stays() -> None:
    issue = made()
    issue = dataclasses.replace(issue, body=f"Before.\r\n\r\n{issue.body}\r\n\r\nAfter.".replace("\n", "\r\n"))
    step = meet(issue, title="Mend it for good", priority="high")
    assert (step.title, step.sent) == ("Mend it for good (AI-2025-001-1)", ("its title", "its text"))
    assert step.body is not None
    assert step.body.strip().startswith("Before.")
    assert step.body.endswith("After.")


def test_what_people_wrote_into_it_stays_until_the_record_changes_too() -> None:
    issue = made()
    issue = dataclasses.replace(issue, title="Mine", body=issue.body.replace("In progress", "Nearly there"))
    assert (meet(issue).writes, meet(issue).conflicts) == (False, ())
    both = meet(issue, title="Mend it for good", priority="high")
    assert [said.split(" was changed")[0] for said in both.conflicts] == ["its title", "its text"]
    assert not both.writes


def test_an_issue_that_people_wrote_may_be_named_by_the_record() -> None:
    theirs = Issue(7, title="Failover is broken", body="It is.")
    step = meet(theirs)
    assert (step.title, step.conflicts) == (None, ())
    assert step.body is not None
    assert step.body.startswith("It is.\n\n<!-- incidentbook: AI-2025-001-1 -->")
    assert not meet(after(theirs, step)).writes


def test_a_closed_issue_named_by_an_open_item_is_left_to_people() -> None:
    step = meet(Issue(7, title="Old", open=False, reason="completed"), PULL)
    assert "nobody knows which of them is newer" in step.conflicts[0]
    assert step.taken == Taken()
    again = meet(after(Issue(7, title="Old", open=False, reason="completed"), step), PULL)
    assert (again.writes, len(again.conflicts)) == (False, 1)


def test_a_part_whose_end_was_lost_is_left_to_people() -> None:
    issue = made()
    found = part(issue.body)
    assert found is not None
    step = meet(dataclasses.replace(issue, body=issue.body[: found.end - 20]), priority="high")
    assert any("lost the comment at its end" in said for said in step.conflicts)
    assert step.body is None
