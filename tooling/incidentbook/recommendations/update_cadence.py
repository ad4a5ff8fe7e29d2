"""Send updates as often as policy promises.

What calls for it: incidents with a stretch between two updates that was longer than the cadence of `policy/communications.yml`,
and than the message before had promised.

Silent when: every interval was kept, or policy names no cadence. Incidents from before the policy are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.duties import updates
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.time import short

KIND = Kind.PROCESS
WHAT = "Remind responders when the next update is due"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where people waited for too long."""
    policy, house = asked.repo.policy(CommunicationsPolicy), asked.repo.knowledge_base
    hits, longest, of = [], 0.0, 0
    for item in asked.judged_since(policy.effective_from):
        owed = policy.owed(item.severity, item.disclosure or house.default_disclosure)
        if owed is None:
            continue
        of += 1
        silent = [stretch.seconds for stretch in updates.silences(item, owed, asked.clock)]
        hits += [item] if silent else []
        longest = max([longest, *silent])
    if hits:
        text = f"had a silence longer than policy allows (the longest {short(longest)})"
        yield Advice((Reason.share(hits, of, text, "incidents that owed updates"),))
