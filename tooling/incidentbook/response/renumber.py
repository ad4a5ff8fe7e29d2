"""Giving an incident another number: its record, its post-mortem, and every place in the knowledge base that names it.

Ids of action items stay: people have promised things by them. All is decided first and written then; an error puts back what was
written, and a killed run goes on where it ended when it is given the same numbers again.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from incidentbook import files, source
from incidentbook.document import Document
from incidentbook.errors import EditError, IncidentbookError, NotFoundError, UnreadableError
from incidentbook.response import mentions, numbers
from incidentbook.response.mentions import Mention
from incidentbook.writer import write_text

_ID = re.compile(r"INC-[0-9]{4}-[0-9]{3,}", re.ASCII)
_OTHERS = "it names the record that keeps the number"
_TO_OTHERS = "a link of one record leads to the other"


class File(NamedTuple):
    """What becomes of one file.

    Attributes:
        path: relative to the root.
        to: where it goes; its own path where it stays.
        before: its text now.
        after: its text then.
        mentions: every place that names the incident, in the text as it is now.

    """

    path: str
    to: str
    before: str
    after: str
    mentions: tuple[Mention, ...]


class Plan(NamedTuple):
    """What giving an incident another number would do.

    Attributes:
        old: its id.
        new: its id then.
        files: what names it, the record first.
        unread: files that cannot be read, so nobody knows whether they name it.

    """

    old: str
    new: str
    files: tuple[File, ...]
    unread: tuple[str, ...] = ()

    @property
    def paths(self) -> list[str]:
        """Every path that is written or goes, relative to the root."""
        touched = [file for file in self.files if file.after != file.before or file.to != file.path]
        return list(dict.fromkeys(path for file in touched for path in (file.to, file.path)))


def plan(root: Path, old: str, new: str = "", file: str = "") -> Plan:
    """Decide what becomes of every file; nothing is written, and the caller holds the lock if it means to.

    Args:
        root: of the knowledge base.
        old: the number that is to go.
        new: the number that is to come; empty for the next one that nobody has taken.
        file: which of several records with the number ``old`` is meant, relative to ``root``.

    Raises:
        NotFoundError: there is no such record.
        IncidentbookError: ``new`` is no id or taken, or several records have the number and nothing says which is meant.
        UnreadableError: the record cannot be read.

    """
    if not _ID.fullmatch(old):
        raise NotFoundError(f"{old!r} is no incident id such as INC-2025-001")
    texts, unread = _texts(root)
    named = {path: _load(path, text) for path, text in texts.items() if old in text}
    holders = [path for path, document in named.items() if path.startswith("incidents/") and _id(document) == old]
    record, alone = _chosen(root, old, holders, file), len(holders) == 1
    if (root / record).is_symlink():
        raise EditError(f"{record} is a link to another file; nothing was written", hint="Take the link away.")
    new = new or _next(root, old, record, texts)
    home = f"incidents/{new[4:8]}/{new}.yml"
    _refuse_taken(texts, old, new, home)
    moves = {record: home} | _postmortem(named, old, new, record, alone=alone)
    found = [_file(path, named[path], moves, old, new, alone=alone) for path in dict.fromkeys([record, *named])]
    for each in found:  # what a killed run wrote is what this one would write
        if each.to != each.path and (root / each.to).exists() and texts.get(each.to) != each.after:
            hint = "Without a second number, the next free one is taken."
            raise EditError(f"{each.to} is there already; nothing was written", hint=hint)
    return Plan(old, new, tuple(each for each in found if each.mentions), tuple(unread))


def apply(root: Path, decided: Plan) -> None:
    """Write what was decided: new files first, then what names them, and at last the old files go. The caller holds the lock.

    Raises:
        OSError: the disk refuses; what had been written is put back.

    """
    order = sorted(decided.files, key=lambda file: file.to == file.path)
    written: list[File] = []
    try:
        for file in order:
            if file.after != file.before or file.to != file.path:
                written.append(file)
                write_text(root / file.to, file.after)
        for file in reversed(
            order
        ):  # the record, which comes first, goes last: while it is there, a killed run can go on
            if file.to != file.path:
                (root / file.path).unlink()
    except OSError:
        for file in written:
            write_text(root / file.path, file.before)
            if file.to != file.path:
                (root / file.to).unlink(missing_ok=True)
        raise


def renumber(root: Path, old: str, new: str = "", file: str = "") -> Plan:
    """Give an incident another number, as `plan` decides; the caller holds the lock. Raises as `plan` and `apply` do."""
    decided = plan(root, old, new, file)
    apply(root, decided)
    return decided


def _texts(root: Path) -> tuple[dict[str, str], list[str]]:
    """Return the text of every file of the knowledge base, and the paths of those that cannot be read."""
    texts: dict[str, str] = {}
    unread: list[str] = []
    baseline = [files.BASELINE] if (root / files.BASELINE).is_file() else []  # it names findings by their files
    for path in [*files.listing(root)[0], *baseline]:
        data = files.read_bytes(root, path)
        if not isinstance(data, bytes):
            unread.append(path)
            continue
        try:
            texts[path] = data.decode("utf-8")
        except UnicodeDecodeError:
            unread.append(path)
    return texts, unread


def _load(path: str, text: str) -> Document:
    if path.endswith(".md"):
        return source.load_front_matter(text)
    return source.load(text) if path.endswith(".yml") else Document(text)


def _id(document: Document) -> object:
    return document.value.get("id") if isinstance(document.value, dict) else None


def _chosen(root: Path, old: str, holders: list[str], file: str) -> str:
    """Return the record that is meant."""
    if file and file in holders:
        return file
    if file:
        raise NotFoundError(f"{file} holds no incident {old}", hint=f"These do: {', '.join(holders) or 'none'}.")
    if len(holders) > 1:
        raise IncidentbookError(
            f"{len(holders)} records have the number {old}: {', '.join(holders)}",
            hint=f"Say which of them moves: --file {holders[-1]}.",
        )
    if holders:
        return holders[0]
    path = f"incidents/{old[4:8]}/{old}.yml"
    if (root / path).is_file():
        raise UnreadableError(f"{path} cannot be read, so nothing was moved", hint=f"`inc check {path}` says why.")
    raise NotFoundError(f"There is no incident {old}", hint="`inc list` shows all of them.")


def _next(root: Path, old: str, record: str, texts: dict[str, str]) -> str:
    """Return the number that the record's file is called by, where it is another, else the next that nobody has taken.

    A run that was killed has written a copy of the record first, which has taken that number: then it is this one.
    """
    stem = PurePosixPath(record).stem
    if _ID.fullmatch(stem) and stem != old:
        return stem
    following = numbers.next_id(root, int(old[4:8]))
    begun = f"{following[:9]}{int(following[9:]) - 1:03}"
    document = source.load(texts[record])
    copy = mentions.changed(document.text, mentions.find(document, old), old, begun)
    return begun if texts.get(f"incidents/{begun[4:8]}/{begun}.yml") == copy and begun != old else following


def _refuse_taken(texts: dict[str, str], old: str, new: str, home: str) -> None:
    """Refuse a number that is none, or that another record has."""
    if not _ID.fullmatch(new):
        raise IncidentbookError(f"{new!r} is no incident id such as INC-2025-001")
    if new == old:
        raise IncidentbookError(f"It is {new} already")
    holders = [path for path, text in texts.items() if path.startswith("incidents/") and new in text]
    other = next((path for path in holders if path != home and _id(_load(path, texts[path])) == new), None)
    if other:
        raise IncidentbookError(f"{new} is taken: {other}", hint="Without a second number, the next free one is taken.")


def _postmortem(named: dict[str, Document], old: str, new: str, record: str, *, alone: bool) -> dict[str, str]:
    """Return where the post-mortem goes that is called like the record: with two records of one number, only if no other is."""
    stem = PurePosixPath(record).stem
    moves = {}
    for path in named:
        if path.startswith("postmortems/") and PurePosixPath(path).stem == stem and (alone or stem != old):
            moves[path] = f"postmortems/{new[4:8]}/{new}.md"
    return moves


def _file(path: str, document: Document, moves: dict[str, str], old: str, new: str, *, alone: bool) -> File:
    """Return what becomes of one file."""
    moving = path in moves
    if alone:
        found = mentions.find(document, old)
    elif moving:
        found = mentions.find(document, old, ("links",), _TO_OTHERS)
    else:
        found = [each._replace(left=_OTHERS) for each in mentions.find(document, old)]
    after = mentions.changed(document.text, found, old, new)
    return File(path, moves.get(path, path), document.text, after, tuple(found))
