"""A sync against a GitHub that keeps state and fails on order: whatever goes wrong and when, running it again ends the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from github_fake import ASKED, FAULTS, Fake, serving
from incidentbook.github import connection as connections
from incidentbook.github import run
from incidentbook.github.client import Client
from incidentbook.github.connection import Connection
from incidentbook.github.patience import StoppedError
from incidentbook.github.step import Site
from incidentbook.github.text import Letter
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.vocabulary import Disclosure
from kb import incident, repo

LABEL = "incidentbook"
PULL = "https://github.com/acme/ops/pull/88"


class World:
    """A knowledge base of three promises, its repository on GitHub, and what a person does who accepts every proposal."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        self.items = {
            f"AI-2025-001-{n}": ActionItem(
                f"AI-2025-001-{n}",
                f"Promise {n}",
                owner="sre",
                due=dt.date(2025, 1, 31),
                status=ActionStatus.IN_PROGRESS,
            )
            for n in (1, 2, 3)
        }
        self.site = Site(fake.name, ZoneInfo("Europe/Berlin"), {"hubot": "platform"})
        self.last = run.Seen(())

    def client(self, **more: float) -> Client:
        """Return GitHub as the command has it."""
        clock = self.fake.clock
        longest = more.get("longest", 3600)
        connection = Connection("t", api=self.fake.address, sleep=clock.sleep, now=clock.now, longest=longest)
        return Client(connection, self.fake.name)

    def sync(self, **more: float) -> run.Done:
        """Sync once, as the command does; a stop before anything was known is a stop."""
        client, done = self.client(**more), run.Done()
        house = repo(incident(1))
        letters = [Letter(item, ("INC-2025-001",), "p.md", item.owner) for item in self.items.values()]
        try:
            client.look()
            self.last = run.see(client, house, letters, self.site, LABEL)
            run.do(client, self.last.steps, (LABEL,), done, lambda _: None)
        except StoppedError as error:
            return run.Done(stopped=error)
        finally:
            client.connection.close()
        for step in self.last.steps:
            item, taken = step.letter.item, step.taken
            made = done.issues.get(item.id)
            ref = taken.issue or (self.site.ref(made.number) if made else item.issue)
            self.items[item.id] = dataclasses.replace(
                item, issue=ref, status=taken.status or item.status, due=taken.due or item.due, owner=taken.owner or item.owner,
                evidence=(*item.evidence, *([taken.evidence] if taken.evidence else [])), completed=taken.completed,
            )  # fmt: skip
        return done

    def settle(self) -> None:
        """Sync until nothing is left to do."""
        for _ in range(6):
            if self.sync().stopped is None and not any(step.writes for step in self.last.steps):
                return
        pytest.fail(f"it never comes to rest: {self.last}")

    def set(self, number: int, **changes: object) -> None:
        """Change an item in the record."""
        id_ = f"AI-2025-001-{number}"
        self.items[id_] = dataclasses.replace(self.items[id_], **changes)  # type: ignore[arg-type]

    def conflicts(self, number: int) -> str:
        """Return what the last sync left to people of an item."""
        return " ".join(self.last.steps[number - 1].conflicts)

    def state(self) -> object:
        """Return what both sides say."""
        keys = ("title", "body", "state", "state_reason")
        by_item = {
            item: [{key: self.fake.issues[number][key] for key in keys} for number in numbers]
            for item, numbers in self.fake.bodies.items()
        }
        return by_item, {id_: dataclasses.replace(item, issue="") for id_, item in self.items.items()}


@pytest.fixture
def fake() -> Iterator[Fake]:
    with serving(Fake()) as running:
        yield running


@pytest.fixture
def world(fake: Fake) -> World:
    return World(fake)


def number(world: World, item: int) -> int:
    return world.fake.bodies[f"AI-2025-001-{item}"][0]


def later(world: World) -> None:
    """Change one item in the record, and two issues on GitHub."""
    world.set(1, status=ActionStatus.DONE)
    world.fake.close(number(world, 2), by=PULL)
    world.fake.due(number(world, 3), "2025-02-14")


def test_each_promise_gets_one_issue_and_a_second_sync_sends_nothing(world: World) -> None:
    done = world.sync()
    assert (done.sent, done.failed, done.stopped) == ({*world.items}, {}, None)
    assert [path for _, path, _ in world.fake.requests] == ["/repos/acme/ops", *["/repos/acme/ops/issues"] * 4]
    assert [item.issue for item in world.items.values()] == ["acme/ops#1", "acme/ops#2", "acme/ops#3"]
    assert world.fake.issues[1]["title"] == "Promise 1 (AI-2025-001-1)"
    sent = len(world.fake.writes)
    assert world.sync().sent == set()
    assert len(world.fake.writes) == sent == 3


def test_both_ways_at_once(world: World) -> None:
    world.settle()
    later(world)
    world.settle()
    assert (world.fake.issues[1]["state"], world.fake.issues[1]["state_reason"]) == ("closed", "completed")
    two, three = world.items["AI-2025-001-2"], world.items["AI-2025-001-3"]
    assert (two.status, two.evidence[0].kind, two.evidence[0].ref) == (ActionStatus.DONE, "pull-request", PULL)
    assert two.issue == "acme/ops#2"
    assert three.due == dt.date(2025, 2, 14)
    assert "2025-02-14" in world.fake.issues[3]["body"]


def undisturbed() -> tuple[object, int]:
    """Return the state in which both sides end, and how many requests that takes."""
    with serving(Fake()) as fake:
        world = World(fake)
        world.settle()
        later(world)
        world.settle()
        return world.state(), len(fake.requests)


EXPECTED, ALL = undisturbed()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("position", range(1, ALL + 1))
def test_whatever_goes_wrong_and_when_running_it_again_ends_the_same(world: World, fault: str, position: int) -> None:
    world.fake.faults = {position: fault}
    world.settle()
    later(world)
    world.settle()
    assert world.fake.faults == {}, "the fault never came"
    assert all(len(numbers) == 1 for numbers in world.fake.bodies.values()), world.fake.bodies
    assert world.state() == EXPECTED


@pytest.mark.parametrize("fault", ["cut after", "500 after", "primary"])
def test_a_process_that_ends_in_the_middle_leaves_nothing_that_is_made_twice(world: World, fault: str) -> None:
    world.fake.faults = dict.fromkeys(range(4, 60), fault)  # from the second issue on nothing works any more
    done = world.sync(longest=40)
    assert done.stopped or done.failed
    for id_ in world.items:  # and nothing was written into the record, either
        world.items[id_] = dataclasses.replace(world.items[id_], issue="")
    world.fake.faults = {}
    world.settle()
    assert {id_: len(numbers) for id_, numbers in world.fake.bodies.items()} == dict.fromkeys(world.items, 1)
    assert all(item.issue for item in world.items.values())


def test_an_answer_that_does_not_come_in_time_is_looked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_SECONDS", 1)
    world.fake.faults = {3: "late"}
    done = world.sync()
    assert (done.failed, done.stopped, len(done.issues)) == ({}, None, 3)
    assert len(world.fake.issues) == 3


def test_an_issue_that_may_have_been_made_and_is_not_to_be_found_is_left_to_the_next_sync(world: World) -> None:
    world.fake.faults = {3: "cut"}
    done = world.sync()
    assert "nobody knows whether its issue was made" in done.failed["AI-2025-001-1"]
    assert done.sent == {"AI-2025-001-2", "AI-2025-001-3"}
    world.settle()
    assert len(world.fake.issues) == 3


def test_limits_are_waited_for_as_long_as_github_asks(world: World) -> None:
    world.fake.faults = {2: "primary", 4: "secondary", 6: "busy"}
    assert len(world.sync().sent) == 3
    assert [round(seconds) for seconds in world.fake.clock.waits] == [31, ASKED, 60]


def test_a_limit_beyond_patience_stops_and_says_until_when(world: World) -> None:
    world.fake.faults = {4: "primary"}
    done = world.sync(longest=10)
    assert done.sent == {"AI-2025-001-1"}
    assert "GitHub asks to wait until 15:" in str(done.stopped)
    assert len(world.fake.requests) == 4  # nothing more was asked
    assert world.items["AI-2025-001-1"].issue == "acme/ops#1"


def test_more_issues_than_fit_a_page_are_all_known(world: World) -> None:
    world.settle()
    for n in range(150):
        world.fake.add(f"Another {n}", labels=[{"name": LABEL}])
    for id_ in world.items:
        world.items[id_] = dataclasses.replace(world.items[id_], issue="")
    world.settle()
    assert len(world.fake.issues) == 153


def test_a_label_that_github_leaves_out_stops_it_since_nothing_would_be_found_again(world: World) -> None:
    world.fake.drops_labels = True
    done = world.sync()
    assert "left out the label" in str(done.stopped)
    assert world.items["AI-2025-001-1"].issue == "acme/ops#1"  # and yet it is noted
    assert len(world.fake.issues) == 1


def test_a_repository_under_a_new_name_is_not_followed(world: World) -> None:
    client = world.client()
    client.repository = "acme/old"
    world.fake.answer = lambda *_: (200, {"full_name": "acme/new", "private": True, "url": "x"}, {})  # type: ignore[method-assign]
    with pytest.raises(StoppedError, match="acme/old is called acme/new by now; nothing was sent"):
        client.look()
    client.connection.close()


def test_what_closed_an_issue_is_not_told_to_every_token(world: World) -> None:
    world.settle()
    world.fake.tells_closers = False
    world.fake.close(1, by=PULL)
    world.sync()
    assert world.conflicts(1).startswith("closed there, evidence missing")
    assert world.items["AI-2025-001-1"].status is ActionStatus.IN_PROGRESS


def test_an_issue_that_is_gone_is_told(world: World) -> None:
    world.settle()
    del world.fake.issues[2]
    world.sync()
    assert world.conflicts(2).startswith("acme/ops#2 is gone, or was moved")
    assert len(world.fake.issues) == 2


def test_an_issue_that_lost_its_label_is_known_by_the_record(world: World) -> None:
    world.settle()
    world.fake.issues[1]["labels"] = []
    world.set(1, title="Promise one")
    world.settle()
    assert world.fake.issues[1]["title"] == "Promise one (AI-2025-001-1)"
    assert len(world.fake.issues) == 3


def test_what_is_narrower_is_neither_sent_nor_taken_back() -> None:
    house = repo(
        incident(1, disclosure="public"),
        postmortems=[{
            "incidents": ["INC-2025-001"], "status": "draft", "disclosure": "public",
            "action_items": [
                {"id": "AI-2025-001-1", "title": "Open", "status": "in-progress", "owner": "sre", "due": "2025-01-31"},
                {"id": "AI-2025-001-2", "title": "CANARY", "status": "in-progress", "owner": "sre", "due": "2025-01-31",
                 "disclosure": "internal", "issue": "acme/ops#1"},
            ],
        }],
    )  # fmt: skip
    assert [letter.item.id for letter in run.letters(house, Disclosure.PUBLIC)] == ["AI-2025-001-1"]
    assert len(run.letters(house, Disclosure.INTERNAL)) == 2
