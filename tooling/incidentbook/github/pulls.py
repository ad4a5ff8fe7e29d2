"""The pull requests of a repository, as far as one that is kept needs it: found by its branch, opened, changed, closed."""

from __future__ import annotations

from typing import Any

from incidentbook.frozen import frozen
from incidentbook.github.patience import RefusedError, UnansweredError
from incidentbook.github.place import Place

_INVALID = 422  # what GitHub answers to a second pull request of one branch


@frozen
class Pull:
    """An open pull request."""

    number: int
    url: str
    title: str
    body: str


class Pulls(Place):
    """One repository's pull requests."""

    NEEDS = "write contents and pull requests"
    UNSEEN = "or the token may not see it"
    RENAMED = "Tell Git: git remote set-url origin ADDRESS."

    def of(self, branch: str) -> Pull | None:
        """Return the open pull request of a branch of this repository; None where there is none. Raises StoppedError."""
        owner = self.repository.partition("/")[0]
        told = self.ask("GET", f"{self.path}/pulls", asked={"state": "open", "head": f"{owner}:{branch}"})
        return next((_pull(one) for one in told if one["head"]["ref"] == branch), None)

    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        """Open the pull request of ``branch``; GitHub takes one of a branch only, so what may have been made is looked for.

        Raises:
            StoppedError: GitHub cannot go on.
            RefusedError: GitHub does not take it.
            UnansweredError: nobody knows whether it was opened, and it is not to be found by now.

        """
        given = {"head": branch, "base": base, "title": title, "body": body}
        try:
            return _pull(self.ask("POST", f"{self.path}/pulls", given, again=False))
        except UnansweredError:
            if (found := self.of(branch)) is None:
                raise
            return found
        except RefusedError as error:
            if error.status != _INVALID or (found := self.of(branch)) is None:
                raise
            return found

    def edit(self, number: int, **fields: str) -> None:
        """Change a pull request; doing so twice is the same as once. Raises StoppedError, RefusedError."""
        self.ask("PATCH", f"{self.path}/pulls/{number}", fields)


def _pull(told: dict[str, Any]) -> Pull:
    return Pull(told["number"], told.get("html_url") or "", told.get("title") or "", told.get("body") or "")
