"""GitHub itself, through PyGithub: nothing is asked for but what the plan needs, and each fault becomes a sentence.

PyGithub repeats requests by itself, POST included, after a time-out or an answer of 500: an issue that was made although the
answer was lost would be made again. So its own patience is off, and who makes an issue looks for it first (`Client.create`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import github
import requests
import urllib3

from incidentbook.errors import IncidentbookError
from incidentbook.github import patience, wire
from incidentbook.github.issue import Closer, Issue
from incidentbook.github.patience import RefusedError, StoppedError, UnansweredError
from incidentbook.terminal_text import clean

T = TypeVar("T")
API = "https://api.github.com"
_SECONDS = 15  # for an answer
_BETWEEN, _BETWEEN_WRITES = 0.25, 1.0  # seconds, as GitHub's best practices ask for
_PAGE = 100
_QUOTED = 200  # characters of an answer
_LOOKS = 3  # for an issue that may have been made
_GONE = (404, 410)
_LOCAL = ("localhost", "127.0.0.1", "::1")


class Repository(NamedTuple):
    """What matters of a repository."""

    name: str
    private: bool


class Page(NamedTuple):
    """A page of issues; ``full`` where another may follow."""

    issues: list[Issue]
    full: bool


class Client:
    """One repository's issues."""

    def __init__(  # noqa: PLR0913 - what a test has to hold in its hand
        self,
        token: str,
        repository: str,
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
            repository: ``owner/name``.
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
        self.repository, self._left, self._tell, self._sleep, self._now = repository, longest, tell, sleep, now
        hurry = parts.hostname in _LOCAL  # a server of one's own has no limits to spare
        self._hub = github.Github(
            auth=github.Auth.Token(token), base_url=api.rstrip("/"), timeout=_SECONDS, retry=None,
            user_agent="incidentbook", seconds_between_requests=0 if hurry else _BETWEEN,
            seconds_between_writes=0 if hurry else _BETWEEN_WRITES,
        )  # fmt: skip
        self._path = f"/repos/{repository}"
        self._seen = False

    def close(self) -> None:
        """Let go of the connection."""
        self._hub.close()

    def look(self) -> Repository:
        """Return what matters of the repository.

        Raises:
            StoppedError: it cannot be reached, is not there, or is called otherwise by now: GitHub leads on to the new name, and
                PyGithub loses on the way which issues were asked for.

        """
        told = self._ask("GET", self._path)
        if not isinstance(told, dict) or "full_name" not in told:
            raise StoppedError(f"What answers at {urlsplit(self._hub.requester.base_url).hostname} is not GitHub")
        found = Repository(str(told["full_name"]), bool(told["private"]))
        self._seen = True
        if found.name.casefold() != self.repository.casefold():
            raise StoppedError(
                f"{self.repository} is called {found.name} by now; nothing was sent",
                hint="Say so in policy/actions.yml, under github, or with --repository; and in `issue` of each item.",
            )
        return found

    def issues(self, label: str, wanted: Iterable[int]) -> dict[int, Issue]:
        """Return all issues that have ``label``, and those of ``wanted`` that are there, by number. Raises StoppedError.

        They are listed, not searched for: GitHub's search finds an issue some time after it was made.
        """
        found: dict[int, Issue] = {}
        page, more = 1, True
        while more:
            told = self._page(label, page)
            found |= {one.number: one for one in told.issues}
            page, more = page + 1, told.full
        for number in wanted:
            if number not in found and (one := self._one(number)) is not None:
                found[number] = one
        return found

    def create(self, title: str, body: str, labels: Sequence[str], is_it: Callable[[Issue], bool]) -> Issue:
        """Make an issue, and return it; never a second time where it may have been made.

        Args:
            title: of the issue.
            body: of the issue.
            labels: of the issue; the first one is what it is found again by.
            is_it: knows it again, should the answer be lost.

        Raises:
            StoppedError: GitHub cannot go on, or leaves the label out.
            RefusedError: GitHub does not take it.
            UnansweredError: nobody knows whether it was made, and it is not to be found by now.

        """
        try:
            told = self._ask(
                "POST", f"{self._path}/issues", {"title": title, "body": body, "labels": [*labels]}, again=False
            )
        except UnansweredError:
            for look in range(1, _LOOKS + 1):
                self._sleep(patience.pause(look))
                found = next(filter(is_it, self._page(labels[0], 1).issues), None)
                if found is not None:
                    return found
            raise
        issue = wire.issue(told)
        if labels[0].casefold() not in [str(label.get("name")).casefold() for label in told.get("labels", ())]:
            raise UnlabelledError(issue, labels[0])
        return issue

    def edit(self, number: int, **fields: str) -> None:
        """Change an issue; doing so twice is the same as once. Raises StoppedError, RefusedError."""
        self._ask("PATCH", f"{self._path}/issues/{number}", fields)

    def closer(self, number: int) -> Closer | None:
        """Return what closed an issue; None where a person did, or GitHub does not tell this token. Raises StoppedError."""
        owner, _, name = self.repository.partition("/")
        variables = {"owner": owner, "name": name, "number": number}
        try:
            told = self._call(lambda: self._hub.requester.graphql_query(wire.CLOSER, variables)[1])
        except RefusedError:
            return None
        return wire.closer(told)

    def _page(self, label: str, page: int) -> Page:
        """Return a page of the issues that have the label, the newest first; pull requests are issues, too, and not meant."""
        asked = {"state": "all", "labels": label, "sort": "created", "direction": "desc", "per_page": str(_PAGE)}
        told = self._ask("GET", f"{self._path}/issues", asked={**asked, "page": str(page)})
        return Page([wire.issue(one) for one in told if "pull_request" not in one], full=len(told) == _PAGE)

    def _one(self, number: int) -> Issue | None:
        try:
            told = self._ask("GET", f"{self._path}/issues/{number}")
        except RefusedError as error:
            if error.status in _GONE:
                return None
            raise
        moved = not str(told["url"]).casefold().endswith(f"{self._path}/issues/{number}".casefold())
        return None if moved or "pull_request" in told else wire.issue(told)

    def _ask(
        self, verb: str, path: str, given: Any = None, *, asked: dict[str, str] | None = None, again: bool = True
    ) -> Any:
        return self._call(
            lambda: self._hub.requester.requestJsonAndCheck(verb, path, parameters=asked, input=given)[1], again=again
        )

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
                    raise self._refused(error) from error
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
            self._sleep(patience.pause(faults))

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
        self._sleep(seconds)

    def _refused(self, error: github.GithubException) -> IncidentbookError:
        data = error.data if isinstance(error.data, dict) else {}
        said = clean(str(data.get("message") or "no reason given"))[:_QUOTED]
        match error.status:
            case 401:
                return StoppedError(
                    "GitHub does not know the token", hint="GITHUB_TOKEN, or GH_TOKEN, has to hold one."
                )
            case 403:
                return StoppedError(
                    f"GitHub does not allow it: {said}", hint=f"The token needs to write issues of {self.repository}."
                )
            case 404 | 410 if not self._seen:
                return StoppedError(f"There is no {self.repository}, its issues are off, or the token may not see it")
        return RefusedError(f"GitHub does not take it: HTTP {error.status}, {said}", error.status)


class UnlabelledError(StoppedError):
    """An issue was made, and GitHub left out the label that it would be found again by."""

    def __init__(self, issue: Issue, label: str) -> None:
        """Keep the issue, which is to be noted all the same."""
        super().__init__(
            f"GitHub left out the label {label} of {issue.url}, by which an interrupted sync finds what it made",
            hint="Give the token leave to write issues, and the issue that label.",
        )
        self.issue = issue


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
