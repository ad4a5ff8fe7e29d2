"""Roll changes out in steps, with a way back.

What calls for it: two or more incidents that a change brought about, as their record says (`caused: true`).

Silent when: fewer were. Suspected changes that nobody has judged yet do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason

KIND = Kind.SYSTEM
WHAT = "Roll changes out in steps, with a check after each and a tried way back"
_TWICE = 2


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where changes brought incidents about."""
    hits = [item for item in asked.counted if any(change.caused for change in item.changes)]
    if len(hits) < _TWICE:
        return
    kinds = Counter(kind for item in hits for kind in {change.kind for change in item.changes if change.caused})
    said = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
    yield Advice((Reason.share(hits, len(asked.counted), f"came about through a change ({said})"),))
