"""A branch that holds a proposal: one commit on what is checked out, made of texts, while files and index stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from incidentbook import git_command
from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.github.patience import StoppedError

BRANCH = "incidentbook-actions"
SUBJECT = "Take back what became of action items"  # of the pull request, too; by it a commit is known to be one of ours
_REF = f"refs/heads/{BRANCH}"
_KEPT = "refs/incidentbook/actions"  # in this clone: no branch that people would see
_NETWORK = 120.0
_REMOTE = re.compile(r"[/:]([^/:]+/[^/:]+?)(?:\.git)?/?\Z")
# Asked by Git, over https, for GitHub's own host only; the token stays in the environment, where it was given.
_HELPER = (
    """!f() { test "$1" = get && echo username=x-access-token && echo "password=${GITHUB_TOKEN:-$GH_TOKEN}"; }; f"""
)


@frozen
class Ground:
    """What a proposal stands on.

    Attributes:
        root: of the knowledge base.
        folder: where that is in its repository, ending in a slash; empty at the top.
        repository: that of the remote `origin`, as owner/name.
        head: the commit that is checked out.
        who: as whom Git would commit, with the time.

    """

    root: Path
    folder: str
    repository: str
    head: str
    who: str


def ground(root: Path) -> Ground:
    """Return what a proposal would stand on.

    Raises:
        IncidentbookError: there is no commit, no remote `origin`, nobody to commit as, or files that are not committed.

    """
    address = _said(root, "config", "--get", "remote.origin.url", hint="git remote add origin ADDRESS")
    named = _REMOTE.search(address)
    if named is None:
        raise IncidentbookError(
            "The remote origin is no repository of GitHub", hint="git remote set-url origin ADDRESS"
        )
    if _said(root, "status", "--porcelain", "--", "postmortems", "policy"):
        hint = "Commit them, or put them away: git stash."
        raise IncidentbookError("postmortems or policy hold changes that are not committed", hint=hint)
    return Ground(
        root, _said(root, "rev-parse", "--show-prefix"), named[1], _said(root, "rev-parse", "--verify", "HEAD"),
        _said(root, "var", "GIT_COMMITTER_IDENT", hint="git config user.name NAME, and user.email ADDRESS."),
    )  # fmt: skip


class Branch:
    """The branch of the proposal, here and at GitHub."""

    def __init__(self, ground: Ground, host: str) -> None:
        """Be ready to fetch and push with the token that the environment holds, at GitHub's ``host``."""
        self._ground, self._main = ground, ""
        self._trust = ("-c", f"credential.https://{host.removeprefix('api.')}.helper={_HELPER}")

    def meet(self, main: str) -> None:
        """Look that what is checked out is part of ``main``: else other work would come along with the proposal.

        Raises:
            StoppedError: it is not, or the remote does not answer.

        """
        self._net("fetch", "--quiet", "origin", f"refs/heads/{main}")
        self._main = self._git("rev-parse", "FETCH_HEAD").out.strip()
        if self._git("merge-base", "--is-ancestor", self._ground.head, self._main).status:
            raise StoppedError(
                f"What is checked out is not part of {main} at origin, and would come along with the proposal",
                hint=f"Push it first, or: git switch {main} && git pull.",
            )

    def put(self, texts: Mapping[str, str], *, kept: bool) -> bool:
        """Make the branch at origin hold ``texts`` by their paths, and return whether that took a push.

        Where it is ``kept`` (a pull request of it is open), commits of others in it are never pushed over.

        Raises:
            StoppedError: somebody else has committed to it, or the remote does not answer or takes nothing.

        """
        there = self._there()
        own = self._own(there)
        if own and self._says(own, texts) and (own != there or self._is_current(own, texts)):
            return False
        if kept and own != there:
            raise StoppedError(
                f"Somebody has committed to {BRANCH}, and there is something else to propose by now; nothing was pushed",
                hint="Merge its pull request, or close it; then run this again.",
            )
        made = self._commit(texts)
        self._net("push", "--quiet", f"--force-with-lease={_REF}:{there}", "origin", f"{made}:{_REF}")
        return True

    def untouched(self) -> bool:
        """Whether nobody else has committed to the branch at origin. Raises StoppedError."""
        there = self._there()
        return self._own(there) == there

    def _there(self) -> str:
        """Return the commit that the branch at origin is at, which is here then; empty where there is no such branch."""
        if not self._net("ls-remote", "origin", _REF):
            return ""
        self._net("fetch", "--quiet", "origin", f"+{_REF}:{_KEPT}")
        return self._git("rev-parse", _KEPT).out.strip()

    def _own(self, there: str) -> str:
        """Return the commit that `put` has made on the way to ``there``; empty where that cannot be told."""
        listed = self._git("rev-list", "--reverse", "--first-parent", there, f"^{self._main}").out if there else ""
        first = listed.partition("\n")[0]
        return first if first and self._git("show", "--no-patch", "--format=%s", first).out.strip() == SUBJECT else ""

    def _says(self, commit: str, texts: Mapping[str, str]) -> bool:
        """Whether a commit of `put` is of these texts and no others."""
        places = {f"{self._ground.folder}{path}": self._blob(path, text) for path, text in texts.items()}
        changed = git_command.names(self._git("diff", "--name-only", "-z", f"{commit}^", commit).out)
        held = (self._git("rev-parse", f"{commit}:{place}").out.strip() == blob for place, blob in places.items())
        return {*changed} == {*places} and all(held)

    def _is_current(self, commit: str, texts: Mapping[str, str]) -> bool:
        """Whether nobody has changed these files here since a commit of `put`: else it would not merge."""
        names = (f":/{self._ground.folder}{path}" for path in texts)
        return not self._git("diff", "--quiet", f"{commit}^", self._ground.head, "--", *names).status

    def _commit(self, texts: Mapping[str, str]) -> str:
        """Return a commit on what is checked out that holds ``texts``; no file and no index is touched."""
        made = [
            f"commit {_KEPT}",
            f"committer {self._ground.who}",
            f"data {len(SUBJECT)}",
            SUBJECT,
            f"from {self._ground.head}",
        ]
        for path, text in texts.items():
            place = f"{self._ground.folder}{path}"
            mode = self._git("ls-tree", self._ground.head, "--", f":/{place}").out.partition(" ")[0] or "100644"
            quoted = place.replace("\\", r"\\").replace('"', r"\"")
            made.append(f'M {mode} {self._blob(path, text)} "{quoted}"')
        done = self._git("fast-import", "--quiet", "--force", given="\n".join([*made, ""]))
        if done.status:
            raise StoppedError(f"Git cannot make the commit of the proposal: {done.why}")
        return self._git("rev-parse", _KEPT).out.strip()

    def _blob(self, path: str, text: str) -> str:
        return self._git("hash-object", "-w", "--stdin", f"--path={path}", given=text).out.strip()

    def _git(self, *arguments: str, given: str = "") -> git_command.Done:
        return git_command.run(self._ground.root, *arguments, given=given)

    def _net(self, *arguments: str) -> str:
        done = git_command.run(self._ground.root, *self._trust, *arguments, seconds=_NETWORK)
        if done.status:
            raise StoppedError(f"`git {arguments[0]}` at origin has failed: {done.why}", hint="Run it again later.")
        return done.out


def _said(root: Path, *arguments: str, hint: str = "") -> str:
    done = git_command.run(root, *arguments)
    if done.status and hint:
        raise IncidentbookError(f"`git {' '.join(arguments)}` has no answer: {done.why}", hint=hint)
    if done.status:
        raise IncidentbookError(f"`git {arguments[0]}` has failed: {done.why}")
    return done.out.strip()
