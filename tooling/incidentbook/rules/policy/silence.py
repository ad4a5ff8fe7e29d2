"""A longer silence than policy allows.

What it checks
    From the declaration of an incident (or from when it was given its severity) until it is resolved, `communications` holds a
    message to one of the audiences that `policy/communications.yml` names for the severity (`cadence`) at least so often, by
    whichever channel. A message that promises its next one with `next_update` is held to that instead, and while an incident is
    resolved, until it is reopened, nothing is owed. A restricted incident owes the public and customers nothing. Drills,
    near misses, cancelled, merged, imported and unclassified records, and those from before the policy, are not judged. A
    silence that is over is told without failing the run, since nobody can change it any more.

Why it matters
    People who hear nothing call, write and guess. "We know no more, next word at nine" is an update too.

Bad example
    # policy/communications.yml
    cadence: {sev1: {every: 1h, audiences: [public]}}
    # incidents/2025/INC-2025-001.yml
    communications:
      - {id: c1, at: 2025-01-15T02:45:00Z, audience: public, channel: status-page, text: We are looking into errors}

Good example
    # policy/communications.yml
    cadence: {sev1: {every: 1h, audiences: [public]}}
    # incidents/2025/INC-2025-001.yml
    communications:
      - {id: c1, at: 2025-01-15T02:45:00Z, audience: public, channel: status-page, text: We are looking into errors}
      - {id: c2, at: 2025-01-15T03:40:00Z, audience: public, channel: status-page, text: We fail over by hand,
         next_update: 2025-01-15T05:00:00Z}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook import clocks
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.time import utc_text
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, Place, words
from incidentbook.rules.context import Context
from incidentbook.rules.policy._judged import end, judged

CODE = "IB505"
NAME = "silence"
SUMMARY = "An incident was silent for longer than policy allows"
GRADE = Grade.WARNING
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the message that ended each silence that was too long, or at the last one before it."""
    policy = context.policy(CommunicationsPolicy)
    incident = judged(entry, context, policy.effective_from)
    level = (incident.disclosure if incident else None) or context.knowledge_base.default_disclosure
    owed = policy.owed(incident.severity, level) if incident else None
    if incident is None or owed is None:
        return
    every, audiences = owed
    cadence_of_it = ("cadence", str(incident.severity), "every")
    asks = Place(context.policies["communications"], cadence_of_it, message="policy says so here")
    for silence in clocks.stretches(incident, owed, end(incident, context)):
        if silence.kept:
            continue
        update = silence.after or silence.before
        where = Place(entry, ("communications", update.number, "at") if update else ("severity",))
        length = duration((silence.end - silence.start).total_seconds())
        message = (
            f"Nothing was said to {words.listing(audiences).replace(' and ', ' or ')} for {length}, from "
            f"{utc_text(silence.start)} to {utc_text(silence.end)}: policy asks for a word every "
            f"{duration(every.total_seconds())} of a {incident.severity}"
        )
        if silence.before and silence.before.promised:
            message += f", and the message before promised one by {utc_text(silence.before.promised)}"
        hint = "Add the messages that the record lacks; one that promised the next says so with `next_update`."
        lasts = incident.is_open and silence.after is None
        yield Hit(where, message, hint, (asks,), grade=None if lasts else Grade.INFO)
