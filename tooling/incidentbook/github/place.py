"""A repository at GitHub, as it is looked at before anything is asked of it."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from incidentbook.github.connection import Connection
from incidentbook.github.patience import RefusedError, StoppedError

GONE = (404, 410)
_FORBIDDEN = 403


class Repository(NamedTuple):
    """What matters of a repository."""

    name: str
    private: bool
    branch: str


class Place:
    """A repository, and what is asked of it."""

    NEEDS: ClassVar[str]  # what its token has to be allowed, in words
    UNSEEN: ClassVar[str]  # what may be the matter where nothing is there
    RENAMED: ClassVar[str]  # where the new name of a repository is to stand

    def __init__(self, connection: Connection, repository: str) -> None:
        """Be ready to ask for ``repository``, which is ``owner/name``."""
        self.connection, self.repository = connection, repository
        self._seen = False

    @property
    def path(self) -> str:
        """Where the API has it."""
        return f"/repos/{self.repository}"

    def look(self) -> Repository:
        """Return what matters of the repository.

        Raises:
            StoppedError: it cannot be reached, is not there, or is called otherwise by now: GitHub leads on to the new name, and
                PyGithub loses on the way what was asked for.

        """
        told = self.ask("GET", self.path)
        if not isinstance(told, dict) or "full_name" not in told:
            raise StoppedError(f"What answers at {self.connection.host} is not GitHub")
        found = Repository(str(told["full_name"]), bool(told["private"]), str(told.get("default_branch") or "main"))
        self._seen = True
        if found.name.casefold() != self.repository.casefold():
            raise StoppedError(f"{self.repository} is called {found.name} by now; nothing was sent", hint=self.RENAMED)
        return found

    def ask(
        self, verb: str, path: str, given: Any = None, *, asked: dict[str, str] | None = None, again: bool = True
    ) -> Any:
        """Ask as `Connection.ask` does, and raise what that does; what this token may not do, or see, is a StoppedError."""
        try:
            return self.connection.ask(verb, path, given, asked=asked, again=again)
        except RefusedError as error:
            if error.status == _FORBIDDEN:
                hint = f"The token needs to {self.NEEDS} of {self.repository}."
                raise StoppedError(f"GitHub does not allow it: {error.said}", hint=hint) from error
            if error.status in GONE and not self._seen:
                raise StoppedError(f"There is no {self.repository}, {self.UNSEEN}") from error
            raise
