"""Sending a request: with timeouts, patience for a channel that is busy or away, and a key by which it knows a repetition."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from incidentbook.comms import channels
from incidentbook.errors import FINDINGS, IncidentbookError
from incidentbook.terminal_text import clean

if TYPE_CHECKING:
    import httpx
    import tenacity

TRIES = 5
_CONNECT, _ANSWER, _ALL = 5.0, 10.0, 60.0  # seconds: to connect, between two bytes, for all tries
_LONGEST_WAIT = 20.0  # seconds between two tries
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_QUOTED = 200  # characters of an answer
_SECRET = 4  # characters: what is shorter hides nothing, and stands in many a word
_TOKEN = re.compile(r"[!-~]*")


class UnsentError(IncidentbookError):
    """A channel did not take a message, or nobody knows whether it did."""

    exit_status = FINDINGS


class Address(NamedTuple):
    """Where a channel is, as the environment says; what is secret in it is never shown.

    Attributes:
        variable: that names it.
        url: the address.
        token: by which the channel knows who sends; empty where it does not ask.

    """

    variable: str
    url: str
    token: str = ""

    @property
    def host(self) -> str:
        """The part that may be shown: whoever knows the whole address of a webhook may send to it."""
        return urlsplit(self.url).hostname or "?"


def address(channel: str, kind: str, environment: Mapping[str, str]) -> Address | None:
    """Return where ``channel`` is: by `INC_<CHANNEL>_URL` before `INC_<KIND>_URL`, each with its `…_TOKEN`; None without either.

    Raises:
        IncidentbookError: the address is none that can be sent to.

    """
    for prefix in dict.fromkeys((_prefix(channel), _prefix(kind))):
        url = environment.get(f"{prefix}_URL", "").strip()
        if not url:
            continue
        token = environment.get(f"{prefix}_TOKEN", "").strip()
        if not _is_address(url):
            raise IncidentbookError(f"{prefix}_URL is no address such as https://hooks.example/…; nothing was sent")
        if not _TOKEN.fullmatch(token):
            raise IncidentbookError(
                f"{prefix}_TOKEN is no token: it may hold no blanks and no other signs than ASCII has"
            )
        return Address(f"{prefix}_URL", url.rstrip("/"), token)
    return None


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
        _ = parts.port
    except ValueError:  # brackets that do not pair, a label that is too long, a port that is none
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url


def variables(channel: str, kind: str) -> str:
    """Return the names of the variables that would say where a channel is."""
    return " or ".join(dict.fromkeys(f"{prefix}_URL" for prefix in (_prefix(kind), _prefix(channel))))


def _prefix(name: str) -> str:
    return f"INC_{name.upper().replace('-', '_')}"


def send(
    wanted: channels.Request, kind: str, to: Address, key: str, *, sleep: Callable[[float], None] = time.sleep
) -> dict[str, Any]:
    """Send a request and return the answer, where that is a JSON object; else an empty one.

    It is tried again while the channel cannot be reached, is silent, or says that it is busy; after as long as it asks for, or
    twice as long as the time before. Each try carries the same `Idempotency-Key`.

    Raises:
        UnsentError: the channel refuses, or did not take it in time.

    """
    import httpx  # noqa: PLC0415 - only who sends needs it
    import tenacity  # noqa: PLC0415 - likewise

    headers = {"Idempotency-Key": key, "User-Agent": "incidentbook"}
    if to.token:
        headers["Authorization"] = channels.authorization(kind, to.token)
    patient = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(TRIES) | tenacity.stop_after_delay(_ALL),
        wait=_pause,
        retry=tenacity.retry_if_exception_type(httpx.TransportError) | tenacity.retry_if_result(_is_busy),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        sleep=sleep,
    )
    try:
        with httpx.Client(timeout=httpx.Timeout(_ANSWER, connect=_CONNECT), headers=headers) as client:
            answer: httpx.Response = patient(client.request, wanted.method, to.url + wanted.path, json=wanted.json)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = _shown(str(error) or type(error).__name__, to)
        raise UnsentError(f"{to.host} was not reached in {TRIES} tries: {why}") from error
    if not answer.is_success:
        tries = f" after {TRIES} tries" if _is_busy(answer) else ""
        said = _shown(answer.text, to)
        raise UnsentError(f"{to.host} does not take it{tries}: HTTP {answer.status_code}{f', {said}' if said else ''}")
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _shown(text: str, to: Address) -> str:
    """Return the beginning of what a channel says, without what is secret and without what would steer a terminal."""
    parts = urlsplit(to.url)
    for secret in (to.url, parts.path.strip("/"), *parts.path.split("/"), parts.query, parts.password or "", to.token):
        if len(secret) >= _SECRET:
            text = text.replace(secret, "…")
    return clean(" ".join(text.split()))[:_QUOTED]


def _is_busy(answer: httpx.Response) -> bool:
    return answer.status_code in _BUSY


def _pause(state: tenacity.RetryCallState) -> float:
    """Return how long to wait: what the channel asks for, else twice the time before, and a little more or less by chance."""
    import tenacity  # noqa: PLC0415 - as above

    outcome = state.outcome
    asked = None if outcome is None or outcome.failed else _asked(outcome.result().headers.get("Retry-After", ""))
    if asked is not None:
        return min(asked, _LONGEST_WAIT)
    return float(tenacity.wait_exponential_jitter(multiplier=0.5, jitter=0.25, max=_LONGEST_WAIT)(state))


def _asked(header: str) -> float | None:
    """Return how many seconds a channel asks to wait: a number or an instant (RFC 9110, section 10.2.3); None without either."""
    if header.isascii() and header.isdecimal():
        return float(header)
    try:
        until = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max((until - dt.datetime.now(until.tzinfo)).total_seconds(), 0.0)
