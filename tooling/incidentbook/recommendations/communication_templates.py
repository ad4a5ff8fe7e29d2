"""Have templates ready, so that everybody who is told of some major incidents is told of all.

What calls for it: major incidents (whose severity requires a post-mortem) in which an audience was sent nothing that other major
incidents of the window had told: executives, support, or those outside (customers and the public, of whom either will do).

Silent when: each audience was told of every major incident, or of none. Responders, authorities and, of a restricted incident,
those outside are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.vocabulary import Disclosure

KIND = Kind.PROCESS
WHAT = "Create stakeholder communication templates"
_OUTSIDE = "those outside"
_AUDIENCES = {"executives": ("executives",), "support": ("support",), _OUTSIDE: ("customers", "public")}


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where an audience heard of some major incidents and not of others."""
    house = asked.repo.knowledge_base
    reasons = []
    for name, audiences in _AUDIENCES.items():
        owed = [
            item
            for item in asked.major
            if name != _OUTSIDE or (item.disclosure or house.default_disclosure) is not Disclosure.RESTRICTED
        ]
        untold = [item for item in owed if not any(sent.audience in audiences for sent in item.communications)]
        told = len(owed) - len(untold)
        if told and untold:
            others = f"sent nothing to {name}, whom {told} other{'s' if told > 1 else ''} told"
            reasons.append(Reason.share(untold, len(owed), others, "major incidents"))
    if reasons:
        yield Advice(tuple(reasons))
