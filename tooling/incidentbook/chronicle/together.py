"""What was known of all the records of a view when: Git is asked once for everything, and each file is told by itself.

A record is followed back as far as its file has held what has its id now; where it was before, under another name or number,
`trail` tells for one record at a time. Nobody's name and no word of a commit's own is in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from incidentbook import git_command
from incidentbook.chronicle.seen import Seen
from incidentbook.chronicle.steps import Step, Text, Touch, whole
from incidentbook.chronicle.trail import read, touched
from incidentbook.history.clock import settled
from incidentbook.history.facts import IncidentFacts, PostmortemFacts
from incidentbook.history.past import Past
from incidentbook.records.time import UTC
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

_SHORT = 8  # characters of a commit's name
_ALGORITHMS = {40: "sha1", 64: "sha256"}  # by how long Git's names are


class _Held(NamedTuple):
    """A version: the place of its commit, and the name of its content."""

    at: int
    blob: str


def of_view(repo: Repository, view: Repository, reader: Disclosure, past: Past) -> dict[str, list[Step]]:
    """Return the steps of each incident's record in ``view``, by its path, the oldest first, as far as ``reader`` may see them.

    What was hidden then, or is hidden now, is not told: both sides of a change are narrowed before they are compared. A record
    that has one version, the one that is shown, is not read again; its step has no differences.

    Args:
        repo: the knowledge base as it is now, all of it.
        view: what the reader may see of it.
        reader: the reader's level.
        past: what Git holds.

    """
    ids = {entry.path: entry.record.id for entry in view.incidents if entry.record and entry.record.id}
    runs = _runs(past, ids)
    alone = {path for path, run in runs.items() if len(run) == 1 and run[0].blob == _name(repo.root / path, past.width)}
    seen = Seen(repo, view, reader)
    times = settled(past.times)
    contents = _contents(repo.root, [held for path, run in runs.items() if path not in alone for held in run])
    found = {}
    for path, run in runs.items():
        if path in alone:
            found[path] = [_step(past, times, run[0].at, Touch("added", path))]
            continue
        reading = whole if reader is Disclosure.RESTRICTED else seen.reading(ids[path])
        texts = [read(path, contents.get(held.blob), reading) for held in run]
        steps = list(_steps(past, times, path, run, texts))
        steps = steps if reader is Disclosure.RESTRICTED else seen.told(steps)
        if steps:
            found[path] = steps
    return found


def _runs(past: Past, ids: Mapping[str, str]) -> dict[str, list[_Held]]:
    """Return the versions of each file, back to the one before which it was away or held something else."""
    found: dict[str, list[_Held]] = {path: [] for path in ids}
    for version in past.versions("incidents/"):
        run = found.get(version.path)
        if run is None:
            continue
        facts = version.facts
        if version.gone or (isinstance(facts, IncidentFacts) and facts.id != ids[version.path]):
            run.clear()
        elif version.blob and not isinstance(facts, PostmortemFacts):
            run.append(_Held(version.at, version.blob))
    return {path: run for path, run in found.items() if run}


def _name(path: Path, width: int) -> str:
    """Return what Git calls the content that a file has now; empty where nobody can say."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return hashlib.new(_ALGORITHMS.get(width, "sha1"), b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _contents(root: Path, wanted: Sequence[_Held]) -> dict[str, bytes | None]:
    names = list(dict.fromkeys(held.blob for held in wanted))
    return dict(zip(names, git_command.blobs(root, names), strict=True)) if names else {}


def _steps(
    past: Past, times: Sequence[int], path: str, run: Sequence[_Held], texts: Sequence[Text]
) -> Iterator[Step]:  # fmt: skip
    was: Text | None = None
    for held, text in zip(run, texts, strict=True):
        touch = touched(path, "", was, text)
        yield _step(past, times, held.at, touch)
        was = was if text.unreadable and was else text


def _step(past: Past, times: Sequence[int], place: int, touch: Touch) -> Step:
    at, known = (dt.datetime.fromtimestamp(second, UTC) for second in (past.times[place], times[place]))
    commit = past.commit(place)
    if place == 0 and past.shortened and touch.what == "added":
        touch = replace(touch, what="there")  # older than what is here
    return Step(at, known, place, commit, commit[:_SHORT], "", merge=False, touches=(touch,))
