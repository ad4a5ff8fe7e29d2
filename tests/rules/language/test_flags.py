"""What is flagged in a file, by category, before each rule takes its own."""

from __future__ import annotations

from collections import Counter

from incidentbook.entry import Entry
from incidentbook.repository import Repository
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags
from incidentbook.rules.limits import TOO_MANY
from kb import ROOT, at

FORGOT = "The engineer forgot to renew the certificate. "
SHOULD = "The on-call engineer should have checked the replica. "


def test_one_category_does_not_take_the_room_of_another() -> None:
    """A file of so many counterfactuals still has all its blame shown, which is another rule's."""
    text = f"---\nincidents: [INC-2025-001]\n---\n\n{SHOULD * (TOO_MANY - 100)}\n\n{FORGOT * 200}\n"
    entry = Entry.of_text("postmortems/2025/INC-2025-001.md", text)
    found = _flags.flags(entry, Context(Repository(ROOT), at("2025-03-01 00:00")))
    assert Counter(flag.category.value for _, flag in found) == {"counterfactual": TOO_MANY - 100, "blame": 200}
