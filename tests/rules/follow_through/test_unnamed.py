"""An action item without an id is spoken of all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PATH = "postmortems/2025/INC-2025-001.md"
REST = {
    "policy/actions.yml": "effective_from: 2024-01-01\nevidence_required: true\nwaiver_max: 60d\n"
    "deadlines: {sev1: {high: 21d, medium: 45d, low: 90d}}\n"
}


@pytest.mark.parametrize(
    ("code", "said_of_it", "new"),
    [
        ("IB603", "The risk of this action item was", "status: accepted-risk\n    accepted_until: 2025-01-20"),
        ("IB607", "This action item is done", "status: done"),
        ("IB602", "The waiver of this action item ended",
         "status: in-progress\n    waiver: {owner: platform, reason: x, until: 2025-02-20}"),
        ("IB604", "This action item is due on", "status: in-progress\n    priority: high"),
        ("IB605", "The waiver of this action item runs",
         "status: in-progress\n    waiver: {owner: platform, reason: x, until: 2026-02-20}"),
    ],
)  # fmt: skip
def test_it_is_called_this_action_item(
    said: Callable[..., list[str]], base: Callable[..., str], code: str, said_of_it: str, new: str
) -> None:
    text = base(PATH, "  - id: AI-2025-001-1\n    title", "  - title").replace("status: in-progress", new)
    (found,) = [line for line in said({PATH: text} | REST) if f" {code} " in line]
    assert f" {code} {said_of_it}" in found
