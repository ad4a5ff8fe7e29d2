"""IB002: a file that looks like a record and that nothing reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("incidents/2025/INC-2025-002.yaml", ".yml"),
        ("incidents/2025/notes.md", ".yml"),
        ("postmortems/2025/INC-2025-002.yml", ".md"),
        ("playbooks/availability/x.markdown", ".md"),
        ("policy/old/services.yaml", ".yml"),
    ],
)
def test_other_endings_are_warned_about(check: Callable[..., list[Finding]], path: str, ending: str) -> None:
    (found,) = check({path: "id: x\n"})
    folder = path.split("/", 1)[0]
    assert (found.path, found.code, found.grade) == (path, "IB002", Grade.WARNING)
    assert found.message == f"No command reads this file: in `{folder}/` only `{ending}` files are records"


@pytest.mark.parametrize(
    "path", ["incidents/README.md", "playbooks/readme.md", "incidents/.draft.yaml", "incidents/plot.png"]
)
def test_readmes_hidden_files_and_pictures_are_left_alone(check: Callable[..., list[Finding]], path: str) -> None:
    assert check({path: "x\n"}) == []
