"""What a check keeps for the next one: for each file its keys, what the rules said of it, and what that depends on.

A text file below ``.incidentbook/``, one for each set of rules and policies, a line a file, so that a run that changes nothing
takes no line apart. It is disposable: one that is damaged, or from elsewhere, is as good as none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from incidentbook import files
from incidentbook.finding import Finding
from incidentbook.writer import STATE_DIR, state_folder, write_text

FOLDER = f"{STATE_DIR}/check"
FORM = "incidentbook-check-1"
KEPT_SETS = 8  # sets of rules and policies, such as those of several branches
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)
_EVER = 2**62  # beyond every year


class Basis(NamedTuple):
    """What a result depends on beside the file's content, and what others may depend on, as plain data.

    Attributes:
        keys: what other files may ask about this one.
        asked: the questions about other files on whose answers it depends.
        impact: service, start and end of the stretches over which the impact on a service was asked for.
        paths: what was looked for in the file system, and whether it was there.

    """

    keys: list[Any]
    asked: Collection[str]
    impact: Sequence[Sequence[str]]
    paths: Mapping[str, bool]


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
    def of(
        cls, stamp: str, digest: str, stands: tuple[int | None, int | None], said: Sequence[Finding], basis: Basis
    ) -> Kept:
        """Return what is to be kept; ``stands`` is the first "now" at which the result stands, and the first at which not."""
        since, until = stands
        marks = ("f" if said else "") + ("p" if basis.paths else "")
        plain = [basis.keys, sorted(basis.asked), basis.impact, basis.paths, [finding.to_plain() for finding in said]]
        rest = json.dumps(plain, separators=(",", ":"), ensure_ascii=True)
        return cls(stamp, digest, -_EVER if since is None else since, _EVER if until is None else until, marks, rest)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules said."""
        return tuple(map(Finding.from_plain, self._read()[4])) if "f" in self.marks else ()

    @property
    def basis(self) -> Basis:
        """What the result depends on."""
        keys, asked, impact, paths, _ = self._read()
        return Basis(keys, asked, impact, paths)

    def stands_at(self, now: int) -> bool:
        """Whether time has left the result as it was, at ``now`` in microseconds of the epoch."""
        return self.since <= now < self.until

    def _read(self) -> list[Any]:
        if self._plain is None:
            self._plain = json.loads(self.rest)
        return self._plain


class Store:
    """The kept results of one set of rules and policies.

    Attributes:
        standing: the "now" that the policies prescribed, in microseconds of the epoch; None where it is the clock's.
        policies: the digests of the policies of which the key tells, by path.

    """

    def __init__(self, root: Path, key: str, policies: Mapping[str, str]) -> None:
        self.standing: int | None = None
        self.policies = policies
        self._root = root
        self._key = files.digest(key.encode())
        self._path = root / FOLDER / f"{self._key[:16]}.txt"

    def lines(self) -> list[list[str]]:
        """Return what is kept, taken apart into path (as JSON) and the fields of `Kept`, all still text.

        Nothing where it was kept for something else or is damaged.
        """
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
            form, key, standing, proof = head.decode("ascii").split(" ")
        except (OSError, ValueError):
            return []
        if (form, key, proof) != (FORM, self._key, files.digest(body)):
            return []
        self.standing = None if standing == "-" else int(standing)
        return [line.split("\t") for line in body.decode("ascii").split("\n")[:-1]]

    def read(self) -> dict[str, Kept]:
        """Return what is kept, by path."""
        return {
            json.loads(path): Kept(stamp, digest, int(since), int(until), marks, rest)
            for path, stamp, digest, since, until, marks, rest in self.lines()
        }

    def write(self, kept: Mapping[str, Kept]) -> None:
        """Keep ``kept`` and nothing else. Where the disk refuses, the next run has more to do, and that is all."""
        lines = [
            f"{json.dumps(path)}\t{k.stamp}\t{k.digest}\t{k.since}\t{k.until}\t{k.marks}\t{k.rest}\n"
            for path, k in kept.items()
        ]
        body = "".join(lines)
        standing = "-" if self.standing is None else self.standing
        head = f"{FORM} {self._key} {standing} {files.digest(body.encode('ascii'))}"
        with contextlib.suppress(OSError):
            state_folder(self._root)
            write_text(self._path, f"{head}\n{body}")
            self._prune()

    def _prune(self) -> None:
        stored = sorted(self._path.parent.glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
        for path in stored[:-KEPT_SETS]:
            path.unlink(missing_ok=True)


def microseconds(moment: dt.datetime) -> int:
    """Return a time as microseconds of the epoch."""
    return (moment - _EPOCH) // _TICK
