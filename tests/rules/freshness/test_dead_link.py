"""IB702: links in Markdown lead to files that are there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
PLAYBOOK = "playbooks/availability/database-failover.md"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("INC-2025-009.md", "There is no `postmortems/2025/INC-2025-009.md` in the repository"),
        ("../notes.md#top", "There is no `postmortems/notes.md` in the repository"),
        (
            "../../incidents/2025/INC-2025-002.yml?raw",
            "There is no `incidents/2025/INC-2025-002.yml` in the repository",
        ),
        ("a%20b.png", "There is no `postmortems/2025/a b.png` in the repository"),
    ],
)
def test_a_dead_link(said: Said, base: Base, target: str, message: str) -> None:
    (found,) = said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee [it]({target}), please.\n"})
    assert found.startswith(f"{POSTMORTEM}:18:10 IB702 {message}")


def test_what_was_meant_is_said(said: Said, base: Base) -> None:
    (found,) = said({PLAYBOOK: f"{base(PLAYBOOK)}\n![x](../../postmortems/2025/INC-2025-01.md)\n"})
    assert found.endswith("; did you mean `postmortems/2025/INC-2025-001.md`?")
    assert found.startswith(f"{PLAYBOOK}:13:6 IB702 ")


@pytest.mark.parametrize(
    "text",
    [
        "[it](INC-2025-001.md#went-well)",
        "[it](../../incidents/2025)",
        "[it](../2025/)",
        "[it](#top)",
        "[it](https://harbourline.example/x.md)",
        "[it](mailto:support@harbourline.example)",
        "[it](/incidents/INC-2025-001/)",
        "`[it](x.md)`",
        "[it]()",
    ],
)
def test_a_link_that_lives(said: Said, base: Base, text: str) -> None:
    assert said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee {text}.\n"}) == []


def test_a_link_that_leaves_the_repository_is_reported_once(said: Said, base: Base) -> None:
    (found,) = said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee [it](../../../x.md).\n"})
    assert " IB907 " in found


def test_a_name_that_no_file_can_have(said: Said, base: Base) -> None:
    (found,) = said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee [it]({'x' * 400}).\n"})
    assert " IB702 " in found


def test_every_dead_link_of_a_page(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    """One that is fine, one to the outside or one that leaves the repository ends nothing."""
    path = "postmortems/2025/INC-2025-001.md"
    links = "[a](https://harbourline.example) [b](../../../../out.md) [c](INC-2025-001.md) [d](gone.md)\n\n[e](gone-too.md)\n"
    found = said({path: base(path) + links})
    assert [line.split("`")[1] for line in found if " IB702 " in line] == [
        "postmortems/2025/gone.md",
        "postmortems/2025/gone-too.md",
    ]
