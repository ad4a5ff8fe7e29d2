"""What shows that an action item is done, read: which commit of which repository, which file, whether a pull request. No I/O."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

_ID = re.compile(r"[0-9a-f]{7,64}\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^/\s?#]+/[^\s]*\Z", re.IGNORECASE)
_COMMIT = re.compile(r"(?P<where>.+?)/(?:-/)?commits?/(?P<id>[0-9a-f]{7,64})/?(?:[?#].*)?\Z", re.IGNORECASE)
_AT = re.compile(r"(?P<where>[^\s]+)@(?P<id>[0-9a-f]{7,64})\Z", re.IGNORECASE)
_REQUEST = re.compile(
    r"https?://[^/\s?#]+/[^\s?#]+/(?:pulls?|merge_requests|pull-requests|pullrequest)/[0-9]+(?:[/?#][^\s]*)?\Z",
    re.IGNORECASE,
)  # GitHub and Forgejo, GitLab, Bitbucket, Azure
_BRIEF = re.compile(r"(?:[\w.-]+/)*[\w.-]*[#!][0-9]+\Z")
_REMOTE = re.compile(
    r"(?:[a-z+]+://)?(?:[^@/]+@)?(?P<host>[^/:]+)(?::[0-9]+(?=/))?[:/]+(?P<path>.+?)(?:\.git)?/*\Z", re.IGNORECASE
)
_INCIDENT = re.compile(r"INC-[0-9]{4}-[0-9]{3,}\Z")
_OURS = ("incidents/", "postmortems/", "playbooks/", "policy/", "./")


class Commit(NamedTuple):
    """A commit that is named: ``where`` is its repository (an address or a path), empty for the one that names it."""

    where: str
    id: str


def commit(ref: str) -> Commit | None:
    """Return the commit that a reference names (``4f1c2ab``, ``https://…/commit/4f1c2ab``, ``../app@4f1c2ab``), or None."""
    if _ID.match(ref):
        return Commit("", ref)
    found = _COMMIT.match(ref) if _ADDRESS.match(ref) else _AT.match(ref)
    return Commit(found["where"], found["id"]) if found else None


def is_pull_request(ref: str) -> bool:
    """Whether a reference names a pull request: its address with its number, or ``owner/repository#88``."""
    return bool(_REQUEST.match(ref) or _BRIEF.match(ref))


def is_incident(ref: str) -> bool:
    """Whether a reference is the id of an incident, as drills have one."""
    return bool(_INCIDENT.match(ref))


def path_of(ref: str) -> str:
    """Return the path into the knowledge base that a reference is; empty where it is none.

    It begins with a folder of the knowledge base, or with ``./``: any other path may be one of another repository.
    """
    path = posixpath.normpath(ref.split("#", 1)[0])
    return path if ref.startswith(_OURS) and " " not in ref and not path.startswith("..") else ""


def same_repository(first: str, second: str) -> bool:
    """Whether two addresses are of one repository, however Git or a browser writes it: by host and path."""
    return bool(first and second) and _place(first) == _place(second)


def _place(address: str) -> tuple[str, str]:
    found = _REMOTE.match(address.strip())
    return (found["host"].casefold(), found["path"].casefold()) if found else ("", address)
