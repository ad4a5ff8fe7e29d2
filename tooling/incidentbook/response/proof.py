"""Evidence looked up, as far as what it names is at hand: offline, in the repositories of this machine."""

from __future__ import annotations

from pathlib import Path

from incidentbook import files, git_command
from incidentbook.duties import evidence
from incidentbook.errors import IncidentbookError, NotFoundError
from incidentbook.records.action_item import ActionEvidence

UNVERIFIED = "not verified"


def look(root: Path, shown: ActionEvidence, repository_url: str = "") -> str:
    """Return what is to be said of evidence; empty where it was found, and `UNVERIFIED`, with why, where nobody here can tell.

    A commit is looked up in the repository that it names, when that is at hand: this one, which its remotes and
    ``repository_url`` name too, or a folder (``../app@4f1c2ab``). A path into the knowledge base, and the id of an incident,
    such as a drill, have to lead to a file.

    Args:
        root: of the knowledge base.
        shown: the evidence.
        repository_url: where the knowledge base is published.

    Raises:
        NotFoundError: what it names is not there.
        IncidentbookError: it names no commit, or no pull request.

    """
    match shown.kind:
        case "commit":
            return _commit(root, shown.ref, repository_url)
        case "pull-request":
            if not evidence.is_pull_request(shown.ref):
                raise IncidentbookError(
                    f"{shown.ref!r} is not the address of a pull request",
                    hint="Such as https://git.example/app/pull/88.",
                )
            return f"{UNVERIFIED}: nobody was asked"
        case _:
            return _path(root, shown.ref)


def _commit(root: Path, ref: str, repository_url: str) -> str:
    named = evidence.commit(ref)
    if named is None:
        raise IncidentbookError(f"{ref!r} names no commit", hint="Give its id, its address, or path@id.")
    folder = _folder(root, named.where, repository_url)
    if folder is None:
        return f"{UNVERIFIED}: {named.where} is not at hand"
    found = git_command.has_commit(folder, named.id)
    if found is False:
        where = named.where or "this repository"
        hint = "" if named.where else "For one of another repository give its address."
        raise NotFoundError(f"There is no commit {named.id} in {where}", hint=hint)
    return "" if found else f"{UNVERIFIED}: the history that is here does not reach it"


def _folder(root: Path, where: str, repository_url: str) -> Path | None:
    """Return a folder of the repository that is named, None where it is not at hand."""
    if not where:
        return root
    if "://" not in where and files.git_top((root / where).resolve()) is not None and (root / where).is_dir():
        return root / where
    known = [repository_url, *git_command.remotes(root)]
    return root if any(evidence.same_repository(where, address) for address in known) else None


def _path(root: Path, ref: str) -> str:
    if evidence.is_incident(ref):
        if next(root.glob(f"incidents/*/{ref}.yml"), None) is None:
            raise NotFoundError(
                f"There is no incident {ref} in the knowledge base", hint="`inc list` shows all of them."
            )
        return ""
    ours = evidence.path_of(ref)
    if ours and not files.exists(root, ours):
        raise NotFoundError(f"There is no file {ours} in the knowledge base")
    plain = ref.split("#", 1)[0]
    there = ours or ("://" not in plain and files.exists(root, plain))
    return "" if there else f"{UNVERIFIED}: it is not in this knowledge base"
