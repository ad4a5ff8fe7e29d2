"""IB301: files are named after what they hold."""

from __future__ import annotations

from collections.abc import Callable

Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_incident(said: Said, base: Base) -> None:
    path = "incidents/2025/INC-2025-001.yml"
    found = said({path: base(path, "id: INC-2025-001", "id: INC-2025-007")})
    assert found[0] == f"{path}:1:5 IB301 The id is `INC-2025-007`, and the file is called `INC-2025-001.yml`"


def test_post_mortem(said: Said, base: Base) -> None:
    old, new = "postmortems/2025/INC-2025-001.md", "postmortems/2025/INC-2025-002.md"
    assert said({old: None, new: base(old)}) == [
        f"{new}:2:13 IB301 This post-mortem covers INC-2025-001, and the file is called `INC-2025-002.md`"
    ]


def test_playbook(said: Said, base: Base) -> None:
    old, new = "playbooks/availability/database-failover.md", "playbooks/performance/database-failover.md"
    (found,) = said({old: None, new: base(old)})
    assert found == (
        f"{new}:2:5 IB301 The id is `availability/database-failover`, "
        "and the file is called `performance/database-failover.md`"
    )


def test_an_id_of_the_wrong_form_names_no_file(said: Said, base: Base) -> None:
    path = "incidents/2025/INC-2025-001.yml"
    found = said({path: base(path, "id: INC-2025-001", "id: INC-25-1")})
    assert [line.split()[1] for line in found if line.startswith(f"{path}:1:")] == ["IB105"]
