"""The incident that a command line names, and its post-mortem, or what is to be said where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incidentbook.errors import NotFoundError, UnreadableError
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from incidentbook.entry import Entry
    from incidentbook.records.incident import Incident
    from incidentbook.records.postmortem import Postmortem
    from incidentbook.repository import Repository


def incident(repo: Repository, incident_id: str) -> Incident:
    """Return the incident with that id, in whatever case it is typed.

    Raises:
        UnreadableError: its record is there and cannot be read.
        NotFoundError: there is none; the closest one is named.

    """
    found = repo.incident(incident_id) or repo.incident(incident_id.upper())
    if found is not None:
        return found
    for entry in repo.unreadable:
        if entry.kind == "incident" and Path(entry.path).stem == incident_id.upper():
            raise UnreadableError(
                f"{entry.path} is there and cannot be read", hint=f"`inc check {entry.path}` says why."
            )
    import difflib  # noqa: PLC0415 - only for a slip of the pen

    from incidentbook.records.time import utc_text  # noqa: PLC0415 - as above

    then = f" as of {utc_text(repo.until)}" if repo.until else ""
    close = difflib.get_close_matches(incident_id, [item.id for item in repo.all_incidents()], 1, cutoff=0.8)
    raise NotFoundError(
        f"There is no incident {incident_id}{then}",
        hint=f"Did you mean {close[0]}?" if close else "`inc list` shows all of them.",
    )


def seen_by(repo: Repository, incident_id: str, audience: str, so: str) -> tuple[Repository, Incident]:
    """Return what readers of the level ``audience`` may see, and the incident with that id as they see it.

    Raises:
        NotFoundError: there is none, or they may not see it; ``so`` says what follows.

    """
    from incidentbook import disclosure  # noqa: PLC0415 - who may see everything does not need it

    whole = incident(repo, incident_id)
    if audience == Disclosure.RESTRICTED.value:
        return repo, whole
    view = disclosure.view(repo, Disclosure(audience))
    shown = view.incident(whole.id)
    if shown is None:
        raise NotFoundError(f"{whole.id} is narrower than {audience}, so {so} for {audience} readers")
    return view, shown


def postmortem(repo: Repository, incident_id: str) -> Entry[Postmortem] | None:
    """Return the file of the post-mortem of the incident with that id; None where there is none.

    Raises:
        UnreadableError: it is there and cannot be read, so that nobody takes it for missing and writes over it.

    """
    found = repo.postmortem_entry_of(incident_id)
    lost = [entry.path for entry in repo.unreadable if entry.kind == "postmortem"] if found is None else []
    for path in lost:
        if Path(path).stem == incident_id:
            raise UnreadableError(f"{path} is there and cannot be read", hint=f"`inc check {path}` says what to mend.")
    return found
