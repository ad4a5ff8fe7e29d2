"""The issues of a repository: nothing is asked for but what the plan needs, and none is made a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from incidentbook.github import patience, wire
from incidentbook.github.issue import Closer, Issue
from incidentbook.github.patience import RefusedError, StoppedError, UnansweredError
from incidentbook.github.place import GONE, Place

_PAGE = 100
_LOOKS = 3  # for an issue that may have been made


class Page(NamedTuple):
    """A page of issues; ``full`` where another may follow."""

    issues: list[Issue]
    full: bool


class Client(Place):
    """One repository's issues."""

    NEEDS = "write issues"
    UNSEEN = "its issues are off, or the token may not see it"
    RENAMED = "Say so in policy/actions.yml, under github, or with --repository; and in `issue` of each item."

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
            told = self.ask(
                "POST", f"{self.path}/issues", {"title": title, "body": body, "labels": [*labels]}, again=False
            )
        except UnansweredError:
            for look in range(1, _LOOKS + 1):
                self.connection.sleep(patience.pause(look))
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
        self.ask("PATCH", f"{self.path}/issues/{number}", fields)

    def closer(self, number: int) -> Closer | None:
        """Return what closed an issue; None where a person did, or GitHub does not tell this token. Raises StoppedError."""
        owner, _, name = self.repository.partition("/")
        variables = {"owner": owner, "name": name, "number": number}
        try:
            told = self.connection.query(wire.CLOSER, variables)
        except RefusedError:
            return None
        return wire.closer(told)

    def _page(self, label: str, page: int) -> Page:
        """Return a page of the issues that have the label, the newest first; pull requests are issues, too, and not meant."""
        asked = {"state": "all", "labels": label, "sort": "created", "direction": "desc", "per_page": str(_PAGE)}
        told = self.ask("GET", f"{self.path}/issues", asked={**asked, "page": str(page)})
        return Page([wire.issue(one) for one in told if "pull_request" not in one], full=len(told) == _PAGE)

    def _one(self, number: int) -> Issue | None:
        try:
            told = self.ask("GET", f"{self.path}/issues/{number}")
        except RefusedError as error:
            if error.status in GONE:
                return None
            raise
        moved = not str(told["url"]).casefold().endswith(f"{self.path}/issues/{number}".casefold())
        return None if moved or "pull_request" in told else wire.issue(told)


class UnlabelledError(StoppedError):
    """An issue was made, and GitHub left out the label that it would be found again by."""

    def __init__(self, issue: Issue, label: str) -> None:
        """Keep the issue, which is to be noted all the same."""
        super().__init__(
            f"GitHub left out the label {label} of {issue.url}, by which an interrupted sync finds what it made",
            hint="Give the token leave to write issues, and the issue that label.",
        )
        self.issue = issue
