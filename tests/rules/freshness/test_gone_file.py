"""IB703: commands of playbooks name files that are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
PATH = "playbooks/availability/database-failover.md"
COLUMN = 45


def with_command(base: Base, command: str) -> dict[str, str | None]:
    steps = f"steps:\n  - {{id: fence, action: Fence it, command: '{command}'}}\n---\nRead"
    return {PATH: base(PATH, "---\nRead", steps), "scripts/there.sh": "exit 0\n"}


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("scripts/gone.sh db-1", "scripts/gone.sh"),
        ("./scripts/gone.sh", "scripts/gone.sh"),
        ("./gone.sh", "gone.sh"),
        ("sh policy/gone.sh; echo done", "policy/gone.sh"),
        ("scripts/there.sh | scripts/gone.sh", "scripts/gone.sh"),
    ],
)
def test_a_file_that_is_gone(said: Said, base: Base, command: str, file: str) -> None:
    (found,) = said(with_command(base, command))
    start = command.index("./gone.sh") if file == "gone.sh" else command.index(file) - 2 * command.startswith("./")
    place = f"{PATH}:11:{COLUMN + start}"
    assert found == f"{place} IB703 There is no `{file}` in the repository, which this command names"


@pytest.mark.parametrize(
    "command",
    [
        "scripts/there.sh",
        "./scripts/there.sh db-1",
        "patronictl -c /etc/patroni/config.yml list primary-db",
        "git checkout origin/main",
        "scripts/$STEP.sh",
        "scripts/<step>.sh",
        "scripts/*.sh",
        "uptime > scripts/out.log",
        "> scripts/out.log",
        "cd /srv/app && ./gone.sh",
        "ssh db-1 ./gone.sh",
        "kubectl exec -n web pod -- scripts/gone.sh",
        "curl https://harbourline.example/scripts/gone.sh",
        "make target",
    ],
)
def test_nothing_is_gone(said: Said, base: Base, command: str) -> None:
    assert said(with_command(base, command)) == []


def test_a_retired_playbook_is_left_alone(said: Said, base: Base) -> None:
    files = with_command(base, "scripts/gone.sh")
    files[PATH] = str(files[PATH]).replace("status: active", "status: retired")
    assert said(files) == []


@pytest.mark.parametrize(
    ("command", "gone"),
    [
        ("sh ops/there.sh", 0),
        ("sh ops/deep/there.sh", 0),
        ("sh ops/gone.sh", 1),
        ("sh ops/none/gone.sh", 1),
        ("scripts/there.sh", 0),
        ("scripts/above.sh", 0),
        ("scripts/gone.sh", 1),
    ],
)
def test_in_a_repository_that_holds_more(said: Said, base: Base, tmp_path: Path, command: str, gone: int) -> None:
    """A knowledge base in a subfolder: commands are run from there or from the top."""
    for name in (".git/HEAD", "ops/there.sh", "ops/deep/there.sh", "scripts/above.sh"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert len(said(with_command(base, command))) == gone
