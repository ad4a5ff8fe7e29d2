"""The lines of a board, whatever a record holds."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook.cli import _board
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.response import board
from incidentbook.response.due import due
from incidentbook.terminal_text import width
from kb import at

Path = tuple[str | int, ...]
HOSTILE = "\x1b[2J\n\u202e港\u0301"
JUNK: list[Any] = [
    None, True, -1.5, 10**30, "", "x " * 400, [], {}, [[]], [None], {"a": 1}, HOSTILE,
    "2025-01-15T02:00:00Z", "9998-12-31T23:59:59Z", "0002-01-01T00:00:00Z", {"at": "2025-01-15T02:00:00Z"},
]  # fmt: skip
WHOLE: dict[str, Any] = {
    "id": "INC-2025-001",
    "title": "Checkout answers with errors",
    "status": "investigating",
    "severity": "sev1",
    "type": "availability",
    "services": ["api"],
    "exercise": True,
    "milestones": {"started": "2025-01-15T02:20:00Z", "declared": "2025-01-15T02:30:00Z"},
    "roles": [{"id": "r1", "role": "scribe", "holder": "sre", "from": "2025-01-15T02:40:00Z"}],
    "timeline": [{"id": "t1", "at": "2025-01-15T02:30:00Z", "text": "x", "private": True}],
    "communications": [
        {"id": "c1", "at": "2025-01-15T02:45:00Z", "audience": "public", "channel": "mail", "text": "x"}
    ],
    "investigation": {"hypotheses": [{"id": "h1", "text": "x", "status": "open"}]},
    "remediation": {"immediate": [{"text": "x", "status": "proposed"}]},
}


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything in plain data."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from paths(inner, (*path, key))


def changed(path: Path, junk: Any) -> Incident:
    """Return the whole incident with ``junk`` at ``path``."""
    plain = copy.deepcopy(WHOLE)
    place: Any = plain
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = junk
    return build(Incident, plain) or Incident()


def shown(incident: Incident) -> board.Board:
    """Return its board at three o'clock."""
    severities = build(Severities, {"severities": {"sev1": {"name": HOSTILE, "targets": {"acknowledge": "5m"}}}})
    cadence = build(CommunicationsPolicy, {"cadence": {"sev1": {"every": "30m", "audiences": [HOSTILE]}}})
    assert severities is not None
    assert cadence is not None
    rules = board.Rules(severities, cadence, lambda one: due(one, severities, cadence, EscalationPolicy()))
    return board.board(incident, rules, at("2025-01-15 03:00"))


@given(st.sampled_from(list(paths(WHOLE))), st.sampled_from(JUNK), st.integers(1, 90), st.integers(1, 40))
@settings(max_examples=200)
def test_no_record_breaks_the_board_or_steers_the_terminal(path: Path, junk: Any, columns: int, height: int) -> None:
    found = shown(changed(path, junk))
    json.dumps(board.plain(found))
    whole = _board.fitted(found, str, columns, height)
    assert len(whole) <= height
    for line in [*whole, *_board.overview([found], columns)]:
        text = "".join(span.text for span in line)
        assert text.isprintable()
        assert width(text) <= columns


def test_no_field_steers_the_terminal() -> None:
    for path in paths(WHOLE):
        found = shown(changed(path, HOSTILE))
        lines = [*_board.fitted(found, str, 80, None), *_board.overview([found], 80)]
        assert all(span.text.isprintable() for line in lines for span in line), path
