"""Timeline entries that say where they were taken from: an alert, a chat, a deployment."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return the share of entries, with the incidents that have one without a source."""
    entries = [(item.id, entry) for item in asked.counted for entry in item.timeline]
    bare = [incident for incident, entry in entries if not entry.source]
    return Found.share(len(entries) - len(bare), len(entries), "timeline entries with a source", sorted(set(bare)))
