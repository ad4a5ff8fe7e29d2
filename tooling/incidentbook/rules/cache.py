"""What a check keeps for the next one: for each file its keys, what the rules said of it, and what that depends on.

A text file below ``.incidentbook/``, one for each set of rules and policies, a line a file, so that a run that changes nothing
takes no line apart. It is disposable: one that is damaged, or from elsewhere, is as good as none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

from incidentbook.finding import Finding
from incidentbook.rules.context import Notes
from incidentbook.rules.keys import Keys
from incidentbook.writer import STATE_DIR, state_folder, write_text

FOLDER = f"{STATE_DIR}/check"
FORM = "incidentbook check 1"
KEPT_SETS = 8  # sets of rules and policies, such as those of several branches
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)
_EVER = 2**62  # beyond every year


@dataclass(slots=True)
class Kept:
    """What is kept of one file.

    Attributes:
        stamp: size, times and number of the file as the file system gives them; empty where they prove nothing.
        digest: of its content.
        since: the first "now" at which the result stands, in microseconds of the epoch.
        until: the first at which it does not.
        marks: ``f`` where there are findings, ``p`` where it depends on what lies in the file system.
        rest: the rest as JSON, taken apart when it is needed.

    """

    stamp: str
    digest: str
    since: int
    until: int
    marks: str
    rest: str
    _plain: list[Any] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, stamp: str, digest: str, keys: Keys, findings: Iterable[Finding], notes: Notes) -> Kept:
        """Return what is to be kept."""
        said = [finding.to_plain() for finding in findings]
        impact = sorted([service, start.isoformat(), end.isoformat()] for service, start, end in notes.impact)
        plain = [keys.to_plain(), sorted(notes.asked), impact, notes.paths, said]
        marks = ("f" if said else "") + ("p" if notes.paths else "")
        rest = json.dumps(plain, separators=(",", ":"), ensure_ascii=True)
        since = -_EVER if notes.since is None else microseconds(notes.since)
        until = _EVER if notes.until is None else microseconds(notes.until)
        return cls(stamp, digest, since, until, marks, rest)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules said."""
        return tuple(map(Finding.from_plain, self._read()[4])) if "f" in self.marks else ()

    @property
    def keys(self) -> Keys:
        """What other files may ask."""
        return Keys.from_plain(self._read()[0])

    @property
    def paths(self) -> Mapping[str, bool]:
        """What was looked for in the file system, and whether it was there."""
        found: Mapping[str, bool] = self._read()[3] if "p" in self.marks else {}
        return found

    @property
    def impact(self) -> list[tuple[str, dt.datetime, dt.datetime]]:
        """Service, start and end of the stretches over which the impact on a service was asked for."""
        read = dt.datetime.fromisoformat
        return [(service, read(start), read(end)) for service, start, end in self._read()[2]]

    @property
    def asked(self) -> list[str]:
        """The questions on whose answers it depends."""
        asked: list[str] = self._read()[1]
        return asked

    def stands_at(self, now: int) -> bool:
        """Whether time has left the result as it was, at ``now`` in microseconds of the epoch."""
        return self.since <= now < self.until

    def _read(self) -> list[Any]:
        if self._plain is None:
            self._plain = json.loads(self.rest)
        return self._plain


class Store:
    """The kept results of one set of rules and policies."""

    def __init__(self, root: Path, key: str) -> None:
        self._root, self._key = root, key
        self._path = root / FOLDER / f"{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}.txt"

    def read(self) -> dict[str, Kept]:
        """Return what is kept, by path; nothing where it was kept for something else or cannot be read."""
        try:
            head, *lines = self._path.read_text(encoding="ascii").split("\n")
            if head != self._head or lines.pop() != "":
                return {}
            kept = {}
            for line in lines:
                path, stamp, digest, since, until, marks, rest = line.split("\t")
                kept[json.loads(path)] = Kept(stamp, digest, int(since), int(until), marks, rest)
        except (OSError, ValueError):
            return {}
        return kept

    def write(self, kept: Mapping[str, Kept]) -> None:
        """Keep ``kept`` and nothing else. Where the disk refuses, the next run has more to do, and that is all."""
        lines = [
            f"{json.dumps(path)}\t{k.stamp}\t{k.digest}\t{k.since}\t{k.until}\t{k.marks}\t{k.rest}\n"
            for path, k in kept.items()
        ]
        with contextlib.suppress(OSError):
            state_folder(self._root)
            write_text(self._path, f"{self._head}\n{''.join(lines)}")
            self._prune()

    @property
    def _head(self) -> str:
        return f"{FORM} {hashlib.blake2b(self._key.encode(), digest_size=16).hexdigest()}"

    def _prune(self) -> None:
        stored = sorted(self._path.parent.glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
        for path in stored[:-KEPT_SETS]:
            path.unlink(missing_ok=True)


def stamp(path: str, before: int) -> str:
    """Return what the file system says of the file: it changes whenever the content does.

    Empty for what is no regular file, and for one that was written after ``before`` (nanoseconds of the epoch): a second write
    within the clock's grain would leave no trace.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - five thousand of them
    except (OSError, ValueError):
        return ""
    if max(found.st_mtime_ns, found.st_ctime_ns) >= before or not S_ISREG(found.st_mode):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def microseconds(moment: dt.datetime) -> int:
    """Return a time as microseconds of the epoch."""
    return (moment - _EPOCH) // _TICK
