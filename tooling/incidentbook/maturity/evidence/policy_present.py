"""A policy file that is there, can be read and says something."""

from __future__ import annotations

from collections.abc import Mapping

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return 1 where the policy says more than from when on it holds, else 0."""
    entry = asked.repo.policies.get(asked.computed.policy)
    value = entry.facts if entry is not None else None
    value = value if value is not None or entry is None else entry.record
    says = (
        any(item for key, item in value.items() if key != "effective_from")
        if isinstance(value, Mapping)
        else value is not None
    )
    path = f"policy/{asked.computed.policy}.yml"
    said = f"{path} is there" if says else f"{path} is missing, or says nothing"
    return Found(1.0 if says else 0.0, 1, path, (path,) if says else (), said=said)
