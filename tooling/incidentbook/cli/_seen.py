"""What commands that compare two states may tell a reader of an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook import disclosure
from incidentbook.chronicle.seen import Seen
from incidentbook.differences import Difference, differences
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from incidentbook.alterations import Edit
    from incidentbook.cli._figures import State


def seen(now: State, reader: Disclosure) -> Seen | None:
    """Return what the present leaves a reader of the past; None for one who may see everything.

    What a commit says of itself has no level, nor has a policy; and what is hidden by now is not told of either.
    """
    if reader is Disclosure.RESTRICTED:
        return None
    return Seen(now.whole, disclosure.view(now.whole, reader), reader)


def facts(edit: Edit, narrower: Seen | None) -> list[Difference]:
    """Return what an edit changed; of a policy, which has no level, only to who may read everything."""
    if narrower is None:
        return edit.differences
    if edit.unit[0] != "incident":
        return []
    return list(differences(narrower.data(edit.before), narrower.data(edit.after)))
