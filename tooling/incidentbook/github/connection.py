"""A connection with GitHub through PyGithub's requester: paced, patient where GitHub asks for it, and each fault a sentence.

PyGithub repeats requests by itself, POST included, after a time-out or an answer of 500: what was made although the answer was
lost would be made again. So its own patience is off, and who makes something says so (``again=False``) and looks for it first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import github
import requests
import urllib3

from incidentbook.errors import IncidentbookError
from incidentbook.github import patience
from incidentbook.github.patience import RefusedError, StoppedError, UnansweredError
from incidentbook.terminal_text import clean

T = TypeVar("T")
API = "https://api.github.com"
_SECONDS = 15  # for an answer
_BETWEEN, _BETWEEN_WRITES = 0.25, 1.0  # seconds, as GitHub's best practices ask for
_QUOTED = 200  # characters of an answer
_LOCAL = ("localhost", "127.0.0.1", "::1")


class Connection:
    """What requests go through; the patience for rate limits is one, whatever is asked for."""

    def __init__(
        self,
        token: str,
        *,
        api: str = API,
        longest: float = 300,
        tell: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Be ready to ask.

        Args:
            token: by which GitHub knows who asks.
            api: the address of the API; one that is not encrypted is for this machine only.
            longest: how many seconds may be waited in all for rate limits.
            tell: says to people why nothing happens.
            sleep: how to wait.
            now: seconds since 1970.

        Raises:
            IncidentbookError: the address is none that a token may be sent to.

        """
        parts = urlsplit(api)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)):
            raise IncidentbookError(f"GITHUB_API_URL is no address that a token may be sent to: {clean(api)}")
        self.host, self.sleep = parts.hostname, sleep
        self._left, self._tell, self._now = longest, tell, now
        hurry = parts.hostname in _LOCAL  # a server of one's own has no limits to spare
        self._hub = github.Github(
            auth=github.Auth.Token(token), base_url=api.rstrip("/"), timeout=_SECONDS, retry=None,
            user_agent="incidentbook", seconds_between_requests=0 if hurry else _BETWEEN,
            seconds_between_writes=0 if hurry else _BETWEEN_WRITES,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of the connection."""
        self._hub.close()

    def ask(
        self, verb: str, path: str, given: Any = None, *, asked: dict[str, str] | None = None, again: bool = True
    ) -> Any:
        """Return what GitHub answers to a request.

        Args:
            verb: of HTTP.
            path: of the API, from the first slash.
            given: what is sent, as plain data.
            asked: what stands behind the question mark.
            again: whether what is asked for may be done twice.

        Raises:
            StoppedError: GitHub cannot go on.
            RefusedError: GitHub does not take it.
            UnansweredError: nobody knows whether it was done, and it must not be done ``again``.

        """
        return self._call(
            lambda: self._hub.requester.requestJsonAndCheck(verb, path, parameters=asked, input=given)[1], again=again
        )

    def query(self, text: str, variables: dict[str, Any]) -> Any:
        """Return what GitHub answers to a question in GraphQL, which changes nothing. Raises StoppedError, RefusedError."""
        return self._call(lambda: self._hub.requester.graphql_query(text, variables)[1])

    def _call(self, ask: Callable[[], T], *, again: bool = True) -> T:
        """Ask, with patience; ``again``: whether what is asked for may be done twice."""
        faults = limits = 0
        while True:
            self._before()
            try:
                return ask()
            except github.GithubException as error:
                asked = patience.wait(error.status, error.headers or {}, error.data, self._now(), limits)
                if asked is not None:
                    self._wait(asked)
                    limits += 1
                    continue
                if error.status < 500:  # noqa: PLR2004 - what a server says of itself
                    raise _refused(error) from error
                why, sent = f"HTTP {error.status}", True
            except requests.RequestException as error:
                why, sent = _why(error), not _unsent(error)
            except RuntimeError as error:  # what PyGithub says of an address that leads elsewhere
                raise StoppedError("GitHub's address leads to another one: see GITHUB_API_URL") from error
            except ValueError:  # JSON that ends in the middle
                why, sent = "its answer cannot be read", True
            if sent and not again:
                raise UnansweredError(why)
            faults += 1
            if faults == patience.TRIES:
                raise StoppedError(
                    f"GitHub does not answer: {why}, {faults} times in a row",
                    hint="Run it again later: nothing is made twice.",
                )
            self.sleep(patience.pause(faults))

    def _before(self) -> None:
        """Wait where the answer before said that nothing is left: a request that is sure to fail counts against its sender."""
        requester = self._hub.requester
        if requester.rate_limiting[0] == 0 and (left := requester.rate_limiting_resettime - self._now()) > 0:
            self._wait(left + 1)

    def _wait(self, seconds: float) -> None:
        if seconds > self._left:
            until = time.strftime("%H:%M:%S UTC", time.gmtime(self._now() + seconds))
            raise StoppedError(
                f"GitHub asks to wait until {until}, which is longer than --wait allows",
                hint="Run it again then.",
            )
        self._tell(f"waiting {seconds:.0f} s, as GitHub asks")
        self._left -= seconds
        self.sleep(seconds)


def _refused(error: github.GithubException) -> IncidentbookError:
    data = error.data if isinstance(error.data, dict) else {}
    said = clean(str(data.get("message") or "no reason given"))[:_QUOTED]
    if error.status == 401:  # noqa: PLR2004 - HTTP's word for it
        return StoppedError("GitHub does not know the token", hint="GITHUB_TOKEN, or GH_TOKEN, has to hold one.")
    return RefusedError(f"GitHub does not take it: HTTP {error.status}, {said}", error.status, said)


def _unsent(error: requests.RequestException) -> bool:
    """Whether a request is sure not to have reached the server: no connection came about."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", None)
    return isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)


def _why(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return f"no answer within {_SECONDS} s"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be trusted"
    return "it cannot be reached" if _unsent(error) else "the connection was cut"
