"""What came back from issues, as a change of post-mortems: written, or only worked out, to be shown or proposed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import field

from incidentbook.cli import _respond
from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.github.run import Done
from incidentbook.github.step import Site, Step, Taken
from incidentbook.repository import Repository
from incidentbook.response import draft, promises


@frozen
class Change:
    """What became of the records.

    Attributes:
        told: what was written, a line each, by the item's id.
        failed: why something was not, likewise.
        before: what the post-mortems said, by their paths.
        after: what they say now.

    """

    told: Mapping[str, Sequence[str]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """What is not as it was, by path."""
        return {path: text for path, text in self.after.items() if text != self.before[path]}


def change(
    place: _respond.Desk, repo: Repository, steps: Sequence[Step], done: Done, site: Site, *, write: bool
) -> Change:
    """Make the post-mortems say what is proposed to them; their files only where they are to be written."""
    taking = {step.letter.item.id: _taken(step, done, site) for step in steps}
    by_path: dict[str, list[str]] = defaultdict(list)
    for step in steps:
        if taking[step.letter.item.id] != Taken():
            by_path[step.letter.path].append(step.letter.item.id)
    if not by_path:
        return Change()
    told: dict[str, list[str]] = {}
    failed: dict[str, str] = {}
    paths = sorted(by_path)
    today = place.now.astimezone(repo.zone).date()
    writing = draft.changing_together(place.root, paths, "inc actions sync", commit=repo.knowledge_base.commit)
    with writing if write else nullcontext(tuple(draft.read(place.root, path) for path in paths)) as drafts:
        before = {record.path: record.text for record in drafts}
        for record in drafts:
            for item_id in by_path[record.path]:
                try:
                    for line in _write(record, item_id, taking[item_id], today):
                        told.setdefault(item_id, []).append(line)
                except IncidentbookError as error:
                    failed[item_id] = str(error)
    return Change(told, failed, before, {record.path: record.text for record in drafts})


def _taken(step: Step, done: Done, site: Site) -> Taken:
    """Return what is proposed to the record, with the issue that was made just now."""
    made = done.issues.get(step.letter.item.id)
    return dataclasses.replace(step.taken, issue=site.ref(made.number)) if made else step.taken


def _write(record: draft.Draft, item_id: str, taken: Taken, today: dt.date) -> Iterator[str]:
    """Yield what was written, as it is: the name of an issue stays where the rest is refused."""
    if taken.issue:
        yield from promises.refer(record, item_id, taken.issue)
    evidence = (taken.evidence,) if taken.evidence else ()
    wish = promises.Wish(taken.status, taken.owner, taken.due, completed=taken.completed, evidence=evidence)
    if wish != promises.Wish():
        yield from promises.change(record, item_id, wish, today)
