"""`inc link` and `inc merge-into`: what belongs to an incident, and the one that it turns out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kb import Inc, change

if TYPE_CHECKING:
    from conftest import Desk

ONE, TWO = ("--incident", "INC-2025-001"), ("--incident", "INC-2025-002")


@pytest.fixture
def two(desk: Desk) -> Desk:
    return desk.start().start()


def test_an_incident_a_page_and_a_playbook(two: Desk) -> None:
    playbook = two.root / "playbooks" / "availability" / "failover.md"
    playbook.parent.mkdir(parents=True)
    playbook.write_text("---\nid: availability/failover\n---\n", encoding="utf-8")
    assert two.run("link", "inc-2025-002", *ONE)[1:] == ["links INC-2025-002"]
    said = two.run("link", "https://vendor.example/12", "--title", "Vendor's advisory", *ONE)
    assert said[1:] == ["links Vendor's advisory: https://vendor.example/12"]
    assert two.run("link", "playbooks/availability/failover.md", *ONE)[1:] == [
        "used the playbook availability/failover"
    ]
    record = two.record()
    assert record.links.related == ("INC-2025-002",)
    assert [(link.title, link.url) for link in record.links.external] == [
        ("Vendor's advisory", "https://vendor.example/12")
    ]
    assert record.playbooks == ("availability/failover",)
    for target in ("INC-2025-002", "availability/failover"):
        assert "already" in two.refused("link", target, *ONE)
    assert "is linked already" in two.refused("link", "https://vendor.example/12", "--title", "x", *ONE)
    assert "Did you mean availability/failover?" in two.refused("link", "availability/failovr", *ONE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("INC-2025-001",), "INC-2025-001 is this incident itself"),
        (("INC-2025-009",), "There is no incident INC-2025-009"),
        (("https://a.example/",), "Say what the reader will find there."),
        (("INC-2025-002", "--title", "x"), "Only a page elsewhere is given a title."),
        (("failover",), "There is no playbook failover"),
    ],
)
def test_links_that_are_refused(two: Desk, arguments: tuple[str, ...], message: str) -> None:
    assert message in two.refused("link", *arguments, *ONE)


def test_a_duplicate_goes_on_in_the_other(two: Desk) -> None:
    two.run("impact", "outage", "--at", "-30m", *TWO)
    said = two.run("merge-into", "INC-2025-001", *TWO, "--reason", "Both are the failed switch")
    assert said == [
        "INC-2025-002 (as you said)",
        "declared → merged into INC-2025-001 at 03:00:00 WET",
        "Both are the failed switch",
        "INC-2025-001 links it and says so in its timeline: Checkout fails",
    ]
    duplicate, target = two.record(2), two.record(1)
    assert (duplicate.status, duplicate.links.merged_into) == ("merged", "INC-2025-001")
    assert duplicate.transitions[-1].reason == "Both are the failed switch"
    assert duplicate.impact.phases[0].to is not None
    assert target.links.related == ("INC-2025-002",)
    assert target.timeline[-1].text == "INC-2025-002 is the same incident and goes on here"
    assert two.run("current")[0].startswith("INC-2025-001 (the only one open)")


def test_one_undo_takes_both_back(two: Desk) -> None:
    before = two.texts()
    two.run("merge-into", "INC-2025-001", *TWO)
    (said,) = two.run("undo")
    assert said.endswith("INC-2025-001.yml and incidents/2025/INC-2025-002.yml are as they were before.")
    assert two.texts() == before


def test_after_a_half_was_lost_it_says_nothing_twice(two: Desk) -> None:
    before = two.texts()
    two.run("merge-into", "INC-2025-001", *TWO)
    path = "incidents/2025/INC-2025-002.yml"
    (two.root / path).write_text(
        before[path], encoding="utf-8"
    )  # as if the process had been killed before the second file
    two.run("merge-into", "INC-2025-001", *TWO)
    assert two.record(1).links.related == ("INC-2025-002",)
    assert [entry.text for entry in two.record(1).timeline].count(
        "INC-2025-002 is the same incident and goes on here"
    ) == 1


def test_merges_that_are_refused(two: Desk) -> None:
    assert "is the incident that is meant" in two.refused("merge-into", "INC-2025-001", *ONE)
    assert "There is no incident INC-2025-009" in two.refused("merge-into", "INC-2025-009", *ONE)
    two.start()
    two.run("merge-into", "INC-2025-001", *TWO)
    said = two.refused("merge-into", "INC-2025-002", "--incident", "INC-2025-003")
    assert (
        "INC-2025-002 was itself merged into INC-2025-001 `inc merge-into INC-2025-001 --incident INC-2025-003`" in said
    )
    said = two.refused("merge-into", "INC-2025-002", *ONE)
    assert "INC-2025-002 was itself merged into INC-2025-001, which is the incident that is meant" in said
    assert "It is merged already" in two.refused("merge-into", "INC-2025-003", *TWO)
    two.run("cancel", "--reason", "No incident", "--incident", "INC-2025-003")
    assert "INC-2025-003 was cancelled" in two.refused("merge-into", "INC-2025-003", *ONE)


def test_a_chain_names_the_last_one(two: Desk) -> None:
    two.start()
    two.run("merge-into", "INC-2025-002", *ONE)
    two.run("merge-into", "INC-2025-003", *TWO)
    two.start()
    said = two.refused("merge-into", "INC-2025-001", "--incident", "INC-2025-004")
    assert (
        "INC-2025-001 was itself merged into INC-2025-003 `inc merge-into INC-2025-003 --incident INC-2025-004`" in said
    )


def test_a_target_that_cannot_be_read_leaves_both(inc: Inc, two: Desk) -> None:
    change(two.root, two.PATH, "title: Checkout", "title: 'Checkout")
    before = two.texts()
    result = inc("merge-into", "INC-2025-001", *TWO, root=two.root)
    assert result.status == 1
    assert "cannot be written to before it can be read" in result.err
    assert two.texts() == before
