"""Post-mortems of the stretch of time in which no sentence judges people (the language rules of `inc check`)."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return the share of post-mortems without such a sentence."""
    from incidentbook import prose  # noqa: PLC0415 - its patterns take time to load

    ids = {item.id for item in asked.counted}
    entries = [e for e in asked.repo.postmortems if e.record is not None and ids.intersection(e.record.incidents)]
    against = [entry.path for entry in entries if entry.record and any(prose.flags(entry.record.body))]
    return Found.share(len(entries) - len(against), len(entries), "post-mortems in blameless language", against)
