"""An action item without an id is spoken of all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PATH = "postmortems/2025/INC-2025-001.md"
REST = {"policy/actions.yml": "effective_from: 2024-01-01\nevidence_required: true\nwaiver_max: 60d\n"}


@pytest.mark.parametrize(
    ("code", "new"),
    [
        ("IB603", "status: accepted-risk\n    accepted_until: 2025-01-20"),
        ("IB607", "status: done"),
        ("IB602", "status: in-progress\n    waiver: {owner: platform, reason: x, until: 2025-02-20}"),
        ("IB605", "status: in-progress\n    waiver: {owner: platform, reason: x, until: 2026-02-20}"),
    ],
)
def test_it_is_called_this_action_item(
    said: Callable[..., list[str]], base: Callable[..., str], code: str, new: str
) -> None:
    text = base(PATH, "  - id: AI-2025-001-1\n    title", "  - title").replace("status: in-progress", new)
    (found,) = [line for line in said({PATH: text} | REST) if f" {code} " in line]
    assert "this action item" in found.lower()
