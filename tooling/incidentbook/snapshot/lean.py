"""What figures need of a file: its data without what only people read.

A record of five kilobytes keeps one. A figure that needs a text asks the entry for its document, which is then read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# keys whose values are texts for people, at whatever depth they stand
_TEXTS = frozenset(
    {
        "because", "decided_by", "description", "digest", "mitigated_by", "notes", "original", "page", "reputation", "resolution",
        "risk", "root_cause", "skip_reason", "summary", "text", "why",
    }
)  # fmt: skip
_WHOLE = ("incident", "postmortem")  # the kinds that are made lean; of the others there are few


def lean(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a file of that kind as figures need it."""
    return _without(value) if kind in _WHOLE else dict(value)


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _TEXTS}
    if isinstance(value, list):
        return [_without(item) for item in value]
    return value
