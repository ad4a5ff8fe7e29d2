"""What might be the cause, and the evidence that confirmed or rejected it, as edits of a record's draft."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from incidentbook.errors import IncidentbookError
from incidentbook.records.entries import Hypothesis
from incidentbook.records.time import utc_text
from incidentbook.response import moves
from incidentbook.response.draft import Draft
from incidentbook.response.identity import entry_id
from incidentbook.response.picking import pick

KINDS = ("log", "metric", "commit", "configuration", "trace", "statement", "other")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+")
_SAID = {"confirmed": "Confirmed", "rejected": "Ruled out"}
_BEARS = {"confirmed": "Speaks for", "rejected": "Speaks against"}


def add(draft: Draft, text: str, at: dt.datetime, now: dt.datetime) -> int:
    """Add a hypothesis, and return its number as listed. Raises IncidentbookError where it is there already."""
    known = draft.incident.investigation.hypotheses
    if any(item.text == text for item in known):
        raise IncidentbookError("It is listed already", hint="`inc hypothesis list` shows all of them.")
    draft.append(
        ("investigation", "hypotheses"), {"id": entry_id(now), "text": text, "status": "open", "at": utc_text(at)}
    )
    return len(known) + 1


class Found(NamedTuple):
    """What was found out about a hypothesis.

    Attributes:
        status: ``confirmed`` or ``rejected``.
        evidence: what that rests on: in words, as an address, or both.
        kind: what sort of evidence it is.

    """

    status: str
    evidence: Sequence[str]
    kind: str = "other"


def judge(draft: Draft, said: str, found: Found, at: dt.datetime, now: dt.datetime) -> Hypothesis:
    """Confirm or reject the hypothesis that ``said`` names, and return it as it was; the timeline says so too.

    Raises:
        NotFoundError: there is no such hypothesis.
        IncidentbookError: there are several, or none of the evidence says anything.

    """
    known = draft.incident.investigation.hypotheses
    index = pick([(item.id, item.text) for item in known], said, "hypothesis", "`inc hypothesis list` shows them.")
    chosen = known[index]
    pieces = [piece for piece in (" ".join(text.split()) for text in found.evidence) if piece]
    if not pieces:
        raise IncidentbookError("A cause is confirmed or ruled out by evidence", hint='Add --evidence "…".')
    for piece in pieces:
        entry = _piece(piece, found.kind, f"{_BEARS[found.status]}: {chosen.text}", now)
        draft.append(("investigation", "evidence"), entry)
        draft.append(("investigation", "hypotheses", index, "evidence"), entry["id"])
    if chosen.status != found.status:
        draft.set(("investigation", "hypotheses", index, "status"), found.status)
        moves.log(draft, f"{_SAID[found.status]}: {chosen.text}", at, now, kind="finding")
    return chosen


def primary(draft: Draft, text: str) -> None:
    """Make it the primary cause. Raises IncidentbookError where the record names another."""
    known = draft.incident.investigation.primary_cause
    if known and known != text:
        raise IncidentbookError(f"The record names a primary cause already: {known}", hint="Change it by hand.")
    draft.set(("investigation", "primary_cause"), text)


def _piece(said: str, kind: str, otherwise: str, now: dt.datetime) -> dict[str, str]:
    """Return an entry of evidence: an address in it is where it is found, the rest what it shows."""
    address = _ADDRESS.search(said)
    words = said.replace(address.group(), "").strip(" :,;()") if address else said
    entry = {"id": entry_id(now), "kind": kind, "text": words or otherwise}
    return entry | ({"ref": address.group()} if address else {})
