"""What an answer of GitHub asks for: to wait, to try again, or to stop. No network.

Source: GitHub's documentation of the REST API, "Rate limits" and "Best practices": a primary limit ends at `x-ratelimit-reset`
(seconds since 1970), a secondary one after `retry-after` seconds, or else after a minute and twice as long each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incidentbook.errors import FINDINGS, IncidentbookError

TRIES = 4  # of a request that met a fault
_LIMITED = (403, 429)
_MINUTE = 60.0
_QUERY = 400  # what PyGithub calls a query that was answered with errors


class StoppedError(IncidentbookError):
    """GitHub cannot go on now: what was done is kept, and running it again goes on."""

    exit_status = FINDINGS


class RefusedError(IncidentbookError):
    """GitHub does not take one request; others may go on. ``status`` is that of its answer, ``said`` its reason."""

    exit_status = FINDINGS

    def __init__(self, message: str, status: int, said: str = "") -> None:
        """Keep the sentence, the status and the reason."""
        super().__init__(message)
        self.status, self.said = status, said


class UnansweredError(Exception):
    """Nobody knows whether GitHub did what it was asked for."""


def wait(status: int, headers: Mapping[str, Any], data: object, now: float, times: int) -> float | None:
    """Return how many seconds an answer asks to wait for a rate limit; None where it is about something else.

    Args:
        status: of the answer.
        headers: of the answer, by names in small letters.
        data: its body.
        now: seconds since 1970.
        times: how often in a row there was such an answer before.

    """
    plain = data if isinstance(data, dict) else {}
    errors = plain.get("errors")
    kinds = [error.get("type") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    if not (status in _LIMITED or (status == _QUERY and "RATE_LIMITED" in kinds)):
        return None
    after = _number(headers.get("retry-after"))
    if after is not None:
        return after
    if _number(headers.get("x-ratelimit-remaining")) == 0:
        reset = _number(headers.get("x-ratelimit-reset"))
        return _MINUTE if reset is None else max(reset - now, 0) + 1  # the second in which it ends counts still
    secondary = "secondary rate limit" in str(plain.get("message", "")).lower()
    return _MINUTE * 2**times if secondary or status == _LIMITED[1] else None


def pause(faults: int) -> float:
    """Return how many seconds to wait after that many faults in a row."""
    return float(2 ** (faults - 1))


def _number(value: object) -> float | None:
    text = str(value).strip() if value is not None else ""
    return float(text) if text.isascii() and text.isdecimal() else None
